package storage

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Backups are zip archives: manifest.json, a file of COPY text for each table under tables/, and the files of runs under files/.
// Secrets are in them as they are in the database, encrypted with keys that only the master key opens; that one is not in them.
// Sessions are left out: everybody signs in again.

// backupFormat grows when older programs could not read a backup any more.
const backupFormat = 1

// Manifest tells what a backup holds.
type Manifest struct {
	Format    int             `json:"format"`
	Version   string          `json:"version"`   // of the program
	Migration int64           `json:"migration"` // that the tables are of
	Created   time.Time       `json:"created"`
	Tables    []ManifestTable `json:"tables"` // in an order that references allow
	Files     int             `json:"files"`
	Missing   []string        `json:"missing,omitempty"` // files that were removed while the backup was made
}

// ManifestTable is a table of a backup.
type ManifestTable struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
}

// Files is the store of the runs' files, as backups need it.
type Files interface {
	// Keys lists all keys.
	Keys(ctx context.Context) ([]string, error)
	// Open opens a file; NotFound when it was removed.
	Open(ctx context.Context, key string) (io.ReadCloser, error)
	// Put keeps a file. One that is there already with that key is left as it is.
	Put(ctx context.Context, key string, content io.Reader, size int64) error
}

// Backup writes everything as of one moment to the archive. files may be nil.
func (db *DB) Backup(ctx context.Context, to io.Writer, version string, files Files) (Manifest, error) {
	manifest := Manifest{Format: backupFormat, Version: version, Created: db.now().UTC()}
	if err := db.Migrated(ctx); err != nil {
		return manifest, err
	}
	var err error
	if manifest.Migration, err = db.migration(ctx); err != nil {
		return manifest, err
	}
	archive := zip.NewWriter(to)
	snapshot := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = told(pgx.BeginTxFunc(ctx, db.pool, snapshot, func(tx pgx.Tx) error { return backupTables(ctx, tx, archive, &manifest) }))
	if err != nil {
		return manifest, err
	}
	if files != nil {
		if err := backupFiles(ctx, archive, files, &manifest); err != nil {
			return manifest, err
		}
	}
	entry, err := archive.CreateHeader(&zip.FileHeader{Name: "manifest.json", Method: zip.Deflate, Modified: manifest.Created})
	if err != nil {
		return manifest, err
	}
	encoder := json.NewEncoder(entry)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(manifest); err != nil {
		return manifest, err
	}
	return manifest, archive.Close()
}

func backupTables(ctx context.Context, tx pgx.Tx, archive *zip.Writer, manifest *Manifest) error {
	tables, err := tablesInOrder(ctx, tx)
	if err != nil {
		return err
	}
	for _, table := range tables {
		entry, err := archive.CreateHeader(&zip.FileHeader{Name: "tables/" + table.Name, Method: zip.Deflate, Modified: manifest.Created})
		if err != nil {
			return err
		}
		sql := fmt.Sprintf("COPY %s (%s) TO STDOUT", pgx.Identifier{table.Name}.Sanitize(), strings.Join(table.Columns, ", "))
		tag, err := tx.Conn().PgConn().CopyTo(ctx, entry, sql)
		if err != nil {
			return err
		}
		table.Rows = tag.RowsAffected()
		manifest.Tables = append(manifest.Tables, table)
	}
	return nil
}

// tablesInOrder lists the tables so that each comes after those it refers to.
func tablesInOrder(ctx context.Context, tx pgx.Tx) ([]ManifestTable, error) {
	rows, err := tx.Query(ctx, query("backup_tables"))
	if err != nil {
		return nil, err
	}
	tables, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t ManifestTable, err error) {
		return t, row.Scan(&t.Name, &t.Columns)
	})
	if err != nil {
		return nil, err
	}
	waits, err := references(ctx, tx)
	if err != nil {
		return nil, err
	}
	var ordered []ManifestTable
	placed := map[string]bool{}
	for len(tables) > 0 {
		ready := slices.IndexFunc(tables, func(t ManifestTable) bool {
			return !slices.ContainsFunc(waits[t.Name], func(other string) bool { return !placed[other] })
		})
		if ready < 0 {
			return nil, fmt.Errorf("the references of the tables %v go in a circle", tables)
		}
		placed[tables[ready].Name] = true
		ordered, tables = append(ordered, tables[ready]), slices.Delete(tables, ready, ready+1)
	}
	return ordered, nil
}

// references are the tables each table refers to.
func references(ctx context.Context, tx pgx.Tx) (map[string][]string, error) {
	rows, err := tx.Query(ctx, query("backup_references"))
	if err != nil {
		return nil, err
	}
	waits := map[string][]string{}
	var from, to string
	_, err = pgx.ForEachRow(rows, []any{&from, &to}, func() error {
		waits[from] = append(waits[from], to)
		return nil
	})
	return waits, err
}

func backupFiles(ctx context.Context, archive *zip.Writer, files Files, manifest *Manifest) error {
	keys, err := files.Keys(ctx)
	if err != nil {
		return err
	}
	for _, key := range keys {
		err := backupFile(ctx, archive, files, key, manifest.Created)
		switch {
		case fault.CodeOf(err) == fault.NotFound && err != nil:
			manifest.Missing = append(manifest.Missing, key)
		case err != nil:
			return err
		default:
			manifest.Files++
		}
	}
	return nil
}

func backupFile(ctx context.Context, archive *zip.Writer, files Files, key string, created time.Time) error {
	content, err := files.Open(ctx, key)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	// The files are compressed in themselves, or are to be read by other programs as they are.
	entry, err := archive.CreateHeader(&zip.FileHeader{Name: "files/" + key, Method: zip.Store, Modified: created})
	if err != nil {
		return err
	}
	_, err = io.Copy(entry, content)
	return err
}
