package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// secret is in all of these reports that only those who may view the SQL are to see.
const secret = "hushhush"

const cards = `---
title: Partner cards
description: Cards of a partner.
tags: [cards]
form:
  - {name: partner, label: Partner, type: select, kind: integer, required: true, options: {sql: "SELECT number AS value, concat('Partner ', toString(number)) AS label FROM numbers(300) WHERE '` + secret + `' != '' ORDER BY number"}}
  - name: size
    type: select
    default: small
    options:
      - {value: small, label: Small cards, sql: "1 AS ` + secret + `_small"}
      - {value: large, sql: "2 AS ` + secret + `_large"}
  - {name: since, label: Since, type: input, kind: date, default: today-7d, min: today-30d, max: today}
  - {name: note, type: input, pattern: "[a-z]*", show_if: '{{ and (eq .size "large") (ne .size "` + secret + `") }}'}
exports:
  - {cells: [cards], format: csv, filename: "карты {{ .partner }} 50% 'лучших' 🎉"}
  - {cells: [cards], format: xlsx}
---
# Cards of {{ .label.partner }}

As they are now.

~~~sql cards
SELECT {{ .partner }} AS partner, toInt64(9007199254740993) + number AS big, toDecimal64('1.10', 2) AS amount, {{ .size }} /* ` + secret + ` */ FROM numbers(250)
~~~
`

// brokenQuery and brokenOptions parse, and fail on the database with words that quote them.
const (
	brokenQuery   = "---\ntitle: Broken query\n---\n~~~sql c\nSELECT " + secret + "_column FROM " + secret + "_table\n~~~\n"
	brokenOptions = "---\ntitle: Broken options\nform: [{name: q, label: Shop, type: select, options: {sql: 'SELECT " + secret + " FROM " + secret + "_table'}}]\n---\n~~~sql c\nSELECT {{ .q }}\n~~~\n"
)

func fenced(document string) string { return strings.ReplaceAll(document, "~~~", "```") }

// library of the tests: all have the same rights on each of them.
func (d *desk) reports() {
	d.Helper()
	d.report("partner-cards", fenced(cards))
	d.report("broken-query", fenced(brokenQuery))
	d.report("broken-options", fenced(brokenOptions))
}

func TestWhoMayDoWhatWithAReport(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	const one = root + "/reports/partner-cards"
	document := map[string]any{"base": 1, "document": "---\ntitle: Other\n---\n"}
	for name, c := range map[string]struct {
		method, path string
		body         any
		status       map[string]int
	}{
		"list":      {"GET", root + "/reports", nil, map[string]int{nobody: 401, "eve": 200, "rob": 200, "root": 200}},
		"get":       {"GET", one, nil, map[string]int{nobody: 401, "eve": 404, "rob": 200, "vera": 200, "anna": 200}},
		"document":  {"GET", one + "/document", nil, map[string]int{nobody: 401, "eve": 404, "rob": 403, "vera": 200, "anna": 200, "root": 200}},
		"revisions": {"GET", one + "/revisions", nil, map[string]int{nobody: 401, "eve": 404, "rob": 403, "vera": 200}},
		"revision":  {"GET", one + "/revisions/1", nil, map[string]int{nobody: 401, "eve": 404, "rob": 403, "vera": 200}},
		"diff":      {"GET", one + "/diff?from=1&to=1", nil, map[string]int{nobody: 401, "eve": 404, "rob": 403, "vera": 200}},
		"save":      {"PUT", one + "/document", document, map[string]int{nobody: 401, "eve": 404, "rob": 403, "vera": 403}},
		"restore":   {"POST", one + "/revisions/1/restore", nil, map[string]int{nobody: 401, "eve": 404, "rob": 403, "vera": 403}},
		"move":      {"PATCH", one, map[string]any{"slug": "other"}, map[string]int{nobody: 401, "eve": 404, "rob": 403, "vera": 403}},
		"delete":    {"DELETE", one, nil, map[string]int{nobody: 401, "eve": 404, "rob": 403, "vera": 403}},
		"duplicate": {"POST", one + "/duplicate", map[string]any{}, map[string]int{nobody: 401, "eve": 403, "rob": 403, "vera": 403, "anna": 201}},
		"form":      {"POST", one + "/form", map[string]any{}, map[string]int{nobody: 401, "eve": 404, "rob": 200}},
		"options":   {"POST", one + "/options/partner", map[string]any{}, map[string]int{nobody: 401, "eve": 404, "rob": 200}},
		"run":       {"POST", one + "/runs", map[string]any{"values": map[string]any{"partner": 1}}, map[string]int{nobody: 401, "eve": 404, "rob": 201}},
		"favourite": {"PUT", one + "/favourite", nil, map[string]int{nobody: 401, "eve": 404, "rob": 204}},
		"create":    {"POST", root + "/reports", map[string]any{"document": "---\ntitle: New\n---\n"}, map[string]int{nobody: 401, "rob": 403, "vera": 403, "anna": 201}},
		"check":     {"POST", root + "/check", map[string]any{"document": ""}, map[string]int{nobody: 401, "rob": 403, "anna": 200}},
		"snippets":  {"GET", root + "/snippets", nil, map[string]int{nobody: 401, "rob": 403, "anna": 200}},
		"files":     {"GET", root + "/files", nil, map[string]int{nobody: 401, "rob": 403, "anna": 200}},
		"folders":   {"GET", root + "/folders", nil, map[string]int{nobody: 401, "eve": 200, "rob": 200}},
		"folder":    {"POST", root + "/folders", map[string]any{"path": "sales"}, map[string]int{nobody: 401, "rob": 403, "anna": 201}},
	} {
		for who, status := range c.status {
			if got := d.ask(who, c.method, c.path, c.body); got.StatusCode != status {
				t.Errorf("%s as %q: got %d %s, want %d", name, who, got.StatusCode, got.text, status)
			}
		}
	}
}

// Whatever is asked, in whatever state things are: below view_sql no answer has a piece of the document or of a database's words
// about it.
func TestSQLNeverReachesWhoMayOnlyRun(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	failed := d.run("rob", "broken-query", nil)
	run := d.run("rob", "partner-cards", map[string]any{"partner": 7, "size": "large"})
	for _, c := range []struct {
		method, path string
		body         any
	}{
		{"GET", "/reports", nil},
		{"GET", "/reports?search=" + secret, nil},
		{"GET", "/reports/partner-cards", nil},
		{"GET", "/reports/partner-cards/document", nil},
		{"GET", "/folders", nil},
		{"POST", "/reports/partner-cards/form", map[string]any{}},
		{"POST", "/reports/partner-cards/form", map[string]any{"values": map[string]any{"partner": "none", "size": "huge", "since": "x"}}},
		{"POST", "/reports/partner-cards/options/partner", map[string]any{"search": "Partner 29"}},
		{"POST", "/reports/partner-cards/options/size", map[string]any{}},
		{"POST", "/reports/partner-cards/runs", map[string]any{"values": map[string]any{"partner": "none"}}},
		{"POST", "/reports/broken-options/form", map[string]any{"values": map[string]any{"q": "1"}}},
		{"POST", "/reports/broken-options/options/q", map[string]any{}},
		{"POST", "/reports/broken-options/runs", map[string]any{"values": map[string]any{"q": "1"}}},
		{"GET", "/runs", nil},
		{"GET", "/runs/" + failed.string("id"), nil},
		{"GET", "/runs/" + failed.string("id") + "/events", nil},
		{"GET", "/runs/" + run.string("id"), nil},
		{"GET", "/runs/" + run.string("id") + "/events", nil},
		{"GET", "/runs/" + run.string("id") + "/links", nil},
	} {
		if got := d.ask("rob", c.method, root+c.path, c.body); strings.Contains(got.text, secret) {
			t.Errorf("%s %s %v: got %s", c.method, c.path, c.body, got.text)
		}
	}
	const sentence = "The query of cell c failed (code 60); its author can see more."
	if failed.string("error") != sentence || failed.string("cells", 0, "error") != sentence {
		t.Errorf("got %s", failed.text)
	}
	options := d.ask("rob", "POST", root+"/reports/broken-options/options/q", map[string]any{})
	if want := "The options of Shop could not be read (code 60); the report's author can see more."; options.string("detail") != want {
		t.Errorf("got %s", options.text)
	}
	for _, who := range []string{"root", "anna"} {
		if seen := d.want(http.StatusOK, who, "GET", root+"/runs/"+failed.string("id"), nil); !strings.Contains(seen.string("error"), secret) {
			t.Errorf("%s: got %s", who, seen.string("error"))
		}
	}
}

func TestAConflictingSaveNamesBothVersions(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	entry := d.report("sales", "---\ntitle: Sales\n---\n")
	_, err := d.catalog.Save(t.Context(), d.people["root"], catalog.Save{ID: entry.ID, Base: 1, Document: []byte("---\ntitle: Sales of today\n---\n")})
	d.must(err)
	got := d.want(http.StatusConflict, "anna", "PUT", root+"/reports/sales/document", map[string]any{"base": 1, "document": "---\ntitle: Mine\n---\n"})
	if fmt.Sprint(got.at("conflict")) != "map[base:1 current:2]" || got.string("code") != "conflict" ||
		!strings.Contains(got.string("detail"), "version 1") || !strings.Contains(got.string("detail"), "root@example.com saved version 2") {
		t.Errorf("got %s", got.text)
	}
}

func TestADocumentWithProblemsIsNotSaved(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("sales", "---\ntitle: Sales\n---\n")
	wrong := "---\ntitle: Sales\nform: [{name: q, type: inptu}]\n---\n```sql c\nSELECT {{ .nothing }}\n```\n"
	got := d.want(http.StatusUnprocessableEntity, "anna", "PUT", root+"/reports/sales/document", map[string]any{"base": 1, "document": wrong})
	checked := d.want(http.StatusOK, "anna", "POST", root+"/check", map[string]any{"document": wrong})
	for _, answer := range []answer{got, checked} {
		if fmt.Sprintf("%v %v", answer.at("problems", 0, "line"), answer.at("problems", 1, "line")) != "3 6" || answer.string("problems", 0, "message") == "" {
			t.Errorf("got %s", answer.text)
		}
	}
	if kept := d.want(http.StatusOK, "anna", "GET", root+"/reports/sales", nil); fmt.Sprint(kept.at("revision")) != "1" {
		t.Errorf("got %s", kept.text)
	}
}

func TestTheLifeOfAReport(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	made := d.want(http.StatusCreated, "root", "POST", root+"/reports", map[string]any{"document": "---\ntitle: First words\n---\n", "folder": "sales/east", "message": "begun"})
	if made.string("slug") != "first-words" || made.string("owner") != "root@example.com" || made.string("level") != "edit" {
		t.Fatalf("got %s", made.text)
	}
	const one = root + "/reports/first-words"
	saved := d.want(http.StatusOK, "root", "PUT", one+"/document", map[string]any{"base": 1, "document": "---\ntitle: Second words\n---\n", "message": "reworded"})
	if fmt.Sprint(saved.at("revision")) != "2" || saved.string("title") != "Second words" {
		t.Errorf("got %s", saved.text)
	}
	if diff := d.want(http.StatusOK, "root", "GET", one+"/diff?from=1&to=2", nil); !strings.Contains(diff.string("text"), "-title: First words\n+title: Second words\n") {
		t.Errorf("got %s", diff.text)
	}
	history := d.want(http.StatusOK, "root", "GET", one+"/revisions", nil)
	if history.string("items", 0, "message") != "reworded" || history.string("items", 1, "message") != "begun" || history.at("items", 0, "document") != nil {
		t.Errorf("got %s", history.text)
	}
	restored := d.want(http.StatusOK, "root", "POST", one+"/revisions/1/restore", nil)
	if fmt.Sprint(restored.at("revision")) != "3" || restored.string("title") != "First words" {
		t.Errorf("got %s", restored.text)
	}
	if document := d.want(http.StatusOK, "root", "GET", one+"/document?revision=2", nil); document.string("document") != "---\ntitle: Second words\n---\n" {
		t.Errorf("got %s", document.text)
	}
	moved := d.want(http.StatusOK, "root", "PATCH", one, map[string]any{"slug": "words", "folder": "west"})
	if moved.string("slug") != "words" || moved.string("folder") != "west" {
		t.Errorf("got %s", moved.text)
	}
	d.want(http.StatusUnprocessableEntity, "root", "PATCH", one, map[string]any{"slug": "good-one", "folder": "a//b"})
	if former := d.want(http.StatusOK, "root", "GET", one, nil); former.string("slug") != "words" {
		t.Errorf("the old address leads to %s", former.text)
	}
	d.want(http.StatusNoContent, "root", "DELETE", one, nil)
	d.want(http.StatusConflict, "root", "POST", one+"/form", map[string]any{})
	if deleted := d.want(http.StatusOK, "root", "GET", root+"/reports?deleted=true", nil); deleted.string("items", 0, "slug") != "words" {
		t.Errorf("got %s", deleted.text)
	}
	d.want(http.StatusOK, "root", "POST", one+"/undelete", nil)
	d.want(http.StatusOK, "root", "POST", one+"/form", map[string]any{})
}

func TestListsGoOnWhereTheyEnded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i := range 5 {
		d.report(fmt.Sprintf("report-%d", i), fmt.Sprintf("---\ntitle: Report %d\n---\n", i))
	}
	var titles []string
	for cursor := ""; ; {
		page := d.want(http.StatusOK, "rob", "GET", root+"/reports?limit=2&cursor="+cursor, nil)
		items, _ := page.at("items").([]any)
		for i := range items {
			titles = append(titles, page.string("items", i, "title"))
		}
		if cursor = page.string("next"); cursor == "" {
			break
		}
	}
	if strings.Join(titles, ", ") != "Report 0, Report 1, Report 2, Report 3, Report 4" {
		t.Errorf("got %v", titles)
	}
	for _, path := range []string{"/reports?cursor=x", "/reports?limit=0", "/reports?limit=501", "/runs?cursor=x", "/runs?status=lost"} {
		if got := d.ask("rob", "GET", root+path, nil); got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: got %d %s", path, got.StatusCode, got.text)
		}
	}
}
