package storage_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/storage/secrets"
	"github.com/vitrina-reports/vitrina/storage/secrets/secretstest"
)

func TestTheKeyringIsKept(t *testing.T) {
	t.Parallel()
	secretstest.Run(t, func(t *testing.T) (secrets.Store, secrets.Store) {
		dsn := pgtest.DSN(t)
		one, other := open(t, dsn), open(t, dsn)
		_, err := one.Migrate(t.Context())
		succeeds(t, err)
		return storage.NewKeysets(one), storage.NewKeysets(other)
	})
}

func newKeyring(t *testing.T, db *storage.DB) *secrets.Keyring {
	t.Helper()
	master, _, err := secrets.MasterFromFile(t.TempDir() + "/secrets.key")
	succeeds(t, err)
	keyring, err := secrets.OpenKeyring(t.Context(), storage.NewKeysets(db), master)
	succeeds(t, err)
	return keyring
}

const secretDSN = "http://reader:s3cr3t-w0rd@ch:8123/shop"

func TestSourcesAreVersionedAndKeptSealed(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	db := open(t, dsn)
	_, err := db.Migrate(t.Context())
	succeeds(t, err)
	keyring := newKeyring(t, db)
	sources := storage.NewSources(db, keyring)
	want := people.Source{Name: "shop", Driver: "clickhouse", DSN: secretDSN, Database: "shop", UpdatedBy: "ann@x.com",
		Limits: people.SourceLimits{Time: time.Minute, Rows: 1 << 40, Runs: 3, Overflow: "cut"}}
	succeeds(t, sources.Save(t.Context(), want, did("source.connected")))
	fails(t, sources.Save(t.Context(), want, did("x")), fault.Conflict, "called shop already")
	got, err := sources.Source(t.Context(), "shop")
	succeeds(t, err)
	want.Version, want.Updated = 1, got.Updated
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Error(diff)
	}
	want.DSN, want.Database = "", "other"
	succeeds(t, sources.Save(t.Context(), want, did("source.changed")))
	fails(t, sources.Save(t.Context(), want, did("x")), fault.Conflict, "in the meantime")
	if got, err := sources.Source(t.Context(), "shop"); err != nil || got.DSN != secretDSN || got.Version != 2 || got.Database != "other" {
		t.Errorf("%+v, %v", got, err)
	}
	all, err := sources.Sources(t.Context())
	if err != nil || len(all) != 1 || all[0].DSN != "" || all[0].Version != 2 {
		t.Errorf("%+v, %v", all, err)
	}
	before := sealedDSN(t, dsn)
	succeeds(t, keyring.Rotate(t.Context()))
	succeeds(t, sources.Reseal(t.Context()))
	if after := sealedDSN(t, dsn); bytes.Equal(before, after) || bytes.Contains(after, []byte("s3cr3t")) || keyring.Stale(after) {
		t.Error("the address was not sealed anew")
	}
	if got, err := sources.Source(t.Context(), "shop"); err != nil || got.DSN != secretDSN || got.Version != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	succeeds(t, sources.Remove(t.Context(), "shop", did("x")))
	for _, name := range []string{"shop", "", "x"} {
		_, err = sources.Source(t.Context(), name)
		fails(t, err, fault.NotFound, "no source of that name")
	}
}

// A sealed address that somebody copies to another source of the database is of no use there.
func TestASealedAddressBelongsToItsSource(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	db := open(t, dsn)
	_, err := db.Migrate(t.Context())
	succeeds(t, err)
	sources := storage.NewSources(db, newKeyring(t, db))
	for _, name := range []string{"a", "b"} {
		succeeds(t, sources.Save(t.Context(), people.Source{Name: name, Driver: "clickhouse", DSN: secretDSN}, did("x")))
	}
	conn, err := pgx.Connect(t.Context(), dsn)
	succeeds(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	_, err = conn.Exec(t.Context(), "UPDATE sources SET dsn_sealed = (SELECT dsn_sealed FROM sources WHERE name = 'a') WHERE name = 'b'")
	succeeds(t, err)
	if _, err := sources.Source(t.Context(), "b"); err == nil || strings.Contains(err.Error(), "s3cr3t") {
		t.Error(err)
	}
}

func sealedDSN(t *testing.T, dsn string) (sealed []byte) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	succeeds(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	succeeds(t, conn.QueryRow(t.Context(), "SELECT dsn_sealed FROM sources").Scan(&sealed))
	return sealed
}
