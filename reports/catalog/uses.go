package catalog

import (
	"context"
	"fmt"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/words"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/templates"
)

// Use is a report that uses a snippet, also through another one. The problems are those it has, or would have.
type Use struct {
	Entry
	Problems []reports.Problem
}

// Uses are the reports that use the snippet and that the actor may run; hidden counts the others.
func (c *Catalog) Uses(ctx context.Context, actor *people.Actor, name string) (visible []Use, hidden int, err error) {
	if err := writes(actor, "see snippets"); err != nil {
		return nil, 0, err
	}
	if !storable(name) {
		return nil, 0, nil
	}
	options, err := c.checkOptions(ctx)
	if err != nil {
		return nil, 0, err
	}
	return c.uses(ctx, actor, name, options)
}

// uses checks the reports that use a snippet with the options, which may hold it as it is to be.
func (c *Catalog) uses(ctx context.Context, actor *people.Actor, name string, options reports.CheckOptions) (visible []Use, hidden int, err error) {
	all, err := c.using(ctx, name)
	if err != nil {
		return nil, 0, err
	}
	own, err := c.all(ctx, viewerOf(actor), Filter{})
	if err != nil {
		return nil, 0, err
	}
	for _, entry := range all {
		at := slices.IndexFunc(own, func(mine Entry) bool { return mine.ID == entry.ID })
		if at < 0 {
			hidden++
			continue
		}
		revision, err := c.store.Revision(ctx, entry.ID, entry.Revision)
		if err != nil {
			return nil, 0, err
		}
		_, problems := reports.Load(entry.Slug+".md", revision.Document, options)
		visible = append(visible, Use{own[at], problems})
	}
	return visible, hidden, nil
}

// using are the reports, of anyone, that use the snippet, also through other snippets as they are now.
func (c *Catalog) using(ctx context.Context, name string) ([]Entry, error) {
	snippets, err := c.loadedSnippets(ctx)
	if err != nil {
		return nil, err
	}
	names := []string{name}
	for other, snippet := range snippets {
		within := &used{snippets: snippets}
		templates.ParseSQL(snippet.SQL, templates.Scope{Snippets: within})
		if other != name && slices.Contains(within.names, name) {
			names = append(names, other)
		}
	}
	return c.all(ctx, everyone, Filter{Snippets: names})
}

// checkUses finds what a snippet would break.
func (c *Catalog) checkUses(ctx context.Context, actor *people.Actor, save SnippetSave) error {
	using, err := c.using(ctx, save.Name)
	if err != nil {
		return err
	}
	for _, entry := range using {
		err := c.maySources(ctx, actor, entry.Sources)
		if err != nil && fault.CodeOf(err) == fault.Forbidden {
			return fault.New(fault.Forbidden, "The snippet %s is used by reports on other sources. %w", save.Name, err)
		}
		if err != nil {
			return err
		}
	}
	if save.Force || len(using) == 0 {
		return nil
	}
	before, err := c.checkOptions(ctx)
	if err != nil {
		return err
	}
	after := before
	after.Snippets = replaced{before.Snippets, save.Name, save.SQL}
	var broken reports.Problems
	hidden := 0
	for _, entry := range using {
		problems, err := c.newProblems(ctx, entry, before, after)
		if err != nil {
			return err
		}
		if len(problems) > 0 && !c.sees(ctx, actor, entry) {
			hidden, problems = hidden+1, nil
		}
		broken = append(broken, problems...)
	}
	return brokenBy(save.Name, broken, hidden)
}

func brokenBy(name string, broken reports.Problems, hidden int) error {
	if len(broken) == 0 && hidden == 0 {
		return nil
	}
	if hidden > 0 {
		message := fmt.Sprintf("%s not shared with you would have problems with it", words.Count(hidden, "report"))
		broken = append(broken, reports.Problem{File: name + ".sql", Line: 1, Column: 1, Message: message})
	}
	return fault.New(fault.Invalid, "%w", broken)
}

func (c *Catalog) sees(ctx context.Context, actor *people.Actor, entry Entry) bool {
	level, err := c.level(ctx, actor, entry.ID)
	return err == nil && level >= people.ViewSQL
}

// newProblems are those that a report has with other options and did not have before.
func (c *Catalog) newProblems(ctx context.Context, entry Entry, before, after reports.CheckOptions) ([]reports.Problem, error) {
	revision, err := c.store.Revision(ctx, entry.ID, entry.Revision)
	if err != nil {
		return nil, err
	}
	_, old := reports.Load(entry.Slug+".md", revision.Document, before)
	_, problems := reports.Load(entry.Slug+".md", revision.Document, after)
	return slices.DeleteFunc(problems, func(p reports.Problem) bool { return slices.Contains(old, p) }), nil
}

// replaced are snippets of which one is to be another.
type replaced struct {
	templates.Snippets
	name, text string
}

func (r replaced) Snippet(name string) (string, bool) {
	if name == r.name {
		return r.text, true
	}
	return r.Snippets.Snippet(name)
}
