package catalog_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/templates"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// house is a catalog on a database of its own, with people.
type house struct {
	*catalog.Catalog
	t      *testing.T
	db     *storage.DB
	store  *storage.Catalog
	grants *storage.Grants
	admin  *people.Actor
	clock  atomic.Int64 // seconds; each reading is a second later
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{t: t}
	h.clock.Store(1_790_000_000)
	db, err := storage.Open(t.Context(), storage.Options{DSN: pgtest.DSN(t), Now: func() time.Time { return time.Unix(h.clock.Add(1), 0) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.db, h.store, h.grants = db, storage.NewCatalog(db), storage.NewGrants(db)
	h.Catalog = catalog.New(catalog.Options{Store: h.store, Rights: h.grants, Sources: sources})
	h.admin = h.person("root@x.test", people.Administrator)
	return h
}

func sources(context.Context) (reports.CheckOptions, error) {
	return reports.CheckOptions{
		Sources:     map[string]templates.Dialect{"warehouse": templates.ClickHouse, "billing": templates.Postgres},
		OnlySources: true,
	}, nil
}

func (h *house) person(email string, role people.Role) *people.Actor {
	h.t.Helper()
	made, err := storage.NewPeople(h.db).Create(h.t.Context(), people.New{Email: email, Role: role}, people.System().Did("person.created", "person", "", email, nil))
	if err != nil {
		h.t.Fatal(err)
	}
	return &people.Actor{Person: *made, Via: people.BySession}
}

// analyst is one who may write SQL for the warehouse.
func (h *house) analyst(email string) *people.Actor {
	h.t.Helper()
	a := h.person(email, people.Analyst)
	h.source(a, "warehouse")
	return a
}

func (h *house) source(a *people.Actor, name string) {
	h.t.Helper()
	grant := people.SourceGrant{PersonID: a.ID, Source: name, CreatedBy: "root@x.test"}
	if _, err := h.grants.PutSource(h.t.Context(), grant, h.admin.Did("grant.made", "source", name, name, nil)); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) grant(a *people.Actor, grant people.Grant) {
	h.t.Helper()
	grant.PersonID, grant.CreatedBy = a.ID, "root@x.test"
	if _, err := h.grants.Put(h.t.Context(), grant, h.admin.Did("grant.made", "report", grant.ReportID, "", nil)); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) save(a *people.Actor, save catalog.Save) catalog.Entry {
	h.t.Helper()
	entry, err := h.Save(h.t.Context(), a, save)
	if err != nil {
		h.t.Fatal(err)
	}
	return entry
}

// document is a report with a title and one cell.
func document(title, sql string, front ...string) []byte {
	return fmt.Appendf(nil, "---\ntitle: %s\n%s---\n\n```sql rows\n%s\n```\n", title, strings.Join(append(front, ""), "\n"), sql)
}

func wants(t *testing.T, err error, code fault.Code, parts ...string) {
	t.Helper()
	if err == nil || fault.CodeOf(err) != code {
		t.Errorf("got %v, want %s", err, code)
		return
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is missing in %q", part, err)
		}
	}
}

func slugs(entries []catalog.Entry) string {
	var all []string
	for _, entry := range entries {
		all = append(all, entry.Slug)
	}
	return strings.Join(all, " ")
}

func in(folder string) *string { return &folder }

// events are the audit log's actions, the oldest first.
func (h *house) events() []string {
	h.t.Helper()
	events, _, err := storage.NewAudit(h.db).Events(h.t.Context(), people.EventFilter{Page: people.Page{Limit: 500}})
	if err != nil {
		h.t.Fatal(err)
	}
	var actions []string
	for i := len(events) - 1; i >= 0; i-- {
		actions = append(actions, events[i].Action)
	}
	return actions
}
