package runner

import (
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/export"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

// pending is a file that is written but has no name yet.
type pending struct {
	file *export.File
	rows int64
	// written: the rows are in it already
	written bool
	cut     bool // rows of the result are not in it
	// shortened: something within a row is not in it, such as the end of a very long text
	shortened bool
	ext       string

	mu    sync.Mutex
	cells []*received // of the cells that are in it, the last one still growing
}

// begin counts the rows of another cell.
func (p *pending) begin() *received {
	p.mu.Lock()
	defer p.mu.Unlock()
	got := &received{}
	p.cells = append(p.cells, got)
	return got
}

// progress is how many rows are in the file.
func (p *pending) progress() (rows int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, cell := range p.cells {
		rows += cell.rows.Load()
	}
	return rows
}

// note adds a sentence to the run, once.
func (x *execution) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	for _, known := range x.run.Notes {
		if known == text {
			return
		}
	}
	x.run.Notes = append(x.run.Notes, text)
}

// fetchFile streams a cell's rows, formatted by the source, into the one file that needs them.
func (x *execution) fetchFile(ctx context.Context, index int, src source.Formatter, query source.Query, limits Limits, got *received) (cut bool, err error) {
	file := x.files[index]
	cut, err = formatOf(x.plan.exports[index].Export).write(ctx, file.file, src, query, limits, got)
	file.rows, file.cut, file.written = got.rows.Load(), cut, true
	return cut, err
}

// createFiles begins the files of all exports, so that a folder that cannot be written to is told before a query runs. Their names
// follow when they are whole.
func (x *execution) createFiles() error {
	if x.request.Out == nil && x.trial == nil {
		return fault.New(fault.Failed, "The run was given no place to put its files.")
	}
	for index, wanted := range x.plan.exports {
		file, err := export.Create(x.request.Out.Dir())
		if err != nil {
			return err
		}
		x.files[index] = &pending{file: file, ext: wanted.Format}
	}
	return nil
}

// writeFiles writes what was not streamed through, from the spools.
func (x *execution) writeFiles(ctx context.Context) error {
	for index, wanted := range x.plan.exports {
		file := x.files[index]
		if file.written {
			continue
		}
		if err := x.writeFile(ctx, file, wanted); err != nil {
			return fault.New(fault.CodeOf(err), "The %s file: %w", wanted.Format, err)
		}
		file.rows = x.rowsOf(wanted)
		file.cut = file.cut || x.isCut(wanted)
	}
	return nil
}

func (x *execution) writeFile(ctx context.Context, file *pending, wanted planned) error {
	total := x.rowsOf(wanted)
	x.observer.FileStarted(wanted.Format, total)
	defer often(ctx, func(context.Context) { x.observer.FileProgress(wanted.Format, file.progress(), total) })()
	switch {
	case wanted.Format == xlsx:
		return x.writeWorkbook(ctx, file, wanted)
	case len(wanted.Cells) == 1:
		return x.writeSpool(ctx, file.file, file.begin(), wanted, wanted.Cells[0])
	}
	return x.writeZip(ctx, file, wanted)
}

func (x *execution) rowsOf(wanted planned) (rows int64) {
	for _, cell := range wanted.Cells {
		rows += x.results.rows[cell]
	}
	return rows
}

func (x *execution) isCut(wanted planned) bool {
	for _, cell := range wanted.Cells {
		for _, result := range x.run.Cells {
			if result.Name == cell && result.Cut {
				return true
			}
		}
	}
	return false
}

// writeSpool lets the workbench format a spool, so that one formatter serves all sources, and compares the rows.
func (x *execution) writeSpool(ctx context.Context, to io.Writer, got *received, wanted planned, cell string) error {
	bench, err := x.workbench(ctx)
	if err != nil {
		return err
	}
	query := source.Query{
		ID:        formatQueryID(x.run.ID, cell, wanted.Format, x.run.Attempt),
		Statement: templates.Statement{Parts: []templates.Part{{Text: "SELECT * FROM "}, {Table: cell}}},
		Tables:    map[string]source.Table{cell: x.spools[cell].table()},
		Timezone:  x.run.Timezone,
	}
	if _, err := ofSpool(wanted.Export, x.spools[cell].columns).write(ctx, to, bench, query, Limits{}, got); err != nil {
		return err
	}
	return x.sameRows(cell, got.rows.Load())
}

// sameRows refuses a file that does not hold the rows of its cell.
func (x *execution) sameRows(cell string, written int64) error {
	if rows := x.results.rows[cell]; rows != written {
		return fault.New(fault.Failed, "%d rows of %s were to be written, and %d were", rows, cell, written)
	}
	return nil
}

// workbench is the embedded engine, which formats what others cannot.
func (x *execution) workbench(ctx context.Context) (source.Formatter, error) {
	if x.bench != nil {
		return x.bench, nil
	}
	src, _, err := x.options.Sources.Source(ctx, Workbench)
	if err != nil {
		return nil, err
	}
	formatter, ok := src.(source.Formatter)
	if !ok {
		return nil, fault.New(fault.Unavailable, "the workbench cannot write files")
	}
	x.bench = formatter
	return formatter, nil
}

// writeZip writes several cells as files of one archive.
func (x *execution) writeZip(ctx context.Context, file *pending, wanted planned) error {
	archive := export.NewZip(file.file)
	for _, cell := range wanted.Cells {
		entry, err := archive.Create(cell+"."+wanted.Format, x.run.Started)
		if err != nil {
			return err
		}
		if err := x.writeSpool(ctx, entry, file.begin(), wanted, cell); err != nil {
			return err
		}
	}
	file.ext = "zip"
	return archive.Close()
}
