package catalog

import (
	"fmt"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// DraftConflict is what a conflict is about that somebody has with themselves, in another window.
const DraftConflict = "draft"

// ConflictError is a change that was based on a revision that is not the current one any more. Its code is fault.Conflict.
type ConflictError struct {
	What    string // as in "report"; DraftConflict for what is the writer's alone
	Base    int
	Current int
	Author  string // of the current one, email
	When    time.Time
}

func (e *ConflictError) Error() string {
	what := e.What
	when := e.When.UTC().Format("2006-01-02 15:04 MST")
	switch {
	case what == DraftConflict && e.Base == 0:
		return fmt.Sprintf("You have a draft of this report already, version %d of %s: go on with that one, or throw it away first.", e.Current, when)
	case what == DraftConflict:
		return fmt.Sprintf("This change begins at version %d of the draft, but another window kept version %d at %s: compare the two and keep it again.",
			e.Base, e.Current, when)
	}
	if what == "" {
		what = "report"
	}
	return fmt.Sprintf("This change begins at version %d of the %s, but %s saved version %d at %s: compare the two and save again.",
		e.Base, what, e.Author, e.Current, when)
}

// Unwrap gives it the code of a conflict.
func (e *ConflictError) Unwrap() error {
	return &fault.Error{Code: fault.Conflict, Message: e.Error()}
}
