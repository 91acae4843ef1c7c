package api

import (
	"context"
	"net/http"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

// Services are what the operations call. Their errors are faults; any other is told as a failure without its text.
type Services struct {
	Accounts Accounts
	People   People
	Grants   Grants
	Sources  Sources
	System   System
	SignOn   SignOn // nil (and no nil pointer) where there is no identity provider
	Reports  Reports
	Runs     Runs
}

// Accounts knows who acts, and what is their own.
type Accounts interface {
	// Authenticate and AuthenticateToken are fault.Unauthenticated for what opens nothing.
	Authenticate(ctx context.Context, token, address string) (*people.Actor, error)
	AuthenticateToken(ctx context.Context, token, address string) (*people.Actor, error)
	// SignIn is fault.Unauthenticated for a wrong password and fault.TooMany after several. token is for the cookie.
	SignIn(ctx context.Context, email, password string, origin accounts.Origin) (token string, actor *people.Actor, err error)
	SignOut(ctx context.Context, actor *people.Actor) error
	MySessions(ctx context.Context, actor *people.Actor) ([]people.Session, error)
	EndSession(ctx context.Context, actor *people.Actor, id string) error
	ChangePassword(ctx context.Context, actor *people.Actor, current, chosen string) error
	TokensOf(ctx context.Context, actor *people.Actor, personID string) ([]people.Token, error)
	CreateToken(ctx context.Context, actor *people.Actor, wanted accounts.NewToken) (secret string, token *people.Token, err error)
	RevokeToken(ctx context.Context, actor *people.Actor, id string) error
	Events(ctx context.Context, actor *people.Actor, filter people.EventFilter) (events []people.Event, next string, err error)
}

// People are those who can sign in, and their groups.
type People interface {
	FindPeople(ctx context.Context, actor *people.Actor, filter people.Filter) (found []people.Person, next string, err error)
	Person(ctx context.Context, actor *people.Actor, id string) (*people.Person, error)
	CreatePerson(ctx context.Context, actor *people.Actor, wanted accounts.NewPerson) (person *people.Person, password string, err error)
	ChangePerson(ctx context.Context, actor *people.Actor, id string, change people.Change) (*people.Person, error)
	DisablePerson(ctx context.Context, actor *people.Actor, id string) error
	EnablePerson(ctx context.Context, actor *people.Actor, id string) error
	ResetPassword(ctx context.Context, actor *people.Actor, id string) (password string, err error)
	EndSessionsOf(ctx context.Context, actor *people.Actor, id string) error

	AllGroups(ctx context.Context, actor *people.Actor) ([]people.Group, error)
	Group(ctx context.Context, actor *people.Actor, id string) (*people.Group, []people.Person, error)
	CreateGroup(ctx context.Context, actor *people.Actor, name string) (*people.Group, error)
	RenameGroup(ctx context.Context, actor *people.Actor, id, name string) error
	RemoveGroup(ctx context.Context, actor *people.Actor, id string) error
	AddMember(ctx context.Context, actor *people.Actor, id, personID string) error
	RemoveMember(ctx context.Context, actor *people.Actor, id, personID string) error
	SetLimits(ctx context.Context, actor *people.Actor, id string, limits map[string][]string) error
}

// Grants say who may do what with reports, folders and sources. Each refuses those who may not share the thing.
type Grants interface {
	GrantsOnReport(ctx context.Context, actor *people.Actor, reportID string) ([]people.Grant, error)
	GrantsOnFolder(ctx context.Context, actor *people.Actor, folder string) ([]people.Grant, error)
	Grant(ctx context.Context, actor *people.Actor, grant people.Grant) (*people.Grant, error)
	Revoke(ctx context.Context, actor *people.Actor, id string) error
	MaySource(ctx context.Context, actor *people.Actor, source string) (bool, error)
	SourceGrants(ctx context.Context, actor *people.Actor, source string) ([]people.SourceGrant, error)
	GrantSource(ctx context.Context, actor *people.Actor, grant people.SourceGrant) (*people.SourceGrant, error)
	RevokeSource(ctx context.Context, actor *people.Actor, id string) error
}

// Source is a database that cells run on.
type Source struct {
	people.Source      // without its DSN
	Configured    bool // in the configuration file, and not to be changed here
}

// Sources are the databases.
type Sources interface {
	// AllSources are those of the configuration file and those connected here, by name.
	AllSources(ctx context.Context) ([]Source, error)
	// TestSource looks around in a source. The error says in words what is wrong; NotFound when there is no such source.
	TestSource(ctx context.Context, name string) (source.Found, error)
	// TrySource does the same with settings that are not saved; without a DSN it takes that of the connected source of that name.
	TrySource(ctx context.Context, tried people.Source) (source.Found, error)
	// SaveSource connects a source (Version 0) or changes that version; without a DSN it keeps the one it has.
	SaveSource(ctx context.Context, actor *people.Actor, source people.Source) error
	RemoveSource(ctx context.Context, actor *people.Actor, name string) error
}

// State is how the service is.
type State struct {
	Queue     jobs.Stats
	Processes []jobs.Process
	Parts     []Part
}

// Part is something the service needs. Message says what it is, or what is wrong with it.
type Part struct {
	Name    string // as in database, engine, files
	OK      bool
	Message string
	Figures []Figure
}

// Figure is a number that a part is known by.
type Figure struct {
	Name  string // as in size, connections, memory
	Unit  string // count, bytes or seconds
	Value float64
}

// System tells how the service is.
type System interface {
	State(ctx context.Context) (State, error)
}

// SignOn is signing in through an identity provider.
type SignOn interface {
	// Name is what the button for it says.
	Name() string
	// Start is where to send the browser, and what it has to keep until it comes back.
	Start(ctx context.Context, next string) (address, kept string, err error)
	// Finish takes what the provider sent and what the browser kept. token is for the cookie, next where the person wanted to go.
	Finish(ctx context.Context, request *http.Request, kept string, origin accounts.Origin) (token, next string, err error)
	// Life is how long the browser has to keep what Start gave it.
	Life() time.Duration
}

// Reports are the kept reports. Get is NotFound for those who may nothing with the report.
type Reports interface{ ReportService }

// Runs are the kept runs. Get is NotFound for those who may not see the run.
type Runs interface{ RunService }
