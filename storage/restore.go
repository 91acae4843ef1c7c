package storage

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Restore fills an empty database from a backup, brings it up to date and puts the files back. A database that holds anything is
// refused; after an error it is as empty as before. files may be nil.
func (db *DB) Restore(ctx context.Context, archive *zip.Reader, files Files) (Manifest, error) {
	manifest, err := readManifest(archive)
	if err != nil {
		return manifest, err
	}
	if err := db.migrateForRestore(ctx, manifest.Migration); err != nil {
		return manifest, err
	}
	if err := checkWhole(archive); err != nil {
		return manifest, err
	}
	if files != nil {
		if err := restoreFiles(ctx, archive, files); err != nil {
			return manifest, err
		}
	}
	if err := db.inTx(ctx, func(tx pgx.Tx) error { return restoreTables(ctx, tx, archive, manifest) }); err != nil {
		return manifest, err
	}
	_, err = db.Migrate(ctx)
	return manifest, err
}

func readManifest(archive *zip.Reader) (manifest Manifest, err error) {
	file, err := archive.Open("manifest.json")
	if err != nil {
		return manifest, fault.New(fault.Invalid, "This is no backup of Vitrina: it has no manifest.")
	}
	defer func() { _ = file.Close() }()
	if err := json.NewDecoder(file).Decode(&manifest); err != nil {
		return manifest, fault.New(fault.Invalid, "The backup's manifest cannot be read: %w", err)
	}
	if manifest.Format > backupFormat {
		return manifest, fault.New(fault.Invalid, "The backup was made by a newer version (%s); restore it with that one.", manifest.Version)
	}
	return manifest, nil
}

// checkWhole reads the whole backup, so that damage is found before anything is restored.
func checkWhole(archive *zip.Reader) error {
	for _, entry := range archive.File {
		content, err := entry.Open()
		if err == nil {
			_, err = io.Copy(io.Discard, content)
			_ = content.Close()
		}
		if err != nil {
			return fault.New(fault.Invalid, "The backup is damaged: its %s is not what was kept.", entry.Name)
		}
	}
	return nil
}

// migrateForRestore brings an empty database to the migration the backup's tables are of.
func (db *DB) migrateForRestore(ctx context.Context, wanted int64) (err error) {
	provider, closeDB, err := db.migrations()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeDB()) }()
	current, known, err := provider.GetVersions(ctx)
	switch {
	case err != nil:
		return told(err)
	case wanted > known:
		return fault.New(fault.Invalid, "The backup is of migration %d and this program knows %d: restore it with the newer program.", wanted, known)
	case current > wanted:
		return fault.New(fault.Invalid, "The database is at migration %d already and the backup at %d: restore into a new, empty database.", current, wanted)
	}
	if _, err := provider.UpTo(ctx, wanted); err != nil {
		return told(err)
	}
	var empty bool
	if err := db.pool.QueryRow(ctx, query("is_empty")).Scan(&empty); err != nil {
		return told(err)
	}
	if !empty {
		return fault.New(fault.Conflict, "The database is in use: a backup is restored into an empty one, so that nothing is overwritten.")
	}
	return nil
}

func restoreTables(ctx context.Context, tx pgx.Tx, archive *zip.Reader, manifest Manifest) error {
	for _, table := range manifest.Tables {
		if err := restoreTable(ctx, tx, archive, table); err != nil {
			return err
		}
	}
	return continueSequences(ctx, tx)
}

func restoreTable(ctx context.Context, tx pgx.Tx, archive *zip.Reader, table ManifestTable) error {
	rows, err := archive.Open("tables/" + table.Name)
	if err != nil {
		return fault.New(fault.Invalid, "The backup is damaged: its table %s cannot be read.", table.Name)
	}
	defer func() { _ = rows.Close() }()
	columns := make([]string, len(table.Columns))
	for i, column := range table.Columns {
		columns[i] = pgx.Identifier{strings.Trim(column, `"`)}.Sanitize()
	}
	// Migrations may have put rows there that the backup has too. The audit log has none, and would refuse.
	if table.Name != "audit" {
		if _, err := tx.Exec(ctx, "DELETE FROM "+pgx.Identifier{table.Name}.Sanitize()); err != nil {
			return err
		}
	}
	sql := fmt.Sprintf("COPY %s (%s) FROM STDIN", pgx.Identifier{table.Name}.Sanitize(), strings.Join(columns, ", "))
	tag, err := tx.Conn().PgConn().CopyFrom(ctx, rows, sql)
	switch {
	case err != nil:
		return err
	case tag.RowsAffected() != table.Rows:
		return fault.New(fault.Invalid, "The backup is damaged: its table %s has %d rows and should have %d.", table.Name, tag.RowsAffected(), table.Rows)
	}
	return nil
}

// continueSequences lets identity columns go on after the restored rows.
func continueSequences(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, query("backup_sequences"))
	if err != nil {
		return err
	}
	type identity struct{ table, column, sequence string }
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (i identity, err error) {
		return i, row.Scan(&i.table, &i.column, &i.sequence)
	})
	if err != nil {
		return err
	}
	for _, i := range found {
		sql := fmt.Sprintf("SELECT setval($1::regclass, (SELECT coalesce(max(%s), 0) + 1 FROM %s), false)", i.column, pgx.Identifier{i.table}.Sanitize())
		if _, err := tx.Exec(ctx, sql, i.sequence); err != nil {
			return err
		}
	}
	return nil
}

func restoreFiles(ctx context.Context, archive *zip.Reader, files Files) error {
	for _, entry := range archive.File {
		key, isFile := strings.CutPrefix(entry.Name, "files/")
		if !isFile || strings.HasSuffix(entry.Name, "/") {
			continue
		}
		if err := restoreFile(ctx, files, entry, key); err != nil {
			return err
		}
	}
	return nil
}

func restoreFile(ctx context.Context, files Files, entry *zip.File, key string) error {
	content, err := entry.Open()
	if err != nil {
		return fault.New(fault.Invalid, "The backup is damaged: its file %s cannot be read.", key)
	}
	defer func() { _ = content.Close() }()
	return files.Put(ctx, key, content, int64(entry.UncompressedSize64))
}
