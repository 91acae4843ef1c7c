package forms

import (
	"fmt"
	"strings"
	"time"

	"github.com/vitrina-reports/vitrina/internal/words"
)

// predicates are all that can be wrong with a value, by code, worded to follow the field's label. A name in braces is an argument;
// with an asterisk it is a list of a few, which comes with another argument, as given_more, for how many it leaves out. Programs rely on
// codes and arguments: none is ever renamed. README.md lists them.
var predicates = map[string]string{
	"required":    `is required`,
	"single":      `takes one value, but {count} were given`,
	"encoding":    `is not UTF-8 text: save or send it as UTF-8`,
	"plain":       `takes a plain value, not a {type}`,
	"plain_parts": `takes a plain value, not one made of named parts`,
	"plain_list":  `takes a plain value, not a list within a list`,
	"inexact":     `was sent as the number {given}, which is too large to be exact: send it as text`,
	"boolean":     `must be yes or no, not "{given}"`,

	"integer":        `must be a whole number, not "{given}"`,
	"integer_size":   `must be from {min} to {max}, not "{given}"`,
	"integer_mix":    `has both negative numbers and numbers above {limit}, which do not go into one list`,
	"decimal":        `must be a number such as 12.5, not "{given}"`,
	"decimal_digits": `must have at most {max} digits, unlike "{given}"`,
	"number":         `must be a number, not {given}`,
	"ambiguous":      `is not clear: "{given}" may mean {whole} or {decimal}, so write it without thousands separators`,
	"min":            `must be at least {min}, not {given}`,
	"max":            `must be at most {max}, not {given}`,

	"min_length": `must have at least {min} characters, but has {length}`,
	"max_length": `must have at most {max} characters, but has {length}`,
	"pattern":    `must match the pattern {pattern}, but is "{given}"`,

	"date":         "must be " + dateExample + `, not "{given}"`,
	"datetime":     "must be " + timeExample + `, not "{given}"`,
	"date_month":   `cannot be "{given}": there is no month {month}`,
	"date_missing": `cannot be "{given}": {day} {month} {year} does not exist`,
	"date_year":    `cannot be "{given}": years go from {min} to {max}`,
	"date_near":    `cannot be "{given}": did you mean {near}?`,
	"date_now":     `cannot be "{given}": a date has no time, so write today`,
	"date_clock":   `cannot be "{given}": a date has no time; units are d, w, M (months), q and y`,
	"date_unit":    `cannot be "{given}": there is no unit {unit}; units are d, w, M (months), q and y, and with a time h, m (minutes) and s`,
	"time_of_day":  `cannot be "{given}": there is no such time of day`,
	"time_exact":   `must be exact to the microsecond at most, unlike "{given}"`,
	"time_missing": `cannot be "{given}": that time does not exist in {zone}, where clocks jump from {from} to {to}`,
	"time_offset":  `cannot be "{given}": there is no such offset from UTC`,
	"min_date":     `must not be before {min}, but is {given}`,
	"max_date":     `must not be after {max}, but is {given}`,
	"range_from":   `needs its first day`,
	"range_to":     `needs its last day`,
	"range_order":  `cannot be from {from} to {to}: the first day comes after the last`,
	"range_parts":  `takes from and to, not "{given}"`,

	"max_items":       `takes at most {max} values, but {count} were given`,
	"max_options":     `takes at most {max} options, but {count} were given`,
	"max_options_all": `takes at most {max} options, but there are more`,
	// Of a list the message tells each of the first wrong items in its own words.
	"items":              `has {count} wrong values: {given}, in place {positions}`,
	"items_integer":      `has {count} values that are no whole numbers: {given}, in place {positions}`,
	"items_integer_size": `has {count} values that are not from {min} to {max}: {given}, in place {positions}`,
	"items_min":          `has {count} values below {min}: {given}, in place {positions}`,
	"items_max":          `has {count} values above {max}: {given}, in place {positions}`,
	"items_min_length":   `has {count} values with fewer than {min} characters: {given}, in place {positions}`,
	"items_max_length":   `has {count} values with more than {max} characters: {given}, in place {positions}`,
	"items_pattern":      `has {count} values that do not match the pattern {pattern}: {given}, in place {positions}`,

	"option":       `has no option {given*}; did you mean {suggestions*}?`,
	"option_of":    `has no option {given*}; the options are {options*}`,
	"option_first": `has no option {given*}; the first options are {options*}`,
	"option_none":  `has no option {given*}; there are no options to choose from`,
	"option_gone":  `has no option {given*}`,

	"limited":         `must be given: choose one of {options*}`,
	"limited_nothing": `has no value that your rights allow; ask who gave you these rights`,
	"limited_date":    `cannot be limited to certain values, as your rights say, since it is a date; ask who gave you these rights`,
}

// sentences are mistakes that stand by themselves.
var sentences = map[string]string{
	"unknown_field":      `There is no field "{given}". The form has {fields*}.`,
	"unknown_field_near": `There is no field "{given}"; did you mean {near}? The form has {fields*}.`,
	"unknown_fields":     `There are {count} more values for fields that do not exist.`,
	"no_form":            `There is no field "{given}"; the report has no form.`,
	"limited_unknown":    `Your rights limit the field "{given}", which this report does not have; ask who gave you these rights.`,
	"default":            `The report's default for {label} is wrong: it {reason}.`,
}

// patternOf is the sentence of a code with its arguments in braces.
func patternOf(code string) string {
	if sentence, ok := sentences[code]; ok {
		return sentence
	}
	return predicates[code]
}

// places are the names in the braces of a pattern.
func places(pattern string) []string {
	var all []string
	for {
		_, rest, ok := strings.Cut(pattern, "{")
		if !ok {
			return all
		}
		name, after, _ := strings.Cut(rest, "}")
		all, pattern = append(all, name), after
	}
}

// fill puts arguments in the places of a pattern, in their order.
func fill(pattern string, args []any) string {
	var b strings.Builder
	for _, arg := range args {
		before, rest, _ := strings.Cut(pattern, "{")
		_, after, _ := strings.Cut(rest, "}")
		b.WriteString(before + inSentence(arg))
		pattern = after
	}
	return b.String() + pattern
}

// count is a number of things.
type count int

// namedSome is a list of which a sentence names the first.
type namedSome struct {
	items       []string
	limit       int
	conjunction string
	quotes      bool
}

func (n namedSome) String() string {
	items := n.items
	if n.quotes {
		items = mapped(items, func(item string) string { return quoted(item).String() })
	}
	return listing(items, n.limit, n.conjunction)
}

func inSentence(arg any) string {
	switch arg := arg.(type) {
	case string:
		return clip(arg)
	case count:
		return words.Grouped(int(arg))
	}
	return fmt.Sprint(arg)
}

// namedArguments are the arguments of a code by their names: texts, numbers and lists of texts.
func namedArguments(code string, args []any) map[string]any {
	named := make(map[string]any, len(args))
	for i, place := range places(patternOf(code)) {
		name, isList := strings.CutSuffix(place, "*")
		if some, ok := args[i].(namedSome); isList && ok {
			first := some.items[:min(len(some.items), some.limit)]
			named[name], named[name+"_more"] = mapped(first, clip), len(some.items)-len(first)
			continue
		}
		named[name] = argument(args[i])
	}
	return named
}

func argument(arg any) any {
	switch arg := arg.(type) {
	case int, int64:
		return arg
	case count:
		return int(arg)
	case time.Month:
		return int(arg)
	case interface{ argument() any }:
		return arg.argument()
	}
	return inSentence(arg)
}
