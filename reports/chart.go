package reports

import (
	"regexp"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/vitrina-reports/vitrina/templates"
)

// Chart draws a result.
type Chart struct {
	Type    string // bar, line, area, pie or scatter
	Cell    string
	X       string // a column
	Y       []Measure
	Series  string // a column; each of its values is drawn on its own
	Title   string // a text template
	Stacked bool
}

// Measure is what a chart draws over x: a column as it is, or an aggregate of the rows that share an x.
type Measure struct {
	Text     string // as it is written; also the name of the column it would be, should the result have one called so
	Function string // count, sum, avg, min, max or uniq; empty for a column
	Column   string // empty for count()
}

var measureFunctions = []string{"count", "sum", "avg", "min", "max", "uniq"}

var measureForm = regexp.MustCompile(`^\s*([A-Za-z_][A-Za-z0-9_]*)\s*\(\s*(.*?)\s*\)\s*$`)

// readCellBody reads what stands between the fences of a cell.
func (d *Document) readCellBody(cell *Cell, part extent) {
	switch cell.Kind {
	case SQLCell:
		d.readSQL(cell, part)
	case CohortCell:
		cell.Cohort = &Cohort{}
		if m := d.readCellYAML(part, "a cohort", "provider", "id", "url", "properties"); m != nil {
			m.readCohort(cell)
		}
	case ChartCell:
		cell.Chart = &Chart{}
		if m := d.readCellYAML(part, "a chart", "type", "cell", "x", "y", "series", "title", "stacked"); m != nil {
			m.readChart(cell)
		}
	}
}

func (d *Document) readCellYAML(part extent, what string, keys ...string) *mapping {
	before := len(d.findings)
	t, top := d.readYAML(part)
	if top == nil {
		if len(d.findings) == before {
			d.find(part.start, what+" cell is empty: it has the keys "+alternatives(keys))
		}
		return nil
	}
	return t.mapping(top, what, keys...)
}

func (m *mapping) readChart(cell *Cell) {
	m.need("type", "cell", "x", "y")
	*cell.Chart = Chart{
		Type:    m.oneOf("type", "", "bar", "line", "area", "pie", "scatter"),
		Cell:    m.cellName("cell", len(m.tree.doc.Report.Blocks)-1),
		X:       m.text("x"),
		Y:       m.measures("y"),
		Series:  m.text("series"),
		Title:   m.text("title"),
		Stacked: m.boolean("stacked"),
	}
	m.textSite(m.value("title"), everything, func(c *Compiled, t *templates.Text) { c.ChartTitles[cell.Name] = t })
	if c := cell.Chart; c.Stacked && c.Type != "" && c.Type != "bar" && c.Type != "area" {
		m.fault("stacked", "stacked is for bar and area charts; this one is %s", c.Type)
	}
	if c := cell.Chart; c.Type == "pie" && (len(c.Y) > 1 || c.Series != "") {
		m.fault("type", "a pie has one y and no series")
	}
}

// measures reads one expression or a list of them.
func (m *mapping) measures(key string) []Measure {
	n := m.value(key)
	if n == nil {
		return nil
	}
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	var measures []Measure
	for _, item := range items {
		if item = follow(item); item.Kind != yaml.ScalarNode || item.Value == "" {
			m.tree.find(item, key+" must be a column or an expression such as sum(amount), or a list of these")
			continue
		}
		measure, complaint := parseMeasure(item.Value)
		if complaint != "" {
			m.tree.find(item, complaint)
			continue
		}
		measures = append(measures, measure)
	}
	if len(items) == 0 {
		m.fault(key, "%s is empty: name at least one column", key)
	}
	return measures
}

func parseMeasure(text string) (measure Measure, complaint string) {
	parts := measureForm.FindStringSubmatch(text)
	if parts == nil {
		return Measure{Text: text, Column: text}, ""
	}
	measure = Measure{Text: text, Function: parts[1], Column: parts[2]}
	switch {
	case !slices.Contains(measureFunctions, measure.Function):
		return measure, "there is no function " + measure.Function + " here: use " + alternatives(measureFunctions) +
			", or compute the column in SQL" + suggest(measure.Function, measureFunctions)
	case measure.Function == "count" && measure.Column != "":
		return measure, "count() counts rows and takes no column"
	case measure.Function != "count" && measure.Column == "":
		return measure, measure.Function + "() needs a column: " + measure.Function + "(amount)"
	}
	return measure, ""
}
