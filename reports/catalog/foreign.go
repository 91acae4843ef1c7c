package catalog

import (
	"context"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
)

// written is SQL of a report. What stands for an option goes into any cell and has no source of its own.
type written struct{ source, sql string }

// writtenIn is all SQL of a document.
func writtenIn(document []byte) map[written]bool {
	all := map[written]bool{}
	parsed, err := reports.Parse("report.md", document)
	if err != nil {
		return all
	}
	for _, cell := range parsed.Report.Cells() {
		if cell.Kind == reports.SQLCell {
			all[written{cell.Source, cell.Body}] = true
		}
	}
	for _, field := range parsed.Report.Form {
		if field.Options == nil {
			continue
		}
		all[written{parsed.Report.Source, field.Options.Query}] = true
		for _, option := range field.Options.Given {
			all[written{"", option.SQL}] = true
		}
	}
	return all
}

// keepsForeign refuses new SQL for sources that the actor was not granted. What others wrote for them may stay as it is: who shares a
// report to be edited does not share its sources.
func (c *Catalog) keepsForeign(ctx context.Context, actor *people.Actor, entry Entry, draft Draft) error {
	denied, err := c.deniedSources(ctx, actor, draft.Sources)
	if err != nil || len(denied) == 0 {
		return err
	}
	revision, err := c.store.Revision(ctx, entry.ID, entry.Revision)
	if err != nil {
		return err
	}
	before := writtenIn(revision.Document)
	foreign := map[string]bool{"": true}
	for _, source := range denied {
		foreign[source] = true
	}
	for text := range writtenIn(draft.Document) {
		if foreign[text.source] && text.sql != "" && !before[text] {
			return fault.New(fault.Forbidden, "You may not write SQL for %s: leave what the report has for it as it is, or ask an administrator to grant you the source.",
				strings.Join(denied, ", "))
		}
	}
	return nil
}
