package app

import (
	"cmp"
	"context"
	"path/filepath"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
	"github.com/vitrina-reports/vitrina/storage/embedded"
)

// database is Vitrina's own Postgres with the server behind it, if that is embedded.
type database struct {
	db     *storage.DB
	work   *storage.DB // over connections that the web does not use
	server *embedded.Server
}

func (d database) Close() error {
	d.work.Close()
	d.db.Close()
	if d.server == nil {
		return nil
	}
	return d.server.Close()
}

// Database opens Vitrina's own Postgres once and keeps it: the one the configuration names, else the embedded one of the data folder.
// Its schema may be behind: see [App.Migrate].
func (a *App) Database(ctx context.Context) (*storage.DB, error) {
	opened, err := a.databases.get(ctx, "the database", a.openDatabase)
	return opened.db, err
}

func (a *App) openDatabase(ctx context.Context) (opened database, err error) {
	dsn := a.config.Database
	if dsn == "" {
		if opened.server, err = a.startPostgres(ctx); err != nil {
			return database{}, err
		}
		dsn = opened.server.DSN(embedded.Database)
	}
	opened.db, err = storage.Open(ctx, storage.Options{DSN: dsn, Logger: a.logger, MaxConnections: a.connections()})
	if err == nil {
		opened.work, err = opened.db.Apart(ctx, a.connections())
	}
	if err != nil && opened.server != nil {
		_ = opened.server.Close()
	}
	return opened, err
}

// workDatabase is the database over connections that the web does not use: runs begin and end, and keep their leases, however many
// requests wait for the others.
func (a *App) workDatabase(ctx context.Context) (*storage.DB, error) {
	opened, err := a.databases.get(ctx, "the database", a.openDatabase)
	return opened.work, err
}

// connections is how many a process may use for the web, and again for its work: each run holds one for moments only.
func (a *App) connections() int32 {
	return int32(max(16, min(a.config.Runs.parallel()*2, 64)))
}

func (a *App) startPostgres(ctx context.Context) (*embedded.Server, error) {
	return embedded.Start(ctx, embedded.Options{
		Dir: filepath.Join(a.data, "postgres"), Binaries: a.config.Postgres.Binaries, Logger: a.logger,
	})
}

// Migrate brings the schema up to date and returns the names of what was applied.
func (a *App) Migrate(ctx context.Context) ([]string, error) {
	db, err := a.Database(ctx)
	if err != nil {
		return nil, err
	}
	return db.Migrate(ctx)
}

// Migrated opens the database for a command. One whose schema is behind is brought up to date, as vitrina serve does at its start.
func (a *App) Migrated(ctx context.Context) (*storage.DB, error) {
	if _, err := a.Migrate(ctx); err != nil {
		return nil, err
	}
	return a.Database(ctx)
}

// Files opens the store of the runs' files once and keeps it.
func (a *App) Files(ctx context.Context) (artifacts.Store, error) {
	return a.files.get(ctx, "the store of files", func(ctx context.Context) (artifacts.Store, error) {
		address := cmp.Or(a.config.Artifacts.Store, "file://"+filepath.Join(a.data, "files"))
		store, err := artifacts.Open(ctx, address, artifacts.Options{Spool: filepath.Join(a.data, "spool")})
		if err != nil {
			return nil, fault.New(fault.CodeOf(err), "artifacts.store: %w", err)
		}
		return store, nil
	})
}
