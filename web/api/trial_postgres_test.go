package api_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/schema"
	"github.com/vitrina-reports/vitrina/runner/source/postgres"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/templates"
	"github.com/vitrina-reports/vitrina/web/api"
)

// newBilling is a front that also knows the source billing, a Postgres with a table of invoices.
func newBilling(t *testing.T) *front {
	t.Helper()
	src, err := postgres.Open(t.Context(), postgres.Options{Name: "billing", DSN: pgtest.DSN(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = src.Close() })
	err = src.Exec(t.Context(), `CREATE TABLE invoices (id bigint PRIMARY KEY, "of whom" text); INSERT INTO invoices SELECT n, 'x' FROM generate_series(1, 2000) AS n;
		COMMENT ON TABLE invoices IS 'What is owed'`)
	if err != nil {
		t.Fatal(err)
	}
	known := func(context.Context) (reports.CheckOptions, error) {
		return reports.CheckOptions{Sources: map[string]templates.Dialect{"billing": templates.Postgres}, OnlySources: true}, nil
	}
	f, all := newFront(t), sources{"billing": src}
	reporter := runner.New(runner.Options{Sources: all, WorkDir: t.TempDir()})
	f.handler, err = api.New(api.Options{
		Services: api.Services{
			Accounts: f.accounts, People: f.accounts, Grants: f.accounts, Runs: f.jobs, Sources: newCabinet(f.desk),
			Reports: catalog.New(catalog.Options{Store: storage.NewCatalog(f.db), Rights: storage.NewGrants(f.db), Sources: known}),
		},
		Reporting: api.Reporting{Forms: reporter, Trials: reporter, Schemas: schema.New(all, nil), Owners: storage.NewPeople(f.db)},
	})
	f.must(err)
	server := httptest.NewServer(f.handler)
	t.Cleanup(server.Close)
	f.address = server.URL
	f.must(f.accounts.SaveSource(t.Context(), f.people["root"], people.Source{Name: "billing", Driver: "postgres", DSN: "postgres://u:p@localhost/x"}))
	_, err = f.accounts.GrantSource(t.Context(), people.Command(), people.SourceGrant{Source: "billing", PersonID: f.people["anna"].ID})
	f.must(err)
	return f
}

func TestASchemaOfPostgres(t *testing.T) {
	t.Parallel()
	f := newBilling(t)
	answer := f.want(http.StatusOK, "anna", "GET", root+"/sources/billing/schema", nil)
	if got := fmt.Sprint(answer.at("tables")); got != "[map[bytes:<nil> columns:[map[comment: key:true name:id type:bigint] map[comment: key:false name:of whom type:text]]"+
		" comment:What is owed database:public kind:table name:invoices rows:<nil>]]" {
		t.Error(answer.text)
	}
	sample := f.want(http.StatusOK, "anna", "GET", root+"/sources/billing/sample?table=invoices&limit=2", nil)
	if got := fmt.Sprintf("%v %v", sample.at("rows"), sample.at("cut")); got != "[[1 x] [2 x]] true" {
		t.Error(sample.text)
	}
}

func TestATrialOnPostgres(t *testing.T) {
	t.Parallel()
	f := newBilling(t)
	document := func(sql string) string {
		return "---\ntitle: T\nsource: billing\nform:\n  - {name: least, label: L, type: input, kind: integer, default: 2}\n---\n```sql a\n" + sql + "\n```\n"
	}
	right := document("SELECT id FROM invoices\nWHERE id >= {{ .least }} ORDER BY id")
	result := f.try("anna", map[string]any{"document": right, "rows": 2})
	if got := fmt.Sprintf("%v %v", result.at("cells", 0, "result", "rows"), result.at("cells", 0, "cut")); got != "[[2] [3]] true" {
		t.Error(result.text)
	}
	shown := f.want(http.StatusOK, "anna", "POST", root+"/trial/sql", map[string]any{"document": right})
	if shown.string("items", 0, "sql") != "SELECT id FROM invoices\nWHERE id >= ($1::bigint) ORDER BY id" || fmt.Sprint(shown.at("items", 0, "parameters")) != "[map[name:$1 type:Int64 value:2]]" {
		t.Error(shown.text)
	}
	wrong := f.try("anna", map[string]any{"document": document("SELECT id\nFROM invoices\nWHERE missing = {{ .least }}")})
	if wrong.string("status") != "failed" || fmt.Sprint(wrong.at("cells", 0, "line")) != "10" {
		t.Error(wrong.text)
	}
}
