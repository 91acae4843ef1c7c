package runner

import (
	"context"
	"errors"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// runCell runs one sql cell and records what it did. Its rows are in a spool or, if only one file needs them, in that file.
func (x *execution) runCell(ctx context.Context, cell *reports.Cell) error {
	src, limits, err := x.options.Sources.Source(ctx, cell.Source)
	if err != nil {
		return err
	}
	query := source.Query{
		ID: x.run.ID + "-" + cell.Name, Statement: x.statements[cell.Name],
		Tables: x.tables(cell.Name), Limits: limits.sent(), Timezone: x.run.Timezone,
	}
	started, got := time.Now(), &received{}
	x.options.Observer.CellStarted(cell.Name)
	stop := watch(ctx, src, query.ID, cell.Name, got, x.options.Observer)
	cut, err := x.fetch(ctx, cell, src, query, limits, got)
	stop()
	if err != nil {
		return err
	}
	result := CellResult{
		Name: cell.Name, Source: cell.Source, QueryID: query.ID, Cut: cut,
		Rows: got.rows.Load(), Bytes: got.bytes.Load(), Seconds: time.Since(started).Seconds(),
	}
	x.run.Cells = append(x.run.Cells, result)
	x.results.rows[cell.Name] = result.Rows
	if cut {
		x.note("%s was cut at %d rows, the limit of the source %s; there are more.", cell.Name, result.Rows, cell.Source)
	}
	x.options.Observer.CellFinished(result)
	return nil
}

// tables are the earlier results a cell reads.
func (x *execution) tables(cell string) map[string]source.Table {
	tables := map[string]source.Table{}
	for _, name := range x.request.Report.SQL[cell].Tables() {
		tables[name] = x.spools[name].table()
	}
	return tables
}

// fetch brings the rows of a cell to where they are needed.
func (x *execution) fetch(ctx context.Context, cell *reports.Cell, src source.Source, query source.Query, limits Limits, got *received) (cut bool, err error) {
	formatter, ok := src.(source.Formatter)
	index, direct := x.plan.direct[cell.Name]
	if direct && ok && (!limits.Cut || cuttable[x.plan.exports[index].Format]) {
		return x.fetchFile(ctx, index, formatter, query, limits, got)
	}
	ctx, cancel := timeLimited(ctx, limits.Time)
	defer cancel()
	stream, err := src.Query(ctx, query)
	if err != nil {
		return false, timedOut(ctx, err, limits.Time)
	}
	kept, cut, err := fill(ctx, x.dir, cell.Name, stream, limits, got)
	// A stream cut short is closed before its end, which stops the query; its error is then no news.
	if closeErr := stream.Close(); err == nil && !cut {
		err = closeErr
	}
	if err != nil {
		return false, timedOut(ctx, err, limits.Time)
	}
	got.rows.Store(kept.rows)
	x.spools[cell.Name] = kept
	x.results.first[cell.Name] = kept.first
	return cut, nil
}

// errTime is the cause of a context that the time limit ended.
var errTime = errors.New("time limit")

// timeLimited ends the context when the source's time is up: the server has the same limit and mostly acts first.
func timeLimited(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	if limit <= 0 {
		return context.WithCancel(ctx)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	// The server gets the limit to the second; a little grace lets its own error, which says more, arrive first.
	timer := time.AfterFunc(limit+2*time.Second, func() { cancel(errTime) })
	return ctx, func() { timer.Stop(); cancel(nil) }
}

func timedOut(ctx context.Context, err error, limit time.Duration) error {
	if errors.Is(context.Cause(ctx), errTime) {
		return fault.New(fault.Limit, "The query took longer than %s, the limit of this source.", limit)
	}
	return err
}
