package templates

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// listOf is a list's items, copied; nothing has none.
func listOf(v any) ([]any, error) {
	if v == nil {
		return nil, nil
	}
	list := reflect.ValueOf(v)
	if list.Kind() != reflect.Slice {
		return nil, fmt.Errorf("a list is needed here, and %s was given", describe(v))
	}
	all := make([]any, list.Len())
	for i := range all {
		all[i] = list.Index(i).Interface()
	}
	return all, nil
}

func length(v any) (int, error) {
	if v == nil {
		return 0, nil
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Slice, reflect.Map:
		return r.Len(), nil
	case reflect.String:
		return len([]rune(r.String())), nil
	default:
		return 0, fmt.Errorf("len takes a list or text, and was given %s", describe(v))
	}
}

func has(wanted, list any) (bool, error) {
	all, err := listOf(list)
	for _, item := range all {
		if same, err := equal(item, wanted); same && err == nil {
			return true, nil
		}
	}
	return false, err
}

// without drops items, and uniq repetitions; both keep the order, and the list's type so that an empty one keeps its meaning.
func without(list any, dropped ...any) (any, error) {
	drop := make(map[any]bool, len(dropped))
	for _, v := range dropped {
		drop[key(v)] = true
	}
	return filter(list, func(item any) bool { return !drop[key(item)] })
}

func uniq(list any) (any, error) {
	seen := map[any]bool{}
	return filter(list, func(item any) bool {
		k := key(item)
		fresh := !seen[k]
		seen[k] = true
		return fresh
	})
}

func compact(list any) (any, error) { return filter(list, truth) }

func filter(list any, keep func(any) bool) (any, error) {
	if _, err := listOf(list); err != nil || list == nil {
		return list, err
	}
	from := reflect.ValueOf(list)
	to := reflect.MakeSlice(from.Type(), 0, 0)
	for i := range from.Len() {
		if item := from.Index(i); keep(item.Interface()) {
			to = reflect.Append(to, item)
		}
	}
	return to.Interface(), nil
}

func sortAlpha(list any) ([]string, error) {
	all, err := texts(list)
	slices.Sort(all)
	return all, err
}

func valuesOf(m map[string]any) []any {
	all := make([]any, 0, len(m))
	for _, name := range sortedKeys(m) {
		all = append(all, m[name])
	}
	return all
}

func keysOf(maps ...map[string]any) []string {
	all := []string{}
	for _, m := range maps {
		all = append(all, sortedKeys(m)...)
	}
	return all
}

const maxSequence = 100_000

var errSequence = fmt.Errorf("more than %d numbers in a row", maxSequence)

func untilStep(start, stop, step int) ([]int, error) {
	numbers := []int{}
	if step == 0 {
		return numbers, nil
	}
	for i := start; step > 0 && i < stop || step < 0 && i > stop; i += step {
		if len(numbers) == maxSequence {
			return nil, errSequence
		}
		numbers = append(numbers, i)
	}
	return numbers, nil
}

func until(stop int) ([]int, error) {
	if stop < 0 {
		return untilStep(0, stop, -1)
	}
	return untilStep(0, stop, 1)
}

// sequence is seq of a shell: seq LAST, seq FIRST LAST, seq FIRST STEP LAST, with spaces between.
func sequence(bounds ...int) (string, error) {
	first, step, last := 1, 0, 0
	switch len(bounds) {
	case 1:
		last = bounds[0]
	case 2:
		first, last = bounds[0], bounds[1]
	case 3:
		first, step, last = bounds[0], bounds[1], bounds[2]
	default:
		return "", errors.New("seq takes 1 to 3 numbers")
	}
	if step == 0 {
		step = 1
		if last < first {
			step = -1
		}
	}
	past := last + 1
	if step < 0 {
		past = last - 1
	}
	numbers, err := untilStep(first, past, step)
	return strings.Trim(fmt.Sprint(numbers), "[]"), err
}

func (w *work) repeat(count int, text string) (string, error) {
	if count < 0 {
		return "", errors.New("repeat takes a count of 0 or more")
	}
	if err := w.text(product(count, len(text))); err != nil {
		return "", err
	}
	return strings.Repeat(text, count), nil
}

func (w *work) replace(old, with, text string) (string, error) {
	if err := w.text(len(text) + product(strings.Count(text, old), len(with))); err != nil {
		return "", err
	}
	return strings.ReplaceAll(text, old, with), nil
}

func (w *work) indent(spaces int, text string) (string, error) {
	if spaces < 0 {
		return "", errors.New("indent takes a count of 0 or more")
	}
	if err := w.text(len(text) + product(1+strings.Count(text, "\n"), spaces)); err != nil {
		return "", err
	}
	pad := strings.Repeat(" ", spaces)
	return pad + strings.ReplaceAll(text, "\n", "\n"+pad), nil
}

func (w *work) indentBelow(spaces int, text string) (string, error) {
	indented, err := w.indent(spaces, text)
	return "\n" + indented, err
}

// regexReplace is regexReplaceAll; literally takes no $1 in the replacement.
func (w *work) regexReplace(literally bool) func(pattern, text, with string) (string, error) {
	return func(pattern, text, with string) (string, error) {
		r, err := regexp.Compile(pattern)
		if err != nil {
			return "", err
		}
		groups := strings.Count(with, "$")
		if err := w.text(len(text) + product(len(text)+1, len(with)) + product(groups, len(text))); err != nil {
			return "", err
		}
		if literally {
			return r.ReplaceAllLiteralString(text, with), nil
		}
		return r.ReplaceAllString(text, with), nil
	}
}

// product multiplies lengths, and yields -1 for one beyond any limit.
func product(a, b int) int {
	if a > 0 && b > maxString/a+1 {
		return -1 << 40
	}
	return a * b
}

// group is dict: names and values in turn.
func group(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("dict takes names and values in turn, and the last value is missing")
	}
	made := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		name, err := toText(pairs[i])
		if err != nil {
			return nil, err
		}
		made[name] = pairs[i+1]
	}
	return made, nil
}

// isGiven is the function given: an explicit 0 or false is given too.
func isGiven(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case period:
		return len(v) > 0
	case zeroDecimal:
		return true
	}
	if r := reflect.ValueOf(v); r.Kind() == reflect.Slice {
		return r.Len() > 0
	}
	return true
}
