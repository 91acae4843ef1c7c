package runner

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/export"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// ChartResult is a chart of a run, ready to be drawn: a value of every series at every point, or nil where there is none.
type ChartResult struct {
	Name    string        `json:"name"`
	Title   string        `json:"title"`
	Kind    string        `json:"kind"` // as the report has it: bar, line, …
	Stacked bool          `json:"stacked,omitempty"`
	X       string        `json:"x"` // the column the points are of
	Points  []any         `json:"points"`
	Series  []ChartSeries `json:"series"`
	// Note tells what is not drawn, and why; without points the chart is left out.
	Note string `json:"note,omitempty"`
}

// ChartSeries is one line, or one colour of bars. Its values are numbers.
type ChartSeries struct {
	Name   string `json:"name"`
	Values []any  `json:"values"`
}

// recordedValues is how many values of a chart a record holds at most; a workbook draws more.
const recordedValues = 100_000

// drawn is a chart as far as the result allows it.
type drawn struct {
	export.Chart
	left string // why it is left out, as a sentence; empty when it is not
}

// charts are those that draw one of the export's cells. One that the result does not allow, such as a chart over a column that was
// not chosen this time, is left out with a note: whoever runs a report cannot mend it.
func (x *execution) charts(wanted planned) ([]export.Chart, error) {
	var charts []export.Chart
	for _, cell := range x.request.Report.Report.Cells() {
		if cell.Chart == nil || !slices.Contains(wanted.Cells, cell.Chart.Cell) {
			continue
		}
		chart, err := x.draw(cell)
		if err != nil {
			return nil, err
		}
		if chart.left != "" {
			x.note("%s", chart.left)
			continue
		}
		charts = append(charts, chart.Chart)
	}
	return charts, nil
}

// draw computes a chart, once for all that show it.
func (x *execution) draw(cell *reports.Cell) (drawn, error) {
	if chart, ok := x.drawn[cell.Name]; ok {
		return chart, nil
	}
	chart := drawn{Chart: export.Chart{Name: cell.Name, Kind: cell.Chart.Type, Stacked: cell.Chart.Stacked}}
	data, err := x.chartData(cell.Chart)
	switch {
	case fault.IsInvalid(err) || fault.CodeOf(err) == fault.Limit:
		chart.left = fmt.Sprintf("Chart %s is left out: %v.", cell.Name, err)
	case err != nil:
		return chart, fault.New(fault.CodeOf(err), "Chart %s: %w", cell.Name, err)
	default:
		chart.Data = data
		if chart.Title, err = x.chartTitle(cell); err != nil {
			return chart, err
		}
	}
	x.drawn[cell.Name] = chart
	return chart, nil
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

// keepCharts puts all charts of the report into the record, if results are kept.
func (x *execution) keepCharts() error {
	if x.request.Keep.Rows <= 0 {
		return nil
	}
	for _, cell := range x.cells() {
		if cell.Chart == nil {
			continue
		}
		chart, err := x.draw(cell)
		if err != nil {
			return err
		}
		x.run.Charts = append(x.run.Charts, chart.recorded())
	}
	return nil
}

// recorded is the chart as a record holds it.
func (d drawn) recorded() ChartResult {
	r := ChartResult{
		Name: d.Name, Title: cmp.Or(d.Title, d.Name), Kind: d.Kind, Stacked: d.Stacked, X: d.Data.X, Points: []any{}, Series: []ChartSeries{}, Note: d.left,
	}
	points, notes := d.Data.Points, slices.Clone(d.Data.Notes)
	if most := recordedValues / max(1, len(d.Data.Series)); len(points) > most {
		points = points[:most]
		notes = append(notes, fmt.Sprintf("shows the first %d points here; a workbook has more", most))
	}
	for _, point := range points {
		r.Points = append(r.Points, chartPoint(point))
	}
	for _, series := range d.Data.Series {
		values := make([]any, len(points))
		for i := range values {
			values[i] = chartNumber(series.Values[i])
		}
		r.Series = append(r.Series, ChartSeries{Name: series.Name, Values: values})
	}
	for _, note := range notes {
		r.Note = strings.TrimSpace(fmt.Sprintf("%s Chart %s %s.", r.Note, d.Name, note))
	}
	return r
}

// chartPoint is a point for JSON: a name of the axis, exact to the last digit, or a number that is.
func chartPoint(value any) any {
	const exact = 1 << 53
	switch v := value.(type) {
	case int64:
		if v > exact || v < -exact {
			return fmt.Sprint(v)
		}
	case uint64:
		if v > exact {
			return fmt.Sprint(v)
		}
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Sprint(v)
		}
	case *big.Int, decimal.Decimal, forms.Date:
		return fmt.Sprint(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	}
	return value
}

// chartNumber is a height for JSON: a number, however many digits it has, or nil for what cannot be drawn.
func chartNumber(value any) any {
	switch v := value.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
	case decimal.Decimal:
		return json.Number(v.String())
	case *big.Int:
		return json.Number(v.String())
	}
	return value
}
