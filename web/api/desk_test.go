package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/runner/schema"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
	"github.com/vitrina-reports/vitrina/storage/secrets"
	"github.com/vitrina-reports/vitrina/templates"
	"github.com/vitrina-reports/vitrina/web/accounts"
	"github.com/vitrina-reports/vitrina/web/api"
)

// desk is the whole service behind a real address, with the people of the tests: root administers, anna writes reports, vera may see
// how they are made, rob may run them, eve may nothing.
type desk struct {
	*testing.T
	address  string
	db       *storage.DB
	keyring  *secrets.Keyring
	sources  *storage.Sources
	accounts *accounts.Service
	catalog  *catalog.Catalog
	jobs     *jobs.Service
	people   map[string]*people.Actor
	tokens   map[string]string // by person
}

// nobody has not signed in.
const nobody = ""

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{T: t, people: map[string]*people.Actor{}, tokens: map[string]string{}}
	var err error
	d.db, err = storage.Open(t.Context(), storage.Options{DSN: pgtest.DSN(t)})
	d.must(err)
	t.Cleanup(d.db.Close)
	_, err = d.db.Migrate(t.Context())
	d.must(err)
	master, _, err := secrets.MasterFromFile(filepath.Join(d.TempDir(), "secrets.key"))
	d.must(err)
	d.keyring, err = secrets.OpenKeyring(t.Context(), storage.NewKeysets(d.db), master)
	d.must(err)
	d.sources = storage.NewSources(d.db, d.keyring)
	d.accounts = accounts.New(accounts.Options{Stores: accounts.Stores{
		People: storage.NewPeople(d.db), Groups: storage.NewGroups(d.db), Grants: storage.NewGrants(d.db), Sessions: storage.NewSessions(d.db),
		SignIns: storage.NewSignIns(d.db), Tokens: storage.NewTokens(d.db), Audit: storage.NewAudit(d.db), Sources: d.sources,
	}})
	d.catalog = catalog.New(catalog.Options{Store: storage.NewCatalog(d.db), Rights: storage.NewGrants(d.db), Sources: checkOptions})
	d.serve()
	d.person("root", people.Administrator)
	d.person("anna", people.Analyst)
	for _, name := range []string{"vera", "rob", "eve"} {
		d.person(name, people.Member)
	}
	_, err = d.accounts.GrantSource(t.Context(), people.Command(), people.SourceGrant{Source: "warehouse"})
	d.must(err)
	return d
}

func checkOptions(context.Context) (reports.CheckOptions, error) {
	return reports.CheckOptions{Sources: map[string]templates.Dialect{"warehouse": templates.ClickHouse}, OnlySources: true}, nil
}

func (d *desk) serve() {
	d.Helper()
	store, err := artifacts.Open(d.Context(), "file://"+d.TempDir(), artifacts.Options{})
	d.must(err)
	d.Cleanup(func() { _ = store.Close() })
	runs, err := storage.NewRuns(d.db)
	d.must(err)
	reporter := runner.New(runner.Options{Sources: newSources(d), WorkDir: d.TempDir()})
	log := slog.New(slog.NewTextHandler(d.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	d.jobs = jobs.New(jobs.Options{
		Storage: runs, Rights: rights{storage.NewGrants(d.db), storage.NewPeople(d.db)}, Reports: library{d.catalog}, Artifacts: storage.RunArtifacts(store),
		Signer: d.keyring, Runner: reporter, Parallel: 2, Keep: runner.Keep{Rows: 200}, Logger: log,
	})
	d.must(d.jobs.Start(d.Context()))
	d.Cleanup(func() { _ = d.jobs.Stop(context.Background()) })
	handler, err := api.New(api.Options{
		Services: api.Services{Accounts: d.accounts, People: d.accounts, Grants: d.accounts, Reports: d.catalog, Runs: d.jobs},
		Reporting: api.Reporting{
			Forms: reporter, Trials: reporter, Schemas: schema.New(newSources(d), nil), Owners: storage.NewPeople(d.db), CheckOptions: checkOptions, Audit: storage.NewAudit(d.db), Pulse: 100 * time.Millisecond,
		},
		Rate: 100_000, Log: log,
	})
	d.must(err)
	server := httptest.NewServer(handler)
	d.Cleanup(server.Close)
	d.address = server.URL
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// person makes somebody with an API token for everything.
func (d *desk) person(name string, role people.Role) {
	d.Helper()
	made, _, err := d.accounts.CreatePerson(d.Context(), people.Command(), accounts.NewPerson{Email: name + "@example.com", Name: name, Role: role, NoPassword: true})
	d.must(err)
	d.people[name] = d.actor(made.ID)
	scope := people.ScopeWrite
	if role == people.Administrator {
		scope = people.ScopeAdmin
	}
	secret, _, err := d.accounts.CreateToken(d.Context(), people.Command(), accounts.NewToken{PersonID: made.ID, Name: "test", Scopes: []people.Scope{scope}})
	d.must(err)
	d.tokens[name] = secret
}

func (d *desk) actor(id string) *people.Actor {
	d.Helper()
	actor, err := storage.NewPeople(d.db).Actor(d.Context(), id)
	d.must(err)
	actor.Via = people.BySession
	return actor
}

// limit lets the person choose no other values of the field.
func (d *desk) limit(name, field string, allowed ...string) {
	d.Helper()
	group, err := d.accounts.CreateGroup(d.Context(), people.Command(), "of "+name)
	d.must(err)
	d.must(d.accounts.SetLimits(d.Context(), people.Command(), group.ID, map[string][]string{field: allowed}))
	d.must(d.accounts.AddMember(d.Context(), people.Command(), group.ID, d.people[name].ID))
}

// report keeps a report of anna's; vera may see its SQL and rob may run it.
func (d *desk) report(slug, document string) catalog.Entry {
	d.Helper()
	entry, err := d.catalog.Save(d.Context(), d.people["root"], catalog.Save{Slug: slug, Document: []byte(document)})
	d.must(err)
	for name, level := range map[string]people.Level{"anna": people.Edit, "vera": people.ViewSQL, "rob": people.Run} {
		_, err := d.accounts.Grant(d.Context(), people.Command(), people.Grant{PersonID: d.people[name].ID, ReportID: entry.ID, Level: level})
		d.must(err)
	}
	return entry
}

// answer is what came back.
type answer struct {
	*http.Response
	text string
	body map[string]any // nil unless it is a JSON object
}

// at is a part of the JSON, as in "items", 0, "id".
func (a answer) at(path ...any) any {
	var value any = a.body
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := value.(map[string]any)
			value = object[step]
		case int:
			list, _ := value.([]any)
			if step >= len(list) {
				return nil
			}
			value = list[step]
		}
	}
	return value
}

func (a answer) string(path ...any) string {
	text, _ := a.at(path...).(string)
	return text
}

// plainTransport neither asks for packed answers by itself nor unpacks them.
var plainTransport = &http.Transport{DisableCompression: true}

// ask sends a request of the person; a body that is no text or reader is sent as JSON.
func (d *desk) ask(who, method, path string, body any, headers ...string) answer {
	d.Helper()
	request, err := http.NewRequestWithContext(d.Context(), method, d.address+path, payload(d, body))
	d.must(err)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if who != nobody {
		request.Header.Set("Authorization", "Bearer "+d.tokens[who])
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := plainTransport.RoundTrip(request)
	d.must(err)
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	d.must(err)
	result := answer{Response: response, text: string(data)}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if strings.Contains(response.Header.Get("Content-Type"), "json") && len(data) > 0 {
		d.must(decoder.Decode(&result.body))
	}
	return result
}

func payload(d *desk, body any) io.Reader {
	switch body := body.(type) {
	case nil:
		return nil
	case string:
		return strings.NewReader(body)
	case io.Reader:
		return body
	}
	data, err := json.Marshal(body)
	d.must(err)
	return bytes.NewReader(data)
}

// want is ask for an answer with that status.
func (d *desk) want(status int, who, method, path string, body any, headers ...string) answer {
	d.Helper()
	result := d.ask(who, method, path, body, headers...)
	if result.StatusCode != status {
		d.Fatalf("%s %s as %q: got %d %s, want %d", method, path, who, result.StatusCode, result.text, status)
	}
	return result
}

const root = api.Root

// ended waits for the end of a run and is what the person sees of it then.
func (d *desk) ended(who, id string) answer {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.Context(), time.Minute)
	defer cancel()
	news, err := d.jobs.Watch(ctx, id)
	d.must(err)
	for range news {
	}
	return d.want(http.StatusOK, who, "GET", root+"/runs/"+id, nil)
}

// run is a run of the report by the person, ended.
func (d *desk) run(who, report string, values map[string]any) answer {
	d.Helper()
	ordered := d.ask(who, "POST", root+"/reports/"+report+"/runs", map[string]any{"values": orNothing(values)})
	if ordered.StatusCode != http.StatusCreated && ordered.StatusCode != http.StatusOK {
		d.Fatalf("run %s as %s: got %d %s", report, who, ordered.StatusCode, ordered.text)
	}
	return d.ended(who, ordered.string("id"))
}

func orNothing(values map[string]any) map[string]any {
	if values == nil {
		return map[string]any{}
	}
	return values
}

// sources are the engine alone.
type sources map[string]source.Source

func newSources(d *desk) sources {
	d.Helper()
	endpoint, err := warehouse.Endpoint(d.Context())
	d.must(err)
	all := sources{}
	for _, name := range []string{"warehouse", runner.Workbench} {
		src, err := clickhouse.Open(d.Context(), clickhouse.Options{Name: name, Addr: endpoint.Addr, User: endpoint.User, Password: endpoint.Password})
		d.must(err)
		d.Cleanup(func() { _ = src.Close() })
		all[name] = src
	}
	return all
}

func (s sources) Source(_ context.Context, name string) (source.Source, runner.Limits, error) {
	src, ok := s[name]
	if !ok {
		return nil, runner.Limits{}, fault.New(fault.NotFound, "There is no source %q.", name)
	}
	return src, runner.Limits{}, nil
}

// library finds kept reports for the runs.
type library struct{ *catalog.Catalog }

func (l library) Report(ctx context.Context, id string, revision int) (jobs.Kept, error) {
	var files fs.FS
	compiled, entry, files, err := l.Compiled(ctx, id, revision)
	if err != nil {
		return jobs.Kept{}, err
	}
	if revision == 0 {
		revision = entry.Revision
	}
	return jobs.Kept{Compiled: compiled, ID: entry.ID, Slug: entry.Slug, Folder: entry.Folder, Revision: revision, Files: files}, nil
}

type rights struct {
	*storage.Grants
	*storage.People
}

func (r rights) Actor(ctx context.Context, id string) (*people.Actor, error) {
	return r.People.Actor(ctx, id)
}
