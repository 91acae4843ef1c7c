package storage

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

const noSource = "There is no source of that name among those connected in the product."

// Sealer encrypts secrets. What was sealed for a purpose opens for no other, so that one record's secret is of no use in another's.
type Sealer interface {
	Seal(plain []byte, purpose string) ([]byte, error)
	Open(ctx context.Context, sealed []byte, purpose string) ([]byte, error)
	// Stale tells that there is a newer key than the one it was sealed with.
	Stale(sealed []byte) bool
}

// Sources keeps the databases that administrators connected. Their addresses, which have passwords in them, are kept sealed.
type Sources struct {
	db     *DB
	sealer Sealer
}

// NewSources keeps sources in the database.
func NewSources(db *DB, sealer Sealer) *Sources { return &Sources{db, sealer} }

// Sources are all by name, each with its version and without its DSN.
func (s *Sources) Sources(ctx context.Context) ([]people.Source, error) {
	found, err := s.find(ctx, "")
	sources := make([]people.Source, len(found))
	for i := range found {
		sources[i] = found[i].Source
	}
	return sources, err
}

// Source is the one of that name with its DSN.
func (s *Sources) Source(ctx context.Context, name string) (*people.Source, error) {
	found, err := s.find(ctx, name)
	if err != nil {
		return nil, err
	}
	if name == "" || len(found) == 0 {
		return nil, fault.New(fault.NotFound, noSource)
	}
	source := found[0].Source
	if found[0].sealed == nil {
		return &source, nil
	}
	dsn, err := s.sealer.Open(ctx, found[0].sealed, purposeOf(name))
	if err != nil {
		return nil, err
	}
	source.DSN = string(dsn)
	return &source, nil
}

// purposeOf ties a DSN to its source.
func purposeOf(name string) string { return "source:" + name + ":dsn" }

type sealedSource struct {
	people.Source
	sealed []byte
}

func (s *Sources) find(ctx context.Context, name string) ([]sealedSource, error) {
	rows, err := s.db.pool.Query(ctx, query("sources"), name)
	if err != nil {
		return nil, told(err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (v sealedSource, err error) {
		err = row.Scan(&v.Name, &v.Driver, &v.sealed, &v.Database, &v.Limits, &v.Version, &v.Updated, &v.UpdatedBy)
		return v, err
	})
	return found, told(err)
}

// Save keeps a new source (Version 0) or a change of the version that is named; a fault.Conflict when it is not the current one. A change
// without a DSN leaves the one that is there.
func (s *Sources) Save(ctx context.Context, source people.Source, event people.Event) error {
	var sealed []byte
	if source.DSN != "" {
		var err error
		if sealed, err = s.sealer.Seal([]byte(source.DSN), purposeOf(source.Name)); err != nil {
			return err
		}
	}
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		if source.Version == 0 {
			return s.create(ctx, tx, source, sealed)
		}
		tag, err := tx.Exec(ctx, query("change_source"), source.Name, source.Version, source.Driver, sealed, source.Database, source.Limits, s.db.now(), source.UpdatedBy)
		if err == nil && tag.RowsAffected() == 0 {
			return fault.New(fault.Conflict, "Somebody else has changed or removed the source %s in the meantime: look at it again first.", source.Name)
		}
		return err
	})
}

func (s *Sources) create(ctx context.Context, tx pgx.Tx, source people.Source, sealed []byte) error {
	_, err := tx.Exec(ctx, query("create_source"), source.Name, source.Driver, sealed, source.Database, source.Limits, s.db.now(), source.UpdatedBy)
	if violates(err, uniqueViolation, "") {
		return fault.New(fault.Conflict, "There is a source called %s already.", source.Name)
	}
	return err
}

// Remove forgets the source with its address.
func (s *Sources) Remove(ctx context.Context, name string, event people.Event) error {
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error { return changeOne(ctx, tx, noSource, "remove_source", name) })
}

// Reseal encrypts the addresses that were sealed with an older key anew, so that it can be retired. Nothing else changes.
func (s *Sources) Reseal(ctx context.Context) error {
	found, err := s.find(ctx, "")
	if err != nil {
		return err
	}
	for _, v := range found {
		if v.sealed == nil || !s.sealer.Stale(v.sealed) {
			continue
		}
		dsn, err := s.sealer.Open(ctx, v.sealed, purposeOf(v.Name))
		if err != nil {
			return err
		}
		sealed, err := s.sealer.Seal(dsn, purposeOf(v.Name))
		if err != nil {
			return err
		}
		if _, err := s.db.pool.Exec(ctx, query("reseal_source"), v.Name, v.Version, sealed); err != nil {
			return told(err)
		}
	}
	return nil
}
