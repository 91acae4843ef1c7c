package storage

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

const noDraft = "There is no such draft: it was saved or thrown away, or its report is not shared with you any more."

// KeptDrafts are the person's, the latest first, without documents; with a report those of it alone.
func (c *Catalog) KeptDrafts(ctx context.Context, personID, reportID string) ([]catalog.KeptDraft, error) {
	rows, err := c.db.pool.Query(ctx, query("drafts"), personID, orNull(reportID))
	if err != nil {
		return nil, told(err)
	}
	drafts, err := pgx.CollectRows(rows, scanDraft)
	return drafts, told(err)
}

// KeptDraft is one of the person's.
func (c *Catalog) KeptDraft(ctx context.Context, personID, id string) (catalog.KeptDraft, error) {
	if !isID(id) {
		return catalog.KeptDraft{}, fault.New(fault.NotFound, noDraft)
	}
	rows, err := c.db.pool.Query(ctx, query("draft"), personID, id)
	if err != nil {
		return catalog.KeptDraft{}, told(err)
	}
	draft, err := pgx.CollectExactlyOneRow(rows, scanDraft)
	return draft, orNotFound(err, noDraft)
}

func scanDraft(row pgx.CollectableRow) (d catalog.KeptDraft, err error) {
	return d, row.Scan(&d.ID, &d.PersonID, &d.ReportID, &d.Report, &d.Title, &d.Base, &d.Folder, &d.Version, &d.Document, &d.Created, &d.Updated)
}

// AddDraft keeps a new draft.
func (c *Catalog) AddDraft(ctx context.Context, d catalog.KeptDraft, most int) (catalog.KeptDraft, error) {
	d.ID = newID()
	err := c.db.inTx(ctx, func(tx pgx.Tx) error {
		if err := roomForDraft(ctx, tx, d, most); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, query("add_draft"), d.ID, d.PersonID, orNull(d.ReportID), d.Title, d.Base, d.Folder, written(d.Document), c.db.now())
		if violates(err, foreignKeyViolation, "") {
			return fault.New(fault.NotFound, noReport)
		}
		return err
	})
	if err != nil {
		return catalog.KeptDraft{}, err
	}
	return c.KeptDraft(ctx, d.PersonID, d.ID)
}

// written is a document that is never null.
func written(document []byte) []byte {
	if document == nil {
		return []byte{}
	}
	return document
}

// roomForDraft refuses a second draft of one report, and one more than a person may have.
func roomForDraft(ctx context.Context, tx pgx.Tx, d catalog.KeptDraft, most int) error {
	var person string
	if err := tx.QueryRow(ctx, query("lock_writer"), d.PersonID).Scan(&person); err != nil {
		return orNotFound(err, noPerson)
	}
	if d.ReportID != "" {
		there := catalog.ConflictError{What: catalog.DraftConflict}
		err := tx.QueryRow(ctx, query("draft_of_report"), d.PersonID, d.ReportID).Scan(&there.Current, &there.When)
		if err == nil {
			return &there
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
	}
	var count int
	if err := tx.QueryRow(ctx, query("count_drafts"), d.PersonID).Scan(&count); err != nil {
		return err
	}
	if count >= most {
		return fault.New(fault.Conflict, "You have %d drafts, which is as many as there may be: save some or throw them away.", count)
	}
	return nil
}

// ChangeDraft keeps the next version.
func (c *Catalog) ChangeDraft(ctx context.Context, personID, id string, change catalog.DraftChange, title string) (catalog.KeptDraft, error) {
	if !isID(id) {
		return catalog.KeptDraft{}, fault.New(fault.NotFound, noDraft)
	}
	rows, err := c.db.pool.Query(ctx, query("change_draft"), personID, id, change.Version, title, change.Base, change.Folder,
		written(change.Document), c.db.now())
	if err != nil {
		return catalog.KeptDraft{}, told(err)
	}
	changed, err := pgx.CollectExactlyOneRow(rows, scanDraft)
	if !errors.Is(err, pgx.ErrNoRows) {
		return changed, told(err)
	}
	now, err := c.KeptDraft(ctx, personID, id)
	if err == nil {
		err = &catalog.ConflictError{What: catalog.DraftConflict, Base: change.Version, Current: now.Version, When: now.Updated}
	}
	return now, err
}

// RemoveDraft throws the person's draft away.
func (c *Catalog) RemoveDraft(ctx context.Context, personID, id string) error {
	if !isID(id) {
		return fault.New(fault.NotFound, noDraft)
	}
	removed, err := c.db.pool.Exec(ctx, query("delete_draft"), personID, id)
	if err == nil && removed.RowsAffected() == 0 {
		return fault.New(fault.NotFound, noDraft)
	}
	return told(err)
}
