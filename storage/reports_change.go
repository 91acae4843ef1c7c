package storage

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// locked is a report that only this transaction changes now.
type locked struct {
	catalog.ConflictError
	deleted bool
	folder  string
}

func lockReport(ctx context.Context, tx pgx.Tx, id string) (l locked, err error) {
	if !isID(id) {
		return l, fault.New(fault.NotFound, noReport)
	}
	err = tx.QueryRow(ctx, query("lock_report"), id).Scan(&l.Current, &l.Author, &l.When, &l.deleted, &l.folder)
	return l, orNotFound(err, noReport)
}

// conflict is the error of a change that began with another revision than the current one.
func (l *locked) conflict(base int) error {
	if base == l.Current {
		return nil
	}
	return &catalog.ConflictError{What: "report", Base: base, Current: l.Current, Author: l.Author, When: l.When}
}

var errDeletedMeanwhile = fault.New(fault.Conflict, "The report was deleted meanwhile: bring it back first.")

// changed runs do on a locked report, with the event.
func (c *Catalog) changed(ctx context.Context, id string, event people.Event, do func(tx pgx.Tx, report locked) error) error {
	return c.db.audited(ctx, &event, func(tx pgx.Tx) error {
		report, err := lockReport(ctx, tx, id)
		if err != nil {
			return err
		}
		return do(tx, report)
	})
}

// Revise adds the revision base+1.
func (c *Catalog) Revise(ctx context.Context, id string, base int, d catalog.Draft, event people.Event) error {
	return c.changed(ctx, id, event, func(tx pgx.Tx, report locked) error {
		if report.deleted {
			return errDeletedMeanwhile
		}
		if err := report.conflict(base); err != nil {
			return err
		}
		now := c.db.now()
		if _, err := tx.Exec(ctx, query("add_revision"), id, base+1, d.Document, d.SHA256, d.Author, d.Message, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, query("revise_report"), id, d.Title, d.Description, list(d.Tags), list(d.Fields), list(d.Sources),
			list(d.Snippets), list(d.Workbooks), d.Searched(), base+1, d.SHA256, now, d.Author)
		return err
	})
}

// Rename gives the report a slug that is free or was its own.
func (c *Catalog) Rename(ctx context.Context, id, slug string, event people.Event) error {
	return c.changed(ctx, id, event, func(tx pgx.Tx, _ locked) error {
		owned, err := tx.Exec(ctx, query("own_slug"), id, slug)
		if err != nil {
			return err
		}
		if owned.RowsAffected() == 0 {
			return slugTaken(slug)
		}
		_, err = tx.Exec(ctx, query("rename_report"), id, slug)
		return err
	})
}

// Move puts the report into a folder.
func (c *Catalog) Move(ctx context.Context, id, folder string, event people.Event) error {
	return c.changed(ctx, id, event, func(tx pgx.Tx, _ locked) error {
		if err := c.ensureFolder(ctx, tx, folder); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, query("move_report"), id, folder)
		return err
	})
}

// Remove marks the report as deleted.
func (c *Catalog) Remove(ctx context.Context, id string, base int, by string, event people.Event) error {
	return c.changed(ctx, id, event, func(tx pgx.Tx, report locked) error {
		if base != 0 {
			if err := report.conflict(base); err != nil {
				return err
			}
		}
		if report.deleted {
			return errDeletedMeanwhile
		}
		_, err := tx.Exec(ctx, query("remove_report"), id, c.db.now(), by)
		return err
	})
}

// Revive undoes Remove.
func (c *Catalog) Revive(ctx context.Context, id string, event people.Event) error {
	return c.changed(ctx, id, event, func(tx pgx.Tx, report locked) error {
		if err := c.ensureFolder(ctx, tx, report.folder); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, query("revive_report"), id)
		return err
	})
}

// SetFavourite remembers or forgets the report for the person.
func (c *Catalog) SetFavourite(ctx context.Context, personID, id string, favourite bool) error {
	name := "remove_favourite"
	if favourite {
		name = "add_favourite"
	}
	_, err := c.db.pool.Exec(ctx, query(name), personID, id)
	return told(err)
}

// Revisions are the newest first, without documents.
func (c *Catalog) Revisions(ctx context.Context, id string) ([]catalog.Revision, error) {
	rows, err := c.db.pool.Query(ctx, query("revisions"), id)
	if err != nil {
		return nil, told(err)
	}
	revisions, err := pgx.CollectRows(rows, scanRevision)
	return revisions, told(err)
}

// Revision is the one of that number.
func (c *Catalog) Revision(ctx context.Context, id string, number int) (catalog.Revision, error) {
	rows, err := c.db.pool.Query(ctx, query("revision"), id, number)
	if err != nil {
		return catalog.Revision{}, told(err)
	}
	revision, err := pgx.CollectExactlyOneRow(rows, scanRevision)
	return revision, orNotFound(err, "The report has no such version.")
}

func scanRevision(row pgx.CollectableRow) (r catalog.Revision, err error) {
	return r, row.Scan(&r.ReportID, &r.Number, &r.Document, &r.SHA256, &r.Author, &r.Message, &r.Created)
}
