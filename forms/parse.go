package forms

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const namedUnknown = 20 // unknown fields that are told one by one

// Parse checks what was filled in and gives every field its typed value. When values are at fault the error has code Invalid and
// is Errors for errors.As: all mistakes of all fields, so that none shows only after another is mended. Any other error is the
// resolver's or the declaration's.
//
// What is sent for a field that show_if hides is not looked at: the field is not given. A field that depends on one at fault is
// left for the next attempt.
func Parse(ctx context.Context, form Form, raw Raw, env Env) (Values, error) {
	p := newParser(form, raw, env)
	for i := range form {
		if err := p.field(ctx, &form[i]); err != nil {
			return nil, err
		}
	}
	mistakes := slices.Concat(p.errs, unknownFields(form, raw), unknownLimits(form, env))
	if err := mistakes.asFault(); err != nil {
		return nil, err
	}
	return p.values, nil
}

type parser struct {
	raw    Raw
	env    Env
	values Values
	errs   Errors
	unsure map[string]bool // fields at fault, and those that cannot be told because of them
}

func newParser(form Form, raw Raw, env Env) *parser {
	return &parser{raw: raw, env: env, values: make(Values, len(form)), unsure: map[string]bool{}}
}

func (p *parser) field(ctx context.Context, f *Field) error {
	if err := ctx.Err(); err != nil {
		return fault.New(fault.Cancelled, "The check of the form was stopped: %w", err)
	}
	if p.dependsOnUnsure(condition(f.ShowIf)) {
		p.unsure[f.Name] = true
		return nil
	}
	shown, err := p.shown(f)
	if err != nil {
		return err
	}
	if shown {
		return p.shownField(ctx, f)
	}
	hidden := Value{Field: f}
	if err := p.env.limitOf(f).check(hidden); err != nil {
		p.fail(f, f.sentence(err), err)
		return nil
	}
	p.values[f.Name] = hidden
	return nil
}

func (p *parser) shownField(ctx context.Context, f *Field) error {
	raw, sent := p.raw[f.Name]
	if !sent {
		raw = f.Default
	}
	value, err := p.read(ctx, f, raw)
	limit := p.env.limitOf(f)
	if !sent && limit.set && (isMistake(err) || err == nil && limit.check(value) != nil) {
		value, err = Value{Field: f}, nil // a default that is not for this person is none
	}
	if err == nil {
		err = limit.check(value)
	}
	switch {
	case errors.Is(err, errUnsure):
		p.unsure[f.Name] = true
	case isMistake(err) && !sent && !limit.set:
		p.fail(f, stop("The report's default for "+f.label()+" is wrong: it "+err.Error()), &wrongDefault{err})
	case isMistake(err):
		p.fail(f, f.sentence(err), err)
	case err != nil:
		return err
	case f.Required && value.Data == nil:
		err = mistakef("required")
		p.fail(f, f.sentence(err), err)
	default:
		p.values[f.Name] = value
	}
	return nil
}

func (p *parser) fail(f *Field, sentence string, err error) {
	p.errs = append(p.errs, fieldError(f.Name, sentence, err))
	p.unsure[f.Name] = true
}

func (p *parser) shown(f *Field) (bool, error) {
	if f.ShowIf == "" {
		return true, nil
	}
	if p.env.Resolver == nil {
		return false, fault.New(fault.Failed, "Whether %s is shown cannot be told here.", f.label())
	}
	shown, err := p.env.Resolver.Shown(f, p.values)
	if err != nil {
		return false, fault.New(fault.CodeOf(err), "Whether %s is shown cannot be told: %w", f.label(), err)
	}
	return shown, nil
}

// dependsOnUnsure tells whether a template may use a field without a value.
func (p *parser) dependsOnUnsure(template string) bool {
	for name := range p.unsure {
		if mayUse(template, name) {
			return true
		}
	}
	return false
}

// errUnsure says that a value cannot be checked before earlier mistakes are mended.
var errUnsure = errors.New("an earlier field is at fault")

func (p *parser) read(ctx context.Context, f *Field, raw any) (Value, error) {
	switch f.Type {
	case Input:
		return p.env.input(f, raw)
	case Select, Checkbox:
		return p.choose(ctx, f, raw)
	}
	return Value{}, f.misdeclared("type", cannotBe(f.Type))
}

// input reads what was typed into a field, whatever its kind.
func (e Env) input(f *Field, raw any) (value Value, err error) {
	value.Field = f
	switch f.kind() {
	case List:
		value.Data, value.Repeated, err = list(f, raw)
	case DateRange:
		value.Data, err = e.dateRange(f, raw)
	default:
		value.Data, err = e.single(f, raw)
	}
	if err != nil {
		return Value{}, err
	}
	return value, nil
}

func (e Env) single(f *Field, raw any) (any, error) {
	kind := f.kind()
	if kind == DateKind {
		raw = dayOfTime(raw)
	}
	if kind == Integer {
		raw = jsonInteger(raw)
	}
	text, err := one(raw)
	if err != nil {
		return nil, err
	}
	if kind != Text {
		text = strings.TrimSpace(text)
	}
	if text == "" {
		return nil, nil
	}
	return e.typed(f, kind, text)
}

func (e Env) typed(f *Field, kind Kind, text string) (any, error) {
	switch kind {
	case Text:
		read, err := textReader(f)
		if err != nil {
			return nil, err
		}
		return read(text)
	case Integer:
		n, err := bounded(f, integers, text, parseInteger)
		return n.value(), err
	case Decimal:
		return bounded(f, decimals, text, parseDecimal)
	case DateKind:
		return bounded(f, dates, text, e.date)
	case DateTime:
		return bounded(f, moments, text, e.datetime)
	case Boolean:
		return parseBoolean(text)
	}
	return nil, f.misdeclared("kind", cannotBe(kind))
}

// unknownFields are mistakes for the names that the form does not have.
func unknownFields(form Form, raw Raw) Errors {
	known := make([]string, len(form))
	for i, f := range form {
		known[i] = f.Name
	}
	unknown := slices.DeleteFunc(slices.Sorted(maps.Keys(raw)), func(name string) bool { return slices.Contains(known, name) })
	var errs Errors
	for i, name := range unknown {
		if i == namedUnknown {
			return append(errs, standing("", "unknown_fields", count(len(unknown)-i)))
		}
		errs = append(errs, unknownField(name, known))
	}
	return errs
}

func unknownField(name string, known []string) FieldError {
	if len(known) == 0 {
		return standing(name, "no_form", name)
	}
	fields := namedSome{items: known, limit: 12, conjunction: "and"}
	if near := nearest(name, known); len(near) > 0 {
		return standing(name, "unknown_field_near", name, near[0], fields)
	}
	return standing(name, "unknown_field", name, fields)
}
