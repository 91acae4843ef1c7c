package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// Why a run of this process ends early.
var (
	errStopping = errors.New("the process stops")
	errLost     = errors.New("another process has the run")
)

// cancelled is the wish of somebody.
type cancelled struct{ by string }

func (c cancelled) Error() string { return fmt.Sprintf("Cancelled by %s.", c.by) }

// active are the runs this process does.
type active struct {
	mu     sync.Mutex
	runs   map[*attempt]bool
	closed bool
}

func newActive() *active { return &active{runs: map[*attempt]bool{}} }

// attempt is one execution of a run in this process, and the Observer of it.
type attempt struct {
	Record
	lease  Lease
	ctx    context.Context
	cancel context.CancelCauseFunc

	mu       sync.Mutex
	progress Progress
	told     int64 // the sequence that was last sent
	kept     int64 // the sequence that was last kept
}

// add begins an attempt; it is to be removed.
func (a *active) add(ctx context.Context, record Record, worker string) *attempt {
	run := &attempt{
		Record: record, lease: Lease{Run: record.ID, Attempt: record.Attempt, Worker: worker},
		progress: Progress{Run: record.ID, Status: runner.Running, Attempt: record.Attempt, Sequence: 1}, // that it runs is news
	}
	run.ctx, run.cancel = context.WithCancelCause(ctx)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.runs[run] = true
	return run
}

func (a *active) remove(run *attempt) {
	run.cancel(nil)
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.runs, run)
}

// close keeps this process from taking more runs.
func (a *active) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
}

func (a *active) isClosed() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.closed
}

func (a *active) all() []*attempt {
	a.mu.Lock()
	defer a.mu.Unlock()
	all := make([]*attempt, 0, len(a.runs))
	for run := range a.runs {
		all = append(all, run)
	}
	return all
}

func (a *active) cancelAll(why error) {
	for _, run := range a.all() {
		run.cancel(why)
	}
}

func (a *active) cancelRun(id, by string) {
	for _, run := range a.all() {
		if run.ID == id {
			run.cancel(cancelled{by})
		}
	}
}

// changed is the progress, if it is newer than what was sent or, to keep it, than what was kept.
func (r *attempt) changed(keep bool) (Progress, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := &r.told
	if keep {
		before = &r.kept
	}
	if *before == r.progress.Sequence {
		return Progress{}, false
	}
	*before = r.progress.Sequence
	return r.snapshot(), true
}

// last is the progress as it stands.
func (r *attempt) last() Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.snapshot()
}

func (r *attempt) snapshot() Progress {
	p := r.progress
	p.Cells, p.Files = slices.Clone(p.Cells), slices.Clone(p.Files)
	return p
}

func (r *attempt) cell(name string, change func(*CellProgress)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.progress.Sequence++
	cells := r.progress.Cells
	at := slices.IndexFunc(cells, func(c CellProgress) bool { return c.Name == name })
	if at < 0 {
		at, r.progress.Cells = len(cells), append(cells, CellProgress{Name: name})
	}
	change(&r.progress.Cells[at])
}

// file changes a file of the format that is not done: the one that was begun last, or first.
func (r *attempt) file(format string, last bool, change func(*FileProgress)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.progress.Sequence++
	at := -1
	for i, file := range r.progress.Files {
		if file.Format == format && !file.Done && (last || at < 0) {
			at = i
		}
	}
	if at < 0 { // its rows were streamed into it, which nobody told
		at, r.progress.Files = len(r.progress.Files), append(r.progress.Files, FileProgress{Format: format})
	}
	change(&r.progress.Files[at])
}

// CellStarted and the methods below make an attempt a runner.Observer.
func (r *attempt) CellStarted(cell string) { r.cell(cell, func(*CellProgress) {}) }

func (r *attempt) CellProgress(cell string, server source.Progress, received int64) {
	r.cell(cell, func(c *CellProgress) {
		c.Read, c.Total, c.Bytes, c.Received = server.ReadRows, server.TotalRows, server.ReadBytes, received
	})
}

func (r *attempt) CellFinished(result runner.CellResult) {
	r.cell(result.Name, func(c *CellProgress) { c.Done, c.Received = result.Error == "", result.Rows })
}

func (r *attempt) FileStarted(format string, rows int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.progress.Sequence++
	r.progress.Files = append(r.progress.Files, FileProgress{Format: format, Total: rows})
}

func (r *attempt) FileProgress(format string, rows, total int64) {
	r.file(format, true, func(f *FileProgress) { f.Written, f.Total = rows, total })
}

func (r *attempt) FileFinished(artifact runner.Artifact) {
	r.file(artifact.Format, false, func(f *FileProgress) { f.Done, f.Written, f.Total = true, artifact.Rows, artifact.Rows })
}
