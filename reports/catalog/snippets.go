package catalog

import (
	"context"
	"math"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/words"
	"github.com/vitrina-reports/vitrina/reports"
)

// SnippetSave is a snippet to keep.
type SnippetSave struct {
	Name    string
	Base    int // the revision that the change began with; 0 for a new one
	SQL     string
	Message string
	Force   bool   // also when reports that use it have problems then
	File    string // what problems call it; the name with .sql when empty
}

// Snippets are all snippets by name, for those who write reports.
func (c *Catalog) Snippets(ctx context.Context, actor *people.Actor) ([]Snippet, error) {
	if err := writes(actor, "see snippets"); err != nil {
		return nil, err
	}
	return c.store.Snippets(ctx, false)
}

// DeletedSnippets are those that were deleted and can be saved anew.
func (c *Catalog) DeletedSnippets(ctx context.Context, actor *people.Actor) ([]Snippet, error) {
	if err := writes(actor, "see snippets"); err != nil {
		return nil, err
	}
	return c.store.Snippets(ctx, true)
}

// Snippet is one of them, also a deleted one; revision 0 is the current one.
func (c *Catalog) Snippet(ctx context.Context, actor *people.Actor, name string, revision int) (Snippet, error) {
	if err := writes(actor, "see snippets"); err != nil {
		return Snippet{}, err
	}
	if !storable(name) || revision < 0 || revision > math.MaxInt32 {
		return Snippet{}, fault.New(fault.NotFound, "There is no such snippet, or no such version of it.")
	}
	return c.store.Snippet(ctx, name, revision)
}

// SnippetRevisions are the newest first, without SQL.
func (c *Catalog) SnippetRevisions(ctx context.Context, actor *people.Actor, name string) ([]Snippet, error) {
	if err := writes(actor, "see snippets"); err != nil {
		return nil, err
	}
	if !storable(name) {
		return nil, nil
	}
	return c.store.SnippetRevisions(ctx, name)
}

// SaveSnippet keeps a snippet as a new revision. One that does not parse, or that would give reports that use it problems they did
// not have, is fault.Invalid around reports.Problems; Force takes the latter. The actor needs the sources of all reports that use it,
// since its SQL runs there.
func (c *Catalog) SaveSnippet(ctx context.Context, actor *people.Actor, save SnippetSave) (Snippet, error) {
	if err := writes(actor, "change snippets"); err != nil {
		return Snippet{}, err
	}
	if _, problem := reports.ParseSnippet(save.Name+".sql", []byte(save.SQL)); problem != nil {
		if save.File != "" {
			problem.File = save.File
		}
		return Snippet{}, fault.New(fault.Invalid, "%w", reports.Problems{*problem})
	}
	if err := (Path{Kind: SnippetFile, Name: save.Name}).Check(); err != nil {
		return Snippet{}, err
	}
	former, err := c.formerSnippet(ctx, save.Name)
	if err != nil {
		return Snippet{}, err
	}
	if former.Deleted == nil && former.Revision > 0 && former.SQL == save.SQL {
		return former, nil
	}
	if err := c.checkUses(ctx, actor, save); err != nil {
		return Snippet{}, err
	}
	event := actor.Did("snippet.saved", "snippet", save.Name, save.Name, map[string]any{"revision": former.Revision + 1})
	return c.store.SaveSnippet(ctx, Snippet{Name: save.Name, SQL: save.SQL, Author: actor.Email, Message: messageOf(save.Message)}, save.Base, event)
}

// formerSnippet is the snippet as it is, the zero Snippet if there never was one.
func (c *Catalog) formerSnippet(ctx context.Context, name string) (Snippet, error) {
	if !storable(name) {
		return Snippet{}, nil
	}
	former, err := c.store.Snippet(ctx, name, 0)
	switch {
	case err != nil && fault.CodeOf(err) == fault.NotFound:
		return Snippet{}, nil
	case err != nil:
		return Snippet{}, err
	case former.Provisioned != "" && former.Deleted == nil:
		return Snippet{}, provisioned("snippet", name, former.Provisioned)
	}
	return former, nil
}

// DeleteSnippet deletes a snippet that no report uses, also not through another snippet; its revisions stay. base is the revision that is meant,
// 0 for whichever is current.
func (c *Catalog) DeleteSnippet(ctx context.Context, actor *people.Actor, name string, base int) error {
	if err := writes(actor, "delete snippets"); err != nil {
		return err
	}
	former, err := c.formerSnippet(ctx, name)
	if err != nil || former.Deleted != nil {
		return err
	}
	if former.Revision == 0 {
		return fault.New(fault.NotFound, "There is no such snippet.")
	}
	using, err := c.using(ctx, name)
	if err != nil {
		return err
	}
	var titles []string
	for _, entry := range using {
		if c.sees(ctx, actor, entry) {
			titles = append(titles, entry.Slug)
		}
	}
	if len(using) > 0 {
		return fault.New(fault.Conflict, "The snippet %s is in use by %s: %s.", name, words.Count(len(using), "report"),
			strings.Join(append(titles, "change them first"), ", "))
	}
	return c.store.DeleteSnippet(ctx, name, base, actor.Did("snippet.deleted", "snippet", name, name, nil))
}

// loadedSnippets are the snippets as templates use them, read again when one has changed.
func (c *Catalog) loadedSnippets(ctx context.Context) (reports.Snippets, error) {
	version, err := c.store.SnippetsVersion(ctx)
	if err != nil {
		return nil, err
	}
	return c.snippetsOf(ctx, version)
}

// snippetsOf are the snippets of that version, or later ones.
func (c *Catalog) snippetsOf(ctx context.Context, version int64) (reports.Snippets, error) {
	if loaded, ok := c.kept.snippets(version); ok {
		return loaded, nil
	}
	all, err := c.store.Snippets(ctx, false)
	if err != nil {
		return nil, err
	}
	loaded := make(reports.Snippets, len(all))
	for _, snippet := range all {
		if parsed, problem := reports.ParseSnippet(snippet.Name+".sql", []byte(snippet.SQL)); problem == nil {
			loaded[parsed.Name] = parsed
		}
	}
	c.kept.keepSnippets(version, loaded)
	return loaded, nil
}
