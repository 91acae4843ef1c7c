// Package people has the words for who uses Vitrina and what they may do.
package people

import (
	"slices"
	"time"
)

// Role says what a person comes for.
type Role string

const (
	Administrator Role = "administrator" // may do everything
	Analyst       Role = "analyst"       // writes reports, on the sources granted to them
	Member        Role = "member"        // runs what is shared with them
)

// Roles are all roles, the mightiest first.
var Roles = []Role{Administrator, Analyst, Member}

// Person is somebody who can sign in. IDs are UUIDs as text.
type Person struct {
	ID       string
	Email    string
	Name     string
	Role     Role
	Groups   []string // names
	Disabled *time.Time
	Created  time.Time
	Seen     *time.Time
	Password bool // has one
	// Temporary is set while the password is one that somebody else made: it opens nothing but the change of the password.
	Temporary bool
}

// Called is what others know a person by: the name, with the email where several have it, or the email alone.
type Called struct {
	ID, Email, Name string
}

// Group is a number of people who get rights together.
type Group struct {
	ID      string
	Name    string
	Members int
	// Limits are the only values that the group may choose, by field. A field without an entry is not limited.
	Limits map[string][]string
}

// Level is how much of a report a grant opens. Each includes those before it.
type Level int

const (
	None    Level = iota
	Run           // fill in the form, run, download
	ViewSQL       // also see the document
	Edit          // also change it, share it, see everybody's runs of it
)

var levelNames = map[Level]string{None: "none", Run: "run", ViewSQL: "view_sql", Edit: "edit"}

func (l Level) String() string { return levelNames[l] }

// ParseLevel reads run, view_sql or edit.
func ParseLevel(name string) (Level, bool) {
	for level, known := range levelNames {
		if known == name && level != None {
			return level, true
		}
	}
	return None, false
}

// Grant gives a person, a group or (neither) everyone a level on a report or on a folder with all below it.
type Grant struct {
	ID        string
	PersonID  string // empty unless it is for one person
	GroupID   string
	Name      string // of the person (email) or group
	ReportID  string // empty when it is on a folder
	Title     string // of the report
	Folder    string // "" with an empty ReportID is the root
	Level     Level
	CreatedBy string
	Created   time.Time
}

// SourceGrant lets a person, a group or everyone with the role analyst write SQL for a source.
type SourceGrant struct {
	ID        string
	PersonID  string
	GroupID   string
	Name      string
	Source    string
	CreatedBy string
	Created   time.Time
}

// Via is how somebody acts.
type Via string

const (
	BySession Via = "session"
	ByToken   Via = "token"
	ByLink    Via = "link"
	ByCommand Via = "command"
	BySystem  Via = "system"
)

// Scope is what an API token may be used for. A token never may more than its person.
type Scope string

const (
	ScopeRead  Scope = "read"  // see reports, runs and files
	ScopeRun   Scope = "run"   // also run reports
	ScopeWrite Scope = "write" // also change reports
	ScopeAdmin Scope = "admin" // also everything an administrator does
)

// Scopes are all scopes, the smallest first; each includes those before it.
var Scopes = []Scope{ScopeRead, ScopeRun, ScopeWrite, ScopeAdmin}

// Actor is a person who acts now.
type Actor struct {
	Person
	Via     Via
	Scopes  []Scope // of the token; nil otherwise, which is no restriction
	Session string  // id of the session or token
	Address string  // IP address the request came from
	// Allowed are the only values the person may choose, by field: the union of what their groups may. Nil for administrators.
	Allowed map[string][]string
}

// IsAdministrator tells whether everything is allowed.
func (a *Actor) IsAdministrator() bool { return a.Role == Administrator }

// Administers tells whether the person may change people, rights and sources in this way of acting: an administrator's token needs the
// scope for it.
func (a *Actor) Administers() bool { return a.IsAdministrator() && a.Has(ScopeAdmin) }

// Has tells whether the way of acting covers the scope. All but tokens cover every scope.
func (a *Actor) Has(scope Scope) bool {
	if a.Via != ByToken {
		return true
	}
	for _, granted := range a.Scopes {
		if slices.Index(Scopes, granted) >= slices.Index(Scopes, scope) {
			return true
		}
	}
	return false
}

// Writes tells whether the person may write reports at all.
func (a *Actor) Writes() bool { return a.Role == Administrator || a.Role == Analyst }

// System is the actor of what Vitrina does by itself.
func System() *Actor {
	return &Actor{Person: Person{Email: "vitrina", Role: Administrator}, Via: BySystem}
}

// Command is the actor of a command given on the machine itself.
func Command() *Actor {
	return &Actor{Person: Person{Email: "command line", Role: Administrator}, Via: ByCommand}
}

// Page bounds a listing. Cursor is opaque: the Next of the page before.
type Page struct {
	Cursor string
	Limit  int
}
