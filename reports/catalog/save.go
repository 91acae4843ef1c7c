package catalog

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Save is a document to keep.
type Save struct {
	ID       string  // empty: a new report
	Base     int     // the revision that the change began with; 0 for a new report
	Document []byte  // the whole of it
	Message  string  // why, in the author's words; may be empty
	Folder   *string // nil: where it is, or the root for a new one
	Slug     string  // of a new one, which then must be free; made from the title when empty
	File     string  // what problems call the document; the slug with .md when empty
}

// Save keeps a document as a new revision, or as a new report. A document with problems is fault.Invalid around reports.Problems; a
// Base that is not the current revision is a *ConflictError. Bytes that are kept already make no new revision.
func (c *Catalog) Save(ctx context.Context, actor *people.Actor, save Save) (Entry, error) {
	if err := writes(actor, "write reports"); err != nil {
		return Entry{}, err
	}
	if save.Folder != nil {
		if err := CheckFolder(*save.Folder); err != nil {
			return Entry{}, err
		}
	}
	if save.ID == "" {
		return c.create(ctx, actor, save)
	}
	entry, err := c.present(ctx, actor, save.ID)
	if err != nil {
		return Entry{}, err
	}
	if Checksum(save.Document) != entry.SHA256 {
		if err := c.revise(ctx, actor, entry, save); err != nil {
			return Entry{}, err
		}
	}
	if save.Folder != nil && *save.Folder != entry.Folder {
		if err := c.move(ctx, actor, entry, *save.Folder); err != nil {
			return Entry{}, err
		}
	}
	return c.need(ctx, actor, entry.ID, people.Edit)
}

func (c *Catalog) revise(ctx context.Context, actor *people.Actor, entry Entry, save Save) error {
	if save.Base != entry.Revision {
		return &ConflictError{What: "report", Base: save.Base, Current: entry.Revision, Author: entry.UpdatedBy, When: entry.Updated}
	}
	draft, err := c.draft(ctx, fileName(save.File, entry.Slug), save.Document)
	if err != nil {
		return err
	}
	if err := c.keepsForeign(ctx, actor, entry, draft); err != nil {
		return err
	}
	if err := c.keepsLimits(ctx, actor, entry, draft); err != nil {
		return err
	}
	if err := c.mayFill(ctx, actor, entry.Folder, draft.Workbooks, entry.Workbooks); err != nil {
		return err
	}
	draft.Author, draft.Message = actor.Email, messageOf(save.Message)
	details := map[string]any{"revision": save.Base + 1, "slug": entry.Slug}
	if draft.Message != "" {
		details["message"] = draft.Message
	}
	return c.store.Revise(ctx, entry.ID, save.Base, draft, actor.Did("report.saved", "report", entry.ID, draft.Title, details))
}

func (c *Catalog) create(ctx context.Context, actor *people.Actor, save Save) (Entry, error) {
	if save.Base != 0 {
		return Entry{}, fault.New(fault.Invalid, "A new report begins at version 0, not at %d: which report is this a version of?", save.Base)
	}
	draft, err := c.draft(ctx, fileName(save.File, "report"), save.Document)
	if err != nil {
		return Entry{}, err
	}
	if err := c.maySources(ctx, actor, draft.Sources); err != nil {
		return Entry{}, err
	}
	draft.Author, draft.Message = actor.Email, messageOf(save.Message)
	made := NewReport{ID: newID(), Slug: save.Slug, Exact: save.Slug != "", OwnerID: actor.ID, Draft: draft}
	if save.Folder != nil {
		made.Folder = *save.Folder
	}
	if err := c.mayFill(ctx, actor, made.Folder, draft.Workbooks, nil); err != nil {
		return Entry{}, err
	}
	return c.make(ctx, actor, made, nil)
}

// make keeps a new report and returns it.
func (c *Catalog) make(ctx context.Context, actor *people.Actor, made NewReport, details map[string]any) (Entry, error) {
	if made.Slug == "" {
		made.Slug = slugOf(made.Title)
	}
	if err := CheckSlug(made.Slug); err != nil {
		return Entry{}, err
	}
	if details == nil {
		details = map[string]any{}
	}
	details["folder"] = made.Folder
	if _, err := c.store.Create(ctx, made, actor.Did("report.created", "report", made.ID, made.Title, details)); err != nil {
		return Entry{}, err
	}
	entry, err := c.store.Entry(ctx, made.ID, actor.ID)
	entry.Level = people.Edit
	return entry, err
}

// longestMessage is as many characters of a message as are kept.
const longestMessage = 1000

// messageOf is the message as it can be kept.
func messageOf(message string) string {
	message = strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(message, "\uFFFD"), "\x00", ""))
	if runes := []rune(message); len(runes) > longestMessage {
		return string(runes[:longestMessage-1]) + "…"
	}
	return message
}

func fileName(given, slug string) string {
	if given != "" {
		return given
	}
	return slug + ".md"
}

// newID is a UUID whose order is that of its making.
func newID() string { return uuid.Must(uuid.NewV7()).String() }
