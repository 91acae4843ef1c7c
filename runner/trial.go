package runner

import (
	"context"
	"io"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
)

// Trial bounds a run of which nothing is kept: it writes no files, and its results are handed over.
type Trial struct {
	Cell  string // the only one that is wanted, with those it reads; empty for all of the document
	Rows  int64  // of each result
	Bytes int64  // of all results together, as rows travel and as they are shown
}

// Tried is what a trial did.
type Tried struct {
	Run
	Results map[string]TriedResult // by cell, as far as they have run
	Lines   map[string]int         // of the document, by failed cell; without an entry it is not known
}

// TriedResult is the beginning of a result.
type TriedResult struct {
	Page
	More bool // the result has more rows
}

// PreparedTrial is a trial whose request was found right.
type PreparedTrial struct{ x *execution }

// PrepareTrial is Prepare for a trial. Of the request neither Out nor Keep nor Format matter.
func (r *Runner) PrepareTrial(ctx context.Context, request Request, trial Trial) (*PreparedTrial, error) {
	t, err := newTrial(request.Report, trial)
	if err != nil {
		return nil, err
	}
	request.Format, request.Keep = "", Keep{Rows: trial.Rows, Bytes: trial.Bytes / int64(max(1, len(t.cells)))}
	x, err := r.begin(request)
	if err != nil {
		return nil, err
	}
	x.trial, x.plan = t, plan{direct: map[string]int{}}
	if err := x.prepare(ctx); err != nil {
		return nil, err
	}
	return &PreparedTrial{x}, nil
}

// Execute runs the cells, once. What shows only now is in the record, as with a run.
func (p *PreparedTrial) Execute(ctx context.Context) (*Tried, error) {
	run, err := (&Prepared{p.x}).Execute(ctx)
	return &Tried{Run: *run, Results: p.x.trial.results, Lines: p.x.trial.lines}, err
}

// trialRun is a trial while it happens.
type trialRun struct {
	Trial
	cells []*reports.Cell // that run, in their order
	// whole are those whose rows others need to the last one: later cells, charts and prose.
	whole   map[string]bool
	results map[string]TriedResult
	lines   map[string]int
}

func newTrial(compiled *reports.Compiled, trial Trial) (*trialRun, error) {
	t := &trialRun{Trial: trial, whole: map[string]bool{}, results: map[string]TriedResult{}, lines: map[string]int{}}
	all := compiled.Report.Cells()
	if trial.Cell == "" {
		t.cells = all
		for _, text := range compiled.Texts {
			if text != nil {
				t.needWhole(text.Cells()...)
			}
		}
	} else if err := t.choose(compiled, all); err != nil {
		return nil, err
	}
	for _, cell := range t.cells {
		if cell.Chart != nil {
			t.needWhole(cell.Chart.Cell)
		}
		if sql := compiled.SQL[cell.Name]; sql != nil {
			t.needWhole(sql.Tables()...)
		}
	}
	return t, nil
}

func (t *trialRun) needWhole(cells ...string) {
	for _, cell := range cells {
		t.whole[cell] = true
	}
}

// choose takes the wanted cell and those it reads, also through others. Cells read earlier ones alone.
func (t *trialRun) choose(compiled *reports.Compiled, all []*reports.Cell) error {
	wanted := map[string]bool{t.Cell: true}
	for _, cell := range slices.Backward(all) {
		if !wanted[cell.Name] {
			continue
		}
		t.cells = append(t.cells, cell)
		if cell.Chart != nil {
			wanted[cell.Chart.Cell] = true
		}
		if sql := compiled.SQL[cell.Name]; sql != nil {
			for _, table := range sql.Tables() {
				wanted[table] = true
			}
		}
	}
	if len(t.cells) == 0 {
		return fault.New(fault.Invalid, "There is no cell %q in the document.", t.Cell)
	}
	slices.Reverse(t.cells)
	return nil
}

// narrow has a cell fetch no more rows than are shown, unless all are needed. own tells that it is the trial which then cuts the
// result, not the source.
func (t *trialRun) narrow(cell string, limits Limits) (narrowed Limits, own bool) {
	if t == nil || t.whole[cell] || limits.Cut && limits.Rows > 0 && limits.Rows <= t.Rows {
		return limits, false
	}
	limits.Rows, limits.Cut, limits.Fetch = t.Rows, true, t.Rows+1
	return limits, true
}

// cuts tells that the row that begins at the offset is not shown any more, and needed for nothing else.
func (x *execution) cuts(cell string, offset int64) bool {
	return x.trial != nil && !x.trial.whole[cell] && offset > x.request.Keep.Bytes
}

// cells are those of the report that this run is about, in their order.
func (x *execution) cells() []*reports.Cell {
	if x.trial != nil {
		return x.trial.cells
	}
	return x.request.Report.Report.Cells()
}

// collect hands over the beginnings of the results, before the rows are removed.
func (x *execution) collect() error {
	if x.trial == nil {
		return nil
	}
	for _, result := range x.run.Cells {
		spooled := x.spools[result.Name]
		if spooled == nil {
			continue
		}
		page, more, err := x.beginning(spooled)
		if err != nil {
			return fault.New(fault.CodeOf(err), "The rows of cell %s cannot be shown: %w", result.Name, err)
		}
		x.trial.results[result.Name] = TriedResult{page, more || result.Cut || spooled.head.Rows < spooled.rows}
	}
	return nil
}

func (x *execution) beginning(s *spool) (page Page, more bool, err error) {
	rows, err := s.open()
	if err != nil {
		return page, false, fault.Disk(x.dir, err)
	}
	defer func() { _ = rows.Close() }()
	return ReadRows(io.LimitReader(rows, s.end), x.location, s.head.Rows, x.request.Keep.Bytes)
}
