package reports

import (
	"fmt"
	"math"

	"github.com/vitrina-reports/vitrina/templates"
)

// Compiled is a document with its templates parsed, ready to run.
type Compiled struct {
	Document *Document
	Report   *Report

	Title       *templates.Text
	Texts       []*templates.Text               // parallel to Report.Blocks; nil for a cell
	SQL         map[string]*templates.SQL       // by sql cell
	CohortIDs   map[string]*templates.Text      // by cohort cell, if it has an id
	CohortURLs  map[string]*templates.Text      // by cohort cell, if it has a url
	ChartTitles map[string]*templates.Text      // by chart, if it has a title
	Filenames   []*templates.Text               // parallel to Report.Exports; nil where there is none
	Options     map[string]*templates.SQL       // by field whose options come from a query
	ShowIf      map[string]*templates.Condition // by field that has one
	Campaign    *templates.Text                 // nil without an audience
	Control     *templates.Text                 // nil when no share is held out
	Excluded    []*templates.Text               // parallel to Audience.Exclude.Campaigns
}

// everything lets a site use all fields, or all cells.
const everything = math.MaxInt

// site is a template of the document. One of the three functions is set, says what sort it is and takes it when it is parsed.
type site struct {
	span   span
	fields int   // so many of the form, from its start, may be used
	cells  int   // the cells among so many blocks, from the first, may be used
	own    *Cell // the cell that it is the body of

	sql       func(*Compiled, *templates.SQL)
	text      func(*Compiled, *templates.Text)
	condition func(*Compiled, *templates.Condition)
}

func (d *Document) site(s site) { d.sites = append(d.sites, s) }

func (d *Document) readSQL(cell *Cell, part extent) {
	attribute := cell.Attrs["source"]
	cell.Source = attribute
	if attribute == "" {
		cell.Source = d.Report.Source
	}
	d.site(site{
		span: span{text: cell.Body, start: part.start}, fields: everything, cells: len(d.Report.Blocks) - 1, own: cell,
		sql: func(c *Compiled, t *templates.SQL) { c.SQL[cell.Name] = t },
	})
}

func (d *Document) compile(options CheckOptions) (*Compiled, []finding) {
	c := &Compiled{
		Document: d, Report: d.Report,
		Texts:     make([]*templates.Text, len(d.Report.Blocks)),
		SQL:       map[string]*templates.SQL{},
		CohortIDs: map[string]*templates.Text{}, CohortURLs: map[string]*templates.Text{},
		ChartTitles: map[string]*templates.Text{},
		Filenames:   make([]*templates.Text, len(d.Report.Exports)),
		Options:     map[string]*templates.SQL{},
		ShowIf:      map[string]*templates.Condition{},
	}
	if a := d.Report.Audience; a != nil {
		c.Excluded = make([]*templates.Text, len(a.Exclude.Campaigns))
	}
	if d.headless {
		return c, nil
	}
	var findings []finding
	for _, s := range d.sites {
		findings = append(findings, d.compileSite(c, s, options)...)
	}
	return c, findings
}

// compileSite parses one template. A cell that comes too late, or is a chart, is told from one that does not exist by parsing once
// more with all cells allowed.
func (d *Document) compileSite(c *Compiled, s site, options CheckOptions) []finding {
	put, problems := s.parse(d.scope(s, options))
	if len(problems) == 0 {
		put(c)
		return nil
	}
	findings := d.unreadable(s)
	if len(findings) > 0 {
		scope := d.scope(s, options)
		scope.Cells = d.cellNames()
		_, problems = s.parse(scope)
	}
	for _, p := range problems {
		findings = append(findings, finding{s.span.place(p.Line, p.Column), p.Message})
	}
	return findings
}

func (s site) parse(scope templates.Scope) (put func(*Compiled), problems []templates.Problem) {
	switch {
	case s.sql != nil:
		t, problems := templates.ParseSQL(s.span.text, scope)
		return func(c *Compiled) { s.sql(c, t) }, problems
	case s.condition != nil:
		t, problems := templates.ParseCondition(s.span.text, scope)
		return func(c *Compiled) { s.condition(c, t) }, problems
	}
	t, problems := templates.ParseText(s.span.text, scope)
	return func(c *Compiled) { s.text(c, t) }, problems
}

func (d *Document) scope(s site, options CheckOptions) templates.Scope {
	form, source := d.Report.Form, d.Report.Source
	if s.own != nil {
		source = s.own.Source
	}
	scope := templates.Scope{
		Form:     form[:min(s.fields, len(form))],
		Snippets: options.Snippets,
		Dialect:  options.Sources[source],
	}
	for _, field := range form[len(scope.Form):] {
		scope.Later = append(scope.Later, field.Name)
	}
	for _, block := range d.Report.Blocks[:min(s.cells, len(d.Report.Blocks))] {
		if block.Cell != nil && block.Cell.Kind != ChartCell && block.Cell.Name != "" {
			scope.Cells = append(scope.Cells, block.Cell.Name)
		}
	}
	return scope
}

// unreadable finds references of a site to cells that are there, but have no rows for it.
func (d *Document) unreadable(s site) []finding {
	refs, err := references(s.span.text)
	if err != nil {
		return nil
	}
	var findings []finding
	for _, ref := range refs {
		if ref.target != cellName {
			continue
		}
		if message := d.readable(ref.name, s.cells, s.own != nil); message != "" {
			findings = append(findings, finding{s.span.at(ref.from), message})
		}
	}
	return findings
}

// readable says why the cell's rows cannot be used by something that may use the cells among so many blocks, and that may be a cell
// itself. It says nothing about a cell that does not exist.
func (d *Document) readable(name string, blocks int, cell bool) string {
	at, exists := d.cells[name]
	switch {
	case !exists:
		return ""
	case d.Report.Blocks[at].Cell.Kind == ChartCell:
		return fmt.Sprintf("%q is a chart, which has no rows: name an sql or cohort cell", name)
	case at == blocks:
		return "a cell cannot read itself"
	case blocks == 0 && !cell:
		return fmt.Sprintf("%q cannot be used here, before any cell has run", name)
	case at > blocks:
		return fmt.Sprintf("%q is a later cell; move it up, above this one", name)
	}
	return ""
}

func (d *Document) cellNames() []string {
	var names []string
	for _, cell := range d.Report.Cells() {
		names = append(names, cell.Name)
	}
	return names
}
