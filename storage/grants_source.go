package storage

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// MaySource tells whether the person may write SQL for the source: administrators may, and analysts it was granted to.
func (s *Grants) MaySource(ctx context.Context, personID, source string) (may bool, err error) {
	if !isID(personID) {
		return false, nil
	}
	err = s.db.pool.QueryRow(ctx, query("may_source"), personID, source).Scan(&may)
	return may, told(err)
}

// LimitedFields are the fields of which some group may only choose certain values.
func (s *Grants) LimitedFields(ctx context.Context) ([]string, error) {
	rows, err := s.db.pool.Query(ctx, query("limited_fields"))
	if err != nil {
		return nil, told(err)
	}
	fields, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return fields, told(err)
}

// SourceGrants are those on the source, or all for "".
func (s *Grants) SourceGrants(ctx context.Context, source string) ([]people.SourceGrant, error) {
	return s.sourceGrants(ctx, source, "")
}

// SourceGrant is the one of that id.
func (s *Grants) SourceGrant(ctx context.Context, id string) (*people.SourceGrant, error) {
	if !isID(id) {
		return nil, fault.New(fault.NotFound, noGrant)
	}
	found, err := s.sourceGrants(ctx, "", id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, noGrant)
	}
	if err != nil {
		return nil, err
	}
	return &found[0], nil
}

func (s *Grants) sourceGrants(ctx context.Context, source, id string) ([]people.SourceGrant, error) {
	rows, err := s.db.pool.Query(ctx, query("source_grants"), source, id)
	if err != nil {
		return nil, told(err)
	}
	grants, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g people.SourceGrant, err error) {
		err = row.Scan(&g.ID, &g.PersonID, &g.GroupID, &g.Name, &g.Source, &g.CreatedBy, &g.Created)
		return g, err
	})
	return grants, told(err)
}

// PutSource gives a source grant; the same one given again stays as it is.
func (s *Grants) PutSource(ctx context.Context, grant people.SourceGrant, event people.Event) (*people.SourceGrant, error) {
	if !areIDs(grant.PersonID, grant.GroupID) {
		return nil, fault.New(fault.NotFound, "There is no such person or group.")
	}
	err := s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		row := tx.QueryRow(ctx, query("put_source_grant"), newID(), grant.PersonID, grant.GroupID, grant.Source, grant.CreatedBy, s.db.now())
		err := row.Scan(&grant.ID)
		if violates(err, foreignKeyViolation, "") {
			return fault.New(fault.NotFound, "There is no such person or group.")
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.SourceGrant(ctx, grant.ID)
}

// RemoveSource takes a source grant back.
func (s *Grants) RemoveSource(ctx context.Context, id string, event people.Event) error {
	return s.remove(ctx, "remove_source_grant", id, event)
}
