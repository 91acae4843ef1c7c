package catalog

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/people"
)

// Get is the report by its id or slug, with the actor's level on it. A former slug leads to it too: Entry.Slug is the current one.
func (c *Catalog) Get(ctx context.Context, actor *people.Actor, key string) (Entry, error) {
	return c.need(ctx, actor, key, people.Run)
}

// List is a page of the reports that the actor may run, each with their level. With a search the best match comes first: titles that
// begin with it, titles that have its words, tags, then all else; otherwise they are in the order of their titles. next is the
// cursor of the next page, empty on the last.
func (c *Catalog) List(ctx context.Context, actor *people.Actor, filter Filter) (entries []Entry, next string, err error) {
	if !storable(append([]string{filter.Tag, filter.Source, filter.Workbook}, filter.Snippets...)...) || filter.Folder != nil && !storable(*filter.Folder) {
		return nil, "", nil
	}
	entries, next, err = c.store.Entries(ctx, viewerOf(actor), filter)
	if !actor.Writes() {
		for i := range entries {
			entries[i].Level = min(entries[i].Level, people.ViewSQL)
		}
	}
	return entries, next, err
}

// All are all pages of a listing.
func (c *Catalog) All(ctx context.Context, actor *people.Actor, filter Filter) ([]Entry, error) {
	return c.all(ctx, viewerOf(actor), filter)
}

func (c *Catalog) all(ctx context.Context, viewer Viewer, filter Filter) ([]Entry, error) {
	var all []Entry
	filter.Page = people.Page{Limit: 500}
	for {
		entries, next, err := c.store.Entries(ctx, viewer, filter)
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
		if next == "" {
			return all, nil
		}
		filter.Cursor = next
	}
}

// everyone sees everything: what is in use does not depend on who asks.
var everyone = Viewer{All: true}
