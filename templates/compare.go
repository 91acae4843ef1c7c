package templates

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
)

// compare orders two single values of one sort: numbers of any kind, texts, dates, times; a date also with its ISO text.
func compare(a, b any) (int, error) {
	a, b = bare(a), bare(b)
	switch a := a.(type) {
	case string:
		if b, ok := b.(string); ok {
			return cmp.Compare(a, b), nil
		}
	case bool:
		if b, ok := b.(bool); ok {
			return cmp.Compare(bit(a), bit(b)), nil
		}
	}
	if x, y, ok := moments(a, b); ok {
		return x.Compare(y), nil
	}
	x, errX := numberOf(a)
	y, errY := numberOf(b)
	if errX != nil || errY != nil {
		return 0, fmt.Errorf("%s and %s cannot be compared", describe(a), describe(b))
	}
	return x.decimal.Cmp(y.decimal), nil
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// moments are two values as times, when at least one is a date or time and the other can be read as one.
func moments(a, b any) (x, y time.Time, ok bool) {
	x, isX := moment(a)
	y, isY := moment(b)
	switch {
	case isX && isY:
		return x, y, true
	case isX:
		y, isY = readDate(b)
		return x, y, isY
	case isY:
		x, isX = readDate(a)
		return x, y, isX
	default:
		return x, y, false
	}
}

func moment(v any) (time.Time, bool) {
	switch v := v.(type) {
	case forms.Date:
		return midnight(v), true
	case time.Time:
		return v, true
	default:
		return time.Time{}, false
	}
}

func readDate(v any) (time.Time, bool) {
	text, ok := v.(string)
	if !ok {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, text)
	return t, err == nil
}

// equal tells whether a is any of the others. Nothing equals nothing alone.
func equal(a any, others ...any) (bool, error) {
	if len(others) == 0 {
		return false, fmt.Errorf("eq takes 2 values or more, and was given 1")
	}
	for _, b := range others {
		if bare(a) == nil || bare(b) == nil {
			if bare(a) == nil && bare(b) == nil {
				return true, nil
			}
			continue
		}
		order, err := compare(a, b)
		if err != nil || order == 0 {
			return err == nil, err
		}
	}
	return false, nil
}

func unequal(a, b any) (bool, error) {
	same, err := equal(a, b)
	return !same && err == nil, err
}

// ordered compares two values; with nothing on either side the answer is no.
func ordered(holds func(order int) bool) func(a, b any) (bool, error) {
	return func(a, b any) (bool, error) {
		if bare(a) == nil || bare(b) == nil {
			return false, nil
		}
		order, err := compare(a, b)
		return err == nil && holds(order), err
	}
}

// key is equal for values that eq finds equal, for use in a map.
func key(v any) any {
	v = bare(v)
	switch v := v.(type) {
	case nil, string, bool, int64, forms.Date:
		return v
	case time.Time:
		return v.UTC()
	}
	n, err := numberOf(v)
	switch {
	case err != nil:
		return fmt.Sprintf("%T %#v", v, v)
	case n.decimal.IsInteger() && n.decimal.BigInt().IsInt64():
		return n.decimal.IntPart()
	case n.decimal.IsInteger():
		return wide(n.decimal.BigInt().String())
	default:
		return wide(strings.TrimRight(n.decimal.String(), "0"))
	}
}

// wide is the key of a number that int64 does not hold.
type wide string
