package catalog_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/storage"
)

func TestASaveIsARevisionAndTheSameBytesAreNone(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann := h.analyst("ann@x.test")
	first := document("Orders", "SELECT 1", "description: All of them", "tags: [sales]", "form: [{name: since, label: From day, type: input, kind: date}]")
	entry := h.save(ann, catalog.Save{Document: first, Folder: in("sales/daily")})
	if entry.Slug != "orders" || entry.Revision != 1 || entry.Folder != "sales/daily" || entry.OwnerID != ann.ID || entry.Level != people.Edit ||
		strings.Join(entry.Fields, ",") != "since,From day" || strings.Join(entry.Sources, ",") != "warehouse" || entry.Tags[0] != "sales" {
		t.Errorf("%+v", entry)
	}
	second := document("Orders, new", "SELECT 2")
	changed := h.save(ann, catalog.Save{ID: entry.ID, Base: 1, Document: second, Message: "why"})
	again := h.save(ann, catalog.Save{ID: entry.ID, Base: 1, Document: second})
	if changed.Revision != 2 || again.Revision != 2 || changed.Title != "Orders, new" || changed.Slug != "orders" || len(changed.Fields) > 0 {
		t.Errorf("%+v\n%+v", changed, again)
	}
	revisions, err := h.Revisions(t.Context(), ann, entry.ID)
	if err != nil || len(revisions) != 2 || revisions[0].Message != "why" || revisions[0].Author != ann.Email || revisions[0].Document != nil {
		t.Errorf("%+v, %v", revisions, err)
	}
	if old, err := h.Document(t.Context(), ann, entry.ID, 1); err != nil || string(old.Document) != string(first) || old.SHA256 != catalog.Checksum(first) {
		t.Errorf("%+v, %v", old, err)
	}
	diff, err := h.Diff(t.Context(), ann, entry.ID, 1, 2)
	if err != nil || !strings.Contains(diff, "-SELECT 1\n+SELECT 2") || !strings.HasPrefix(diff, "--- version 1\n+++ version 2\n") {
		t.Errorf("%s, %v", diff, err)
	}
	restored, err := h.Restore(t.Context(), ann, entry.ID, 2, 1)
	if err != nil || restored.Revision != 3 || restored.SHA256 != catalog.Checksum(first) || restored.Title != "Orders" {
		t.Errorf("%+v, %v", restored, err)
	}
	_, err = h.Restore(t.Context(), ann, entry.ID, 3, 9)
	wants(t, err, fault.NotFound, "no version 9")
}

func TestASaveOnAnOldRevisionNamesBoth(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, bob := h.analyst("ann@x.test"), h.analyst("bob@x.test")
	entry := h.save(ann, catalog.Save{Document: document("A", "SELECT 1")})
	h.grant(bob, people.Grant{ReportID: entry.ID, Level: people.Edit})
	h.save(bob, catalog.Save{ID: entry.ID, Base: 1, Document: document("A", "SELECT 2")})
	_, err := h.Save(t.Context(), ann, catalog.Save{ID: entry.ID, Base: 1, Document: document("A", "SELECT 3")})
	wants(t, err, fault.Conflict, "version 1", "version 2", "bob@x.test")
	var conflict *catalog.ConflictError
	if !errors.As(err, &conflict) || conflict.Base != 1 || conflict.Current != 2 || conflict.Author != bob.Email || conflict.When.IsZero() {
		t.Errorf("%+v", conflict)
	}
}

// Of many who save on the same revision at once, one wins and all others are told.
func TestOneOfManySavesAtOnceWins(t *testing.T) {
	t.Parallel()
	h := open(t)
	entry := h.save(h.admin, catalog.Save{Document: document("A", "SELECT 0")})
	var won, conflicts atomic.Int32
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			_, err := h.Save(t.Context(), h.admin, catalog.Save{ID: entry.ID, Base: 1, Document: document("A", "SELECT 1"+strings.Repeat("0", i))})
			switch {
			case err == nil:
				won.Add(1)
			case errors.As(err, new(*catalog.ConflictError)):
				conflicts.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 || conflicts.Load() != 11 {
		t.Errorf("%d won, %d conflicts", won.Load(), conflicts.Load())
	}
}

func TestADocumentWithProblemsIsNotKept(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, err := h.Save(t.Context(), h.admin, catalog.Save{
		File: "sales/a.md", Document: document("A", `SELECT {{ .nothing }}, {{ snippet "none" }}`, "source: nowhere", "colour: red"),
	})
	wants(t, err, fault.Invalid, "sales/a.md:3:9: ", "nowhere", "colour", "nothing", "none")
	var problems reports.Problems
	if !errors.As(err, &problems) || len(problems) != 4 {
		t.Errorf("%v", problems)
	}
	if entries, _, err := h.List(t.Context(), h.admin, catalog.Filter{}); err != nil || len(entries) > 0 {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestWhoMaySaveWhat(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, bob, member := h.analyst("ann@x.test"), h.analyst("bob@x.test"), h.person("m@x.test", people.Member)
	entry := h.save(ann, catalog.Save{Document: document("A", "SELECT 1")})
	doc := func(source string) []byte { return document("B", "SELECT 2", "source: "+source) }

	_, err := h.Save(t.Context(), member, catalog.Save{Document: doc("warehouse")})
	wants(t, err, fault.Forbidden, "analysts")
	_, err = h.Save(t.Context(), ann, catalog.Save{Document: doc("billing")})
	wants(t, err, fault.Forbidden, "billing")
	_, err = h.Save(t.Context(), ann, catalog.Save{ID: entry.ID, Base: 1, Document: doc("billing")})
	wants(t, err, fault.Forbidden, "billing")
	_, err = h.Save(t.Context(), bob, catalog.Save{ID: entry.ID, Base: 1, Document: doc("warehouse")})
	wants(t, err, fault.NotFound)
	h.grant(bob, people.Grant{ReportID: entry.ID, Level: people.ViewSQL})
	_, err = h.Save(t.Context(), bob, catalog.Save{ID: entry.ID, Base: 1, Document: doc("warehouse")})
	wants(t, err, fault.Forbidden, "may not change")
	h.grant(member, people.Grant{ReportID: entry.ID, Level: people.Edit})
	_, err = h.Save(t.Context(), member, catalog.Save{ID: entry.ID, Base: 1, Document: doc("warehouse")})
	wants(t, err, fault.Forbidden)

	// What others wrote for a source stays, and is no right to write more for it.
	both := h.save(h.admin, catalog.Save{ID: entry.ID, Base: 1, Document: doc("billing")})
	if h.save(ann, catalog.Save{ID: entry.ID, Base: both.Revision, Document: document("C", "SELECT 2", "source: billing")}).Revision != 3 {
		t.Error("the owner could not change the title of a report on a source of others")
	}
	for what, foreign := range map[string][]byte{
		"another query": document("C", "SELECT 3", "source: billing"),
		"a query of options": document("C", "SELECT 2", "source: billing",
			"form: [{name: a, type: select, options: {sql: SELECT name AS value FROM system.tables}}]"),
		"an option's SQL": document("C", "SELECT 2", "source: billing",
			"form: [{name: a, type: select, options: [{value: x, sql: (SELECT 3)}]}]"),
		"the source of a cell of one's own": document("C", "SELECT 2\n```\n```sql more source=billing\nSELECT 4", "source: billing"),
	} {
		_, err = h.Save(t.Context(), ann, catalog.Save{ID: entry.ID, Base: 3, Document: foreign})
		if wants(t, err, fault.Forbidden, "billing"); t.Failed() {
			t.Fatal(what)
		}
	}
	_, err = h.Restore(t.Context(), ann, entry.ID, 3, 1)
	if err != nil {
		t.Errorf("the owner could not bring back SQL for their own source: %v", err)
	}
	_, err = h.Restore(t.Context(), ann, entry.ID, 4, 2)
	wants(t, err, fault.Forbidden, "billing")
}

func TestTheDocumentIsForThoseWhoMayViewIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	entry := h.save(h.admin, catalog.Save{Document: document("A", "SELECT 1"), Folder: in("sales")})
	none, runs, views := h.person("n@x.test", people.Member), h.person("r@x.test", people.Member), h.person("v@x.test", people.Member)
	h.grant(runs, people.Grant{Folder: "sales", Level: people.Run})
	h.grant(views, people.Grant{ReportID: entry.ID, Level: people.ViewSQL})
	_, err := h.Document(t.Context(), none, entry.ID, 0)
	wants(t, err, fault.NotFound)
	_, err = h.Document(t.Context(), runs, entry.Slug, 0)
	wants(t, err, fault.Forbidden, "view its SQL")
	_, err = h.Diff(t.Context(), runs, entry.ID, 1, 1)
	wants(t, err, fault.Forbidden)
	_, err = h.Revisions(t.Context(), runs, entry.ID)
	wants(t, err, fault.Forbidden)
	if got, err := h.Document(t.Context(), views, entry.ID, 0); err != nil || !strings.Contains(string(got.Document), "SELECT 1") {
		t.Error(err)
	}
	for key := range map[string]bool{"nothing-here": true, "": true, "0198a000-0000-7000-8000-000000000000": true, "' OR 1=1": true} {
		_, err := h.Get(t.Context(), h.admin, key)
		wants(t, err, fault.NotFound)
	}
}

func TestSlugsAreUniqueAndLeadToTheirReportForEver(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.save(h.admin, catalog.Save{Document: document("Карты партнёра {{ .report.title }}", "SELECT 1")})
	second := h.save(h.admin, catalog.Save{Document: document("Карты партнёра", "SELECT 1")})
	third := h.save(h.admin, catalog.Save{Document: document("Карты партнёра", "SELECT 1")})
	if got := slugs([]catalog.Entry{first, second, third}); got != "karty-partnera karty-partnera-2 karty-partnera-3" {
		t.Error(got)
	}
	renamed, err := h.Rename(t.Context(), h.admin, first.ID, "cards")
	if err != nil || renamed.Slug != "cards" {
		t.Errorf("%+v, %v", renamed, err)
	}
	if old, err := h.Get(t.Context(), h.admin, "karty-partnera"); err != nil || old.ID != first.ID || old.Slug != "cards" {
		t.Errorf("%+v, %v", old, err)
	}
	if another := h.save(h.admin, catalog.Save{Document: document("Карты партнёра", "SELECT 1")}); another.Slug != "karty-partnera-4" {
		t.Errorf("a new report took %s", another.Slug)
	}
	_, err = h.Save(t.Context(), h.admin, catalog.Save{Document: document("X", "SELECT 1"), Slug: "karty-partnera"})
	wants(t, err, fault.Conflict, "another report")
	_, err = h.Rename(t.Context(), h.admin, second.ID, "karty-partnera")
	wants(t, err, fault.Conflict)
	if back, err := h.Rename(t.Context(), h.admin, first.ID, "karty-partnera"); err != nil || back.Slug != "karty-partnera" {
		t.Errorf("to its own old slug: %+v, %v", back, err)
	}
	if err := h.Delete(t.Context(), h.admin, second.ID, 0); err != nil {
		t.Fatal(err)
	}
	_, err = h.Save(t.Context(), h.admin, catalog.Save{Document: document("X", "SELECT 1"), Slug: "karty-partnera-2"})
	wants(t, err, fault.Conflict)
	for _, bad := range []string{"", "A", "a b", "a--b", "-a", "a-", "../a", "a/b", "con", strings.Repeat("a", 101), first.ID, "карты", "a\n"} {
		_, err := h.Rename(t.Context(), h.admin, first.ID, bad)
		wants(t, err, fault.Invalid)
	}
	for title, want := range map[string]string{"Con": "report-con", `"a/b.md c"`: "a-b-md-c", `"{{ .report.slug }} of {{ .report.title }}"`: "of"} {
		if entry := h.save(h.admin, catalog.Save{Document: document(title, "SELECT 1")}); entry.Slug != want {
			t.Errorf("%s: %s", title, entry.Slug)
		}
	}
}

// Many reports of the same title made at once get slugs of their own.
func TestReportsMadeAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if _, err := h.Save(t.Context(), h.admin, catalog.Save{Document: document("Same", "SELECT 1"), Folder: in("one/two")}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	entries, err := h.All(t.Context(), h.admin, catalog.Filter{Folder: in("one"), Below: true})
	if err != nil || len(entries) != 10 {
		t.Errorf("%s, %v", slugs(entries), err)
	}
}

func TestDeletedReportsAreHiddenAndComeBack(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, member := h.analyst("ann@x.test"), h.person("m@x.test", people.Member)
	entry := h.save(ann, catalog.Save{Document: document("A", "SELECT 1"), Folder: in("sales")})
	h.grant(member, people.Grant{ReportID: entry.ID, Level: people.Run})
	wants(t, h.Delete(t.Context(), member, entry.ID, 0), fault.Forbidden)
	wants(t, h.Delete(t.Context(), ann, entry.ID, 7), fault.Conflict, "version 7")
	if err := h.Delete(t.Context(), ann, entry.ID, 1); err != nil {
		t.Fatal(err)
	}
	_, err := h.Get(t.Context(), member, entry.Slug)
	wants(t, err, fault.NotFound)
	if gone, err := h.Get(t.Context(), ann, entry.Slug); err != nil || gone.Deleted == nil || gone.DeletedBy != ann.Email {
		t.Errorf("%+v, %v", gone, err)
	}
	_, err = h.Save(t.Context(), ann, catalog.Save{ID: entry.ID, Base: 1, Document: document("B", "SELECT 1")})
	wants(t, err, fault.Conflict, "bring it back")
	for actor, want := range map[*people.Actor]string{ann: "a", member: ""} {
		listed, _, err := h.List(t.Context(), actor, catalog.Filter{})
		deleted, _, deletedErr := h.List(t.Context(), actor, catalog.Filter{Deleted: true})
		if err != nil || deletedErr != nil || len(listed) > 0 || slugs(deleted) != want {
			t.Errorf("%s: %v %v", actor.Email, listed, deleted)
		}
	}
	if back, err := h.Undelete(t.Context(), ann, entry.ID); err != nil || back.Deleted != nil || back.Folder != "sales" || back.Revision != 1 {
		t.Errorf("%+v, %v", back, err)
	}
}

// A change and its event are kept together.
func TestEveryChangeIsAudited(t *testing.T) {
	t.Parallel()
	h := open(t)
	before := len(h.events())
	entry := h.save(h.admin, catalog.Save{Document: document("A", "SELECT 1")})
	h.save(h.admin, catalog.Save{ID: entry.ID, Base: 1, Document: document("A", "SELECT 2")})
	_, err1 := h.Rename(t.Context(), h.admin, entry.ID, "b")
	_, err2 := h.Move(t.Context(), h.admin, entry.ID, "x")
	err3 := h.RenameFolder(t.Context(), h.admin, "x", "y")
	err4 := h.Delete(t.Context(), h.admin, entry.ID, 0)
	_, err5 := h.Undelete(t.Context(), h.admin, entry.ID)
	_, err6 := h.SaveSnippet(t.Context(), h.admin, catalog.SnippetSave{Name: "s", SQL: "1"})
	err7 := h.DeleteSnippet(t.Context(), h.admin, "s", 1)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7); err != nil {
		t.Fatal(err)
	}
	want := "report.created report.saved report.renamed report.moved folder.renamed report.deleted report.undeleted snippet.saved snippet.deleted"
	if got := strings.Join(h.events()[before:], " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	_, err := h.Save(t.Context(), h.admin, catalog.Save{ID: entry.ID, Base: 1, Document: document("A", "SELECT 3")})
	wants(t, err, fault.Conflict)
	if after := len(h.events()); after != before+9 {
		t.Errorf("a refused save left %d events", after-before-9)
	}
}

// A group that may choose only certain partners would see all of them in a report that no longer asks.
func TestALimitedFieldCannotBeTakenOutByAnAnalyst(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann := h.analyst("ann@x.test")
	asks, silent := document("A", "SELECT 1", "form: [{name: partner, type: input}]"), document("A", "SELECT 1", "form: [{name: client, label: partner, type: input}]")
	entry := h.save(ann, catalog.Save{Document: asks})
	free := h.save(ann, catalog.Save{ID: entry.ID, Base: 1, Document: silent})
	back := h.save(ann, catalog.Save{ID: entry.ID, Base: free.Revision, Document: asks})

	groups := storage.NewGroups(h.db)
	group, err := groups.CreateGroup(t.Context(), "managers", h.admin.Did("group.created", "group", "", "managers", nil))
	if err == nil {
		err = groups.SetLimits(t.Context(), group.ID, map[string][]string{"partner": {"12"}}, h.admin.Did("group.limited", "group", group.ID, "managers", nil))
	}
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Save(t.Context(), ann, catalog.Save{ID: entry.ID, Base: back.Revision, Document: silent})
	wants(t, err, fault.Forbidden, "field partner", "ask an administrator")
	_, err = h.Restore(t.Context(), ann, entry.ID, back.Revision, free.Revision)
	wants(t, err, fault.Forbidden, "field partner")
	h.save(ann, catalog.Save{ID: entry.ID, Base: back.Revision, Document: document("B", "SELECT 2", "form: [{name: partner, type: input}]")})
	h.save(h.admin, catalog.Save{ID: entry.ID, Base: back.Revision + 1, Document: silent})
}
