package accounts_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/storage/secrets"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// house is a service on a database of its own, with a clock that stands still until it is moved.
type house struct {
	*accounts.Service
	db    *storage.DB
	dsn   string
	admin *people.Actor

	secrets string // file of the master key

	mu   sync.Mutex
	time time.Time
	logs bytes.Buffer
	log  *slog.Logger // to logs
}

const (
	adminEmail    = "root@example.com"
	somePassword  = "correct horse battery"
	otherPassword = "staple of the battery"
)

var (
	here  = accounts.Origin{Address: "192.0.2.1", Agent: "Browser 1"}
	there = accounts.Origin{Address: "198.51.100.9", Agent: "Browser 2"}
)

func newHouse(t *testing.T, change ...func(*accounts.Options)) *house {
	t.Helper()
	h := &house{dsn: pgtest.DSN(t), secrets: t.TempDir() + "/secrets.key", time: time.Date(2025, 5, 1, 12, 0, 0, 0, time.UTC)}
	h.log = slog.New(slog.NewTextHandler(&h.logs, nil))
	var err error
	h.db, err = storage.Open(t.Context(), storage.Options{DSN: h.dsn, Now: h.now})
	succeeds(t, err)
	t.Cleanup(h.db.Close)
	_, err = h.db.Migrate(t.Context())
	succeeds(t, err)
	h.Service = accounts.New(h.options(t, change...))
	_, created, err := h.Bootstrap(t.Context(), adminEmail)
	if err != nil || !created {
		t.Fatal(created, err)
	}
	root, err := h.PersonByEmail(t.Context(), people.Command(), adminEmail)
	succeeds(t, err)
	h.admin = &people.Actor{Person: *root, Via: people.BySession, Address: here.Address}
	return h
}

func (h *house) options(t *testing.T, change ...func(*accounts.Options)) accounts.Options {
	t.Helper()
	master, _, err := secrets.MasterFromFile(h.secrets)
	succeeds(t, err)
	keyring, err := secrets.OpenKeyring(t.Context(), storage.NewKeysets(h.db), master)
	succeeds(t, err)
	options := accounts.Options{
		Stores: accounts.Stores{
			People: storage.NewPeople(h.db), Groups: storage.NewGroups(h.db), Grants: storage.NewGrants(h.db), Sessions: storage.NewSessions(h.db),
			SignIns: storage.NewSignIns(h.db), Tokens: storage.NewTokens(h.db), Audit: storage.NewAudit(h.db), Sources: storage.NewSources(h.db, keyring),
		},
		Sealer: keyring, Now: h.now, Logger: h.log,
	}
	for _, c := range change {
		c(&options)
	}
	return options
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.time
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.time = h.time.Add(d)
}

// add makes a person with somePassword and the actor they are when signed in.
func (h *house) add(t *testing.T, email string, role people.Role) *people.Actor {
	t.Helper()
	person, _, err := h.CreatePerson(t.Context(), h.admin, accounts.NewPerson{Email: email, Role: role, Password: somePassword})
	succeeds(t, err)
	return &people.Actor{Person: *person, Via: people.BySession, Address: here.Address}
}

func (h *house) signIn(t *testing.T, email, password string) (token string, actor *people.Actor) {
	t.Helper()
	token, actor, err := h.SignIn(t.Context(), email, password, here)
	succeeds(t, err)
	return token, actor
}

// events are the actions in the audit log, the newest first.
func (h *house) events(t *testing.T, filter people.EventFilter) []people.Event {
	t.Helper()
	events, _, err := h.Events(t.Context(), h.admin, filter)
	succeeds(t, err)
	return events
}

// everything is all that is in the database, as text.
func (h *house) everything(t *testing.T) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), h.dsn)
	succeeds(t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	rows, err := conn.Query(t.Context(), "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")
	succeeds(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	succeeds(t, err)
	var all strings.Builder
	for _, table := range tables {
		rows, err := conn.Query(t.Context(), "SELECT t::text FROM "+pgx.Identifier{table}.Sanitize()+" t")
		succeeds(t, err)
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		succeeds(t, err)
		all.WriteString(table + ":\n" + strings.Join(lines, "\n") + "\n")
	}
	return all.String()
}

func succeeds(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func fails(t *testing.T, err error, code fault.Code, words string) {
	t.Helper()
	if err == nil || fault.CodeOf(err) != code || !strings.Contains(err.Error(), words) {
		t.Errorf("%s instead of %s with %q: %v", fault.CodeOf(err), code, words, err)
	}
}

const nowhere = "01890a5d-ac96-774b-bcce-b302099a8057"
