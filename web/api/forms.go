package api

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/templates"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// FormService knows the forms of reports, by the values filled in so far.
type FormService interface {
	Defaults(ctx context.Context, request runner.Request) (map[string]any, error)
	Shown(ctx context.Context, request runner.Request) (map[string]bool, error)
	Options(ctx context.Context, request runner.Request, field string, find forms.Find) ([]forms.Option, error)
	Prepare(ctx context.Context, request runner.Request) (*runner.Prepared, error)
	Recognise(ctx context.Context, request runner.Request, field, text string) (forms.Recognised, error)
	Prose(ctx context.Context, request runner.Request, lookUp bool) (string, error)
}

// usualOptions is how many options are listed unless the request says.
const usualOptions = 100

func (h handlers) FillForm(ctx context.Context, request wire.FillFormRequestObject) (wire.FillFormResponseObject, error) {
	level, values := reportOf(ctx).Level, given(request.Body.Values)
	q, err := h.formRequest(ctx, given(request.Body.Revision), values)
	if err != nil {
		return nil, concealed(err, level)
	}
	form, err := h.form(ctx, q, values, level)
	return wire.FillForm200JSONResponse(form), concealed(err, level)
}

// form is that of a kept report or of a document that is tried, for somebody with that level on it.
func (h handlers) form(ctx context.Context, q runner.Request, values wire.Values, level people.Level) (form wire.Form, err error) {
	location, err := h.locationOf(q)
	if err != nil {
		return form, err
	}
	defaults, err := h.Forms.Defaults(ctx, q)
	trouble, err := sourceTrouble(err)
	if err != nil {
		return form, err
	}
	form = wire.Form{Revision: q.Revision, Timezone: location.String(), Formats: slices.Clone(runner.Formats), Values: filled(defaults, values)}
	q.Values = forms.Raw(form.Values)
	if form.Fields, err = h.fields(ctx, q, location, defaults); err != nil {
		return form, err
	}
	if trouble == nil {
		form.Errors, err = h.mistakes(ctx, q, values)
		trouble, err = sourceTrouble(err)
	}
	if trouble != nil {
		form.Errors = []wire.FieldError{{Message: concealed(trouble, level).Error()}}
	}
	if err != nil {
		return form, err
	}
	form.Text, err = h.Forms.Prose(ctx, q, trouble == nil)
	return form, err
}

// sourceTrouble tells a source that cannot be asked, or refuses the report's query, from all that is wrong with the request: without
// the source's word the form is shown as far as it goes, with a mistake that belongs to no field.
func sourceTrouble(err error) (trouble, other error) {
	var known *fault.Error
	if errors.As(err, &known) && slices.Contains([]fault.Code{fault.Failed, fault.Unavailable, fault.Limit}, known.Code) {
		return err, nil
	}
	return nil, err
}

// filled are the defaults with what was filled in over them.
func filled(defaults map[string]any, values wire.Values) wire.Values {
	all := make(wire.Values, len(defaults))
	for name, value := range defaults {
		all[name] = value
	}
	for name, value := range values {
		all[name] = value
	}
	return all
}

// mistakes are those in what was filled in; what is still missing is none yet. With a limit on a field that the report does not have
// it cannot be run at all, which is told at once.
func (h handlers) mistakes(ctx context.Context, q runner.Request, values wire.Values) ([]wire.FieldError, error) {
	found := []wire.FieldError{}
	_, err := h.Forms.Prepare(ctx, q)
	var mistakes forms.Errors
	if !errors.As(err, &mistakes) {
		if fault.IsInvalid(err) { // of the report itself, which a run tells
			err = nil
		}
		return found, err
	}
	for _, mistake := range mistakes {
		filledIn := values[mistake.Field] != nil && values[mistake.Field] != ""
		if filledIn || !hasField(q, mistake.Field) {
			found = append(found, fieldErrorOf(mistake))
		}
	}
	return found, nil
}

func hasField(q runner.Request, name string) bool {
	return slices.ContainsFunc(q.Report.Report.Form, func(f forms.Field) bool { return f.Name == name })
}

func (h handlers) ListFieldOptions(ctx context.Context, request wire.ListFieldOptionsRequestObject) (wire.ListFieldOptionsResponseObject, error) {
	body := request.Body
	q, err := h.formRequest(ctx, given(body.Revision), given(body.Values))
	if err != nil {
		return nil, concealed(err, reportOf(ctx).Level)
	}
	list, err := h.optionList(ctx, q, request.Field, forms.Find{Search: given(body.Search), Only: given(body.Only), Limit: given(body.Limit)})
	return wire.ListFieldOptions200JSONResponse(list), concealed(err, reportOf(ctx).Level)
}

// optionList is as many of the field's options as are wanted, the usual number when that is 0.
func (h handlers) optionList(ctx context.Context, q runner.Request, field string, find forms.Find) (wire.OptionList, error) {
	limit := cmp.Or(find.Limit, usualOptions)
	find.Limit = limit + 1
	options, err := h.optionsOf(ctx, q, field, find)
	more := len(options) > limit
	return wire.OptionList{Options: mapped(options[:min(limit, len(options))], optionWire), More: more}, err
}

// optionsOf are the options that the person may choose. Those that stand in the document are narrowed to the named ones here, as the
// runner gives all of them.
func (h handlers) optionsOf(ctx context.Context, q runner.Request, field string, find forms.Find) ([]forms.Option, error) {
	if find.Only == nil {
		return h.Forms.Options(ctx, q, field, find)
	}
	if len(find.Only) == 0 {
		return nil, nil
	}
	limit := find.Limit
	find.Limit = 0
	options, err := h.Forms.Options(ctx, q, field, find)
	named := slices.DeleteFunc(slices.Clone(options), func(o forms.Option) bool { return !slices.Contains(find.Only, o.Value) })
	return named[:min(limit, len(named))], err
}

// optionWire leaves out the SQL that an option may stand for.
func optionWire(o forms.Option) wire.Option {
	if o.Label == "" {
		o.Label = o.Value
	}
	return wire.Option{Value: o.Value, Label: o.Label}
}

// formRequest is the runner's request for the report of the path, as the person would run it now.
func (h handlers) formRequest(ctx context.Context, revision int, values wire.Values) (q runner.Request, err error) {
	entry, actor := reportOf(ctx), actorOf(ctx)
	if entry.Deleted != nil {
		return q, fault.New(fault.Conflict, "The report %q was deleted: bring it back first.", entry.Title)
	}
	if revision != 0 && revision != entry.Revision && entry.Level < people.ViewSQL {
		return q, fault.New(fault.Forbidden, "Only the current revision %d of the report can be filled in, not %d.", entry.Revision, revision)
	}
	compiled, _, workbooks, err := h.Reports.Compiled(ctx, entry.ID, revision)
	if err != nil {
		return q, err
	}
	if revision == 0 {
		revision = entry.Revision
	}
	return runner.Request{
		Report: compiled, Values: forms.Raw(values), User: userOf(actor), Files: workbooks, Started: h.Now(),
		Slug: entry.Slug, Revision: revision, Allowed: compiled.Report.Form.Limits(actor.Allowed),
	}, nil
}

func userOf(actor *people.Actor) templates.User {
	return templates.User{Email: actor.Email, Name: actor.Name, Groups: actor.Groups}
}

// locationOf is the zone in which the report's dates are meant.
func (h handlers) locationOf(q runner.Request) (*time.Location, error) {
	name := q.Report.Report.Timezone
	if name == "" {
		return h.location(), nil
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return nil, fault.New(fault.Invalid, "The report's timezone %q does not exist.", name)
	}
	return location, nil
}
