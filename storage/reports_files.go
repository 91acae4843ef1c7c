package storage

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// Files are all workbooks, or those of a folder, without content.
func (c *Catalog) Files(ctx context.Context, folder *string, deleted bool) ([]catalog.File, error) {
	rows, err := c.db.pool.Query(ctx, query("report_files"), folder, deleted)
	if err != nil {
		return nil, told(err)
	}
	files, err := pgx.CollectRows(rows, scanFile)
	return files, told(err)
}

// File is one with its content.
func (c *Catalog) File(ctx context.Context, folder, name string) (catalog.File, error) {
	rows, err := c.db.pool.Query(ctx, query("report_file"), folder, name)
	if err != nil {
		return catalog.File{}, told(err)
	}
	file, err := pgx.CollectExactlyOneRow(rows, scanFile)
	return file, orNotFound(err, "There is no workbook "+name+" in that folder.")
}

func scanFile(row pgx.CollectableRow) (f catalog.File, err error) {
	return f, row.Scan(&f.Folder, &f.Name, &f.Revision, &f.Content, &f.Size, &f.SHA256, &f.Author, &f.Updated, &f.Provisioned)
}

// SaveFile adds a revision.
func (c *Catalog) SaveFile(ctx context.Context, f catalog.File, base int, event people.Event) (catalog.File, error) {
	err := c.db.audited(ctx, &event, func(tx pgx.Tx) error {
		if err := c.ensureFolder(ctx, tx, f.Folder); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, query("lock_report_file_name"), f.Folder, f.Name); err != nil {
			return err
		}
		former, err := lockVersion(ctx, tx, "workbook", query("lock_report_file"), f.Folder, f.Name)
		if err != nil {
			return err
		}
		if base >= 0 {
			if err := former.conflict(base); err != nil {
				return err
			}
		}
		f.Revision, f.Updated, f.Size = former.number+1, c.db.now(), int64(len(f.Content))
		if _, err := tx.Exec(ctx, query("put_report_file"), f.Folder, f.Name, f.Revision, orNull(f.Provisioned)); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, query("add_report_file_revision"), f.Folder, f.Name, f.Revision, f.Content, f.SHA256, f.Author, f.Updated)
		return err
	})
	return f, err
}

// DeleteFile marks it as deleted.
func (c *Catalog) DeleteFile(ctx context.Context, folder, name string, base int, event people.Event) error {
	return c.db.audited(ctx, &event, func(tx pgx.Tx) error {
		former, err := lockVersion(ctx, tx, "workbook", query("lock_report_file"), folder, name)
		if err != nil {
			return err
		}
		if former.number == 0 || former.deleted {
			return fault.New(fault.NotFound, "There is no workbook %s in that folder.", name)
		}
		if base != 0 {
			if err := former.conflict(base); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, query("delete_report_file"), folder, name, c.db.now())
		return err
	})
}
