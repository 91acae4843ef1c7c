package runner

import (
	"io/fs"
	"time"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/templates"
)

// Request is what a person asks for. Report is required.
type Request struct {
	Report *reports.Compiled
	Values forms.Raw
	User   templates.User
	Format string // instead of the report's own exports; empty for these
	Files  fs.FS  // where the workbooks that exports name as template are; may be nil

	// ID of the run, a UUID; empty for a new one.
	ID string
	// Attempt counts the executions of one run, from 1; 0 is 1. No two attempts share the id of a query.
	Attempt int
	// Started is when the person asked, which relative dates refer to; zero for now. Whoever prepares the same run again gives the
	// same moment.
	Started time.Time
	// Slug and Revision are those of a report that is kept; empty and 0 for a file, whose name gives the slug.
	Slug     string
	Revision int
	// Allowed are the values this person may give, by the fields that are limited for them; see forms.Env.
	Allowed map[string][]string

	// Out takes the files; Prepare does not need it.
	Out Output
	// Keep tells what of the results is kept to be looked at.
	Keep Keep
	// Observer is told how the run gets on; may be nil.
	Observer Observer
}

// Keep bounds what Output.Keep gets of each exported cell. With Rows of 0 nothing is kept and no chart is computed for the record.
type Keep struct {
	Rows  int64
	Bytes int64 // before compression; 0 for any number
}

// identify fills in what the request leaves open.
func (q *Request) identify(now time.Time) error {
	if q.ID == "" {
		q.ID = uuid.Must(uuid.NewV7()).String()
	}
	id, err := uuid.Parse(q.ID)
	if err != nil {
		return fault.New(fault.Invalid, "The id of a run must be a UUID.")
	}
	q.ID = id.String()
	q.Attempt = max(q.Attempt, 1)
	if q.Started.IsZero() {
		q.Started = now
	}
	if q.Slug == "" {
		q.Slug = q.Report.Document.Slug()
	}
	if q.Observer == nil {
		q.Observer = Silent{}
	}
	return nil
}
