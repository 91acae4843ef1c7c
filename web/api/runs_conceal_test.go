package api

import (
	"errors"
	"testing"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/templates"
)

func TestFailuresAreToldWithoutTheQuery(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code           fault.Code
		sentence, cell string
		want           string
	}{
		{fault.Failed, "Cell cards: Syntax error: failed at position 8: SELECT x FROM y (SYNTAX_ERROR, code 62)", "", "The query of cell cards failed (code 62); its author can see more."},
		{fault.Failed, `Syntax error in 'SELECT (code 5)' (code 62)`, "cards", "The query of cell cards failed (code 62); its author can see more."},
		{fault.Failed, `Cell cards: relation "y" does not exist, at line 1, column 15 of the statement (42P01). Perhaps you meant x.y`, "", "The query of cell cards failed (code 42P01); its author can see more."},
		{fault.Failed, "cards.md:12:5: cell cards has no column secret", "", "The report could not be run to its end; its author can see more."},
		{"", "Cell cards: anything", "", "The query of cell cards failed; its author can see more."},
		{fault.Limit, "Cell cards: The query takes longer than the limit of the source warehouse. Narrow the form, or ask the administrator. ClickHouse says: Timeout: SELECT x", "", "Cell cards: The query takes longer than the limit of the source warehouse. Narrow the form, or ask the administrator."},
		{fault.Limit, "The disk of x is full.", "", "The disk of x is full."},
		{fault.Cancelled, "The run was cancelled.", "", "The run was cancelled."},
		{fault.Unavailable, `Cell cards: source "warehouse" does not answer at ch:8123: connection refused`, "", `Cell cards: source "warehouse" does not answer at ch:8123: connection refused`},
	} {
		if got := plainFailure(c.code, c.sentence, c.cell); got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.code, c.sentence, got, c.want)
		}
	}
}

func TestErrorsAreConcealedByLevel(t *testing.T) {
	t.Parallel()
	problem := reports.Problem{File: "x.md", Line: 3, Column: 7, Message: "choose at most 90 days"}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"a document with problems": {fault.New(fault.Invalid, "%w", reports.Problems{problem}), "The report cannot be run as it is made; its author can see why."},
		"a template on values":     {fault.New(fault.Invalid, "%w", problem), "Choose at most 90 days."},
		"options by a template":    {fault.New(fault.Invalid, "The options of X could not be read: %w", &templates.Problem{Message: "too many."}), "Too many."},
		"mistakes of the person":   {&fault.Error{Code: fault.Invalid, Message: "q: wrong", Cause: forms.Errors{{Field: "q", Message: "wrong"}}}, "q: wrong"},
		"a format":                 {fault.New(fault.Invalid, "There is no format."), "There is no format."},
		"none":                     {fault.New(fault.NotFound, "There is no such report."), "There is no such report."},
		"no fault":                 {errors.New("SELECT secret"), "SELECT secret"}, // which problemOf never tells
	} {
		got := concealed(c.err, people.Run)
		if got.Error() != c.want || fault.CodeOf(got) != fault.CodeOf(c.err) {
			t.Errorf("%s: got %v, want %s", name, got, c.want)
		}
		var problems reports.Problems
		if errors.As(got, &problems) {
			t.Errorf("%s: the answer has the problems", name)
		}
		if same := concealed(c.err, people.ViewSQL); !errors.Is(same, c.err) || same.Error() != c.err.Error() {
			t.Errorf("%s: who may view the SQL reads %v", name, same)
		}
	}
}
