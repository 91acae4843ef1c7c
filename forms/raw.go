package forms

import (
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"reflect"
	"strconv"
	"time"
	"unicode/utf8"
)

const maxExactFloat = 1 << 53 // above it float64 no longer holds every whole number

// one is the text of a single raw value; nothing is the empty text. A list of one is that one.
func one(raw any) (string, error) {
	given, items, ok := listItems(raw)
	if !ok {
		return scalar(raw)
	}
	if given > 1 {
		return "", mistakef("single", count(given))
	}
	for text, err := range items {
		return text, err
	}
	return "", nil
}

// scalar is the text of a raw value that is neither list nor map.
func scalar(raw any) (string, error) {
	switch v := raw.(type) {
	case nil:
		return "", nil
	case string:
		if !utf8.ValidString(v) {
			return "", mistakef("encoding")
		}
		return v, nil
	case json.Number:
		return scalar(v.String())
	case bool:
		return strconv.FormatBool(v), nil
	case float64:
		return floatText(v)
	case time.Time:
		return timeText(v), nil
	}
	return reflected(reflect.ValueOf(raw))
}

func reflected(v reflect.Value) (string, error) {
	switch {
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10), nil
	case v.CanUint():
		return strconv.FormatUint(v.Uint(), 10), nil
	case v.CanFloat():
		return floatText(v.Float())
	case v.Kind() == reflect.String:
		return scalar(v.String())
	case v.Kind() == reflect.Map:
		return "", mistakef("plain_parts")
	case v.Kind() == reflect.Slice:
		return "", mistakef("plain_list")
	}
	return "", mistakef("plain", v.Type())
}

func floatText(f float64) (string, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "", mistakef("number", fmt.Sprint(f))
	}
	if math.Abs(f) > maxExactFloat {
		return "", mistakef("inexact", fmt.Sprintf("%g", f))
	}
	return strconv.FormatFloat(f, 'f', -1, 64), nil
}

// timeText is RFC 3339 without loss: in UTC where the zone's offset has seconds, as local mean times do.
func timeText(t time.Time) string {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.UTC()
	}
	return t.Format(time.RFC3339Nano)
}

// listItems are the texts of a raw list, and false for anything else.
func listItems(raw any) (count int, items iter.Seq2[string, error], ok bool) {
	switch v := raw.(type) {
	case nil, string, json.Number, bool, int, float64:
		return 0, nil, false
	case []string:
		return len(v), texts(v), true
	case []any:
		return len(v), texts(v), true
	case []int64:
		return len(v), texts(v), true
	case []uint64:
		return len(v), texts(v), true
	}
	list := reflect.ValueOf(raw)
	if list.Kind() != reflect.Slice {
		return 0, nil, false
	}
	all := make([]any, list.Len())
	for i := range all {
		all[i] = list.Index(i).Interface()
	}
	return len(all), texts(all), true
}

func texts[T any](list []T) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, item := range list {
			if !yield(scalar(item)) {
				return
			}
		}
	}
}
