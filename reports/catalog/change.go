package catalog

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Rename gives the report another slug. The old one still leads to it.
func (c *Catalog) Rename(ctx context.Context, actor *people.Actor, id, slug string) (Entry, error) {
	if err := CheckSlug(slug); err != nil {
		return Entry{}, err
	}
	entry, err := c.present(ctx, actor, id)
	if err != nil || entry.Slug == slug {
		return entry, err
	}
	event := actor.Did("report.renamed", "report", entry.ID, entry.Title, map[string]any{"from": entry.Slug, "to": slug})
	if err := c.store.Rename(ctx, entry.ID, slug, event); err != nil {
		return Entry{}, err
	}
	return c.need(ctx, actor, entry.ID, people.Edit)
}

// Move puts the report into a folder, which is made when it is not there.
func (c *Catalog) Move(ctx context.Context, actor *people.Actor, id, folder string) (Entry, error) {
	if err := CheckFolder(folder); err != nil {
		return Entry{}, err
	}
	entry, err := c.present(ctx, actor, id)
	if err != nil || entry.Folder == folder {
		return entry, err
	}
	if err := c.move(ctx, actor, entry, folder); err != nil {
		return Entry{}, err
	}
	return c.need(ctx, actor, entry.ID, people.Run)
}

func (c *Catalog) move(ctx context.Context, actor *people.Actor, entry Entry, folder string) error {
	current, err := c.store.Entry(ctx, entry.ID, "")
	if err != nil {
		return err
	}
	if err := c.mayFill(ctx, actor, folder, current.Workbooks, nil); err != nil {
		return err
	}
	details := map[string]any{"from": entry.Folder, "to": folder}
	return c.store.Move(ctx, entry.ID, folder, actor.Did("report.moved", "report", entry.ID, entry.Title, details))
}

// Delete hides the report from all but those who may edit it. It can be brought back, and its slug stays its own. base is the
// revision that is meant, 0 for whichever is current; another one is a *ConflictError.
func (c *Catalog) Delete(ctx context.Context, actor *people.Actor, id string, base int) error {
	entry, err := c.changeable(ctx, actor, id)
	if err != nil || entry.Deleted != nil {
		return err
	}
	event := actor.Did("report.deleted", "report", entry.ID, entry.Title, map[string]any{"slug": entry.Slug, "folder": entry.Folder})
	return c.store.Remove(ctx, entry.ID, base, actor.Email, event)
}

// Undelete brings a deleted report back to its folder.
func (c *Catalog) Undelete(ctx context.Context, actor *people.Actor, id string) (Entry, error) {
	entry, err := c.changeable(ctx, actor, id)
	if err != nil || entry.Deleted == nil {
		return entry, err
	}
	event := actor.Did("report.undeleted", "report", entry.ID, entry.Title, map[string]any{"slug": entry.Slug, "folder": entry.Folder})
	if err := c.store.Revive(ctx, entry.ID, event); err != nil {
		return Entry{}, err
	}
	return c.need(ctx, actor, entry.ID, people.Edit)
}

// Duplicate makes a report of the actor's own from the current revision of one whose document they may see. Folder nil is the same
// folder.
func (c *Catalog) Duplicate(ctx context.Context, actor *people.Actor, id string, folder *string) (Entry, error) {
	if err := writes(actor, "write reports"); err != nil {
		return Entry{}, err
	}
	original, err := c.need(ctx, actor, id, people.ViewSQL)
	if err != nil {
		return Entry{}, err
	}
	revision, err := c.store.Revision(ctx, original.ID, original.Revision)
	if err != nil {
		return Entry{}, err
	}
	if folder == nil {
		folder = &original.Folder
	}
	return c.Save(ctx, actor, Save{Document: revision.Document, Folder: folder, Message: "a copy of " + original.Slug, File: original.Slug + ".md"})
}

// Favourite remembers or forgets the report for the actor. It is their own matter and no event of the audit log.
func (c *Catalog) Favourite(ctx context.Context, actor *people.Actor, id string, favourite bool) error {
	if actor.ID == "" {
		return fault.New(fault.Invalid, "Favourites belong to people who sign in.")
	}
	entry, err := c.need(ctx, actor, id, people.Run)
	if err != nil {
		return err
	}
	return c.store.SetFavourite(ctx, actor.ID, entry.ID, favourite)
}
