package mirror_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/reports/mirror"
	"github.com/vitrina-reports/vitrina/storage"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// world is a catalog on a database of its own and a folder.
type world struct {
	*catalog.Catalog
	t       *testing.T
	dsn     string
	dir     string
	actor   *people.Actor
	changes []string // of the last sync
}

func newWorld(t *testing.T) *world {
	t.Helper()
	dsn := pgtest.DSN(t)
	db, err := storage.Open(t.Context(), storage.Options{DSN: dsn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	kept := catalog.New(catalog.Options{Store: storage.NewCatalog(db), Rights: storage.NewGrants(db), Sources: func(context.Context) (reports.CheckOptions, error) {
		return reports.CheckOptions{}, nil
	}})
	return &world{Catalog: kept, t: t, dsn: dsn, dir: t.TempDir(), actor: people.Command()}
}

// anew is the world for a subtest: another folder, and nothing in the catalog.
func (w *world) anew(t *testing.T) *world {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	if _, err := conn.Exec(t.Context(), "TRUNCATE reports, folders, snippets, report_files CASCADE"); err != nil {
		t.Fatal(err)
	}
	return &world{Catalog: w.Catalog, t: t, dsn: w.dsn, dir: t.TempDir(), actor: w.actor}
}

// try is one sync; change may change the options.
func (w *world) try(change func(*mirror.Options)) (mirror.Result, error) {
	w.t.Helper()
	disk, err := mirror.OpenDisk(w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() {
		if err := disk.Close(); err != nil {
			w.t.Error(err)
		}
	}()
	w.changes = nil
	options := mirror.Options{Folder: disk, Catalog: mirror.Of(w.Catalog, w.actor), Tell: func(c string) { w.changes = append(w.changes, c) }}
	if change != nil {
		change(&options)
	}
	return mirror.Sync(w.t.Context(), options)
}

func (w *world) sync() mirror.Result {
	w.t.Helper()
	result, err := w.try(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return result
}

// clean is a sync without conflicts and problems.
func (w *world) clean() {
	w.t.Helper()
	if result := w.sync(); len(result.Conflicts)+len(result.Problems) > 0 {
		w.t.Fatalf("%+v", result)
	}
}

func (w *world) write(file, content string) {
	w.t.Helper()
	full := filepath.Join(w.dir, file)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) remove(file string) {
	w.t.Helper()
	if err := os.Remove(filepath.Join(w.dir, file)); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) rename(from, to string) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(w.dir, to)), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(w.dir, from), filepath.Join(w.dir, to)); err != nil {
		w.t.Fatal(err)
	}
}

// save changes a report in the catalog, or makes it.
func (w *world) save(at, content string) catalog.Entry {
	w.t.Helper()
	path, _ := catalog.PathOf(at)
	save := catalog.Save{Document: []byte(content), Folder: &path.Folder, Slug: path.Name}
	if entry, err := w.Get(w.t.Context(), w.actor, path.Name); err == nil {
		save = catalog.Save{ID: entry.ID, Base: entry.Revision, Document: []byte(content)}
	}
	entry, err := w.Save(w.t.Context(), w.actor, save)
	if err != nil {
		w.t.Fatal(err)
	}
	return entry
}

func (w *world) id(slug string) string {
	w.t.Helper()
	entry, err := w.Get(w.t.Context(), w.actor, slug)
	if err != nil {
		w.t.Fatal(err)
	}
	return entry.ID
}

func (w *world) must(_ any, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// onDisk are the contents of the files that a sync reads, by path.
func (w *world) onDisk() map[string]string {
	w.t.Helper()
	found, problems, _, err := catalog.ReadFolder(os.DirFS(w.dir))
	if err != nil || len(problems) > 0 {
		w.t.Fatal(err, problems)
	}
	files := map[string]string{}
	for _, f := range found {
		files[f.File] = string(f.Content)
	}
	return files
}

// inCatalog are the contents of what is not deleted, by path.
func (w *world) inCatalog() map[string]string {
	w.t.Helper()
	side := mirror.Of(w.Catalog, w.actor)
	items, err := side.Items(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	contents := map[string]string{}
	for _, item := range items {
		if item.Deleted {
			continue
		}
		content, err := side.Content(w.t.Context(), item)
		if err != nil {
			w.t.Fatal(err)
		}
		contents[item.Path.String()] = string(content)
	}
	return contents
}

// all are files in one line: path=word, where the word is the SQL's.
func all(files map[string]string) string {
	var lines []string
	for path, content := range files {
		lines = append(lines, path+"="+word(content))
	}
	slices.Sort(lines)
	return strings.Join(lines, " ")
}

func word(content string) string {
	_, rest, found := strings.Cut(content, "SELECT '")
	if !found {
		return content
	}
	text, _, _ := strings.Cut(rest, "'")
	return text
}

// doc is a report that says the word.
func doc(word string) string {
	return fmt.Sprintf("---\ntitle: Report\n---\n\n```sql rows\nSELECT '%s'\n```\n", word)
}

// leftovers are files that are neither read nor the sync's own.
func (w *world) leftovers() []string {
	w.t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(w.dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if _, known := catalog.PathOf(path); err == nil && !entry.IsDir() && !known && path != mirror.StateFile {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return names
}
