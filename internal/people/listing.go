package people

import "time"

// Filter of a listing of people. Zero values do not narrow.
type Filter struct {
	Search  string // in email and name
	Role    Role
	GroupID string
	Status  Status
	Page
}

// Status tells whether somebody can sign in.
type Status string

const (
	Enabled  Status = "enabled"
	Disabled Status = "disabled"
)

// EventFilter of the audit log. Zero values do not narrow.
type EventFilter struct {
	PersonID   string
	Person     string // email, or a part of it
	Action     string // as in "report.saved"; "report." is all that begins so
	ObjectKind string
	ObjectID   string
	Since      time.Time // from that moment on
	Until      time.Time // before that moment
	Text       string    // in the object's name, the address and the details
	Page
}
