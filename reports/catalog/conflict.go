package catalog

import (
	"fmt"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// ConflictError is a change that was based on a revision that is not the current one any more. Its code is fault.Conflict.
type ConflictError struct {
	What    string // as in "report"
	Base    int
	Current int
	Author  string // of the current one, email
	When    time.Time
}

func (e *ConflictError) Error() string {
	what := e.What
	if what == "" {
		what = "report"
	}
	return fmt.Sprintf("This change begins at version %d of the %s, but %s saved version %d at %s: compare the two and save again.",
		e.Base, what, e.Author, e.Current, e.When.UTC().Format("2006-01-02 15:04 MST"))
}

// Unwrap gives it the code of a conflict.
func (e *ConflictError) Unwrap() error {
	return &fault.Error{Code: fault.Conflict, Message: e.Error()}
}
