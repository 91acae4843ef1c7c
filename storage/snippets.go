package storage

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// SnippetsVersion grows with each change of any snippet.
func (c *Catalog) SnippetsVersion(ctx context.Context) (version int64, err error) {
	return version, told(c.db.pool.QueryRow(ctx, query("snippets_version")).Scan(&version))
}

// Snippets are all that are there, or all that are deleted, by name.
func (c *Catalog) Snippets(ctx context.Context, deleted bool) ([]catalog.Snippet, error) {
	return c.snippets(ctx, query("snippets"), deleted)
}

// SnippetRevisions are the newest first, without SQL.
func (c *Catalog) SnippetRevisions(ctx context.Context, name string) ([]catalog.Snippet, error) {
	return c.snippets(ctx, query("snippet_revisions"), name)
}

// Snippet is one of them, also a deleted one.
func (c *Catalog) Snippet(ctx context.Context, name string, revision int) (catalog.Snippet, error) {
	found, err := c.snippets(ctx, query("snippet"), name, revision)
	if err == nil && len(found) == 0 {
		return catalog.Snippet{}, fault.New(fault.NotFound, "There is no such snippet, or no such version of it.")
	}
	if err != nil {
		return catalog.Snippet{}, err
	}
	return found[0], nil
}

func (c *Catalog) snippets(ctx context.Context, sql string, args ...any) ([]catalog.Snippet, error) {
	rows, err := c.db.pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, told(err)
	}
	snippets, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (s catalog.Snippet, err error) {
		return s, row.Scan(&s.Name, &s.SQL, &s.Revision, &s.Author, &s.Message, &s.Updated, &s.Deleted, &s.Provisioned)
	})
	return snippets, told(err)
}

// version is the current revision of a snippet or workbook, locked; 0 when there never was one.
type version struct {
	what    string
	number  int
	deleted bool
	author  string
	when    time.Time
}

func lockVersion(ctx context.Context, tx pgx.Tx, what, sql string, args ...any) (version, error) {
	v := version{what: what}
	err := tx.QueryRow(ctx, sql, args...).Scan(&v.number, &v.deleted, &v.author, &v.when)
	if errors.Is(err, pgx.ErrNoRows) {
		return v, nil
	}
	return v, err
}

// conflict is the error of a change that began with another revision. What is deleted may begin anew.
func (v version) conflict(base int) error {
	if base == v.number || base == 0 && v.deleted {
		return nil
	}
	return &catalog.ConflictError{What: v.what, Base: base, Current: v.number, Author: v.author, When: v.when}
}

// SaveSnippet adds a revision.
func (c *Catalog) SaveSnippet(ctx context.Context, s catalog.Snippet, base int, event people.Event) (catalog.Snippet, error) {
	err := c.db.audited(ctx, &event, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, query("touch_snippets")); err != nil {
			return err
		}
		former, err := lockVersion(ctx, tx, "snippet", query("lock_snippet"), s.Name)
		if err != nil {
			return err
		}
		if err := former.conflict(base); err != nil {
			return err
		}
		s.Revision, s.Updated = former.number+1, c.db.now()
		if _, err := tx.Exec(ctx, query("put_snippet"), s.Name, s.Revision, orNull(s.Provisioned)); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, query("add_snippet_revision"), s.Name, s.Revision, s.SQL, s.Author, s.Message, s.Updated)
		return err
	})
	return s, err
}

// DeleteSnippet marks it as deleted.
func (c *Catalog) DeleteSnippet(ctx context.Context, name string, base int, event people.Event) error {
	return c.db.audited(ctx, &event, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, query("touch_snippets")); err != nil {
			return err
		}
		former, err := lockVersion(ctx, tx, "snippet", query("lock_snippet"), name)
		if err != nil {
			return err
		}
		if former.number == 0 || former.deleted {
			return fault.New(fault.NotFound, "There is no snippet %s.", name)
		}
		if base != 0 {
			if err := former.conflict(base); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, query("delete_snippet"), name, c.db.now())
		return err
	})
}
