package storage

import (
	"context"
	"embed"
	"errors"
	"io/fs"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Migrations are append-only: one that was released is never changed.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// Migrate brings the schema up to date and returns the names of the migrations that were applied. Of several processes that start at
// once one does the work, the others wait.
func (db *DB) Migrate(ctx context.Context) (applied []string, err error) {
	conn, err := db.pool.Acquire(ctx)
	if err != nil {
		return nil, told(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, query("lock_migrations")); err != nil {
		return nil, told(err)
	}
	defer func() { err = errors.Join(err, unlock(ctx, conn)) }()
	if applied, err = db.migrateOwn(ctx); err != nil {
		return nil, fault.New(fault.Failed, "The database could not be brought up to date: %w", err)
	}
	river, err := rivermigrate.New(riverpgxv5.New(db.pool), &rivermigrate.Config{Logger: newRiverLog(db.logger)})
	if err != nil {
		return nil, err
	}
	result, err := river.Migrate(ctx, rivermigrate.DirectionUp, nil)
	if err != nil {
		return nil, fault.New(fault.Failed, "The job queue's tables could not be brought up to date: %w", err)
	}
	for _, version := range result.Versions {
		applied = append(applied, "river "+version.Name)
	}
	return applied, nil
}

func unlock(ctx context.Context, conn *pgxpool.Conn) error {
	_, err := conn.Exec(context.WithoutCancel(ctx), query("unlock_migrations"))
	return told(err)
}

func (db *DB) migrateOwn(ctx context.Context) (applied []string, err error) {
	provider, closeDB, err := db.migrations()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeDB()) }()
	current, target, err := provider.GetVersions(ctx)
	if err == nil && current > target {
		err = newer(current, target)
	}
	if err != nil {
		return nil, err
	}
	results, err := provider.Up(ctx)
	for _, result := range results {
		applied = append(applied, result.Source.Path)
	}
	return applied, err
}

// Migrated is nil when the schema is what this version needs, and otherwise says what to do.
func (db *DB) Migrated(ctx context.Context) (err error) {
	provider, closeDB, err := db.migrations()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeDB()) }()
	current, target, err := provider.GetVersions(ctx)
	switch {
	case err != nil:
		return told(err)
	case current < target:
		return fault.New(fault.Unavailable, "The database of Vitrina lacks a migration (it has %d of %d): run vitrina migrate.", current, target)
	case current > target:
		return newer(current, target)
	}
	return nil
}

func newer(current, target int64) error {
	return fault.New(fault.Unavailable, "The database of Vitrina is of a newer version (migration %d; this program knows %d): use the newer program.", current, target)
}

func (db *DB) migrations() (*goose.Provider, func() error, error) {
	folder, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, nil, err
	}
	pool := stdlib.OpenDBFromPool(db.pool)
	provider, err := goose.NewProvider(goose.DialectPostgres, pool, folder)
	if err != nil {
		return nil, nil, errors.Join(err, pool.Close())
	}
	return provider, pool.Close, nil
}

// migration is the newest one that was applied.
func (db *DB) migration(ctx context.Context) (version int64, err error) {
	provider, closeDB, err := db.migrations()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, closeDB()) }()
	version, err = provider.GetDBVersion(ctx)
	return version, told(err)
}
