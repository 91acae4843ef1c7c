package catalog

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
)

// KeptDraft is a document that somebody is writing and has not saved yet. It is theirs alone, and may have any mistakes.
type KeptDraft struct {
	ID       string
	PersonID string
	ReportID string // empty for a new report
	Report   string // slug, empty for a new report
	Title    string // of the document as it is, empty when it has none
	Base     int    // the revision that was changed, 0 for a new report
	Folder   string // where a new report is to be
	Version  int    // grows with each keeping, from 1
	Document []byte // nil in listings
	Created  time.Time
	Updated  time.Time
}

// DraftNew begins a draft.
type DraftNew struct {
	Report   string // id or slug; empty for a new report
	Base     *int   // the current revision when nil
	Folder   string
	Document []byte
}

// DraftChange is what was written since.
type DraftChange struct {
	Version  int     // that was changed
	Base     *int    // as it is when nil
	Folder   *string // as it is when nil
	Document []byte
}

// DraftStore keeps drafts. A person's drafts are theirs that are of no report, or of one whose SQL they may see: others are not there.
type DraftStore interface {
	// KeptDrafts are the person's, the latest first, without documents; with a report that of it alone.
	KeptDrafts(ctx context.Context, personID, reportID string) ([]KeptDraft, error)
	// KeptDraft is one of the person's.
	KeptDraft(ctx context.Context, personID, id string) (KeptDraft, error)
	// AddDraft gives the draft its id, version and times. A second one of a report is a *ConflictError, and one more than most is a
	// Conflict.
	AddDraft(ctx context.Context, draft KeptDraft, most int) (KeptDraft, error)
	// ChangeDraft is a *ConflictError when the version is not the current one.
	ChangeDraft(ctx context.Context, personID, id string, change DraftChange, title string) (KeptDraft, error)
	// RemoveDraft is NotFound when there is none.
	RemoveDraft(ctx context.Context, personID, id string) error
}

// mostDrafts is how many somebody may have.
const mostDrafts = 200

// KeptDrafts are the actor's own, the latest first, without documents; with the id or slug of a report that of it alone.
func (c *Catalog) KeptDrafts(ctx context.Context, actor *people.Actor, report string) ([]KeptDraft, error) {
	if err := writesDrafts(actor); err != nil {
		return nil, err
	}
	if report != "" {
		entry, err := c.need(ctx, actor, report, people.ViewSQL)
		if err != nil {
			return nil, err
		}
		report = entry.ID
	}
	return c.store.KeptDrafts(ctx, actor.ID, report)
}

// KeptDraft is one of the actor's own.
func (c *Catalog) KeptDraft(ctx context.Context, actor *people.Actor, id string) (KeptDraft, error) {
	if err := writesDrafts(actor); err != nil {
		return KeptDraft{}, err
	}
	return c.store.KeptDraft(ctx, actor.ID, id)
}

// BeginDraft keeps a draft of a report whose SQL the actor may see, or of a new one. When there is one of that report already, it is a
// *ConflictError. Drafts are no events of the audit log: a document counts once it is saved.
func (c *Catalog) BeginDraft(ctx context.Context, actor *people.Actor, wanted DraftNew) (KeptDraft, error) {
	if err := writesDrafts(actor); err != nil {
		return KeptDraft{}, err
	}
	if err := keepable(wanted.Document, &wanted.Folder); err != nil {
		return KeptDraft{}, err
	}
	draft := KeptDraft{PersonID: actor.ID, Title: titleOf(wanted.Document), Folder: wanted.Folder, Document: wanted.Document}
	if wanted.Base != nil {
		draft.Base = *wanted.Base
	}
	if wanted.Report != "" {
		entry, err := c.need(ctx, actor, wanted.Report, people.ViewSQL)
		if err != nil {
			return KeptDraft{}, err
		}
		draft.ReportID = entry.ID
		if wanted.Base == nil {
			draft.Base = entry.Revision
		}
		if err := c.hasRevision(ctx, entry.ID, draft.Base); err != nil {
			return KeptDraft{}, err
		}
	} else if draft.Base != 0 {
		return KeptDraft{}, errNewBase
	}
	return c.store.AddDraft(ctx, draft, mostDrafts)
}

// KeepDraft keeps what was written since the version that is named; it is a *ConflictError when that is not the current one.
func (c *Catalog) KeepDraft(ctx context.Context, actor *people.Actor, id string, change DraftChange) (KeptDraft, error) {
	if err := writesDrafts(actor); err != nil {
		return KeptDraft{}, err
	}
	if err := keepable(change.Document, change.Folder); err != nil {
		return KeptDraft{}, err
	}
	if change.Base != nil {
		draft, err := c.store.KeptDraft(ctx, actor.ID, id)
		if err != nil {
			return KeptDraft{}, err
		}
		if *change.Base != draft.Base {
			if err := c.mayBase(ctx, draft, *change.Base); err != nil {
				return KeptDraft{}, err
			}
		}
	}
	return c.store.ChangeDraft(ctx, actor.ID, id, change, titleOf(change.Document))
}

// DropDraft throws one of the actor's own away.
func (c *Catalog) DropDraft(ctx context.Context, actor *people.Actor, id string) error {
	if err := writesDrafts(actor); err != nil {
		return err
	}
	return c.store.RemoveDraft(ctx, actor.ID, id)
}

func writesDrafts(actor *people.Actor) error {
	if err := writes(actor, "write reports"); err != nil {
		return err
	}
	if actor.ID == "" {
		return fault.New(fault.Invalid, "Drafts belong to people who sign in.")
	}
	return nil
}

// keepable refuses what could never be saved because of its size or its folder; all other mistakes a draft may have.
func keepable(document []byte, folder *string) error {
	if len(document) > reports.MaxBytes {
		return fault.New(fault.Invalid, "The document is too long to be kept: at most %d MB are possible.", reports.MaxBytes>>20)
	}
	if folder == nil {
		return nil
	}
	return CheckFolder(*folder)
}

var errNewBase = fault.New(fault.Invalid, "The draft of a new report begins with no revision: its base is 0.")

func (c *Catalog) mayBase(ctx context.Context, draft KeptDraft, base int) error {
	if draft.ReportID != "" {
		return c.hasRevision(ctx, draft.ReportID, base)
	}
	if base != 0 {
		return errNewBase
	}
	return nil
}

func (c *Catalog) hasRevision(ctx context.Context, id string, number int) error {
	entry, err := c.store.Entry(ctx, id, "")
	if err == nil && (number < 1 || number > entry.Revision) {
		err = fault.New(fault.Invalid, "The report has no version %d that could be changed: the current one is %d.", number, entry.Revision)
	}
	return err
}
