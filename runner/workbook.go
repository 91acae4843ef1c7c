package runner

import (
	"context"
	"io/fs"
	"strconv"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// writeWorkbook writes cells as sheets, with the charts of these cells and the sheet that tells where it came from.
func (x *execution) writeWorkbook(ctx context.Context, file *pending, wanted planned) error {
	template, err := x.workbookTemplate(wanted.Template)
	if err != nil {
		return err
	}
	charts, err := x.charts(wanted)
	if err != nil {
		return err
	}
	book := export.Workbook{
		Charts: charts, About: x.about(), Template: template, Location: x.location, Progress: file.begin().rows.Store,
	}
	for _, cell := range wanted.Cells {
		book.Sheets = append(book.Sheets, export.Sheet{Name: cell, Open: x.spools[cell].open})
	}
	result, err := export.WriteWorkbook(ctx, file.file, book)
	if err != nil {
		return err
	}
	for i, rows := range result.Rows {
		if err := x.sameRows(wanted.Cells[i], rows); err != nil {
			return err
		}
	}
	for _, note := range result.Notes {
		x.note("%s", note)
	}
	file.shortened = result.Truncated
	return nil
}

func (x *execution) about() *export.About {
	about := &export.About{
		Report: x.run.Title, Revision: x.revision(), RunID: x.run.ID, User: x.run.User, Source: x.request.Report.Report.Source,
		Timezone: x.run.Timezone, Started: x.run.Started, Finished: x.options.Now().In(x.location), Notes: x.run.Notes,
	}
	for _, field := range x.request.Report.Report.Form {
		label := field.Label
		if label == "" {
			label = field.Name
		}
		about.Values = append(about.Values, export.AboutValue{Label: label, Value: x.values[field.Name].Label()})
	}
	return about
}

// revision is the number of the revision that ran, or the beginning of the document's hash when it is a file.
func (x *execution) revision() string {
	if x.run.Revision > 0 {
		return strconv.Itoa(x.run.Revision)
	}
	return x.run.Document[:12]
}

// workbookTemplate reads the analyst's workbook of an export.
func (x *execution) workbookTemplate(name string) ([]byte, error) {
	if name == "" {
		return nil, nil
	}
	if x.request.Files == nil {
		return nil, fault.New(fault.Invalid, "The template %s cannot be found: this report has no folder.", name)
	}
	data, err := fs.ReadFile(x.request.Files, name)
	if err != nil {
		return nil, fault.New(fault.Invalid, "The template %s cannot be read beside the report: %w", name, err)
	}
	return data, nil
}
