package runner

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// runCell runs one sql cell and records what it did, also when it fails. Its rows are in a spool or, if only one file needs them, in
// that file.
func (x *execution) runCell(ctx context.Context, cell *reports.Cell) error {
	query := source.Query{
		ID: queryID(x.run.ID, cell.Name, x.run.Attempt), Statement: x.statements[cell.Name],
		Tables: x.tables(cell.Name), Timezone: x.run.Timezone,
	}
	result := CellResult{Name: cell.Name, Source: cell.Source, QueryID: query.ID}
	started, got := time.Now(), &received{}
	x.observer.CellStarted(cell.Name)
	err := x.receive(ctx, cell, query, got, &result)
	if err == nil {
		err = x.keep(ctx, cell.Name, &result)
	}
	result.Rows, result.Bytes, result.Seconds = got.rows.Load(), got.bytes.Load(), time.Since(started).Seconds()
	if err != nil {
		result.Error = err.Error()
	}
	x.run.Cells = append(x.run.Cells, result)
	x.results.rows[cell.Name] = result.Rows
	x.observer.CellFinished(result)
	return err
}

// receive brings the cell's rows and reports progress while they come.
func (x *execution) receive(ctx context.Context, cell *reports.Cell, query source.Query, got *received, result *CellResult) error {
	src, limits, err := x.options.Sources.Source(ctx, cell.Source)
	if err != nil {
		return err
	}
	limits, own := x.trial.narrow(cell.Name, limits)
	query.Limits = limits.sent()
	stop := watch(ctx, src, query.ID, cell.Name, got, x.observer)
	defer stop()
	result.Cut, err = x.fetch(ctx, cell, src, query, limits, got)
	if result.Cut && !own {
		x.note("%s was cut at %d rows, the limit of the source %s; there are more.", cell.Name, got.rows.Load(), cell.Source)
	}
	x.noteLine(cell, src, query, err)
	return err
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
	index, direct := x.plan.direct[cell.Name]
	if direct && (!limits.Cut || cuttable[x.plan.exports[index].Format]) {
		formatter, err := formatterOf(ctx, src)
		if err != nil {
			return false, err
		}
		if formatter != nil {
			return x.fetchFile(ctx, index, formatter, query, limits, got)
		}
	}
	stream, err := src.Query(ctx, query)
	if err != nil {
		return false, err
	}
	kept, cut, err := x.fill(ctx, cell.Name, stream, limits, got)
	// A stream cut short is closed before its end, which stops the query; its error is then no news.
	if closeErr := stream.Close(); err == nil && !cut {
		err = closeErr
	}
	if err != nil {
		return false, err
	}
	got.rows.Store(kept.rows)
	x.spools[cell.Name] = kept
	x.results.first[cell.Name] = kept.first
	return cut, nil
}

// formatterOf is the source as one that writes files by itself, or nil when it does not.
func formatterOf(ctx context.Context, src source.Source) (source.Formatter, error) {
	formatter, ok := src.(source.Formatter)
	if !ok {
		return nil, nil
	}
	if can, err := formatter.Formats(ctx); err != nil || !can {
		return nil, err
	}
	return formatter, nil
}
