package catalog_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/reports/library"
)

func (h *house) snippet(a *people.Actor, save catalog.SnippetSave) catalog.Snippet {
	h.t.Helper()
	saved, err := h.SaveSnippet(h.t.Context(), a, save)
	if err != nil {
		h.t.Fatal(err)
	}
	return saved
}

func TestSnippetsAreCheckedAgainstTheReportsThatUseThem(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, bob := h.analyst("ann@x.test"), h.analyst("bob@x.test")
	h.snippet(ann, catalog.SnippetSave{Name: "vip", SQL: "id = {{ .id }}"})
	h.snippet(ann, catalog.SnippetSave{Name: "both", SQL: `{{ snippet "vip" }} AND true`})
	form := "form: [{name: id, type: input, kind: integer}]"
	mine := h.save(ann, catalog.Save{Document: document("Mine", `SELECT 1 WHERE {{ snippet "both" }}`, form)})
	h.save(bob, catalog.Save{Document: document("Theirs", `SELECT 1 WHERE {{ snippet "vip" }}`, form)})
	if strings.Join(mine.Snippets, " ") != "both vip" {
		t.Errorf("%v", mine.Snippets)
	}
	uses, hidden, err := h.Uses(t.Context(), ann, "vip")
	if err != nil || len(uses) != 1 || uses[0].ID != mine.ID || len(uses[0].Problems) > 0 || hidden != 1 {
		t.Errorf("%+v, %d, %v", uses, hidden, err)
	}
	_, err = h.SaveSnippet(t.Context(), ann, catalog.SnippetSave{Name: "vip", Base: 1, SQL: "x = {{ .other }}"})
	wants(t, err, fault.Invalid, "mine.md:", "other", "1 report not shared with you")
	_, err = h.SaveSnippet(t.Context(), ann, catalog.SnippetSave{Name: "vip", Base: 1, SQL: "{{ if }"})
	wants(t, err, fault.Invalid, "vip.sql:1:1: ")
	_, err = h.SaveSnippet(t.Context(), ann, catalog.SnippetSave{Name: "Vip", SQL: "1"})
	wants(t, err, fault.Invalid)
	_, err = h.SaveSnippet(t.Context(), bob, catalog.SnippetSave{Name: "vip", SQL: "1"})
	wants(t, err, fault.Conflict, "version 0 of the snippet", "version 1")
	wants(t, h.DeleteSnippet(t.Context(), ann, "vip", 1), fault.Conflict, "2 reports", "mine")
	member := h.person("m@x.test", people.Member)
	_, err = h.SaveSnippet(t.Context(), member, catalog.SnippetSave{Name: "x", SQL: "1"})
	wants(t, err, fault.Forbidden)
	_, err = h.Snippets(t.Context(), member)
	wants(t, err, fault.Forbidden)

	// A snippet runs where the reports run: whoever may not write SQL there may not change it.
	h.save(h.admin, catalog.Save{Document: document("Billing", `SELECT 1 WHERE {{ snippet "vip" }}`, form, "source: billing")})
	_, err = h.SaveSnippet(t.Context(), ann, catalog.SnippetSave{Name: "vip", Base: 1, SQL: "id > {{ .id }}"})
	wants(t, err, fault.Forbidden, "billing")

	forced := h.snippet(h.admin, catalog.SnippetSave{Name: "vip", Base: 1, SQL: "x = {{ .other }}", Force: true, Message: "soon"})
	if again := h.snippet(h.admin, catalog.SnippetSave{Name: "vip", Base: 1, SQL: forced.SQL}); again.Revision != 2 {
		t.Errorf("%+v", again)
	}
	history, err := h.SnippetRevisions(t.Context(), ann, "vip")
	if err != nil || len(history) != 2 || history[0].Message != "soon" || history[0].SQL != "" {
		t.Errorf("%+v, %v", history, err)
	}
	if first, err := h.Snippet(t.Context(), ann, "vip", 1); err != nil || first.SQL != "id = {{ .id }}" {
		t.Errorf("%+v, %v", first, err)
	}
}

func TestDeletedSnippetsComeBackWithTheirHistory(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.snippet(h.admin, catalog.SnippetSave{Name: "vip", SQL: "1"})
	if err := h.DeleteSnippet(t.Context(), h.admin, "vip", 1); err != nil {
		t.Fatal(err)
	}
	if all, err := h.Snippets(t.Context(), h.admin); err != nil || len(all) > 0 {
		t.Errorf("%+v, %v", all, err)
	}
	_, err := h.Save(t.Context(), h.admin, catalog.Save{Document: document("A", `SELECT {{ snippet "vip" }}`)})
	wants(t, err, fault.Invalid, "there is no snippet vip")
	if back := h.snippet(h.admin, catalog.SnippetSave{Name: "vip", SQL: "1"}); back.Revision != 2 {
		t.Errorf("%+v", back)
	}
}

func TestCompiledReportsAreKeptUntilSomethingChanges(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.snippet(h.admin, catalog.SnippetSave{Name: "vip", SQL: "1"})
	entry := h.save(h.admin, catalog.Save{Document: document("A", `SELECT {{ snippet "vip" }}`), Folder: in("sales")})
	compiled := func(revision int) any {
		t.Helper()
		report, got, _, err := h.Compiled(t.Context(), entry.ID, revision)
		if err != nil || got.ID != entry.ID || len(report.SQL) != 1 {
			t.Fatalf("%+v, %v", got, err)
		}
		return report
	}
	first := compiled(0)
	if compiled(1) != first {
		t.Error("compiled twice")
	}
	started := time.Now()
	for range 50 {
		compiled(0)
	}
	if each := time.Since(started) / 50; each > 30*time.Millisecond {
		t.Errorf("%v each", each)
	}
	h.snippet(h.admin, catalog.SnippetSave{Name: "vip", Base: 1, SQL: "2"})
	if compiled(0) == first {
		t.Error("a changed snippet was not noticed")
	}
	h.save(h.admin, catalog.Save{ID: entry.ID, Base: 1, Document: document("A", `SELECT 7`)})
	if second := compiled(2); second == first || compiled(0) != second || compiled(1) == second {
		t.Error("revisions are mixed up")
	}
	h.snippet(h.admin, catalog.SnippetSave{Name: "vip", Base: 2, SQL: "{{ .gone }}", Force: true})
	_, _, _, err := h.Compiled(t.Context(), entry.ID, 1)
	wants(t, err, fault.Invalid, "gone")
	_, _, _, err = h.Compiled(t.Context(), entry.ID, 9)
	wants(t, err, fault.NotFound)
}

func TestWorkbooksLieBesideTheirReports(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, bob := h.analyst("ann@x.test"), h.analyst("bob@x.test")
	book := []byte("PK\x03\x04one")
	if _, err := h.PutFile(t.Context(), ann, "sales", "form.xlsx", book, 0); err != nil {
		t.Fatal(err)
	}
	entry := h.save(ann, catalog.Save{
		Document: document("A", "SELECT 1", "exports: [{cells: [rows], format: xlsx, template: form.xlsx}]"), Folder: in("sales"),
	})
	_, _, files, err := h.Compiled(t.Context(), entry.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := fs.ReadFile(files, "form.xlsx"); err != nil || !bytes.Equal(got, book) {
		t.Errorf("%q, %v", got, err)
	}
	for _, name := range []string{"none.xlsx", "../sales/form.xlsx", "sales/form.xlsx", "."} {
		if _, err := files.Open(name); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
	_, err = h.PutFile(t.Context(), bob, "sales", "form.xlsx", book, -1)
	wants(t, err, fault.Forbidden)
	_, err = h.File(t.Context(), bob, "sales", "form.xlsx")
	wants(t, err, fault.NotFound)
	_, err = h.PutFile(t.Context(), ann, "sales", "form.xlsx", append(book, '2'), 0)
	wants(t, err, fault.Conflict, "workbook")
	_, err = h.PutFile(t.Context(), ann, "sales", "big.xlsx", append(book, make([]byte, catalog.MaxFileBytes)...), 0)
	wants(t, err, fault.Invalid, "20 MB")
	for _, name := range []string{"../x.xlsx", "x.xls", ".xlsx", "a/b.xlsx", "nul.xlsx"} {
		_, err = h.PutFile(t.Context(), ann, "sales", name, book, 0)
		wants(t, err, fault.Invalid)
	}
	wants(t, h.DeleteFile(t.Context(), ann, "sales", "form.xlsx", 1), fault.Conflict, "fills")
	changed, err := h.PutFile(t.Context(), ann, "sales", "form.xlsx", append(book, '2'), 1)
	if err != nil || changed.Revision != 2 {
		t.Errorf("%+v, %v", changed, err)
	}
	if err := h.RenameFolder(t.Context(), ann, "sales", "trade"); err != nil {
		t.Fatal(err)
	}
	if got, err := h.File(t.Context(), ann, "trade", "form.xlsx"); err != nil || string(got.Content) != string(book)+"2" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestProvisionedReportsFollowTheirFolder(t *testing.T) {
	t.Parallel()
	h := open(t)
	files := fstest.MapFS{
		"fees.md":          {Data: document("Fees", `SELECT {{ snippet "one" }}`)},
		"team/cards.md":    {Data: document("Cards", "SELECT 1")},
		"team/form.xlsx":   {Data: []byte("PK\x03\x04")},
		"snippets/one.sql": {Data: []byte("1")},
		"README.md":        {Data: []byte("# hello")},
		"bad.md":           {Data: document("Bad", "SELECT {{ .x }}")},
	}
	provision := func(problems int) {
		t.Helper()
		found, err := h.Provision(t.Context(), "etc/reports", files)
		if err != nil || len(found) != problems {
			t.Fatalf("%v, %v", found, err)
		}
	}
	provision(1)
	before := len(h.events())
	provision(1)
	if after := len(h.events()); after != before {
		t.Errorf("nothing had changed, and %d events were kept", after-before)
	}
	cards, err := h.Get(t.Context(), h.admin, "cards")
	if err != nil || cards.Folder != "team" || cards.Provisioned != "etc/reports" || cards.UpdatedBy != "folder" {
		t.Errorf("%+v, %v", cards, err)
	}
	_, saved := h.Save(t.Context(), h.admin, catalog.Save{ID: cards.ID, Base: 1, Document: document("X", "SELECT 1")})
	_, moved := h.Move(t.Context(), h.admin, "cards", "x")
	_, renamed := h.Rename(t.Context(), h.admin, "cards", "x")
	_, snippet := h.SaveSnippet(t.Context(), h.admin, catalog.SnippetSave{Name: "one", Base: 1, SQL: "2"})
	_, workbook := h.PutFile(t.Context(), h.admin, "team", "form.xlsx", []byte("PK\x03\x042"), -1)
	for _, err := range []error{saved, moved, renamed, snippet, workbook, h.Delete(t.Context(), h.admin, "cards", 0), h.RenameFolder(t.Context(), h.admin, "team", "x")} {
		wants(t, err, fault.Forbidden, "etc/reports")
	}
	files["team/cards.md"] = &fstest.MapFile{Data: document("Cards, new", "SELECT 2")}
	fees := files["fees.md"]
	delete(files, "fees.md")
	delete(files, "bad.md")
	provision(0)
	if entries, err := h.All(t.Context(), h.admin, catalog.Filter{}); err != nil || slugs(entries) != "cards" || entries[0].Revision != 2 || entries[0].ID != cards.ID {
		t.Errorf("%+v, %v", entries, err)
	}
	files["fees.md"] = fees
	provision(0)
	if back, err := h.Get(t.Context(), h.admin, "fees"); err != nil || back.Deleted != nil || back.Revision != 1 {
		t.Errorf("%+v, %v", back, err)
	}
	if copied, err := h.Duplicate(t.Context(), h.admin, "fees", in("own")); err != nil || copied.Provisioned != "" || copied.Slug != "fees-2" || copied.Folder != "own" {
		t.Errorf("%+v, %v", copied, err)
	}
}

func TestFoldersThatAreNotConfiguredAnyMore(t *testing.T) {
	t.Parallel()
	h := open(t)
	own := h.save(h.admin, catalog.Save{Document: document("Own", "SELECT 1")})
	for _, name := range []string{"a", "b"} {
		files := fstest.MapFS{name + ".md": {Data: document(name, "SELECT 1")}, "snippets/" + name + ".sql": {Data: []byte("1")}}
		if _, err := h.Provision(t.Context(), name, files); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Withdraw(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	snippets, err := h.Snippets(t.Context(), h.admin)
	if err != nil || len(snippets) != 1 || snippets[0].Name != "b" {
		t.Errorf("%+v, %v", snippets, err)
	}
	if entries, err := h.All(t.Context(), h.admin, catalog.Filter{}); err != nil || slugs(entries) != "b "+own.Slug {
		t.Errorf("%s, %v", slugs(entries), err)
	}
}

func TestTheLibraryIsProvisioned(t *testing.T) {
	t.Parallel()
	h := open(t)
	problems, err := h.Provision(t.Context(), "library", library.Folder())
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		if !strings.Contains(problem.Message, `there is no source "crm"`) {
			t.Error(problem)
		}
	}
	if entries, err := h.All(t.Context(), h.admin, catalog.Filter{}); err != nil || len(entries) < 5 {
		t.Errorf("%s, %v", slugs(entries), err)
	}
}

// Anybody who writes reports may put one into any folder: that alone opens none of the folder's workbooks.
func TestAWorkbookIsNotOpenedByAReportBesideIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, bob := h.analyst("ann@x.test"), h.analyst("bob@x.test")
	const export = "exports: [{cells: [rows], format: xlsx, template: salaries.xlsx}]"
	_, err := h.PutFile(t.Context(), h.admin, "hr", "salaries.xlsx", []byte("PK\x03\x04"), 0)
	if err != nil {
		t.Fatal(err)
	}
	own := h.save(ann, catalog.Save{Document: document("Mine", "SELECT 1"), Folder: in("hr")})
	_, err = h.File(t.Context(), ann, "hr", "salaries.xlsx")
	wants(t, err, fault.NotFound)
	if files, err := h.Files(t.Context(), ann, in("hr")); err != nil || len(files) > 0 {
		t.Errorf("%v, %v", files, err)
	}
	_, err = h.Save(t.Context(), ann, catalog.Save{Document: document("Filled", "SELECT 1", export), Folder: in("hr")})
	wants(t, err, fault.Forbidden, "salaries.xlsx")
	_, err = h.Save(t.Context(), ann, catalog.Save{ID: own.ID, Base: 1, Document: document("Mine", "SELECT 1", export)})
	wants(t, err, fault.Forbidden, "salaries.xlsx")
	_, err = h.PutFile(t.Context(), ann, "hr", "salaries.xlsx", []byte("PK\x03\x04mine"), -1)
	wants(t, err, fault.Forbidden, "another name")
	wants(t, h.DeleteFile(t.Context(), ann, "hr", "salaries.xlsx", 0), fault.Forbidden, "another name")
	elsewhere := h.save(ann, catalog.Save{Document: document("Elsewhere", "SELECT 1", export)})
	_, err = h.Move(t.Context(), ann, elsewhere.ID, "hr")
	wants(t, err, fault.Forbidden, "salaries.xlsx")

	h.grant(bob, people.Grant{Folder: "hr", Level: people.ViewSQL})
	if _, err := h.File(t.Context(), bob, "hr", "salaries.xlsx"); err != nil {
		t.Errorf("the folder is shared: %v", err)
	}
	filled := h.save(h.admin, catalog.Save{Document: document("Filled", "SELECT 1", export), Folder: in("hr")})
	h.grant(ann, people.Grant{ReportID: filled.ID, Level: people.ViewSQL})
	if _, err := h.File(t.Context(), ann, "hr", "salaries.xlsx"); err != nil {
		t.Errorf("a report that it fills is shared: %v", err)
	}
	if _, err := h.Move(t.Context(), ann, elsewhere.ID, "hr"); err != nil {
		t.Error(err)
	}
}
