package storage_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/storage"
)

// files is a store in memory.
type files map[string]string

func (f files) Keys(context.Context) ([]string, error) { return slices.Sorted(maps.Keys(f)), nil }

func (f files) Open(_ context.Context, key string) (io.ReadCloser, error) {
	content, ok := f[key]
	if !ok || content == "removed meanwhile" {
		return nil, fault.New(fault.NotFound, "no %s", key)
	}
	return io.NopCloser(strings.NewReader(content)), nil
}

func (f files) Put(_ context.Context, key string, content io.Reader, _ int64) error {
	data, err := io.ReadAll(content)
	f[key] = string(data)
	return err
}

const filled = `
INSERT INTO people (id, email, name, role) VALUES
    ('00000000-0000-7000-8000-000000000001', 'ann@example.com', E'Ann\t\\N "x"', 'administrator'),
    ('00000000-0000-7000-8000-000000000002', 'bob@example.com', 'Боб', 'member');
INSERT INTO groups (id, name) VALUES ('00000000-0000-7000-8000-000000000003', 'managers');
INSERT INTO memberships SELECT '00000000-0000-7000-8000-000000000003', id FROM people;
INSERT INTO reports (id, slug, title, search, sha256, revision, owner_id, created_at, updated_at, updated_by)
    VALUES ('00000000-0000-7000-8000-000000000004', 'cards', 'Cards', '{cards}', 'x', 2, '00000000-0000-7000-8000-000000000001', now(), now(), 'ann@example.com');
INSERT INTO report_revisions (report_id, number, document, sha256, author, created_at)
    SELECT id, n, convert_to(E'---\ntitle: Cards ' || n, 'UTF8'), 'x', 'ann@example.com', now() FROM reports, generate_series(1, 2) AS n;
INSERT INTO runs (id, report_id, slug, title, revision, document, person_id, person, via, values, values_sha256, timezone, sources, status, queued_at)
    SELECT '00000000-0000-7000-8000-000000000005', id, slug, title, 1, 'x', owner_id, 'ann@example.com', 'session', '{"ids": [18446744073709551615]}', '\x00', 'UTC', '{warehouse}', 'succeeded', now() FROM reports;
INSERT INTO drafts (id, person_id, report_id, title, base, version, document, created_at, updated_at)
    SELECT '00000000-0000-7000-8000-000000000006', owner_id, id, 'Cards, new', 2, 7, convert_to(E'---\ntitle: Cards, new', 'UTF8'), now(), now() FROM reports;
INSERT INTO audit (at, person, via, action) SELECT now(), 'ann@example.com', 'session', 'report.saved' FROM generate_series(1, 3);
`

func backedUp(t *testing.T, store files) (dsn string, backup []byte, manifest storage.Manifest) {
	t.Helper()
	dsn = pgtest.DSN(t)
	db := open(t, dsn)
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	ask(t, dsn, filled)
	var out bytes.Buffer
	manifest, err := db.Backup(t.Context(), &out, "1.2.3", store)
	if err != nil {
		t.Fatal(err)
	}
	return dsn, out.Bytes(), manifest
}

// ask runs statements and returns the last one's rows as text.
func ask(t *testing.T, dsn, sql string) (rows []string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	results, err := conn.PgConn().Exec(t.Context(), sql).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range results[len(results)-1].Rows {
		rows = append(rows, string(bytes.Join(row, []byte("|"))))
	}
	return rows
}

func archive(t *testing.T, backup []byte) *zip.Reader {
	t.Helper()
	reader, err := zip.NewReader(bytes.NewReader(backup), int64(len(backup)))
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

func TestARestoredBackupIsTheSame(t *testing.T) {
	t.Parallel()
	store := files{"runs/1/1/1": "card,barcode\n1,2\n", "runs/1/1/2": "removed meanwhile"}
	from, backup, manifest := backedUp(t, store)
	if manifest.Files != 1 || len(manifest.Missing) != 1 {
		t.Errorf("files: %d, missing %v", manifest.Files, manifest.Missing)
	}
	to, restored := pgtest.DSN(t), files{}
	db := open(t, to)
	if _, err := db.Restore(t.Context(), archive(t, backup), restored); err != nil {
		t.Fatal(err, errors.Unwrap(err))
	}
	if len(restored) != 1 || restored["runs/1/1/1"] != store["runs/1/1/1"] {
		t.Errorf("files: %v", restored)
	}
	if err := db.Migrated(t.Context()); err != nil {
		t.Error(err)
	}
	for _, table := range manifest.Tables {
		sql := fmt.Sprintf("SELECT t::text FROM %s AS t ORDER BY 1", table.Name)
		if before, after := ask(t, from, sql), ask(t, to, sql); !slices.Equal(before, after) || int64(len(after)) != table.Rows {
			t.Errorf("%s:\nbefore %q\nafter  %q", table.Name, before, after)
		}
	}
	next := ask(t, to, "INSERT INTO audit (at, person, via, action) VALUES (now(), 'x', 'system', 'x') RETURNING id")
	if !slices.Equal(next, []string{"4"}) {
		t.Errorf("the audit log goes on with %v", next)
	}
}

func TestABackupIsNotRestoredOverAnything(t *testing.T) {
	t.Parallel()
	from, backup, _ := backedUp(t, files{})
	_, err := open(t, from).Restore(t.Context(), archive(t, backup), nil)
	if fault.CodeOf(err) != fault.Conflict {
		t.Error(err)
	}
	if people := ask(t, from, "SELECT count(*) FROM people"); people[0] != "2" {
		t.Errorf("there are %s people", people[0])
	}
}

func TestADamagedBackupLeavesTheDatabaseEmpty(t *testing.T) {
	t.Parallel()
	_, backup, _ := backedUp(t, files{})
	damaged := bytes.Clone(backup)
	var at int64
	for _, file := range archive(t, backup).File {
		if file.Name == "tables/runs" {
			at, _ = file.DataOffset()
		}
	}
	damaged[at+10] ^= 0xff
	to := pgtest.DSN(t)
	_, err := open(t, to).Restore(t.Context(), archive(t, damaged), nil)
	if !fault.IsInvalid(err) || !strings.Contains(err.Error(), "damaged") {
		t.Error(err)
	}
	if people := ask(t, to, "SELECT count(*) FROM people"); people[0] != "0" {
		t.Errorf("there are %s people", people[0])
	}
}

func TestOtherFilesAreNoBackups(t *testing.T) {
	t.Parallel()
	var other bytes.Buffer
	w := zip.NewWriter(&other)
	_, _ = w.Create("word/document.xml")
	_ = w.Close()
	_, err := open(t, pgtest.DSN(t)).Restore(t.Context(), archive(t, other.Bytes()), nil)
	if !fault.IsInvalid(err) || !strings.Contains(err.Error(), "no backup") {
		t.Error(err)
	}
}

func TestTheAuditLogCannotBeChanged(t *testing.T) {
	t.Parallel()
	dsn, _, _ := backedUp(t, nil)
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	for _, sql := range []string{"UPDATE audit SET person = 'x'", "DELETE FROM audit", "TRUNCATE audit"} {
		if _, err := conn.Exec(t.Context(), sql); err == nil {
			t.Errorf("%s was done", sql)
		}
	}
}
