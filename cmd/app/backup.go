package app

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"path/filepath"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/export"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
)

// Backup writes everything Vitrina keeps to a new file: whole, or not at all.
func (a *App) Backup(ctx context.Context, path, version string, withFiles bool) (storage.Manifest, error) {
	db, err := a.Database(ctx)
	if err != nil {
		return storage.Manifest{}, err
	}
	if err := db.Migrated(ctx); err != nil {
		return storage.Manifest{}, err
	}
	if err := commanded(ctx, db, "backup.made", "backup"); err != nil {
		return storage.Manifest{}, err
	}
	files, err := a.backupFiles(ctx, withFiles)
	if err != nil {
		return storage.Manifest{}, err
	}
	out, err := export.Create(filepath.Dir(path))
	if err != nil {
		return storage.Manifest{}, err
	}
	defer out.Abort()
	out.Private() // it has all that anybody may see, and hashes of passwords
	manifest, err := db.Backup(ctx, out, version, files)
	if err != nil {
		return manifest, err
	}
	if err := out.CommitTo(path); err != nil {
		return manifest, fault.New(fault.CodeOf(err), "The backup could not be given its name: %w", err)
	}
	return manifest, nil
}

// Restore fills an empty database and the store of files from a backup.
func (a *App) Restore(ctx context.Context, path string) (storage.Manifest, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return storage.Manifest{}, fault.New(fault.Invalid, "%s is no backup that can be read: %w", path, err)
	}
	defer func() { _ = archive.Close() }()
	db, err := a.Database(ctx)
	if err != nil {
		return storage.Manifest{}, err
	}
	files, err := a.backupFiles(ctx, true)
	if err != nil {
		return storage.Manifest{}, err
	}
	return db.Restore(ctx, &archive.Reader, files)
}

func (a *App) backupFiles(ctx context.Context, with bool) (storage.Files, error) {
	if !with {
		return nil, nil
	}
	store, err := a.Files(ctx)
	if err != nil {
		return nil, err
	}
	return storedFiles{store}, nil
}

// storedFiles is the store as backups need it.
type storedFiles struct{ store artifacts.Store }

func (f storedFiles) Keys(ctx context.Context) (keys []string, err error) {
	for entry, err := range f.store.List(ctx, "") {
		if err != nil {
			return nil, err
		}
		keys = append(keys, entry.Key)
	}
	return keys, nil
}

func (f storedFiles) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	return f.store.Open(ctx, key)
}

func (f storedFiles) Put(ctx context.Context, key string, content io.Reader, size int64) error {
	_, err := f.store.Put(ctx, key, content, size)
	if errors.Is(err, artifacts.ErrExists) {
		return nil
	}
	return err
}
