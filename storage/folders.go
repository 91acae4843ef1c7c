package storage

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// ensureFolder makes the folder and those above it. Until the transaction ends, no folder is renamed or deleted.
func (c *Catalog) ensureFolder(ctx context.Context, tx pgx.Tx, path string) error {
	if _, err := tx.Exec(ctx, query("hold_folders")); err != nil {
		return err
	}
	return c.addFolders(ctx, tx, path)
}

func (c *Catalog) addFolders(ctx context.Context, tx pgx.Tx, path string) error {
	if path == "" {
		return nil
	}
	var paths []string
	for at, r := range path {
		if r == '/' {
			paths = append(paths, path[:at])
		}
	}
	paths = append(paths, path)
	if _, err := tx.Exec(ctx, query("add_folders"), paths, c.db.now()); err != nil {
		return err
	}
	var other string
	err := tx.QueryRow(ctx, query("folder_clashes"), paths).Scan(&other)
	if err == nil {
		return fault.New(fault.Conflict, "The folder %q differs from %q in upper and lower case alone: use the latter.", path, other)
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return err
}

// Folders are all folders with what the viewer sees in them.
func (c *Catalog) Folders(ctx context.Context, viewer catalog.Viewer, empty bool) ([]catalog.Folder, error) {
	rows, err := c.db.pool.Query(ctx, query("folders"), orNull(viewer.PersonID), viewer.All, empty)
	if err != nil {
		return nil, told(err)
	}
	folders, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (f catalog.Folder, err error) {
		return f, row.Scan(&f.Path, &f.Reports, &f.Below)
	})
	return folders, told(err)
}

// CreateFolder makes the folder and those above it.
func (c *Catalog) CreateFolder(ctx context.Context, path string, event people.Event) error {
	return c.db.audited(ctx, &event, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, query("lock_folders")); err != nil {
			return err
		}
		if there, err := folderExists(ctx, tx, path); err != nil || there {
			return firstError(err, fault.New(fault.Conflict, "There is a folder %q already.", path))
		}
		return c.addFolders(ctx, tx, path)
	})
}

func folderExists(ctx context.Context, tx pgx.Tx, path string) (there bool, err error) {
	return there, tx.QueryRow(ctx, query("folder_exists"), path).Scan(&there)
}

// firstError is the first error there is.
func firstError(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// RenameFolder takes along all that is in the folder.
func (c *Catalog) RenameFolder(ctx context.Context, from, to string, event people.Event) error {
	return c.db.audited(ctx, &event, func(tx pgx.Tx) error {
		if err := mayRename(ctx, tx, from, to); err != nil {
			return err
		}
		for _, name := range []string{"rename_folders", "rename_report_folders", "rename_file_folders", "rename_grant_folders"} {
			if _, err := tx.Exec(ctx, query(name), from, to); err != nil {
				return err
			}
		}
		above := ""
		if at := strings.LastIndexByte(to, '/'); at > 0 {
			above = to[:at]
		}
		return c.addFolders(ctx, tx, above)
	})
}

func mayRename(ctx context.Context, tx pgx.Tx, from, to string) error {
	if _, err := tx.Exec(ctx, query("lock_folders")); err != nil {
		return err
	}
	if there, err := folderExists(ctx, tx, from); err != nil || !there {
		return firstError(err, fault.New(fault.NotFound, "There is no folder %q.", from))
	}
	var taken bool
	if err := tx.QueryRow(ctx, query("folder_taken"), to, from).Scan(&taken); err != nil || taken {
		return firstError(err, fault.New(fault.Conflict, "The name %q is taken by another folder, or by workbooks or grants of an earlier one.", to))
	}
	return nil
}

// DeleteFolder deletes a folder with nothing in it.
func (c *Catalog) DeleteFolder(ctx context.Context, path string, granted bool, event people.Event) error {
	return c.db.audited(ctx, &event, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, query("lock_folders")); err != nil {
			return err
		}
		var reports, files, folders, grants int
		if err := tx.QueryRow(ctx, query("folder_contents"), path).Scan(&reports, &files, &folders, &grants); err != nil {
			return err
		}
		switch {
		case reports+files+folders > 0:
			return fault.New(fault.Conflict, "The folder %q is not empty: move or delete what is in it first.", path)
		case grants > 0 && !granted:
			return fault.New(fault.Forbidden, "There are grants on the folder %q: only an administrator may delete it.", path)
		}
		deleted, err := tx.Exec(ctx, query("delete_folder"), path)
		if err == nil && deleted.RowsAffected() == 0 {
			return fault.New(fault.NotFound, "There is no folder %q.", path)
		}
		if err == nil {
			_, err = tx.Exec(ctx, query("delete_folder_grants"), path)
		}
		return err
	})
}
