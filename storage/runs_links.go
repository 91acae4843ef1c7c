package storage

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

const noLink = "There is no such link."

func (s *Runs) CreateLink(ctx context.Context, link jobs.Link, event people.Event) error {
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, query("insert_link"), link.ID, link.FileID, link.RunID, link.PersonID, link.Anyone, link.Created, link.Expires)
		return err
	})
}

func (s *Runs) Link(ctx context.Context, id string) (link jobs.Link, file jobs.File, err error) {
	if !isID(id) {
		return link, file, fault.New(fault.NotFound, noLink)
	}
	columns := append(linkColumns(&link), &file.RunID, &file.Number, &file.Name, &file.Format, &file.Key, &file.Rows, &file.Bytes, &file.SHA256)
	err = s.db.pool.QueryRow(ctx, query("link"), id).Scan(columns...)
	file.ID, file.Path = link.FileID, file.Key
	return link, file, orNotFound(err, noLink)
}

func (s *Runs) Links(ctx context.Context, run string) ([]jobs.Link, error) {
	if !isID(run) {
		return nil, fault.New(fault.NotFound, noRun)
	}
	rows, err := s.db.pool.Query(ctx, query("links"), run)
	if err != nil {
		return nil, told(err)
	}
	links, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (link jobs.Link, err error) {
		err = row.Scan(linkColumns(&link)...)
		return link, err
	})
	return links, told(err)
}

// linkColumns are where the columns of a link go.
func linkColumns(l *jobs.Link) []any {
	return []any{&l.ID, &l.FileID, &l.RunID, &l.PersonID, &l.Person, &l.Anyone, &l.Created, &l.Expires, &l.Revoked, &l.RevokedBy, &l.Opened, &l.OpenedAt}
}

func (s *Runs) RevokeLink(ctx context.Context, id, by string, event people.Event) error {
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, query("revoke_link"), id, by, s.db.now())
		return err
	})
}

func (s *Runs) Opened(ctx context.Context, id string, event people.Event) error {
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, query("opened_link"), id, s.db.now())
		return err
	})
}
