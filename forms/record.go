package forms

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/internal/words"
)

const labelledItems = 5 // values of a list that a label tells one by one

// Record is the values as a run keeps them, fit for JSON and resolved: dates and decimals are text, a period is {from, to} with nil
// for an open end, a field not given is nil. Whole numbers beyond 2^53, which many readers of JSON round, are text too, and so are all
// of a list that holds one. Parsing it gives the same values, whenever that is done.
func (v Values) Record() map[string]any {
	record := make(map[string]any, len(v))
	for name, value := range v {
		record[name] = recorded(value.Data)
	}
	return record
}

func recorded(data any) any {
	switch d := data.(type) {
	case decimal.Decimal:
		return d.String()
	case Date:
		return d.String()
	case time.Time:
		return timeText(d)
	case Range:
		return map[string]any{"from": recordedEnd(d.From), "to": recordedEnd(d.To)}
	case int64:
		return safeInteger(d)
	case uint64:
		return safeInteger(d)
	case []int64:
		return safeIntegers(d)
	case []uint64:
		return safeIntegers(d)
	}
	return data
}

// maxSafe is the largest whole number that every reader of JSON takes exactly.
const maxSafe = 1<<53 - 1

func unsafe[T int64 | uint64](n T) bool { return n > maxSafe || n+maxSafe < 0 && n < 0 }

func safeInteger[T int64 | uint64](n T) any {
	if unsafe(n) {
		return fmt.Sprint(n)
	}
	return n
}

func safeIntegers[T int64 | uint64](list []T) any {
	if slices.ContainsFunc(list, unsafe[T]) {
		return mapped(list, func(n T) string { return fmt.Sprint(n) })
	}
	return list
}

func recordedEnd(d Date) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}

// Label is what the person saw, on one line; empty when nothing was given.
func (v Value) Label() string { return strings.Join(v.Labels(), ", ") }

// Labels are the labels of the options chosen, or what was put in, written for people; a long list is only counted.
func (v Value) Labels() []string {
	if v.Chosen != nil {
		return mapped(v.Chosen, Option.label)
	}
	switch d := v.Data.(type) {
	case nil:
		return nil
	case bool:
		if d {
			return []string{"yes"}
		}
		return []string{"no"}
	case time.Time:
		return []string{timeLabel(d)}
	case []string:
		return itemLabels(d)
	case []int64:
		return itemLabels(d)
	case []uint64:
		return itemLabels(d)
	}
	return []string{fmt.Sprint(v.Data)}
}

func itemLabels[T any](items []T) []string {
	if len(items) > labelledItems {
		return []string{words.Grouped(len(items)) + " values"}
	}
	return mapped(items, func(item T) string { return fmt.Sprint(item) })
}
