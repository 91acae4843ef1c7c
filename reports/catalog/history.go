package catalog

import (
	"context"
	"fmt"

	"github.com/aymanbagabas/go-udiff"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Revisions are the newest first, without documents, for those who may view the report's SQL.
func (c *Catalog) Revisions(ctx context.Context, actor *people.Actor, id string) ([]Revision, error) {
	entry, err := c.need(ctx, actor, id, people.ViewSQL)
	if err != nil {
		return nil, err
	}
	return c.store.Revisions(ctx, entry.ID)
}

// Document is a revision with its document; number 0 is the current one. It is NotFound to those who may not run the report, and
// Forbidden to those who may only run it.
func (c *Catalog) Document(ctx context.Context, actor *people.Actor, id string, number int) (Revision, error) {
	entry, err := c.need(ctx, actor, id, people.ViewSQL)
	if err != nil {
		return Revision{}, err
	}
	switch {
	case number == 0:
		number = entry.Revision
	case number < 0 || number > entry.Revision:
		return Revision{}, noRevision(number, entry.Revision)
	}
	return c.store.Revision(ctx, entry.ID, number)
}

func noRevision(number, last int) error {
	return fault.New(fault.NotFound, "The report has no version %d: the last is %d.", number, last)
}

// Diff is what changed between two revisions, as a unified diff; empty when nothing did. 0 is the current one.
func (c *Catalog) Diff(ctx context.Context, actor *people.Actor, id string, from, to int) (string, error) {
	before, err := c.Document(ctx, actor, id, from)
	if err != nil {
		return "", err
	}
	after, err := c.Document(ctx, actor, id, to)
	if err != nil {
		return "", err
	}
	label := func(r Revision) string { return fmt.Sprintf("version %d", r.Number) }
	return udiff.Unified(label(before), label(after), string(before.Document), string(after.Document)), nil
}

// Restore saves an earlier revision's document as a new revision on top of base.
func (c *Catalog) Restore(ctx context.Context, actor *people.Actor, id string, base, number int) (Entry, error) {
	entry, err := c.present(ctx, actor, id)
	if err != nil {
		return Entry{}, err
	}
	if number <= 0 || number > entry.Revision {
		return Entry{}, noRevision(number, entry.Revision)
	}
	revision, err := c.store.Revision(ctx, entry.ID, number)
	if err != nil {
		return Entry{}, err
	}
	return c.Save(ctx, actor, Save{
		ID: entry.ID, Base: base, Document: revision.Document, Message: fmt.Sprintf("version %d restored", number),
	})
}
