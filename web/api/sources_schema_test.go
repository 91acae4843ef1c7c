package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// shelf is a front with a table in a database of the test's own, in the engine of all tests.
type shelf struct {
	*front
	database string
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{front: newFront(t), database: "shelf_" + strings.ToLower(strings.NewReplacer("/", "_", "-", "_").Replace(t.Name()))}
	for _, sql := range []string{
		"CREATE DATABASE " + s.database,
		"CREATE TABLE " + s.database + ".orders (id Int64 COMMENT 'Number', at DateTime('UTC'), big UInt64) ENGINE = MergeTree ORDER BY id COMMENT 'What was bought'",
		"INSERT INTO " + s.database + ".orders SELECT number, toDateTime(number, 'UTC'), 18446744073709551615 FROM numbers(20)",
		"CREATE TABLE " + s.database + ".`odd \\`name; DROP TABLE orders --` (id Int64) ENGINE = MergeTree ORDER BY id",
	} {
		s.must(newSources(s.desk)["warehouse"].Exec(t.Context(), sql))
	}
	return s
}

const atSource = root + "/sources/warehouse"

func (s *shelf) query(path string, parameters ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(parameters); i += 2 {
		values.Set(parameters[i], parameters[i+1])
	}
	return atSource + path + "?" + values.Encode()
}

func TestASchemaIsForThoseWhoWriteSQLForTheSource(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.must(s.accounts.SaveSource(t.Context(), s.people["root"], people.Source{Name: "billing", Driver: "postgres", DSN: "postgres://u:p@localhost/x"}))
	for _, path := range []string{"/schema", "/functions", "/sample?table=orders", "/uses?table=orders"} {
		s.want(http.StatusForbidden, "rob", "GET", atSource+path, nil)
		missing := s.want(http.StatusNotFound, "anna", "GET", root+"/sources/nothing"+path, nil)
		denied := s.want(http.StatusNotFound, "anna", "GET", root+"/sources/billing"+path, nil)
		if missing.string("detail") != denied.string("detail") {
			t.Errorf("%s: a source one may not use is told from one that is not there: %s, %s", path, missing.text, denied.text)
		}
	}
}

func TestTheSchemaOfASource(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	answer := s.want(http.StatusOK, "anna", "GET", atSource+"/schema?fresh=true", nil)
	if answer.string("database") != "default" || answer.string("driver") != "embedded" || answer.string("read") == "" || answer.at("more") != false {
		t.Errorf("%.300s", answer.text)
	}
	tables, _ := answer.at("tables").([]any)
	for i := range tables {
		if answer.string("tables", i, "database") == "system" {
			t.Fatal("tables of the server itself are told")
		}
		if answer.string("tables", i, "database") != s.database || answer.string("tables", i, "name") != "orders" {
			continue
		}
		table := func(path ...any) string { return fmt.Sprint(answer.at(append([]any{"tables", i}, path...)...)) }
		for path, want := range map[string]string{
			table("kind"): "table", table("comment"): "What was bought", table("rows"): "20", table("columns", 0, "name"): "id",
			table("columns", 0, "type"): "Int64", table("columns", 0, "comment"): "Number", table("columns", 0, "key"): "true", table("columns", 1, "key"): "false",
		} {
			if path != want {
				t.Errorf("got %s, want %s", path, want)
			}
		}
		return
	}
	t.Errorf("there is no orders among %d tables", len(tables))
}

func TestFunctionsOfASource(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	answer := s.want(http.StatusOK, "anna", "GET", atSource+"/functions", nil)
	items, _ := answer.at("items").([]any)
	for i := range items {
		if answer.string("items", i, "name") == "quantile" {
			if answer.at("items", i, "aggregate") != true || !strings.Contains(answer.string("items", i, "syntax"), "quantile") {
				t.Errorf("%v", items[i])
			}
			return
		}
	}
	t.Errorf("quantile is not among %d functions", len(items))
}

func TestASampleOfATable(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	answer := s.want(http.StatusOK, "anna", "GET", s.query("/sample", "database", s.database, "table", "orders", "limit", "3"), nil)
	if got := fmt.Sprintf("%v %v %v %v", answer.at("rows", 1), answer.at("total"), answer.at("cut"), answer.at("columns", 2, "type")); got != "[1 1970-01-01T00:00:01Z 18446744073709551615] 3 true UInt64" {
		t.Errorf("got %s", got)
	}
	odd := s.want(http.StatusOK, "anna", "GET", s.query("/sample", "database", s.database, "table", "odd `name; DROP TABLE orders --"), nil)
	if got := fmt.Sprintf("%v %v", odd.at("rows"), odd.at("cut")); got != "[] false" {
		t.Errorf("an empty table: %s", got)
	}
	s.want(http.StatusOK, "anna", "GET", s.query("/sample", "database", s.database, "table", "orders"), nil)
	absent := s.want(http.StatusUnprocessableEntity, "anna", "GET", s.query("/sample", "database", s.database, "table", "absent"), nil)
	if !strings.Contains(absent.string("detail"), "absent") {
		t.Errorf("a table that is not there: %s", absent.text)
	}
	s.want(http.StatusUnprocessableEntity, "anna", "GET", s.query("/sample", "table", "x", "limit", "1001"), nil)
}

func TestReportsThatReadATable(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	_, err := s.catalog.SaveSnippet(t.Context(), s.people["root"], catalog.SnippetSave{Name: "bought", SQL: "SELECT id FROM " + s.database + ".orders"})
	s.must(err)
	s.report("reads", `---
title: Reads
form:
  - {name: which, label: Which, type: select, options: {sql: "SELECT id AS value FROM `+s.database+`.\"orders\""}}
---
`+"```sql plain\nSELECT * FROM "+s.database+".orders WHERE id = {{ .which }}\n```\n```sql other\nSELECT 'FROM orders' AS x FROM "+s.database+".refunds\n```\n"+
		"```sql shared\nSELECT * FROM ({{ snippet \"bought\" }}) AS b\n```\n")
	hidden, err := s.catalog.Save(t.Context(), s.people["root"], catalog.Save{Slug: "hidden", Document: []byte("---\ntitle: Hidden\n---\n```sql x\nSELECT 1 FROM " + s.database + ".orders\n```\n")})
	s.must(err)
	s.report("elsewhere", "---\ntitle: Elsewhere\nsource: workbench\n---\n```sql x\nSELECT 1 FROM "+s.database+".orders\n```\n")
	uses := func(who string) string {
		answer := s.want(http.StatusOK, who, "GET", s.query("/uses", "database", s.database, "table", "orders"), nil)
		var all []string
		items, _ := answer.at("items").([]any)
		for i := range items {
			all = append(all, fmt.Sprint(answer.string("items", i, "report", "slug"), answer.at("items", i, "cells")))
		}
		return fmt.Sprintf("%v %v", all, answer.at("hidden"))
	}
	const reads = "reads[plain shared form.which]"
	if got := uses("anna"); got != "["+reads+"] 1" {
		t.Errorf("anna: %s", got)
	}
	if got := uses("root"); got != "[hidden[x] "+reads+"] 0" {
		t.Errorf("root: %s", got)
	}
	_, err = s.accounts.Grant(t.Context(), people.Command(), people.Grant{PersonID: s.people["anna"].ID, ReportID: hidden.ID, Level: people.Run})
	s.must(err)
	if got := uses("anna"); got != "["+reads+"] 1" {
		t.Errorf("anna, who may run it but not see its SQL: %s", got)
	}
	none := s.want(http.StatusOK, "anna", "GET", s.query("/uses", "table", "orders"), nil)
	if got := fmt.Sprintf("%v %v", none.at("items"), none.at("hidden")); got != "[] 0" {
		t.Errorf("the table of that name in the source's own database: %s", got)
	}
}
