package forms

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// Problem is a mistake of the declaration. It names the field by its index in the form and the key at fault, so that the document
// can point to its line.
type Problem struct {
	Index   int    // which field
	Key     string // which key of it ("options", "kind", …); empty for the field as a whole
	Message string
}

var (
	fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	taken     = map[string]string{
		"label":  "what the person saw",
		"user":   "the person who runs the report",
		"run":    "the run",
		"report": "the report itself",
	}
	choiceKinds = []string{string(Text), string(Integer)}
	kindsOf     = map[Type][]string{
		Input: {string(Text), string(Integer), string(Decimal), string(DateKind), string(DateTime), string(DateRange),
			string(List), string(Boolean)},
		Select:   choiceKinds,
		Checkbox: choiceKinds,
	}
)

var errAboveMax = errors.New("is above max")

// Check finds the mistakes of a form's declaration. Defaults are tried too, but the options of queries are not asked for, and
// show_if, sql and what they refer to are for those who know templates.
func (f Form) Check() []Problem {
	var c checker
	seen := map[string]bool{}
	for i := range f {
		c.index, c.field, c.before = i, &f[i], len(c.problems)
		c.name(seen)
		if c.typeAndKind() {
			c.misplaced()
			c.options()
			c.values()
		}
	}
	return c.problems
}

type checker struct {
	index    int
	field    *Field
	before   int // problems of earlier fields
	problems []Problem
}

func (c *checker) report(key, format string, args ...any) {
	c.problems = append(c.problems, Problem{c.index, key, fmt.Sprintf(format, args...)})
}

func (c *checker) name(seen map[string]bool) {
	name := c.field.Name
	switch {
	case name == "":
		c.report("name", "A field needs a name.")
	case !fieldName.MatchString(name):
		c.report("name", "The name %s must be made of small Latin letters, digits and _, and begin with a letter.", quoted(name))
	case taken[name] != "":
		c.report("name", "The name %s is taken: in templates .%s is %s.", name, name, taken[name])
	case seen[name]:
		c.report("name", "Another field has the name %s already.", name)
	}
	seen[name] = true
}

// typeAndKind tells whether both are such that the rest can be checked.
func (c *checker) typeAndKind() bool {
	f := c.field
	kinds, ok := kindsOf[f.Type]
	if !ok {
		c.unknown("type", string(f.Type), []string{string(Input), string(Select), string(Checkbox)})
		return false
	}
	if !slices.Contains(kinds, string(f.kind())) {
		c.unknown("kind", string(f.Kind), kinds)
		return false
	}
	if f.Of != "" && !c.isList() {
		c.report("of", "Only a list has of; this field is %s.", c.what())
	} else if f.Of != "" && !slices.Contains(choiceKinds, string(f.Of)) {
		c.unknown("of", string(f.Of), choiceKinds)
		return false
	}
	return true
}

func (c *checker) unknown(key, word string, known []string) {
	if word == "" {
		c.report(key, "The %s is missing; it is %s.", key, listing(known, len(known), "or"))
		return
	}
	if near := nearest(word, known); len(near) > 0 {
		c.report(key, "There is no %s %s here; did you mean %s?", key, quoted(word), near[0])
		return
	}
	c.report(key, "There is no %s %s here; it is %s.", key, quoted(word), listing(known, len(known), "or"))
}

func (c *checker) isList() bool { return c.field.Type == Input && c.field.kind() == List }

// noun is the field's type, or list.
func (c *checker) noun() string {
	if c.isList() {
		return string(List)
	}
	return string(c.field.Type)
}

// what says what a field is, for sentences.
func (c *checker) what() string {
	if c.field.Type == Input {
		return "an input of kind " + string(c.field.kind())
	}
	return "a " + string(c.field.Type)
}

// misplaced finds keys that mean nothing for the field.
func (c *checker) misplaced() {
	f := c.field
	if f.Type != Input || f.kind() == Boolean {
		if f.Min != nil {
			c.report("min", "min means nothing for %s.", c.what())
		}
		if f.Max != nil {
			c.report("max", "max means nothing for %s.", c.what())
		}
	}
	if f.Pattern != "" && !c.isList() && (f.Type != Input || f.kind() != Text) {
		c.report("pattern", "pattern means nothing for %s; it is for text and lists.", c.what())
	}
	switch {
	case f.MaxItems < 0:
		c.report("max_items", "max_items must be above 0.")
	case f.MaxItems > 0 && !c.isList() && f.Type != Checkbox:
		c.report("max_items", "max_items means nothing for %s; it is for lists and checkboxes.", c.what())
	}
}

func (c *checker) options() {
	f := c.field
	switch {
	case f.Type == Input && f.Options != nil && !c.isList():
		c.report("options", "An input has no options; make it a select or a checkbox.")
	case f.Type == Input && f.Options == nil:
	case f.Options == nil || len(f.Options.Given) == 0 && f.Options.Query == "":
		c.report("options", "A %s needs options: a list, or sql: and a query that returns value and label.", c.noun())
	case len(f.Options.Given) > 0 && f.Options.Query != "":
		c.report("options", "Options are either given or come from a query, not both.")
	default:
		c.given(f.Options.Given)
	}
}

func (c *checker) given(options []Option) {
	seen := map[string]bool{}
	withSQL := 0
	for i, option := range options {
		key := c.field.optionKey(option.Value)
		switch {
		case option.Value == "":
			c.report("options", "Option %d needs a value.", i+1)
		case key == "":
			c.report("options", "Option %s must be a whole number, as the field is of kind integer.", quoted(option.Value))
		case seen[key]:
			c.report("options", "Two options have the value %s.", quoted(option.Value))
		}
		seen[key] = true
		if option.SQL != "" {
			withSQL++
		}
	}
	if withSQL > 0 && c.isList() {
		c.report("options", "The options of a list have no sql: each item stands for itself.")
	} else if withSQL > 0 && withSQL < len(options) {
		c.report("options", "Either all options have sql or none: %d of %d have it.", withSQL, len(options))
	}
}

// values tries bounds, pattern and, if the field is sound, its default by the parser itself. What is relative must be right on some
// day.
func (c *checker) values() {
	f := c.field
	if f.Pattern != "" {
		if _, err := wholeMatch(f.Pattern); err != nil {
			c.report("pattern", "The pattern %v.", err)
		}
	}
	if f.Type == Input {
		c.bounds()
	}
	if len(c.problems) > c.before || f.Default == nil {
		return
	}
	if err := f.onSomeDay(func(e Env) error { return e.tryDefault(f) }); err != nil {
		c.report("default", "%s", stop("The default is wrong: it "+err.Error()))
	}
}

func (c *checker) bounds() {
	f := c.field
	switch kind := f.kind(); {
	case kind == Text || kind == List && f.Of != Integer:
		tryBounds(c, lengths, func(Env) func(string) (int, error) { return parseLength })
	case kind == Integer:
		tryBounds(c, integers, func(Env) func(string) (integer, error) { return parseInteger })
	case kind == List:
		tryBounds(c, integers, func(Env) func(string) (integer, error) { return plainInteger })
	case kind == Decimal:
		tryBounds(c, decimals, func(Env) func(string) (decimal.Decimal, error) { return parseDecimal })
	case kind == DateKind || kind == DateRange:
		tryBounds(c, dates, func(e Env) func(string) (Date, error) { return e.date })
	case kind == DateTime:
		tryBounds(c, moments, func(e Env) func(string) (time.Time, error) { return e.datetime })
	}
}

func tryBounds[T any](c *checker, m measure[T], reader func(Env) func(string) (T, error)) {
	f, before := c.field, len(c.problems)
	raw := map[string]any{"min": f.Min, "max": f.Max}
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		err := f.onSomeDay(func(e Env) error {
			_, err := readBound(raw[key], reader(e))
			return err
		})
		if err != nil {
			c.report(key, "%s", stop("The "+key+" "+err.Error()))
		}
	}
	if len(c.problems) > before {
		return
	}
	ordered := f.onSomeDay(func(e Env) error {
		low, _ := readBound(f.Min, reader(e))
		high, _ := readBound(f.Max, reader(e))
		if low != nil && high != nil && m.compare(*low, *high) > 0 {
			return errAboveMax
		}
		return nil
	})
	if ordered != nil {
		c.report("min", "The min %v.", ordered)
	}
}

// tryDefault reads the default without asking for options of queries.
func (e Env) tryDefault(f *Field) error {
	if f.Type == Input {
		_, err := e.input(f, f.Default)
		return err
	}
	if f.Options.Query == "" {
		p := parser{env: e}
		_, err := p.choose(context.Background(), f, f.Default)
		return err
	}
	_, err := picks(f, f.Default)
	return err
}

// onSomeDay tries days of four centuries, as what is relative may only be right after a date that the report names. It returns the
// first day's mistake when none is right.
func (f *Field) onSomeDay(try func(Env) error) error {
	first := try(Env{Now: time.Date(2025, 1, 15, 12, 0, 0, 0, time.UTC)})
	if first == nil || !slices.Contains([]Kind{DateKind, DateTime, DateRange}, f.kind()) {
		return first
	}
	last := time.Date(maxYear, 1, 1, 12, 0, 0, 0, time.UTC)
	for day := time.Date(minYear, 1, 1, 12, 0, 0, 0, time.UTC); day.Before(last); day = day.AddDate(0, 0, 401) {
		if try(Env{Now: day}) == nil {
			return nil
		}
	}
	return first
}
