package runner

import "github.com/vitrina-reports/vitrina/runner/source"

// Observer is told how a run gets on. Its methods are called from the run's own goroutines, one at a time for each cell, and must
// return at once.
type Observer interface {
	CellStarted(cell string)
	// CellProgress comes a few times a second: what the server has read, and the rows received so far.
	CellProgress(cell string, server source.Progress, received int64)
	CellFinished(result CellResult)
	FileStarted(format string, rows int64)
	// FileProgress comes a few times a second while a file is written from rows that are here already: how many of them are in it.
	FileProgress(format string, rows, total int64)
	FileFinished(artifact Artifact)
}

// Silent is an Observer that does nothing.
type Silent struct{}

func (Silent) CellStarted(string)                          {}
func (Silent) CellProgress(string, source.Progress, int64) {}
func (Silent) CellFinished(CellResult)                     {}
func (Silent) FileStarted(string, int64)                   {}
func (Silent) FileProgress(string, int64, int64)           {}
func (Silent) FileFinished(Artifact)                       {}
