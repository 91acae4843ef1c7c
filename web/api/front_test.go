package api_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/runner/schema"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/web/accounts"
	"github.com/vitrina-reports/vitrina/web/api"
)

// front is a desk with sources and a system page, a log to be read and options of the test's choice.
type front struct {
	*desk
	handler http.Handler
	log     *logbook
}

func newFront(t *testing.T, changes ...func(*api.Options)) *front {
	t.Helper()
	f := &front{desk: newDesk(t), log: &logbook{}}
	reporter := runner.New(runner.Options{Sources: newSources(f.desk), WorkDir: t.TempDir()})
	options := api.Options{
		Services: api.Services{
			Accounts: f.accounts, People: f.accounts, Grants: f.accounts, Reports: f.catalog, Runs: f.jobs,
			Sources: newCabinet(f.desk), System: engineRoom{},
		},
		Reporting: api.Reporting{Forms: reporter, Trials: reporter, Schemas: schema.New(newSources(f.desk), nil), Owners: storage.NewPeople(f.db), CheckOptions: checkOptions, Audit: storage.NewAudit(f.db)},
		Version:   "1.2.3", Rate: 100_000, Log: slog.New(slog.NewTextHandler(f.log, nil)),
	}
	for _, change := range changes {
		change(&options)
	}
	handler, err := api.New(options)
	f.must(err)
	f.handler = handler
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	f.address = server.URL
	return f
}

// logbook may be read while it is written.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

const password = "correct horse battery"

// cookie signs the person in and is the header that says so.
func (f *front) cookie(name string) string {
	f.Helper()
	f.must(f.accounts.SetPassword(f.Context(), people.Command(), f.people[name].ID, password))
	return f.signIn(name, password)
}

func (f *front) signIn(name, password string) string {
	f.Helper()
	answer := f.want(http.StatusCreated, nobody, "POST", root+"/session", map[string]any{"email": name + "@example.com", "password": password})
	cookies := answer.Cookies()
	if len(cookies) != 1 {
		f.Fatalf("%d cookies", len(cookies))
	}
	return cookies[0].Name + "=" + cookies[0].Value
}

// cabinet has the warehouse of the configuration file and what is connected in the product, with sealed addresses.
type cabinet struct {
	*accounts.Service
	kept *storage.Sources
}

func newCabinet(d *desk) cabinet { return cabinet{d.accounts, d.sources} }

func (c cabinet) AllSources(ctx context.Context) ([]api.Source, error) {
	all := []api.Source{{Source: people.Source{Name: "warehouse", Driver: "embedded"}, Configured: true}}
	kept, err := c.kept.Sources(ctx)
	for _, one := range kept {
		all = append(all, api.Source{Source: one})
	}
	return all, err
}

func (c cabinet) TestSource(ctx context.Context, name string) (source.Found, error) {
	if name == "warehouse" {
		_, err := warehouse.Endpoint(ctx)
		return source.Found{Product: "ClickHouse", Version: "26.5", Tables: 1}, err
	}
	if _, err := c.kept.Source(ctx, name); err != nil {
		return source.Found{}, err
	}
	trouble := &source.Trouble{Kind: source.NoDatabase, Product: "Postgres", Address: "db:5432", Detail: "there is no " + name}
	return source.Found{}, trouble.Fault(nil)
}

// TrySource tells what it would connect to, but for the password.
func (c cabinet) TrySource(ctx context.Context, tried people.Source) (source.Found, error) {
	if tried.DSN == "" {
		kept, err := c.kept.Source(ctx, tried.Name)
		if err != nil {
			return source.Found{}, err
		}
		tried.DSN = kept.DSN
	}
	address, err := url.Parse(tried.DSN)
	if err != nil {
		return source.Found{}, fault.New(fault.Invalid, "That is no address.")
	}
	return source.Found{Product: tried.Driver, Version: "at " + address.Host, Tables: 2}, nil
}

type engineRoom struct{}

func (engineRoom) State(context.Context) (api.State, error) {
	return api.State{
		Queue:     jobs.Stats{Queued: 2, Running: map[string]int{"warehouse": 1}},
		Processes: []jobs.Process{{Host: "here", PID: 7}},
		Parts: []api.Part{
			{Name: "database", OK: true, Message: "Postgres 17", Figures: []api.Figure{{Name: "size", Unit: "bytes", Value: 1 << 40}}},
			{Name: "files", Message: "full"},
		},
	}, nil
}
