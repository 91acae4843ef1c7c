package catalog

import (
	"context"
	"slices"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
)

// keepsLimits refuses a draft that no longer has a field of which some group may only choose certain values: without the field, that
// group would see everything. Administrators, who set the limits, may save it.
func (c *Catalog) keepsLimits(ctx context.Context, actor *people.Actor, entry Entry, draft Draft) error {
	if actor.IsAdministrator() {
		return nil
	}
	limited, err := c.rights.LimitedFields(ctx)
	if err != nil || len(limited) == 0 {
		return err
	}
	before, err := c.store.Revision(ctx, entry.ID, entry.Revision)
	if err != nil {
		return err
	}
	for _, field := range limited {
		if hasField(before.Document, field) && !hasField(draft.Document, field) {
			return fault.New(fault.Forbidden,
				"Some groups may choose only certain values of the field %s. Without that field they would see everything: ask an administrator to save this.", field)
		}
	}
	return nil
}

func hasField(document []byte, name string) bool {
	parsed, err := reports.Parse("report.md", document)
	return err == nil && slices.ContainsFunc(parsed.Report.Form, func(f forms.Field) bool { return f.Name == name })
}
