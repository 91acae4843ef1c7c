package storage

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// Catalog keeps reports, folders, snippets and workbooks.
type Catalog struct{ db *DB }

var _ catalog.Store = (*Catalog)(nil)

// NewCatalog keeps the catalog in the database.
func NewCatalog(db *DB) *Catalog { return &Catalog{db} }

const noReport = "There is no such report."

// Identity tells one installation's catalog from another's.
func (c *Catalog) Identity(ctx context.Context) (id string, err error) {
	return id, told(c.db.pool.QueryRow(ctx, query("catalog_identity")).Scan(&id))
}

// Entry is the report with that id or slug.
func (c *Catalog) Entry(ctx context.Context, key, personID string) (catalog.Entry, error) {
	id := key
	if !isID(key) {
		id = ""
	}
	rows, err := c.db.pool.Query(ctx, query("report"), orNull(id), key, orNull(personID))
	if err != nil {
		return catalog.Entry{}, told(err)
	}
	entry, err := pgx.CollectExactlyOneRow(rows, scanEntry)
	return entry, orNotFound(err, noReport)
}

// ProvisionedFolders are the names of folders that something is kept in.
func (c *Catalog) ProvisionedFolders(ctx context.Context) ([]string, error) {
	rows, err := c.db.pool.Query(ctx, query("provisioned_folders"))
	if err != nil {
		return nil, told(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return names, told(err)
}

// Provisioned are all reports kept in the folder of that name, also deleted ones.
func (c *Catalog) Provisioned(ctx context.Context, name string) ([]catalog.Entry, error) {
	rows, err := c.db.pool.Query(ctx, query("reports_provisioned"), name)
	if err != nil {
		return nil, told(err)
	}
	entries, err := pgx.CollectRows(rows, scanEntry)
	return entries, told(err)
}

func scanEntry(row pgx.CollectableRow) (e catalog.Entry, err error) {
	return e, row.Scan(entryColumns(&e)...)
}

func entryColumns(e *catalog.Entry) []any {
	return []any{
		&e.ID, &e.Slug, &e.Folder, &e.Title, &e.Description, &e.Tags, &e.Fields, &e.Sources, &e.Snippets, &e.Workbooks, &e.Revision,
		&e.SHA256, &e.OwnerID, &e.Created, &e.Updated, &e.UpdatedBy, &e.Deleted, &e.DeletedBy, &e.Provisioned, &e.File, &e.Level,
		&e.Favourite,
	}
}

// ranked is an entry with its place in a listing.
type ranked struct {
	catalog.Entry
	rank  int
	title string // folded
}

// Entries are a page of the viewer's reports.
func (c *Catalog) Entries(ctx context.Context, viewer catalog.Viewer, filter catalog.Filter) ([]catalog.Entry, string, error) {
	rank, title, after, err := entriesCursor(filter.Page)
	if err != nil {
		return nil, "", err
	}
	words := catalog.Words(filter.Search)
	if words == nil {
		words = []string{}
	}
	size := pageSize(filter.Page)
	rows, err := c.db.pool.Query(ctx, query("reports"), orNull(viewer.PersonID), viewer.All, filter.Deleted, filter.Folder, filter.Below,
		filter.Tag, filter.Source, filter.Favourite, filter.Snippets, words, filter.Workbook, rank, title, orNull(after), size+1)
	if err != nil {
		return nil, "", told(err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r ranked, err error) {
		return r, row.Scan(append(entryColumns(&r.Entry), &r.rank, &r.title)...)
	})
	if err != nil {
		return nil, "", told(err)
	}
	next := ""
	if len(found) > size {
		found = found[:size]
		last := found[size-1]
		next = cursorAt(strconv.Itoa(last.rank), last.title, last.ID)
	}
	entries := make([]catalog.Entry, len(found))
	for i := range found {
		entries[i] = found[i].Entry
	}
	return entries, next, nil
}

// entriesCursor is the place after which a page begins; rank -1 is the start.
func entriesCursor(page people.Page) (rank int, title, id string, err error) {
	keys, err := cursorKeys(page, 3)
	if err != nil || keys[2] == "" {
		return -1, "", "", err
	}
	rank, err = strconv.Atoi(keys[0])
	if err != nil || rank < 0 || rank > 3 || !isID(keys[2]) || keys[1] != catalog.Fold(keys[1]) {
		return 0, "", "", fault.New(fault.Invalid, "The cursor is not one of this listing: begin again without one.")
	}
	return rank, keys[1], keys[2], nil
}

// Create keeps a new report. Of two that want the same slug at once, one tries the next.
func (c *Catalog) Create(ctx context.Context, report catalog.NewReport, event people.Event) (string, error) {
	for range 20 {
		slug := report.Slug
		if !report.Exact {
			var err error
			if slug, err = c.freeSlug(ctx, report.Slug); err != nil {
				return "", err
			}
		}
		err := c.db.audited(ctx, &event, func(tx pgx.Tx) error { return c.create(ctx, tx, report, slug) })
		switch {
		case violates(err, uniqueViolation, "report_slugs_pkey"), violates(err, uniqueViolation, "reports_slug_key"):
			if report.Exact {
				return "", slugTaken(slug)
			}
		case violates(err, uniqueViolation, "reports_provisioned"):
			return "", fault.New(fault.Conflict, "The report of %s was made by another process.", report.File)
		default:
			return slug, err
		}
	}
	return "", fault.New(fault.Conflict, "Many reports called %s are being made at this moment: try again.", report.Slug)
}

func slugTaken(slug string) error {
	return fault.New(fault.Conflict, "The address %s leads to another report, now or from earlier: choose another one.", slug)
}

// freeSlug is the slug, or the first of slug-2, slug-3, … that no report ever had.
func (c *Catalog) freeSlug(ctx context.Context, slug string) (string, error) {
	rows, err := c.db.pool.Query(ctx, query("slugs_like"), slug)
	if err != nil {
		return "", told(err)
	}
	taken, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return "", told(err)
	}
	free := slug
	for n := 2; slices.Contains(taken, free); n++ {
		free = fmt.Sprintf("%s-%d", slug, n)
	}
	return free, nil
}

func (c *Catalog) create(ctx context.Context, tx pgx.Tx, r catalog.NewReport, slug string) error {
	if err := c.ensureFolder(ctx, tx, r.Folder); err != nil {
		return err
	}
	now := c.db.now()
	if _, err := tx.Exec(ctx, query("add_report"), r.ID, slug, r.Folder, r.Title, r.Description, list(r.Tags), list(r.Fields), list(r.Sources),
		list(r.Snippets), list(r.Workbooks), r.Searched(), r.SHA256, orNull(r.OwnerID), now, r.Author, orNull(r.Provisioned), orNull(r.File)); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, query("add_slug"), slug, r.ID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, query("add_revision"), r.ID, 1, r.Document, r.SHA256, r.Author, r.Message, now)
	return err
}

// list is an array that is never null.
func list(items []string) []string {
	if items == nil {
		return []string{}
	}
	return items
}
