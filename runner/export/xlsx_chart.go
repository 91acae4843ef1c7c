package export

import (
	"fmt"
	"strconv"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Chart is drawn on a sheet of its own, beside the numbers it shows.
type Chart struct {
	Name    string // of the sheet
	Title   string
	Kind    string // bar, line, area, pie or scatter
	Stacked bool
	Data    ChartData
}

var chartKinds = map[string][2]excelize.ChartType{ // plain and stacked
	"bar":     {excelize.Col, excelize.ColStacked},
	"line":    {excelize.Line, excelize.Line},
	"area":    {excelize.Area, excelize.AreaStacked},
	"pie":     {excelize.Pie, excelize.Pie},
	"scatter": {excelize.Scatter, excelize.Scatter},
}

// fewValues is up to how many of them a line marks each. One value between gaps would not be seen otherwise.
const fewValues = 60

// palette is Office's, for marks that take no colour by themselves.
var palette = []string{"4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47"}

func (b *book) addChart(chart Chart) error {
	kinds, ok := chartKinds[chart.Kind]
	if !ok {
		return fault.New(fault.Invalid, "a chart is bar, line, area, pie or scatter, not %q", chart.Kind)
	}
	name, err := b.newSheet(chart.Name)
	if err != nil {
		return err
	}
	for _, note := range chart.Data.Notes {
		b.note("Chart %s %s.", chart.Name, note)
	}
	t := &chartTable{book: b, sheet: name}
	t.write(chart.Data)
	if t.err != nil {
		return unexpected(t.err)
	}
	if len(chart.Data.Points) == 0 { // Excel takes a chart without points for a broken file
		return nil
	}
	kind := kinds[0]
	if chart.Stacked {
		kind = kinds[1]
	}
	corner, err := excelize.CoordinatesToCellName(len(chart.Data.Series)+3, 2)
	if err != nil {
		return unexpected(err)
	}
	labels, colourful := excelize.Font{Color: "595959"}, chart.Kind == "pie"
	drawn := &excelize.Chart{
		Type: kind, Series: t.series(chart), Dimension: excelize.ChartDimension{Width: 960, Height: 480},
		Legend: excelize.ChartLegend{Position: "bottom"}, ShowBlanksAs: "gap", VaryColors: &colourful,
		XAxis: excelize.ChartAxis{Font: labels, Title: plainTitle(chart.Data.X), NumFmt: excelize.ChartNumFmt{CustomNumFmt: t.pointFormat, SourceLinked: t.pointFormat == ""}},
		YAxis: excelize.ChartAxis{Font: labels, MajorGridLines: true},
		Title: plainTitle(chart.Title),
	}
	if chart.Kind == "line" {
		drawn.ShowBlanksAs = "span"
	}
	if len(drawn.Series) == 1 && chart.Kind != "pie" {
		drawn.Legend.Position = "none"
	}
	return unexpected(b.file.AddChart(name, corner, drawn))
}

func plainTitle(text string) excelize.ChartTitle {
	if text == "" {
		return excelize.ChartTitle{}
	}
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text}}}
}

// chartTable writes a chart's numbers: points in column A, a column per series. It keeps the first error.
type chartTable struct {
	*book
	sheet       string
	pointFormat string // number format of days and moments
	err         error
}

func (t *chartTable) write(data ChartData) {
	t.set(1, 1, data.X)
	for i, series := range data.Series {
		t.set(i+2, 1, series.Name)
		for row, value := range series.Values {
			t.set(i+2, row+2, value)
		}
	}
	for row, point := range data.Points {
		if point == nil {
			point = noValue
		}
		t.set(1, row+2, point)
	}
	t.look(len(data.Series) + 1)
}

// look makes the header bold and frozen and the columns wide enough for a moment.
func (t *chartTable) look(columns int) {
	header, err := t.styles.header()
	t.keep(err)
	last, err := excelize.CoordinatesToCellName(columns, 1)
	t.keep(err)
	t.keep(t.file.SetCellStyle(t.sheet, "A1", last, header))
	letters, err := excelize.ColumnNumberToName(columns)
	t.keep(err)
	t.keep(t.file.SetColWidth(t.sheet, "A", letters, 20))
	t.keep(t.file.SetPanes(t.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

func (t *chartTable) keep(err error) {
	if t.err == nil {
		t.err = err
	}
}

// set writes a value of the chart's data; nil leaves the cell empty.
func (t *chartTable) set(column, row int, value any) {
	cell, err := excelize.CoordinatesToCellName(column, row)
	t.keep(err)
	switch value := value.(type) {
	case nil:
	case string:
		t.keep(t.file.SetCellStr(t.sheet, cell, value))
	case bool:
		t.keep(t.file.SetCellStr(t.sheet, cell, strconv.FormatBool(value)))
	case decimal.Decimal:
		t.keep(t.file.SetCellFloat(t.sheet, cell, value.InexactFloat64(), -1, 64))
	case forms.Date:
		day := time.Date(value.Year, value.Month, value.Day, 0, 0, 0, 0, time.UTC)
		t.moment(cell, day, formatDate)
	case time.Time:
		t.moment(cell, value, formatMoment)
	case float64:
		if value-value != 0 { // nan or inf
			t.keep(t.file.SetCellStr(t.sheet, cell, fmt.Sprint(value)))
			return
		}
		t.keep(t.file.SetCellFloat(t.sheet, cell, value, -1, 64))
	default:
		t.keep(t.file.SetCellFloat(t.sheet, cell, toDecimal(value).InexactFloat64(), -1, 64))
	}
}

// moment writes what a clock on the wall shows, as Excel knows no zones; what its calendar does not hold becomes text.
func (t *chartTable) moment(cell string, moment time.Time, format string) {
	_, offset := moment.Zone()
	wall := moment.Unix() + int64(offset)
	days := floorDays(wall)
	if !inCalendar(days) {
		t.keep(t.file.SetCellStr(t.sheet, cell, moment.Format("2006-01-02 15:04:05")))
		return
	}
	millis := (wall-days*secondsPerDay)*1000 + int64(moment.Nanosecond())/1e6
	serial := float64(days+excelEpoch) + float64(millis)/(secondsPerDay*1000)
	t.keep(t.file.SetCellFloat(t.sheet, cell, serial, -1, 64))
	style, err := t.styles.number(0, format)
	t.keep(err)
	t.keep(t.file.SetCellStyle(t.sheet, cell, cell, style))
	t.pointFormat = format
}

// series refer to the table.
func (t *chartTable) series(chart Chart) (all []excelize.ChartSeries) {
	last := len(chart.Data.Points) + 1
	for i := range chart.Data.Series {
		letters, err := excelize.ColumnNumberToName(i + 2)
		t.keep(err)
		sheet := quoteSheet(t.sheet)
		series := excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$%s$1", sheet, letters),
			Categories: fmt.Sprintf("%s!$A$2:$A$%d", sheet, last),
			Values:     fmt.Sprintf("%s!$%s$2:$%s$%d", sheet, letters, letters, last),
		}
		switch chart.Kind {
		case "line":
			series.Marker.Symbol = "none"
			if countValues(chart.Data.Series[i]) <= fewValues {
				series.Marker = dot(i, 5)
			}
		case "scatter":
			series.Marker = dot(i, 6)
		}
		all = append(all, series)
	}
	return all
}

// dot marks the values of a series.
func dot(series, size int) excelize.ChartMarker {
	colour := palette[series%len(palette)]
	return excelize.ChartMarker{Symbol: "circle", Size: size, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}}
}

func countValues(series ChartSeries) (n int) {
	for _, value := range series.Values {
		if value != nil {
			n++
		}
	}
	return n
}
