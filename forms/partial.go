package forms

import (
	"context"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// OptionsOf are the options of one field, for the values given for the fields before it, and of these only those its query depends on:
// their mistakes are returned as by Parse, and nothing else is looked at. Without such a field the error is a NotFound fault, for one
// without options an Invalid one.
func OptionsOf(ctx context.Context, form Form, raw Raw, env Env, name string, find Find) ([]Option, error) {
	at, err := form.find(name)
	if err != nil {
		return nil, err
	}
	f := &form[at]
	if f.Options == nil {
		return nil, fault.New(fault.Invalid, "%s has no options to choose from.", f.label())
	}
	p := newParser(form, raw, env)
	if err := p.before(ctx, form, at); err != nil {
		return nil, err
	}
	return p.options(ctx, f, find)
}

func (form Form) find(name string) (at int, err error) {
	at = slices.IndexFunc(form, func(f Field) bool { return f.Name == name })
	if at < 0 {
		return at, fault.New(fault.NotFound, "There is no field %s.", quoted(name))
	}
	return at, nil
}

// before reads the fields that the options of the one at that place depend on.
func (p *parser) before(ctx context.Context, form Form, at int) error {
	query := form[at].Options.Query
	needed := form[:at].neededBy(query)
	for i := range form[:at] {
		if !needed[form[i].Name] {
			continue
		}
		if err := p.field(ctx, &form[i]); err != nil {
			return err
		}
	}
	if p.dependsOnUnsure(query) {
		return p.errs.asFault()
	}
	return nil
}

// Defaults are the values of a form that nobody has filled in yet, also of the fields that show_if hides at first. A default that
// cannot be taken, such as an option that is gone or not allowed, is not given.
func Defaults(ctx context.Context, form Form, env Env) (Values, error) {
	p := newParser(form, nil, env)
	for i := range form {
		if err := p.shownField(ctx, &form[i]); err != nil {
			return nil, err
		}
	}
	for i := range form {
		if _, ok := p.values[form[i].Name]; !ok {
			p.values[form[i].Name] = Value{Field: &form[i]}
		}
	}
	return p.values, nil
}

// Shown tells of every field whether show_if shows it, for values that may be wrong or not given yet: these count as not given.
func Shown(ctx context.Context, form Form, raw Raw, env Env) (map[string]bool, error) {
	p := newParser(form, raw, env)
	conditions := make([]string, len(form))
	for i, f := range form {
		conditions[i] = condition(f.ShowIf)
	}
	needed, shown := form.neededBy(conditions...), make(map[string]bool, len(form))
	for i := range form {
		f := &form[i]
		var err error
		if shown[f.Name], err = p.shown(f); err != nil {
			return nil, err
		}
		if shown[f.Name] && needed[f.Name] {
			err = p.shownField(ctx, f)
		}
		if err != nil {
			return nil, err
		}
		if _, ok := p.values[f.Name]; !ok {
			p.values[f.Name] = Value{Field: f}
		}
	}
	return shown, nil
}

// neededBy are the fields that the templates may use, and those these depend on in turn.
func (form Form) neededBy(templates ...string) map[string]bool {
	needed := map[string]bool{}
	for i := len(form) - 1; i >= 0; i-- {
		f := &form[i]
		if !slices.ContainsFunc(templates, func(t string) bool { return mayUse(t, f.Name) }) {
			continue
		}
		needed[f.Name] = true
		templates = append(templates, condition(f.ShowIf))
		if f.Options != nil {
			templates = append(templates, f.Options.Query)
		}
	}
	return needed
}

// condition is a show_if as a template: it may be written without braces.
func condition(showIf string) string {
	if showIf == "" || strings.Contains(showIf, "{{") {
		return showIf
	}
	return "{{ " + showIf + " }}"
}

// mayUse tells whether a template may use the field. Snippets and templates may use any.
func mayUse(template, name string) bool {
	return strings.Contains(template, "{{") &&
		(mentions(template, name) || mentions(template, "snippet") || mentions(template, "template"))
}
