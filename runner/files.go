package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/export"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

// pending is a file that is written but has no name yet.
type pending struct {
	file *export.File
	rows int64
	cut  bool // rows of the result are not in it
	// shortened: something within a row is not in it, such as the end of a very long text
	shortened bool
	ext       string
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
	ctx, cancel := timeLimited(ctx, limits.Time)
	defer cancel()
	file, err := x.newFile(index)
	if err != nil {
		return false, err
	}
	cut, err = x.copyFormatted(ctx, file.file, src, query, x.plan.exports[index], limits, got)
	file.rows, file.cut = got.rows.Load(), cut
	return cut, timedOut(ctx, err, limits.Time)
}

// copyFormatted runs the query and copies what the source makes of it.
func (x *execution) copyFormatted(ctx context.Context, to io.Writer, src source.Formatter, query source.Query, wanted reports.Export, limits Limits, got *received) (cut bool, err error) {
	format := formatOf(wanted)
	if len(query.Tables) == 1 && src == x.bench {
		// A spool is read by one thread, which keeps the rows in the order they came in.
		maps.Copy(format.settings, map[string]string{"max_threads": "1", "parallelize_output_from_storages": "0"})
	}
	stream, err := src.Format(ctx, query, format.name, format.settings)
	if err != nil {
		return false, err
	}
	cut, err = format.copyTo(to, stream, limits, got)
	// A stream cut short is closed before its end, which stops the query; its error is then no news.
	if closeErr := stream.Close(); err == nil && !cut {
		err = closeErr
	}
	return cut, err
}

// newFile begins the file of an export. Its name follows when it is whole.
func (x *execution) newFile(index int) (*pending, error) {
	file, err := export.Create(x.request.Out)
	if err != nil {
		return nil, err
	}
	p := &pending{file: file, ext: x.plan.exports[index].Format}
	x.files[index] = p
	return p, nil
}

// writeFiles writes what was not streamed through, from the spools.
func (x *execution) writeFiles(ctx context.Context) error {
	for index, wanted := range x.plan.exports {
		if x.files[index] != nil {
			continue
		}
		x.options.Observer.FileStarted(wanted.Format, x.rowsOf(wanted))
		file, err := x.newFile(index)
		if err != nil {
			return err
		}
		switch {
		case wanted.Format == "xlsx":
			err = x.writeWorkbook(ctx, file, wanted)
		case len(wanted.Cells) == 1:
			err = x.writeSpool(ctx, file.file, wanted, wanted.Cells[0])
		default:
			err = x.writeZip(ctx, file, wanted)
		}
		if err != nil {
			return fault.New(fault.CodeOf(err), "The %s file: %w", wanted.Format, err)
		}
		file.rows = x.rowsOf(wanted)
		file.cut = file.cut || x.isCut(wanted)
	}
	return nil
}

func (x *execution) rowsOf(wanted reports.Export) (rows int64) {
	for _, cell := range wanted.Cells {
		rows += x.results.rows[cell]
	}
	return rows
}

func (x *execution) isCut(wanted reports.Export) bool {
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
func (x *execution) writeSpool(ctx context.Context, to io.Writer, wanted reports.Export, cell string) error {
	bench, err := x.workbench(ctx)
	if err != nil {
		return err
	}
	got := &received{}
	_, err = x.copyFormatted(ctx, to, bench, source.Query{
		ID:        x.run.ID + "-" + cell + "-" + wanted.Format,
		Statement: templates.Statement{Parts: []templates.Part{{Text: "SELECT * FROM "}, {Table: cell}}},
		Tables:    map[string]source.Table{cell: x.spools[cell].table()},
		Timezone:  x.run.Timezone,
	}, wanted, Limits{}, got)
	if err != nil {
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
func (x *execution) writeZip(ctx context.Context, file *pending, wanted reports.Export) error {
	archive := export.NewZip(file.file)
	for _, cell := range wanted.Cells {
		entry, err := archive.Create(cell+"."+wanted.Format, x.run.Started)
		if err != nil {
			return err
		}
		if err := x.writeSpool(ctx, entry, wanted, cell); err != nil {
			return err
		}
	}
	file.ext = "zip"
	return archive.Close()
}

// publish gives the files their names: from here on they are there for others to see. An error takes all of them back.
func (x *execution) publish(ctx context.Context) (err error) {
	if ctx.Err() != nil {
		return fault.New(fault.Cancelled, "The run was cancelled.")
	}
	var published []*export.File
	defer func() {
		if err == nil {
			return
		}
		x.run.Artifacts = []Artifact{}
		for _, file := range published {
			err = errors.Join(err, file.Remove())
		}
	}()
	for index, wanted := range x.plan.exports {
		file := x.files[index]
		name, err := x.filename(wanted, file)
		if err != nil {
			return err
		}
		if err := file.file.Commit(name); err != nil {
			return err
		}
		published = append(published, file.file)
		artifact := Artifact{
			Name: file.file.Name(), Path: file.file.Path(), Format: wanted.Format,
			Rows: file.rows, Bytes: file.file.Bytes(), SHA256: file.file.SHA256(),
		}
		x.run.Artifacts = append(x.run.Artifacts, artifact)
		x.options.Observer.FileFinished(artifact)
	}
	return nil
}

// discard removes what was written and not published.
func (x *execution) discard() {
	for _, file := range x.files {
		file.file.Abort()
	}
}

// filename is the rendered name of an export, or the report's title with the cell when the export has one alone; a file that does not
// hold the whole result says so in its name.
func (x *execution) filename(wanted reports.Export, file *pending) (string, error) {
	name := x.run.Title
	if len(wanted.Cells) == 1 {
		name += " " + wanted.Cells[0]
	}
	if template := x.filenameTemplate(wanted); template != nil {
		rendered, err := template.Render(x.env())
		if err != nil {
			return "", err
		}
		name = rendered
	}
	mark := ""
	switch {
	case file.cut:
		mark = fmt.Sprintf(" (cut at %d rows)", file.rows)
	case file.shortened:
		mark = " (texts cut)"
	}
	return export.MarkedFilename(name, mark, file.ext), nil
}

// filenameTemplate finds the parsed template of the export's filename; a plan may hold exports in another order than the report.
func (x *execution) filenameTemplate(wanted reports.Export) *templates.Text {
	for i, declared := range x.request.Report.Report.Exports {
		if wanted.Filename != "" && declared.Filename == wanted.Filename {
			return x.request.Report.Filenames[i]
		}
	}
	return nil
}

// workbookTemplate reads the analyst's workbook of an export.
func (x *execution) workbookTemplate(name string) ([]byte, error) {
	if name == "" {
		return nil, nil
	}
	if x.request.Files == nil {
		return nil, fault.New(fault.Invalid, "the template %s cannot be found: this report has no folder", name)
	}
	data, err := fs.ReadFile(x.request.Files, name)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the template %s cannot be read beside the report: %w", name, err)
	}
	return data, nil
}
