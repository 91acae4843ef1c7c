package mirror_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/reports/mirror"
)

func TestEverythingGoesBothWays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	book := "PK\x03\x04 not read here"
	w.write("snippets/vip.sql", "\ufeffid IN (1)\r\n")
	w.write("sales/form.xlsx", book)
	w.write("sales/Отчёт по картам.md", "\ufeff"+strings.ReplaceAll(doc("cards"), "\n```\n", " WHERE {{ snippet \"vip\" }}\n```\n"))
	w.write("README.md", "# not a report")
	w.write("notes.txt", "x")
	w.write(".git/config.md", "x")
	w.write("testdata/bad.md", "x")
	w.clean()
	want := []string{"snippets/vip.sql", "sales/form.xlsx", "sales/otchet-po-kartam.md"}
	kept := w.inCatalog()
	for _, path := range want {
		if kept[path] == "" {
			t.Errorf("%s is missing in %v", path, kept)
		}
	}
	if len(kept) != len(want) || kept["snippets/vip.sql"] != "\ufeffid IN (1)\r\n" {
		t.Errorf("%q", kept)
	}
	// The other way, into an empty folder.
	first := w.dir
	w.dir = t.TempDir()
	w.clean()
	if got := w.onDisk(); len(got) != 3 || got["sales/form.xlsx"] != book || got["sales/otchet-po-kartam.md"] != kept["sales/otchet-po-kartam.md"] {
		t.Errorf("%q", got)
	}
	w.write("snippets/vip.sql", "id IN (2)")
	w.remove("sales/form.xlsx")
	w.clean()
	w.dir = first
	w.clean()
	if got := w.onDisk(); len(got) != 2 || got["snippets/vip.sql"] != "id IN (2)" {
		t.Errorf("%q", got)
	}
	if _, err := os.Stat(filepath.Join(first, "README.md")); err != nil {
		t.Error(err)
	}
}

// What cannot be kept is told as file:line:column, and everything else still goes.
func TestProblemsAreToldAndTheRestGoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.write("bad.md", strings.Replace(doc("x"), "SELECT", "SELECT {{ .nothing }}", 1))
	w.write("good.md", doc("good"))
	w.write("CON.md", doc("x"))
	w.write("a:b/x.md", doc("x"))
	w.write("team/snippets/x.sql", "1")
	w.write("snippets/Bad Name.sql", "1")
	w.write("snippets/half.sql", "{{ if }")
	w.write("fake.xlsx", "no workbook")
	w.write("huge.md", strings.Repeat("x", 2<<20))
	result := w.sync()
	told := strings.Join(result.Problems, "\n")
	for _, part := range []string{"bad.md:6:11: ", "CON.md:1:1: ", "a:b/x.md:1:1: ", "snippets/half.sql", "fake.xlsx", "huge.md:1:1: ", "Bad Name.sql"} {
		if !strings.Contains(told, part) {
			t.Errorf("%s is missing in\n%s", part, told)
		}
	}
	if got := all(w.inCatalog()); got != "good.md=good" || len(result.Conflicts) > 0 {
		t.Errorf("%s, %v", got, result.Conflicts)
	}
	w.write("bad.md", doc("mended"))
	w.sync()
	if got := all(w.inCatalog()); got != "bad.md=mended good.md=good" {
		t.Error(got)
	}
	// A file that was fine and is not any more loses nothing.
	w.write("good.md", "---\ntitle: [\n---\n")
	w.sync()
	if got := w.inCatalog()["good.md"]; word(got) != "good" {
		t.Errorf("%q", got)
	}
}

// A report that its run could not fill a workbook for is told of like one with any other problem. The workbook may lie on either side.
func TestReportsWithoutTheirWorkbookAreTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	fills := func(said string) string {
		return strings.Replace(doc(said), "---\n\n", "exports: [{cells: [rows], format: xlsx, template: form.xlsx}]\n---\n\n", 1)
	}
	book := []byte("PK\x03\x04 not read here")
	refused := func() {
		t.Helper()
		result := w.sync()
		want := `sales/fees.md:3:51: there is no workbook "form.xlsx" in the report's folder`
		if len(result.Problems) != 1 || !strings.HasPrefix(result.Problems[0], want) || len(w.changes) > 0 {
			t.Errorf("%v, changes %v", result.Problems, w.changes)
		}
	}
	w.save("team/open.md", fills("made in the pages, before its workbook"))
	w.write("form.xlsx", string(book))
	w.clean()
	w.write("sales/fees.md", fills("one"))
	refused()
	w.must(w.PutFile(t.Context(), w.actor, "sales", "form.xlsx", book, 0))
	w.clean()
	w.write("sales/fees.md", fills("two"))
	w.clean()
	w.rename("sales/fees.md", "fees.md")
	w.write("fees.md", fills("three"))
	w.clean()
	if got := w.inCatalog()["fees.md"]; word(got) != "three" {
		t.Errorf("%q", got)
	}
	w.rename("fees.md", "team/fees.md")
	w.write("team/fees.md", fills("four"))
	if result := w.sync(); len(result.Problems) != 1 || !strings.HasPrefix(result.Problems[0], "team/fees.md:3:51: there is no workbook") {
		t.Errorf("%v", result.Problems)
	}
}

// twisted is a catalog that answers with names of its own.
type twisted struct {
	mirror.Catalog
	path catalog.Path
}

func (c twisted) Items(context.Context) ([]mirror.Kept, error) {
	return []mirror.Kept{{ID: "1", Path: c.path, Revision: 1, SHA256: catalog.Checksum([]byte("x"))}}, nil
}
func (c twisted) Content(context.Context, mirror.Kept) ([]byte, error) { return []byte("x"), nil }

func TestNothingIsWrittenOutsideOfTheFolder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	outside := filepath.Dir(w.dir)
	report := func(folder, name string) catalog.Path {
		return catalog.Path{Kind: catalog.ReportFile, Folder: folder, Name: name}
	}
	for _, at := range []catalog.Path{
		report("..", "x"), report("../..", "x"), report("/tmp", "x"), report("a/../..", "x"), report("", "../x"), report("", "/x"), report(".git", "x"),
		report("a", ""), report(`..\..`, "x"), report("nul", "x"), report("", "aux"), report("snippets", "x"), report("a\x00b", "x"), report("a/", "x"),
		{Kind: catalog.WorkbookFile, Name: "../x.xlsx"}, {Kind: catalog.WorkbookFile, Name: mirror.StateFile}, {Kind: catalog.SnippetFile, Name: "../../x"},
	} {
		result, err := w.try(func(o *mirror.Options) { o.Catalog = twisted{o.Catalog, at} })
		if err != nil || len(result.Problems) != 1 || result.Changes > 0 {
			t.Errorf("%+v: %+v, %v", at, result, err)
		}
	}
	if entries, err := os.ReadDir(w.dir); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
	// A link in the folder leads nowhere either.
	target := t.TempDir()
	if err := os.Symlink(target, filepath.Join(w.dir, "link")); err != nil {
		t.Fatal(err)
	}
	result, err := w.try(func(o *mirror.Options) { o.Catalog = twisted{o.Catalog, report("link", "x")} })
	if err != nil || len(result.Conflicts) != 1 {
		t.Errorf("%+v, %v", result, err)
	}
	for _, folder := range []string{target, outside} {
		if _, err := os.Stat(filepath.Join(folder, "x.md")); err == nil {
			t.Errorf("%s was written to", folder)
		}
	}
}

func TestNamesThatDifferInCaseAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.save("sales/x.md", doc("x"))
	w.write("Sales/y.md", doc("y"))
	result := w.sync()
	if len(result.Conflicts) != 2 || !strings.Contains(strings.Join(result.Conflicts, "\n"), "case alone") {
		t.Errorf("%+v", result)
	}
	if all(w.onDisk()) != "Sales/y.md=y" || all(w.inCatalog()) != "sales/x.md=x" {
		t.Errorf("%s, %s", all(w.onDisk()), all(w.inCatalog()))
	}
}

// The state of another installation, or of a catalog that has lost what it had, deletes no file.
func TestAnotherCatalogDeletesNothing(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	w.write("x.md", doc("x"))
	w.clean()
	other.dir = w.dir
	_, err := other.try(nil)
	if fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), "another installation") || all(w.onDisk()) != "x.md=x" {
		t.Error(err)
	}
	w.save("x.md", doc("newer"))
	w.clean()
	older := func(o *mirror.Options) { o.Catalog = restored{o.Catalog} }
	result, err := w.try(older)
	if err != nil || len(result.Conflicts) != 1 || !strings.Contains(result.Conflicts[0], "backup") || all(w.onDisk()) != "x.md=newer" {
		t.Errorf("%+v, %v", result, err)
	}
	result, err = w.try(func(o *mirror.Options) { o.Catalog = emptied{o.Catalog} })
	if err != nil || len(result.Conflicts) != 1 || all(w.onDisk()) != "x.md=newer" {
		t.Errorf("%+v, %v", result, err)
	}
}

// restored is a catalog as it was a revision ago.
type restored struct{ mirror.Catalog }

func (c restored) Items(ctx context.Context) ([]mirror.Kept, error) {
	items, err := c.Catalog.Items(ctx)
	for i := range items {
		items[i].Revision--
		items[i].SHA256 = catalog.Checksum([]byte("older"))
	}
	return items, err
}

// emptied has nothing, not even what was deleted.
type emptied struct{ mirror.Catalog }

func (emptied) Items(context.Context) ([]mirror.Kept, error) { return nil, nil }

// meddler saves something at the last moment before each change.
type meddler struct {
	mirror.Catalog
	meddle func()
}

func (m meddler) Save(ctx context.Context, item mirror.Kept, file string, content []byte, message string) (mirror.Kept, error) {
	m.meddle()
	return m.Catalog.Save(ctx, item, file, content, message)
}

func (m meddler) Delete(ctx context.Context, item mirror.Kept) error {
	m.meddle()
	return m.Catalog.Delete(ctx, item)
}

func (m meddler) Content(ctx context.Context, item mirror.Kept) ([]byte, error) {
	m.meddle()
	return m.Catalog.Content(ctx, item)
}

func TestWhatChangesAtTheLastMomentIsNotOverwritten(t *testing.T) {
	t.Parallel()
	shared := newWorld(t)
	for name, change := range map[string]func(w *world) (meddle func()){
		"a save before a save": func(w *world) func() {
			w.write("x.md", doc("mine"))
			return func() { w.save("x.md", doc("theirs")) }
		},
		"a save before a deletion": func(w *world) func() {
			w.remove("x.md")
			return func() { w.save("x.md", doc("theirs")) }
		},
		"an edit before a file is written": func(w *world) func() {
			w.save("x.md", doc("theirs"))
			return func() { w.write("x.md", doc("mine")) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := shared.anew(t)
			w.write("x.md", doc("x"))
			w.clean()
			meddle := change(w)
			result, err := w.try(func(o *mirror.Options) { o.Catalog = meddler{o.Catalog, meddle} })
			if err != nil || len(result.Conflicts) != 1 {
				t.Errorf("%+v, %v", result, err)
			}
			if word(w.inCatalog()["x.md"]) != "theirs" || word(w.onDisk()["x.md"]) == "theirs" {
				t.Errorf("folder %s, catalog %s", all(w.onDisk()), all(w.inCatalog()))
			}
			if again := w.sync(); len(again.Conflicts) != 1 {
				t.Errorf("again: %+v", again)
			}
		})
	}
}

func TestOneSyncOfAFolderAtATime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, err := mirror.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := mirror.OpenDisk(dir); fault.CodeOf(err) != fault.Conflict {
		t.Error(err)
	}
	second, err := mirror.OpenDisk(filepath.Join(dir, "none"))
	if second != nil || fault.CodeOf(err) != fault.NotFound {
		t.Error(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := mirror.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}
