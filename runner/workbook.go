package runner

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/export"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
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
	book := export.Workbook{Charts: charts, About: x.about(), Template: template, Location: x.location}
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

// charts are those that draw one of the export's cells. One that the result does not allow, such as a chart over a column that was
// not chosen this time, is left out with a note: whoever runs a report cannot mend it.
func (x *execution) charts(wanted planned) ([]export.Chart, error) {
	var charts []export.Chart
	for _, cell := range x.request.Report.Report.Cells() {
		if cell.Chart == nil || !slices.Contains(wanted.Cells, cell.Chart.Cell) {
			continue
		}
		data, err := x.chartData(cell.Chart)
		if fault.IsInvalid(err) || fault.CodeOf(err) == fault.Limit {
			x.note("Chart %s is left out: %v.", cell.Name, err)
			continue
		}
		if err != nil {
			return nil, fault.New(fault.CodeOf(err), "Chart %s: %w", cell.Name, err)
		}
		title, err := x.chartTitle(cell)
		if err != nil {
			return nil, err
		}
		charts = append(charts, export.Chart{Name: cell.Name, Title: title, Kind: cell.Chart.Type, Stacked: cell.Chart.Stacked, Data: data})
	}
	return charts, nil
}

// chartTitle is the rendered title of a chart, or its name.
func (x *execution) chartTitle(cell *reports.Cell) (string, error) {
	template := x.request.Report.ChartTitles[cell.Name]
	if template == nil {
		return cell.Name, nil
	}
	title, err := template.Render(x.env())
	if err != nil {
		return "", fault.New(fault.CodeOf(err), "The title of chart %s: %w", cell.Name, err)
	}
	return cmp.Or(strings.TrimSpace(title), cell.Name), nil
}

func (x *execution) chartData(chart *reports.Chart) (data export.ChartData, err error) {
	stream, err := x.spools[chart.Cell].open()
	if err != nil {
		return data, err
	}
	defer func() { err = errors.Join(err, stream.Close()) }()
	rows, err := rowbinary.NewReader(stream)
	if err != nil {
		return data, err
	}
	rows.SetZone(x.location)
	spec := export.ChartSpec{X: chart.X, Series: chart.Series}
	for _, y := range chart.Y {
		spec.Y = append(spec.Y, export.Measure{Text: y.Text, Function: y.Function, Column: y.Column})
	}
	return export.Aggregate(rows, spec)
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
