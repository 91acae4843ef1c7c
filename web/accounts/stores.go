package accounts

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
)

// What is kept elsewhere. Every change comes with its event, and both are kept or neither. What is not there is a fault.NotFound.

// People keeps who may sign in.
type People interface {
	Person(ctx context.Context, id string) (*people.Person, error)
	PersonByEmail(ctx context.Context, email string) (*people.Person, error)
	PersonBySubject(ctx context.Context, subject string) (*people.Person, error)
	People(ctx context.Context, filter people.Filter) (found []people.Person, next string, err error)
	// Actor is not found when the person is disabled.
	Actor(ctx context.Context, id string) (*people.Actor, error)
	Credentials(ctx context.Context, email string) (people.Credentials, error)
	// Create is a fault.Conflict when the email is somebody's. The event is completed with the new id.
	Create(ctx context.Context, person people.New, event people.Event) (*people.Person, error)
	// CreateFirst makes nobody when there is somebody, however many call it at once.
	CreateFirst(ctx context.Context, person people.New, event people.Event) (created bool, err error)
	// Change, Disable and Remove are a fault.Conflict when no administrator would be left.
	Change(ctx context.Context, id string, change people.Change, event people.Event) error
	// Disable ends the sessions and revokes the tokens of the person too.
	Disable(ctx context.Context, id string, event people.Event) error
	Enable(ctx context.Context, id string, event people.Event) error
	Remove(ctx context.Context, id string, event people.Event) error
	// SetPassword ends all sessions of the person but the one kept, if any.
	SetPassword(ctx context.Context, id, hash string, temporary bool, keepSession string, event people.Event) error
	// Rehash does nothing when the hash is no longer the old one.
	Rehash(ctx context.Context, id, old, renewed string) error
	// SetSubject is a fault.Conflict when the person has another subject, or another person has this one.
	SetSubject(ctx context.Context, id, subject string, event people.Event) error
}

// Groups keeps groups, their members and limits.
type Groups interface {
	Groups(ctx context.Context) ([]people.Group, error)
	Group(ctx context.Context, id string) (*people.Group, error)
	Members(ctx context.Context, id string) ([]people.Person, error)
	CreateGroup(ctx context.Context, name string, event people.Event) (*people.Group, error)
	RenameGroup(ctx context.Context, id, name string, event people.Event) error
	RemoveGroup(ctx context.Context, id string, event people.Event) error
	AddMember(ctx context.Context, id, personID string, event people.Event) error
	RemoveMember(ctx context.Context, id, personID string, event people.Event) error
	// SetGroupsOf passes over names without a group, and keeps the event only if something changed.
	SetGroupsOf(ctx context.Context, personID string, names []string, event people.Event) error
	SetLimits(ctx context.Context, id string, limits map[string][]string, event people.Event) error
}

// Grants keeps who may do what.
type Grants interface {
	Level(ctx context.Context, personID, reportID string) (people.Level, error)
	FolderLevel(ctx context.Context, personID, folder string) (people.Level, error)
	Grant(ctx context.Context, id string) (*people.Grant, error)
	OnReport(ctx context.Context, reportID string) ([]people.Grant, error)
	OnFolder(ctx context.Context, folder string) ([]people.Grant, error)
	OfPerson(ctx context.Context, personID string) ([]people.Grant, error)
	Put(ctx context.Context, grant people.Grant, event people.Event) (*people.Grant, error)
	Remove(ctx context.Context, id string, event people.Event) error
	MaySource(ctx context.Context, personID, source string) (bool, error)
	SourceGrants(ctx context.Context, source string) ([]people.SourceGrant, error)
	SourceGrant(ctx context.Context, id string) (*people.SourceGrant, error)
	PutSource(ctx context.Context, grant people.SourceGrant, event people.Event) (*people.SourceGrant, error)
	RemoveSource(ctx context.Context, id string, event people.Event) error
}

// Sessions keeps who is signed in, by hashes of the sessions' tokens.
type Sessions interface {
	Start(ctx context.Context, session people.Session, hash []byte, event people.Event) (id string, err error)
	Actor(ctx context.Context, hash []byte, now, idleSince time.Time) (*people.Actor, error)
	Sessions(ctx context.Context, personID string, now, idleSince time.Time) ([]people.Session, error)
	End(ctx context.Context, personID, id string, event people.Event) error
	EndAll(ctx context.Context, personID, keep string, event people.Event) error
	Sweep(ctx context.Context, now, idleSince time.Time) error
}

// SignIns keeps failed attempts for all processes together.
type SignIns interface {
	// Attempt locks the keys, asks decide and keeps the counts it left in the map unless it returned a wait.
	Attempt(ctx context.Context, keys []string, now time.Time, decide func(map[string]people.Failures) time.Duration) (wait time.Duration, err error)
	Succeeded(ctx context.Context, forget, takeBack []string, now time.Time) error
	Sweep(ctx context.Context, failed, succeeded time.Time) error
}

// Tokens keeps API tokens by their hashes.
type Tokens interface {
	Create(ctx context.Context, token people.Token, hash []byte, event people.Event) (*people.Token, error)
	Actor(ctx context.Context, hash []byte, now time.Time) (*people.Actor, error)
	Token(ctx context.Context, id string) (*people.Token, error)
	Tokens(ctx context.Context, personID string) ([]people.Token, error)
	Revoke(ctx context.Context, id string, event people.Event) error
}

// Audit keeps and finds events.
type Audit interface {
	people.Auditor
	Events(ctx context.Context, filter people.EventFilter) (events []people.Event, next string, err error)
}

// Sources keeps the databases connected in the product. Their DSN comes from Source alone.
type Sources interface {
	Sources(ctx context.Context) ([]people.Source, error)
	Source(ctx context.Context, name string) (*people.Source, error)
	// Save makes a source of version 0, and is a fault.Conflict when another version is not the current one.
	Save(ctx context.Context, source people.Source, event people.Event) error
	Remove(ctx context.Context, name string, event people.Event) error
}

// Sealer encrypts what a browser keeps for us. What was sealed for a purpose opens for no other.
type Sealer interface {
	Seal(plain []byte, purpose string) ([]byte, error)
	Open(ctx context.Context, sealed []byte, purpose string) ([]byte, error)
}
