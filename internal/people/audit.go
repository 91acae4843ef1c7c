package people

import (
	"context"
	"time"
)

// Event is one entry of the audit log: who did what to what.
type Event struct {
	ID         int64
	At         time.Time
	PersonID   string
	Person     string // email
	Via        Via
	Address    string
	Action     string // as in "report.saved"
	ObjectKind string // report, run, person, …
	ObjectID   string
	ObjectName string
	Details    map[string]any // values of a run, old and new of a change; never a secret
}

// Auditor keeps events. Record fails when the event could not be kept; what it tells of must then not happen either.
type Auditor interface {
	Record(ctx context.Context, event Event) error
}

// Did makes the event of something the actor did.
func (a *Actor) Did(action, kind, id, name string, details map[string]any) Event {
	return Event{
		PersonID: a.ID, Person: a.Email, Via: a.Via, Address: a.Address,
		Action: action, ObjectKind: kind, ObjectID: id, ObjectName: name, Details: details,
	}
}
