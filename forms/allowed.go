package forms

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
)

// Limits are those of the allowed values that apply to the form: a field that it does not have cannot be limited.
func (form Form) Limits(allowed map[string][]string) map[string][]string {
	limits := map[string][]string{}
	for _, field := range form {
		if values, ok := allowed[field.Name]; ok {
			limits[field.Name] = values
		}
	}
	return limits
}

// limit is what a field is limited to. The zero limit lets everything through.
type limit struct {
	set  bool
	keys []string // canonical texts, in the order they were given
	has  map[string]bool
}

// limitOf reads the field's allowed values. Those that are no values of its kind allow nothing.
func (e Env) limitOf(f *Field) limit {
	allowed, ok := e.Allowed[f.Name]
	l := limit{set: ok, has: make(map[string]bool, len(allowed))}
	for _, text := range allowed {
		if key, ok := f.canonical(text); ok && !l.has[key] {
			l.keys, l.has[key] = append(l.keys, key), true
		}
	}
	return l
}

// canonical is the one text of all that are the same value of the field.
func (f *Field) canonical(text string) (string, bool) {
	switch f.itemKind() {
	case Integer:
		n, err := plainInteger(text)
		return n.String(), err == nil
	case Decimal:
		d, err := parseDecimal(text)
		return d.String(), err == nil
	case Boolean:
		truth, err := parseBoolean(text)
		return fmt.Sprint(truth), err == nil
	}
	return text, text != ""
}

// canonicalTexts are those of a value that is no date.
func canonicalTexts(data any) []string {
	switch d := data.(type) {
	case string:
		return []string{d}
	case decimal.Decimal:
		return []string{d.String()}
	case []string:
		return d
	case []int64:
		return mapped(d, func(n int64) string { return strconv.FormatInt(n, 10) })
	case []uint64:
		return mapped(d, func(n uint64) string { return strconv.FormatUint(n, 10) })
	}
	return []string{fmt.Sprint(data)}
}

func (l limit) allows(key string) bool { return !l.set || l.has[key] }

// find narrows a search of options to what is allowed.
func (l limit) find(find Find) Find {
	switch {
	case !l.set:
	case find.Only == nil:
		find.Only = slices.Concat([]string{}, l.keys)
	default:
		find.Only = slices.DeleteFunc(slices.Clone(find.Only), func(key string) bool { return !l.has[key] })
	}
	return find
}

// options are those that are allowed.
func (l limit) options(f *Field, options []Option) []Option {
	if !l.set {
		return options
	}
	return slices.DeleteFunc(slices.Clone(options), func(o Option) bool { return !l.has[f.optionKey(o.Value)] })
}

// check holds a value against the limit: one that was left out, which often means everything, and what was typed in. Options were
// narrowed before.
func (l limit) check(value Value) error {
	f := value.Field
	switch {
	case !l.set:
		return nil
	case slices.Contains([]Kind{DateKind, DateTime, DateRange}, f.kind()):
		return mistakef("limited_date")
	case len(l.keys) == 0:
		return mistakef("limited_nothing")
	case !value.Given():
		return mistakef("limited", l.names())
	case f.Type != Input:
		return nil
	}
	var wrong []string
	for _, text := range canonicalTexts(value.Data) {
		if !l.allows(text) {
			wrong = append(wrong, text)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return mistakef("option_of", wrongOptions(wrong), l.names())
}

func (l limit) names() namedSome {
	return namedSome{items: mapped(l.keys, clip), limit: namedOptions, conjunction: "and"}
}

// unknownLimits are mistakes for the limited fields that the form does not have.
func unknownLimits(form Form, env Env) Errors {
	var errs Errors
	for _, name := range slices.Sorted(maps.Keys(env.Allowed)) {
		if !slices.ContainsFunc(form, func(f Field) bool { return f.Name == name }) {
			errs = append(errs, standing(name, "limited_unknown", name))
		}
	}
	return errs
}
