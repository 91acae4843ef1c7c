package api

import (
	"slices"
	"sync"

	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// trialWatch is the Observer of a trial and keeps how far it is.
type trialWatch struct {
	runner.Silent // of files, which a trial does not write
	news          chan struct{}

	mu       sync.Mutex
	progress jobs.Progress
}

func newTrialWatch(run string) *trialWatch {
	w := &trialWatch{news: make(chan struct{}, 1), progress: jobs.Progress{Run: run, Status: runner.Running, Attempt: 1, Sequence: 1}}
	w.news <- struct{}{} // that it runs
	return w
}

// now is how far it is.
func (w *trialWatch) now() jobs.Progress {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.progress
	p.Cells = slices.Clone(p.Cells)
	return p
}

func (w *trialWatch) cell(name string, change func(*jobs.CellProgress)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.progress.Sequence++
	cells := w.progress.Cells
	at := slices.IndexFunc(cells, func(c jobs.CellProgress) bool { return c.Name == name })
	if at < 0 {
		at, w.progress.Cells = len(cells), append(cells, jobs.CellProgress{Name: name})
	}
	change(&w.progress.Cells[at])
	select {
	case w.news <- struct{}{}:
	default:
	}
}

func (w *trialWatch) CellStarted(cell string) { w.cell(cell, func(*jobs.CellProgress) {}) }

func (w *trialWatch) CellProgress(cell string, server source.Progress, received int64) {
	w.cell(cell, func(c *jobs.CellProgress) {
		c.Read, c.Total, c.Bytes, c.Received = server.ReadRows, server.TotalRows, server.ReadBytes, received
	})
}

func (w *trialWatch) CellFinished(result runner.CellResult) {
	w.cell(result.Name, func(c *jobs.CellProgress) { c.Done, c.Received = result.Error == "", result.Rows })
}
