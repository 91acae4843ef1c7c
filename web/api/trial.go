package api

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// TrialService runs documents of which nothing is kept.
type TrialService interface {
	PrepareTrial(ctx context.Context, request runner.Request, trial runner.Trial) (*runner.PreparedTrial, error)
	Statements(ctx context.Context, request runner.Request) ([]runner.Statement, error)
}

// tried is a document that is tried: what all requests about one have, and the runner's request for it.
type tried struct {
	catalog.Trial
	runner.Request
}

// try compiles the document for the person, or for a member of the group.
func (h handlers) try(ctx context.Context, body wire.TrialForm) (t tried, err error) {
	if h.Trials == nil {
		return t, fault.New(fault.Unavailable, "Documents cannot be tried here.")
	}
	actor := actorOf(ctx)
	user, allowed := userOf(actor), actor.Allowed
	if body.Group != nil {
		group, err := h.groupNamed(ctx, *body.Group)
		if err != nil {
			return t, err
		}
		user.Groups, allowed = []string{group.Name}, group.Limits
	}
	if t.Trial, err = h.Reports.Try(ctx, actor, given(body.Report), []byte(body.Document)); err != nil {
		return t, err
	}
	t.Request = runner.Request{
		Report: t.Compiled, Values: forms.Raw(given(body.Values)), User: user, Files: t.Trial.Files, Started: h.Now(),
		Slug: t.Entry.Slug, Revision: t.Entry.Revision, Allowed: t.Compiled.Report.Form.Limits(allowed),
	}
	return t, nil
}

// groupNamed is one of the groups that can be shared with.
func (h handlers) groupNamed(ctx context.Context, id string) (people.Group, error) {
	groups, err := h.People.AllGroups(ctx, actorOf(ctx))
	if err != nil {
		return people.Group{}, err
	}
	at := slices.IndexFunc(groups, func(g people.Group) bool { return g.ID == id })
	if at < 0 {
		return people.Group{}, fault.New(fault.NotFound, "There is no such group.")
	}
	return groups[at], nil
}

// ofDocument is the error of a document that is tried: what a source says of its SQL is the author's to mend, and no failure of the
// service.
func ofDocument(err error) error {
	var known *fault.Error
	var problem reports.Problem
	switch {
	case errors.As(err, &problem):
		return fault.New(fault.Invalid, "%w", reports.Problems{problem})
	case errors.As(err, &known) && known.Code == fault.Failed:
		return &fault.Error{Code: fault.Invalid, Message: known.Message, Cause: err}
	}
	return err
}

// TryForm shows the form of a document that is not kept.
func (h handlers) TryForm(ctx context.Context, request wire.TryFormRequestObject) (wire.TryFormResponseObject, error) {
	t, err := h.try(ctx, *request.Body)
	if err != nil {
		return nil, err
	}
	form, err := h.form(ctx, t.Request, given(request.Body.Values), people.Edit)
	return wire.TryForm200JSONResponse(form), ofDocument(err)
}

// TryFieldOptions lists the options of one of its fields.
func (h handlers) TryFieldOptions(ctx context.Context, request wire.TryFieldOptionsRequestObject) (wire.TryFieldOptionsResponseObject, error) {
	b := request.Body
	t, err := h.try(ctx, wire.TrialForm{Document: b.Document, Report: b.Report, Values: b.Values, Group: b.Group})
	if err != nil {
		return nil, err
	}
	list, err := h.optionList(ctx, t.Request, request.Field, forms.Find{Search: given(b.Search), Only: given(b.Only), Limit: given(b.Limit)})
	return wire.TryFieldOptions200JSONResponse(list), ofDocument(err)
}

// TryItems tells which pasted items one of its fields takes.
func (h handlers) TryItems(ctx context.Context, request wire.TryItemsRequestObject) (wire.TryItemsResponseObject, error) {
	b := request.Body
	t, err := h.try(ctx, wire.TrialForm{Document: b.Document, Report: b.Report, Values: b.Values, Group: b.Group})
	if err != nil {
		return nil, err
	}
	found, err := h.recognised(ctx, t.Request, request.Field, b.Text)
	return wire.TryItems200JSONResponse(found), ofDocument(err)
}

// ShowStatements tells what would be sent. Mistakes in the values are no failure of the request.
func (h handlers) ShowStatements(ctx context.Context, request wire.ShowStatementsRequestObject) (wire.ShowStatementsResponseObject, error) {
	t, err := h.try(ctx, *request.Body)
	if err != nil {
		return nil, err
	}
	answer := wire.ShowStatements200JSONResponse{Items: []wire.Statement{}, Fields: []wire.FieldError{}}
	statements, err := h.Trials.Statements(ctx, t.Request)
	var mistakes forms.Errors
	if errors.As(err, &mistakes) {
		answer.Fields = fieldsWire(mistakes)
		return answer, nil
	}
	answer.Items = mapped(statements, statementWire)
	return answer, ofDocument(err)
}

func fieldsWire(mistakes forms.Errors) []wire.FieldError {
	return given(problemOf(fault.New(fault.Invalid, "%w", mistakes), "").Fields)
}

func statementWire(s runner.Statement) wire.Statement {
	return wire.Statement{
		Cell: s.Cell, Source: s.Source, SQL: s.SQL, Error: s.Error,
		Parameters: mapped(s.Parameters, func(p source.BoundParameter) wire.BoundParameter {
			return wire.BoundParameter{Name: p.Name, Type: p.Type, Value: shortened(p.Text)}
		}),
		Tables: mapped(s.Tables, func(t source.SentTable) wire.TableSent {
			return wire.TableSent{Name: t.Name, Cell: t.Cell, Rows: t.Rows}
		}),
	}
}

// longestValue is how many characters of a value are shown.
const longestValue = 1000

func shortened(text string) string {
	n := 0
	for i := range text {
		if n++; n > longestValue {
			return text[:i]
		}
	}
	return text
}

// trialBytes is how much of all results of a trial is shown.
const trialBytes = 32 << 20

// usualTrialRows is how many rows of a result are shown unless the request says.
const usualTrialRows = 1000

// TryRun runs the document while the client listens.
func (h handlers) TryRun(ctx context.Context, request wire.TryRunRequestObject) (wire.TryRunResponseObject, error) {
	b := request.Body
	t, err := h.try(ctx, wire.TrialForm{Document: b.Document, Report: b.Report, Values: b.Values, Group: b.Group})
	if err != nil {
		return nil, err
	}
	trial := runner.Trial{Cell: given(b.Cell), Rows: int64(cmp.Or(given(b.Rows), usualTrialRows)), Bytes: trialBytes}
	return h.beginTrial(ctx, t, trial)
}
