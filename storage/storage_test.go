package storage_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/storage"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func open(t *testing.T, dsn string) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), storage.Options{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db
}

// migrated is a new database with the schema.
func migrated(t *testing.T) *storage.DB {
	t.Helper()
	db := open(t, pgtest.DSN(t))
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestProcessesThatStartAtOnceMigrateOnce(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	var all sync.WaitGroup
	for range 4 {
		db := open(t, dsn)
		all.Go(func() {
			if _, err := db.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	db := open(t, dsn)
	if err := db.Migrated(t.Context()); err != nil {
		t.Error(err)
	}
	if applied, err := db.Migrate(t.Context()); err != nil || len(applied) > 0 {
		t.Errorf("again: %v, %v", applied, err)
	}
}

func TestAMissingMigrationIsTold(t *testing.T) {
	t.Parallel()
	err := open(t, pgtest.DSN(t)).Migrated(t.Context())
	if fault.CodeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "run vitrina migrate") {
		t.Error(err)
	}
}

func TestWrongAddressesAreToldWithoutTheirPassword(t *testing.T) {
	t.Parallel()
	for dsn, want := range map[string]string{
		"postgres://u:hunter2@127.0.0.1:1/db":  "refused",
		"postgres://u:hunter2@nowhere.test/db": "no host of that name",
		"postgres://u:hunter2@[bad/db":         "cannot be read",
		"host=/nowhere password=hunter2":       "no such socket",
	} {
		_, err := storage.Open(t.Context(), storage.Options{DSN: dsn})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", dsn, err)
		}
	}
}

func TestEveryQueryFitsTheSchema(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	if _, err := open(t, dsn).Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	for name, text := range storage.Queries() {
		if _, err := conn.Prepare(t.Context(), name, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
