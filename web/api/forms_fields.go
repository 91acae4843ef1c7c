package api

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// fields are the form's, as a page needs them: nothing of templates or SQL is in them.
func (h handlers) fields(ctx context.Context, q runner.Request, location *time.Location, defaults map[string]any) ([]wire.FormField, error) {
	shown, err := h.Forms.Shown(ctx, q)
	trouble, err := sourceTrouble(err)
	if err != nil {
		return nil, err
	}
	env := forms.Env{Now: q.Started, Location: location}
	fields := make([]wire.FormField, len(q.Report.Report.Form))
	for i := range fields {
		f := &q.Report.Report.Form[i]
		fields[i] = fieldWire(ctx, f, env)
		fields[i].Depends = q.Report.Depends(f.Name)
		fields[i].Shown, fields[i].Default = shown[f.Name] || trouble != nil, defaults[f.Name]
		if _, limited := q.Allowed[f.Name]; limited {
			fields[i].Limited, fields[i].Required = true, true
		}
		if f.Options == nil || fields[i].Searchable {
			continue
		}
		options, err := h.Forms.Options(ctx, q, f.Name, forms.Find{})
		if err != nil {
			return nil, err
		}
		fields[i].Options = new(mapped(options, optionWire))
	}
	return fields, nil
}

func fieldWire(ctx context.Context, f *forms.Field, env forms.Env) wire.FormField {
	field := wire.FormField{
		Name: f.Name, Label: cmp.Or(f.Label, f.Name), Help: f.Help, Type: wire.FormFieldType(f.Type), Kind: wire.FormFieldKind(cmp.Or(f.Kind, forms.Text)),
		Required: f.Required, Pattern: f.Pattern, Min: bound(ctx, f, f.Min, env), Max: bound(ctx, f, f.Max, env),
		Searchable: f.Options != nil && f.Options.Query != "",
	}
	if f.Kind == forms.List {
		field.Of, field.Lookup = string(cmp.Or(f.Of, forms.Text)), f.Options != nil
	}
	if f.Kind == forms.List || f.Type == forms.Checkbox {
		field.MaxItems = cmp.Or(f.MaxItems, forms.DefaultMaxItems)
	}
	return field
}

// bound is a field's min or max; of a date, which may be relative, the day or moment it means now.
func bound(ctx context.Context, f *forms.Field, declared any, env forms.Env) any {
	kind := f.Kind
	if kind == forms.DateRange {
		kind = forms.DateKind
	}
	if declared == nil || !slices.Contains([]forms.Kind{forms.DateKind, forms.DateTime}, kind) {
		return declared
	}
	const name = "bound"
	values, err := forms.Parse(ctx, forms.Form{{Name: name, Type: forms.Input, Kind: kind}}, forms.Raw{name: declared}, env)
	if err != nil {
		return nil
	}
	return values.Record()[name]
}
