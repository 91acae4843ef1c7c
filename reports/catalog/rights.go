package catalog

import (
	"context"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Rights tells what people were granted. It is not asked about administrators, who may do everything.
type Rights interface {
	// Level is how much of the report the person may, by their role, as its owner and by grants.
	Level(ctx context.Context, personID, reportID string) (people.Level, error)
	// FolderLevel is how much of all that is in the folder the person may, by grants.
	FolderLevel(ctx context.Context, personID, folder string) (people.Level, error)
	// MaySource tells whether the person may write SQL for the source.
	MaySource(ctx context.Context, personID, source string) (bool, error)
	// LimitedFields are the fields of which some group may only choose certain values.
	LimitedFields(ctx context.Context) ([]string, error)
}

func viewerOf(actor *people.Actor) Viewer {
	return Viewer{PersonID: actor.ID, All: actor.IsAdministrator()}
}

// level is how much of the report the actor may. One who may nothing is told that there is no such report.
func (c *Catalog) level(ctx context.Context, actor *people.Actor, reportID string) (people.Level, error) {
	if actor.IsAdministrator() {
		return people.Edit, nil
	}
	level, err := c.rights.Level(ctx, actor.ID, reportID)
	switch {
	case err != nil:
		return people.None, err
	case level == people.None:
		return people.None, errNoReport
	case level == people.Edit && !actor.Writes():
		return people.ViewSQL, nil
	}
	return level, nil
}

var errNoReport = fault.New(fault.NotFound, "There is no such report, or it is not shared with you.")

// need is the entry, for an actor who has at least that level on it. Deleted reports are there for those who may edit them.
func (c *Catalog) need(ctx context.Context, actor *people.Actor, key string, least people.Level) (Entry, error) {
	if !storable(key) {
		return Entry{}, errNoReport
	}
	entry, err := c.store.Entry(ctx, key, actor.ID)
	if err != nil && fault.CodeOf(err) == fault.NotFound {
		return Entry{}, errNoReport
	}
	if err != nil {
		return Entry{}, err
	}
	if entry.Level, err = c.level(ctx, actor, entry.ID); err != nil {
		return Entry{}, err
	}
	switch {
	case entry.Deleted != nil && entry.Level < people.Edit:
		return Entry{}, errNoReport
	case entry.Level < least && least == people.Edit:
		return Entry{}, fault.New(fault.Forbidden, "You may not change the report %q: ask its owner or an administrator for the right to edit it.", entry.Title)
	case entry.Level < least:
		return Entry{}, fault.New(fault.Forbidden, "You may run the report %q, but not see how it is made: ask its owner for the right to view its SQL.", entry.Title)
	}
	return entry, nil
}

// changeable is the entry of a report that the actor may change here.
func (c *Catalog) changeable(ctx context.Context, actor *people.Actor, key string) (Entry, error) {
	entry, err := c.need(ctx, actor, key, people.Edit)
	if err != nil {
		return Entry{}, err
	}
	if entry.Provisioned != "" {
		return Entry{}, provisioned("report", entry.Title, entry.Provisioned)
	}
	return entry, nil
}

// present is changeable and not deleted.
func (c *Catalog) present(ctx context.Context, actor *people.Actor, key string) (Entry, error) {
	entry, err := c.changeable(ctx, actor, key)
	if err == nil && entry.Deleted != nil {
		return Entry{}, fault.New(fault.Conflict, "The report %q was deleted by %s: bring it back first.", entry.Title, entry.DeletedBy)
	}
	return entry, err
}

func provisioned(kind, name, folder string) error {
	return fault.New(fault.Forbidden, "The %s %q is kept in the folder %s and is read-only here: change it there.", kind, name, folder)
}

// writes refuses those who do not write reports.
func writes(actor *people.Actor, what string) error {
	if actor.Writes() {
		return nil
	}
	return fault.New(fault.Forbidden, "Only analysts and administrators may %s.", what)
}

// maySources refuses SQL for sources that the actor was not granted.
func (c *Catalog) maySources(ctx context.Context, actor *people.Actor, sources []string) error {
	denied, err := c.deniedSources(ctx, actor, sources)
	if err == nil && len(denied) > 0 {
		err = fault.New(fault.Forbidden, "You may not write SQL for %s: ask an administrator to grant you the source.", strings.Join(denied, ", "))
	}
	return err
}

// deniedSources are those of the sources that the actor was not granted.
func (c *Catalog) deniedSources(ctx context.Context, actor *people.Actor, sources []string) (denied []string, err error) {
	if actor.IsAdministrator() {
		return nil, nil
	}
	for _, source := range sources {
		may, err := c.rights.MaySource(ctx, actor.ID, source)
		if err != nil {
			return nil, err
		}
		if !may {
			denied = append(denied, source)
		}
	}
	return denied, nil
}
