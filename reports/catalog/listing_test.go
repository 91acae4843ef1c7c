package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

func TestSearchFindsEveryWordAndTheBestFirst(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, r := range []struct{ slug, title, front string }{
		{"prefix", "Partner fees", ""},
		{"title", "Monthly fees of a partner", ""},
		{"tag", "Monthly money", "tags: [partner, fees]"},
		{"rest", "Money", "description: Fees, by partner and month"},
		{"field", "Other", "form: [{name: partner, label: Whose fees, type: input}]"},
		{"half", "Partner cards", ""},
		{"russian", "Счёт-фактура партнёра", ""},
		{"signs", `"100% of _all_ A\\B"`, ""},
	} {
		h.save(h.admin, catalog.Save{Slug: r.slug, Document: document(r.title, "SELECT 1", r.front)})
	}
	for search, want := range map[string]string{
		"partner fees": "prefix title tag rest field",
		"FEES partner": "title prefix tag rest field",
		"part":         "half prefix title tag rest field",
		"счет":         "russian",
		"ПАРТНЕРА":     "russian",
		"100%":         "signs",
		"_all_":        "signs",
		`a\b`:          "signs",
		"%":            "signs",
		"nothing here": "",
		"  ":           "signs rest title tag field half prefix russian",
	} {
		entries, _, err := h.List(t.Context(), h.admin, catalog.Filter{Search: search})
		if got := slugs(entries); err != nil || got != want {
			t.Errorf("%q: %s, want %s, %v", search, got, want, err)
		}
	}
}

func TestPagesShowEveryReportOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	for i := range 23 {
		h.save(h.admin, catalog.Save{Document: document(fmt.Sprintf("Report %d", i%4), "SELECT 1")})
	}
	for _, search := range []string{"", "report"} {
		seen := map[string]bool{}
		filter := catalog.Filter{Search: search, Page: people.Page{Limit: 5}}
		titles := []string{}
		for pages := 1; ; pages++ {
			entries, next, err := h.List(t.Context(), h.admin, filter)
			if err != nil || len(entries) > 5 || pages > 5 {
				t.Fatalf("page %d: %d entries, %v", pages, len(entries), err)
			}
			for _, entry := range entries {
				seen[entry.ID] = true
				titles = append(titles, entry.Title)
			}
			if next == "" {
				break
			}
			filter.Cursor = next
		}
		if len(seen) != 23 || len(titles) != 23 || !slices.IsSorted(titles) {
			t.Errorf("%q: %d seen, %v", search, len(seen), titles)
		}
	}
	for _, cursor := range []string{"x", "bm90IGpzb24", "W10", "WyJ4IiwieSIsInoiXQ"} {
		_, _, err := h.List(t.Context(), h.admin, catalog.Filter{Page: people.Page{Cursor: cursor}})
		wants(t, err, fault.Invalid)
	}
}

func TestListingsShowWhatIsSharedWithItsLevel(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, member := h.analyst("ann@x.test"), h.person("m@x.test", people.Member)
	own := h.save(ann, catalog.Save{Slug: "own", Document: document("Own", "SELECT 1", "tags: [t]"), Folder: in("a/b")})
	h.save(h.admin, catalog.Save{Slug: "hidden", Document: document("Hidden", "SELECT 1", "source: billing"), Folder: in("a")})
	shared := h.save(h.admin, catalog.Save{Slug: "shared", Document: document("Shared", "SELECT 1"), Folder: in("ab")})
	h.grant(member, people.Grant{Folder: "a/b", Level: people.Run})
	h.grant(member, people.Grant{ReportID: shared.ID, Level: people.Edit})
	h.grant(ann, people.Grant{ReportID: shared.ID, Level: people.ViewSQL})
	list := func(actor *people.Actor, filter catalog.Filter) string {
		t.Helper()
		entries, _, err := h.List(t.Context(), actor, filter)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, entry := range entries {
			all = append(all, entry.Slug+" "+entry.Level.String())
		}
		return strings.Join(all, ", ")
	}
	if got := list(member, catalog.Filter{}); got != "own run, shared view_sql" {
		t.Error(got)
	}
	if got := list(ann, catalog.Filter{}); got != "own edit, shared view_sql" {
		t.Error(got)
	}
	if got := list(people.Command(), catalog.Filter{}); got != "hidden edit, own edit, shared edit" {
		t.Error(got)
	}
	for _, c := range []struct {
		filter catalog.Filter
		want   string
	}{
		{catalog.Filter{Folder: in("a")}, "hidden edit"},
		{catalog.Filter{Folder: in("a"), Below: true}, "hidden edit, own edit"},
		{catalog.Filter{Folder: in("")}, ""},
		{catalog.Filter{Folder: in(""), Below: true}, "hidden edit, own edit, shared edit"},
		{catalog.Filter{Tag: "t"}, "own edit"},
		{catalog.Filter{Source: "billing"}, "hidden edit"},
	} {
		if got := list(h.admin, c.filter); got != c.want {
			t.Errorf("%+v: %s", c.filter, got)
		}
	}
	for range 2 {
		if err := h.Favourite(t.Context(), member, own.Slug, true); err != nil {
			t.Fatal(err)
		}
	}
	if got := list(member, catalog.Filter{Favourite: true}); got != "own run" {
		t.Error(got)
	}
	if entry, err := h.Get(t.Context(), member, "own"); err != nil || !entry.Favourite || entry.Level != people.Run {
		t.Errorf("%+v, %v", entry, err)
	}
	wants(t, h.Favourite(t.Context(), member, "hidden", true), fault.NotFound)
	if err := h.Favourite(t.Context(), member, own.ID, false); err != nil || list(member, catalog.Filter{Favourite: true}) != "" {
		t.Error(err)
	}
}

func TestFoldersAreATreeWithWhatOneSees(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, bob, member := h.analyst("ann@x.test"), h.analyst("bob@x.test"), h.person("m@x.test", people.Member)
	report := h.save(ann, catalog.Save{Document: document("A", "SELECT 1"), Folder: in("sales/fees")})
	h.save(ann, catalog.Save{Document: document("B", "SELECT 1"), Folder: in("sales")})
	h.save(bob, catalog.Save{Document: document("C", "SELECT 1"), Folder: in("secret")})
	h.grant(member, people.Grant{Folder: "sales/fees", Level: people.Run})
	tree := func(actor *people.Actor) string {
		t.Helper()
		folders, err := h.Folders(t.Context(), actor)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, f := range folders {
			all = append(all, fmt.Sprintf("%s:%d/%d", f.Path, f.Reports, f.Below))
		}
		return strings.Join(all, " ")
	}
	if got := tree(member); got != ":0/1 sales:0/1 sales/fees:1/1" {
		t.Error(got)
	}
	if got := tree(ann); got != ":0/2 sales:1/2 sales/fees:1/1 secret:0/0" {
		t.Error(got)
	}
	wants(t, h.RenameFolder(t.Context(), bob, "sales", "trade"), fault.Forbidden, "may not change")
	wants(t, h.RenameFolder(t.Context(), ann, "sales", "sales/x"), fault.Invalid)
	wants(t, h.RenameFolder(t.Context(), ann, "sales", "SECRET"), fault.Conflict)
	wants(t, h.RenameFolder(t.Context(), ann, "nowhere", "x"), fault.NotFound)
	if err := h.RenameFolder(t.Context(), ann, "sales", "trade/all"); err != nil {
		t.Fatal(err)
	}
	if got := tree(h.admin); got != ":0/3 secret:1/1 trade:0/2 trade/all:1/2 trade/all/fees:1/1" {
		t.Error(got)
	}
	// The grant on the folder came along.
	if entry, err := h.Get(t.Context(), member, report.ID); err != nil || entry.Folder != "trade/all/fees" {
		t.Errorf("%+v, %v", entry, err)
	}
	wants(t, h.DeleteFolder(t.Context(), ann, "trade"), fault.Conflict, "not empty")
	if _, err := h.Move(t.Context(), ann, report.ID, "other"); err != nil {
		t.Fatal(err)
	}
	wants(t, h.DeleteFolder(t.Context(), ann, "trade/all/fees"), fault.Forbidden, "grants")
	if err := h.DeleteFolder(t.Context(), h.admin, "trade/all/fees"); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"", "..", "a/../b", "/a", "a/", "a//b", ".git", "a\\b", "con", "snippets", "a\x00", " a", strings.Repeat("a/", 12) + "a", "a\u0308\u0308é"[:3]} {
		wants(t, h.CreateFolder(t.Context(), ann, bad), fault.Invalid)
	}
	wants(t, h.CreateFolder(t.Context(), ann, "Secret"), fault.Conflict, "case")
	wants(t, h.CreateFolder(t.Context(), ann, "secret"), fault.Conflict, "already")
	wants(t, h.CreateFolder(t.Context(), member, "x"), fault.Forbidden)
}
