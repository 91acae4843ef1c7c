package jobs_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
)

// office is an installation: a database, a folder of files, the engine, and any number of processes.
type office struct {
	*testing.T
	dsn     string
	db      *storage.DB
	runs    *storage.Runs
	people  *storage.People
	grants  *storage.Grants
	groups  *storage.Groups
	catalog *storage.Catalog
	files   jobs.Artifacts
	sources *sources
	clock   *clock
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{T: t, dsn: pgtest.DSN(t), clock: &clock{}}
	var err error
	o.db, err = storage.Open(t.Context(), storage.Options{DSN: o.dsn, Now: o.clock.now})
	o.must(err)
	t.Cleanup(o.db.Close)
	_, err = o.db.Migrate(t.Context())
	o.must(err)
	o.runs, err = storage.NewRuns(o.db)
	o.must(err)
	o.people, o.grants, o.groups, o.catalog = storage.NewPeople(o.db), storage.NewGrants(o.db), storage.NewGroups(o.db), storage.NewCatalog(o.db)
	store, err := artifacts.Open(t.Context(), "file://"+t.TempDir(), artifacts.Options{})
	o.must(err)
	t.Cleanup(func() { _ = store.Close() })
	o.files = storage.RunArtifacts(store)
	o.sources = newSources(o)
	return o
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// deadline ends tests that wait for what does not come.
func (o *office) deadline() context.Context {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(o.Context()), 60*time.Second)
	o.Cleanup(cancel)
	return ctx
}

// exec changes the database behind everybody's back.
func (o *office) exec(sql string, args ...any) {
	o.Helper()
	ctx := context.WithoutCancel(o.Context())
	conn, err := pgx.Connect(ctx, o.dsn)
	o.must(err)
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, sql, args...)
	o.must(err)
}

func (o *office) count(sql string, args ...any) (n int) {
	o.Helper()
	conn, err := pgx.Connect(o.Context(), o.dsn)
	o.must(err)
	defer func() { _ = conn.Close(o.Context()) }()
	o.must(conn.QueryRow(o.Context(), sql, args...).Scan(&n))
	return n
}

var byTest = people.Event{Person: "test", Via: people.ByCommand, Action: "test"}

func (o *office) person(name string, role people.Role) *people.Actor {
	o.Helper()
	p, err := o.people.Create(o.Context(), people.New{Email: name + "@example.com", Name: name, Role: role}, byTest)
	o.must(err)
	return o.actor(p.ID)
}

func (o *office) actor(id string) *people.Actor {
	o.Helper()
	actor, err := o.people.Actor(o.Context(), id)
	o.must(err)
	actor.Via = people.BySession
	return actor
}

func (o *office) limit(actor *people.Actor, field string, allowed ...string) *people.Actor {
	o.Helper()
	group, err := o.groups.CreateGroup(o.Context(), "of "+actor.Email, byTest)
	o.must(err)
	o.must(o.groups.SetLimits(o.Context(), group.ID, map[string][]string{field: allowed}, byTest))
	o.must(o.groups.AddMember(o.Context(), group.ID, actor.ID, byTest))
	return o.actor(actor.ID)
}

// report keeps a report that everybody may run.
func (o *office) report(name, front, body string) string {
	o.Helper()
	id := o.closedReport(name, front, body)
	o.grant("", id, people.Run)
	return id
}

func (o *office) closedReport(name, front, body string) string {
	o.Helper()
	id := uuid.NewString()
	_, err := o.catalog.Create(o.Context(), catalog.NewReport{ID: id, Slug: strings.ToLower(name), Draft: draft(name, front, body)}, byTest)
	o.must(err)
	return id
}

// revise keeps revision 2 of a report.
func (o *office) revise(id, name, front, body string) {
	o.Helper()
	o.must(o.catalog.Revise(o.Context(), id, 1, draft(name, front, body), byTest))
}

func draft(name, front, body string) catalog.Draft {
	document := []byte("---\ntitle: " + name + "\n" + front + "\n---\n" + body)
	sum := sha256.Sum256(document)
	return catalog.Draft{Title: name, Document: document, SHA256: hex.EncodeToString(sum[:]), Author: "test"}
}

func (o *office) grant(person, report string, level people.Level) {
	o.Helper()
	_, err := o.grants.Put(o.Context(), people.Grant{PersonID: person, ReportID: report, Level: level, CreatedBy: "test"}, byTest)
	o.must(err)
}

// quick is a report that answers at once; its cell runs on the named source.
func (o *office) quick(name, source string) string {
	o.Helper()
	return o.report(name, "form: [{name: q, type: input}]\nexports: [{cells: [c], format: csv}]", "```sql c source="+source+"\nSELECT {{ .q }} AS q\n```\n")
}

// service is one process of the office; it stops behind the test.
func (o *office) service(change func(*jobs.Options)) *jobs.Service {
	o.Helper()
	s := o.unstarted(change)
	o.must(s.Start(o.Context()))
	o.Cleanup(func() { _ = s.Stop(context.Background()) })
	return s
}

func (o *office) unstarted(change func(*jobs.Options)) *jobs.Service {
	o.Helper()
	options := jobs.Options{
		Storage: o.runs, Rights: rights{o.grants, o.people}, Reports: library{o.catalog}, Artifacts: o.files, Signer: signer("key"),
		Runner:   runner.New(runner.Options{Sources: o.sources, WorkDir: o.TempDir(), Now: o.clock.now}),
		Parallel: 4, Roles: []string{"all"}, Version: "test", Heartbeat: 50 * time.Millisecond, Keep: runner.Keep{Rows: 100},
		Now: o.clock.now, Logger: slog.New(slog.NewTextHandler(o.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	if change != nil {
		change(&options)
	}
	return jobs.New(options)
}

func (o *office) order(s *jobs.Service, actor *people.Actor, report string, values map[string]any) jobs.Record {
	o.Helper()
	record, created, err := s.Create(o.Context(), actor, jobs.Request{ReportID: report, Values: values})
	o.must(err)
	if !created {
		o.Fatal("the run was there already")
	}
	return record
}

// until waits for a state of the run, and for no longer than the run.
func (o *office) until(s *jobs.Service, id string, want func(jobs.Progress) bool) jobs.Progress {
	o.Helper()
	news, err := s.Watch(o.deadline(), id)
	o.must(err)
	var last jobs.Progress
	for last = range news {
		if want(last) {
			return last
		}
	}
	o.Fatalf("the run ended otherwise: %+v", last)
	return last
}

// ended is the record of the run once it has ended.
func (o *office) ended(s *jobs.Service, id string) jobs.Record {
	o.Helper()
	o.until(s, id, jobs.Progress.Final)
	record, err := o.runs.Run(o.Context(), id)
	o.must(err)
	return record
}

// wants ends the test unless the run ended so.
func (o *office) wants(record jobs.Record, status runner.Status, sentence string) {
	o.Helper()
	if record.Status != status || !strings.Contains(record.Error, sentence) {
		o.Fatalf("%s %q (%s), not %s %q", record.Status, record.Error, record.ErrorCode, status, sentence)
	}
}

// refused ends the test unless the error is of the code and holds the sentence.
func (o *office) refused(err error, code fault.Code, sentence string) {
	o.Helper()
	if err == nil || fault.CodeOf(err) != code || !strings.Contains(err.Error(), sentence) {
		o.Fatalf("%v (%s), not %s %q", err, fault.CodeOf(err), code, sentence)
	}
}

// stored are the keys of all files of runs.
func (o *office) stored() []string {
	o.Helper()
	var keys []string
	for stored, err := range o.files.List(o.Context(), "runs/") {
		o.must(err)
		keys = append(keys, stored.Key)
	}
	slices.Sort(keys)
	return keys
}

type rights struct {
	*storage.Grants
	people *storage.People
}

func (r rights) Actor(ctx context.Context, id string) (*people.Actor, error) {
	return r.people.Actor(ctx, id)
}

// library compiles reports anew each time.
type library struct{ catalog *storage.Catalog }

func (l library) Report(ctx context.Context, id string, revision int) (jobs.Kept, error) {
	entry, err := l.catalog.Entry(ctx, id, "")
	if err != nil {
		return jobs.Kept{}, err
	}
	if revision == 0 {
		revision = entry.Revision
	}
	kept, err := l.catalog.Revision(ctx, id, revision)
	if err != nil {
		return jobs.Kept{}, err
	}
	compiled, problems := reports.Load(entry.Slug+".md", kept.Document, reports.CheckOptions{})
	if len(problems) > 0 {
		return jobs.Kept{}, problems[0]
	}
	return jobs.Kept{Compiled: compiled, ID: id, Slug: entry.Slug, Folder: entry.Folder, Revision: revision}, nil
}

type signer string

func (s signer) Sign(data []byte, purpose string) []byte {
	mac := hmac.New(sha256.New, []byte(string(s)+purpose))
	mac.Write(data)
	return mac.Sum(nil)
}

func (s signer) Verify(_ context.Context, signature, data []byte, purpose string) bool {
	return hmac.Equal(signature, s.Sign(data, purpose))
}

// clock is the office's time, which can be moved on.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) advance(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += by
}

// sources are the engine under several names. Queries on gated ones wait until the gate is opened.
type sources struct {
	named map[string]source.Source
	gates map[string]*gate
}

func newSources(o *office) *sources {
	endpoint, err := warehouse.Endpoint(o.Context())
	o.must(err)
	s := &sources{named: map[string]source.Source{}, gates: map[string]*gate{}}
	for _, name := range []string{"warehouse", "gated", "other", runner.Workbench} {
		src, err := clickhouse.Open(o.Context(), clickhouse.Options{Name: name, Addr: endpoint.Addr, User: endpoint.User, Password: endpoint.Password})
		o.must(err)
		o.Cleanup(func() { _ = src.Close() })
		s.named[name] = src
		if name == "gated" || name == "other" {
			s.gates[name] = &gate{Source: src, begun: make(chan string, 1000), open: make(chan struct{})}
			s.named[name] = s.gates[name]
		}
	}
	return s
}

func (s *sources) Source(_ context.Context, name string) (source.Source, runner.Limits, error) {
	src, ok := s.named[name]
	if !ok {
		return nil, runner.Limits{}, fault.New(fault.NotFound, "There is no source %q.", name)
	}
	return src, runner.Limits{}, nil
}
