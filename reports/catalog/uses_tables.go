package catalog

import (
	"context"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/tables"
	"github.com/vitrina-reports/vitrina/templates"
)

// SourceTable is a table of a source. Own is the database whose tables need no database before their name.
type SourceTable struct {
	Source, Database, Table, Own string
}

// TableUse is a report that reads a table, with its cells that do and, as in form.partner, the fields whose options do.
type TableUse struct {
	Entry
	Cells []string
}

// TableUses are the reports that read the table and whose SQL the actor may view; hidden counts the others.
func (c *Catalog) TableUses(ctx context.Context, actor *people.Actor, table SourceTable) (visible []TableUse, hidden int, err error) {
	if err := writes(actor, "see what reads a table"); err != nil {
		return nil, 0, err
	}
	if !storable(table.Source) {
		return nil, 0, nil
	}
	options, err := c.checkOptions(ctx)
	if err != nil {
		return nil, 0, err
	}
	all, err := c.all(ctx, everyone, Filter{Source: table.Source})
	if err != nil {
		return nil, 0, err
	}
	own, err := c.all(ctx, viewerOf(actor), Filter{Source: table.Source})
	if err != nil {
		return nil, 0, err
	}
	for _, entry := range all {
		revision, err := c.store.Revision(ctx, entry.ID, entry.Revision)
		if err != nil {
			return nil, 0, err
		}
		cells := table.readBy(entry.Slug+".md", revision.Document, options)
		if len(cells) == 0 {
			continue
		}
		at := slices.IndexFunc(own, func(mine Entry) bool { return mine.ID == entry.ID && mine.Level >= people.ViewSQL })
		if at < 0 {
			hidden++
			continue
		}
		visible = append(visible, TableUse{own[at], cells})
	}
	return visible, hidden, nil
}

// readBy are the cells and fields of the document that read the table.
func (t SourceTable) readBy(name string, document []byte, options reports.CheckOptions) (cells []string) {
	parsed, err := reports.Parse(name, document)
	if err != nil {
		return nil
	}
	report := parsed.Report
	template := tables.Template{Dialect: dialectOf(options.Sources[t.Source]), Snippets: options.Snippets, Form: report.Form}
	for _, cell := range report.Cells() {
		if cell.Kind == reports.SQLCell && cell.Source == t.Source && slices.ContainsFunc(template.Read(cell.Body), t.is) {
			cells = append(cells, cell.Name)
		}
	}
	for _, field := range report.Form {
		if field.Options != nil && report.Source == t.Source && slices.ContainsFunc(template.Read(field.Options.Query), t.is) {
			cells = append(cells, "form."+field.Name)
		}
	}
	return cells
}

func (t SourceTable) is(named tables.Name) bool {
	if named.Database == "" {
		return named.Table == t.Table && t.Database == t.Own
	}
	return named.Table == t.Table && named.Database == t.Database
}

func dialectOf(dialect templates.Dialect) sqltext.Dialect {
	if dialect == templates.Postgres {
		return sqltext.Postgres
	}
	return sqltext.ClickHouse
}
