package export

import (
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// ChartSpec says what of a result is drawn.
type ChartSpec struct {
	X      string // a column
	Y      []Measure
	Series string // a column whose every value is drawn on its own; empty for none
	Limit  int    // at most so many points on x; 0 for 10,000
}

// Measure is a column as it is, or an aggregate of the rows that share an x.
type Measure struct {
	Text     string // names it; a column of the result that is called so is meant first
	Function string // count, sum, avg, min, max or uniq; empty for a column
	Column   string // empty for count
}

// ChartData is what a chart draws: a value of every series at every point, or nil where there is none. Points and values are as
// [rowbinary.Value.Any] gives them; aggregates are decimal.Decimal where the column's numbers are exact, else float64.
type ChartData struct {
	X      string
	Points []any
	Series []ChartSeries
	// Notes tell what is not drawn, each to follow the chart's name: "shows the 100 largest of 231 series".
	Notes []string
}

// ChartSeries is one line, or one colour of bars.
type ChartSeries struct {
	Name   string
	Values []any
}

// Aggregate reads the rows to their end and computes the chart's data. With aggregates the points are sorted when x is a number, a
// day or a moment, and otherwise stand in the order they first appear in; plain columns are drawn row by row. A column that is not
// there, or is no number, is an Invalid fault. Of too many points the first are kept, of too many series the largest.
func Aggregate(r *rowbinary.Reader, spec ChartSpec) (ChartData, error) {
	if spec.Limit <= 0 || spec.Limit > maxPoints {
		spec.Limit = maxPoints
	}
	a, err := newAggregation(r, spec)
	if err != nil {
		return ChartData{}, err
	}
	for r.Next() {
		if err := a.add(r.Row()); err != nil {
			return ChartData{}, err
		}
	}
	if err := r.Err(); err != nil {
		return ChartData{}, err
	}
	return a.data(), nil
}

// aggregation groups rows by x and series.
type aggregation struct {
	spec     ChartSpec
	x        int
	series   int // -1 for none
	measures []measure
	rowwise  bool // plain columns and no series: each row is a point
	sorted   bool

	points   *keys
	lines    *keys
	kept     map[int]bool              // lines, once there were too many values; nil before
	cells    map[cellKey][]accumulator // one for each measure
	room     int                       // how many cells there may be before the smaller lines are given up
	distinct int                       // bytes held by uniq
}

type cellKey struct{ point, line int }

type measure struct {
	Measure
	at    int // column, -1 for count
	scale int // digits after the point of its exact numbers; -1 for floats
}

func newAggregation(r *rowbinary.Reader, spec ChartSpec) (a *aggregation, err error) {
	a = &aggregation{spec: spec, series: -1, points: newKeys(spec.Limit), lines: newKeys(maxLines), cells: map[cellKey][]accumulator{}, room: maxCells}
	if a.x, err = columnOf(r, spec.X); err != nil {
		return nil, err
	}
	if spec.Series != "" {
		if a.series, err = columnOf(r, spec.Series); err != nil {
			return nil, err
		}
	}
	plain := 0
	for _, y := range spec.Y {
		m, err := newMeasure(r, y)
		if err != nil {
			return nil, err
		}
		if m.Function == "" {
			plain++
		}
		a.measures = append(a.measures, m)
	}
	if len(spec.Y) == 0 || plain != 0 && plain != len(spec.Y) {
		return nil, fault.New(fault.Invalid, "the y of a chart is either columns or aggregates such as sum(amount), not both")
	}
	a.rowwise = plain > 0 && a.series < 0
	t := r.Types()[a.x]
	a.sorted = !a.rowwise && (t.Numeric() || t.Temporal())
	return a, nil
}

func columnOf(r *rowbinary.Reader, name string) (int, error) {
	var names []string
	for i, column := range r.Columns() {
		if column.Name == name {
			return i, nil
		}
		names = append(names, column.Name)
	}
	return 0, fault.New(fault.Invalid, "the result has no column %q to draw; its columns are %s", name, strings.Join(names, ", "))
}

func newMeasure(r *rowbinary.Reader, y Measure) (m measure, err error) {
	if at, err := columnOf(r, y.Text); err == nil { // SELECT count() gives a column called count()
		y = Measure{Text: y.Text, Column: y.Text}
		m.at = at
	}
	m.Measure, m.scale = y, -1
	if y.Function == "count" {
		m.at, m.scale = -1, 0
		return m, nil
	}
	if m.at, err = columnOf(r, y.Column); err != nil {
		return m, err
	}
	t := r.Types()[m.at]
	switch {
	case y.Function == "uniq":
		m.scale = 0
	case !t.Numeric():
		return m, fault.New(fault.Invalid, "%s cannot be drawn: the column %q is %s, not a number", y.Text, y.Column, t.Name)
	case t.Code != rowbinary.Float32 && t.Code != rowbinary.Float64 && t.Code != rowbinary.BFloat16:
		m.scale = t.Scale
	}
	return m, nil
}

func (a *aggregation) add(row []rowbinary.Value) error {
	point, ok := a.points.index(&row[a.x], a.rowwise)
	if !ok {
		return nil
	}
	line := 0
	if a.series >= 0 {
		if line, ok = a.lines.index(&row[a.series], false); !ok {
			return nil
		}
	}
	cells, err := a.at(cellKey{point, line})
	if cells == nil {
		return err
	}
	for i := range a.measures {
		if err := cells[i].add(&a.measures[i], row, &a.distinct); err != nil {
			return err
		}
	}
	return nil
}

// at is the place of the measures; nil when the line is not drawn.
func (a *aggregation) at(key cellKey) ([]accumulator, error) {
	cells, known := a.cells[key]
	switch {
	case known && a.measures[0].Function == "":
		return nil, fault.New(fault.Invalid, "several rows have the same %s and %s; draw an aggregate of them, such as sum(%s)",
			a.spec.X, a.spec.Series, a.spec.Y[0].Text)
	case known:
		return cells, nil
	}
	if a.kept == nil && len(a.cells) >= a.room && len(a.lines.values) > a.lineLimit() {
		a.prune()
	}
	if a.kept != nil && !a.kept[key.line] {
		return nil, nil
	}
	cells = make([]accumulator, len(a.measures))
	a.cells[key] = cells
	return cells, nil
}

func (a *aggregation) data() ChartData {
	order := make([]int, len(a.points.values))
	for i := range order {
		order[i] = i
	}
	if a.sorted {
		slices.SortStableFunc(order, func(i, j int) int { return compare(a.points.values[i], a.points.values[j]) })
	}
	d := ChartData{X: a.spec.X, Points: make([]any, len(order))}
	for i, point := range order {
		d.Points[i] = a.points.values[point]
	}
	lines := a.largest()
	d.Notes = a.notes(len(lines))
	for _, line := range lines {
		for m := range a.measures {
			series := ChartSeries{Name: a.seriesName(line, m), Values: make([]any, len(order))}
			for i, point := range order {
				if cells, ok := a.cells[cellKey{point, line}]; ok {
					series.Values[i] = cells[m].value(&a.measures[m])
				}
			}
			d.Series = append(d.Series, series)
		}
	}
	return d
}

func (a *aggregation) seriesName(line, m int) string {
	switch {
	case a.series < 0:
		return a.measures[m].Text
	case len(a.lines.texts) == 0:
		return ""
	case len(a.measures) == 1:
		return a.lines.texts[line]
	}
	return a.lines.texts[line] + ", " + a.measures[m].Text
}
