package forms

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// awkward are texts that break software which splits, trims, normalises, quotes or interprets them.
var awkward = []string{
	" both ends ", "   ", "tab\tand\r\nnewline\n", "\x00\x01\x7f", "\ufeffmark", "Ω≈ç√∫", "👩‍👩‍👧‍👦", "\u202eright to left", "ﷺ", "e\u0301",
	`x' OR '1'='1`, "$100", `C:\tmp`, "O'Brien", "{{ .user.email }}", "=1+1", "00123", "null", "NaN", "undefined", "\u2028", "\ufffd",
	"..", "all", "a,b;c", `"`, `""`, `"a"`, "<script>", "%s%n", "../../etc/passwd", "true", "1e5", "18446744073709551616", "\u200b", ",",
}

func TestTextIsKeptAsGiven(t *testing.T) {
	t.Parallel()
	for _, text := range awkward {
		value, err := readOne(Env{}, Field{Type: Input}, text)
		if err != nil || value.Data != text {
			t.Errorf("got %q (%v), want %q", value.Data, err, text)
		}
	}
}

func TestOptionsAreKeptAsGiven(t *testing.T) {
	t.Parallel()
	options := &Options{Given: mapped(awkward, func(text string) Option { return Option{Value: text} })}
	for _, text := range awkward {
		value, err := readOne(Env{}, Field{Type: Select, Options: options}, text)
		if err != nil || value.Data != text {
			t.Errorf("got %q (%v), want %q", value.Data, err, text)
		}
		value, err = readOne(Env{}, Field{Type: Checkbox, Options: options}, text)
		if err != nil || !slices.Equal(value.Data.([]string), []string{text}) {
			t.Errorf("got %q (%v), want %q", value.Data, err, text)
		}
	}
}

func TestItemsOfAListAreKeptButForSpacesAround(t *testing.T) {
	t.Parallel()
	var want []string
	for _, text := range awkward {
		if text = strings.TrimSpace(text); text != "" && !slices.Contains(want, text) {
			want = append(want, text)
		}
	}
	value, err := readOne(Env{}, Field{Type: Input, Kind: List}, awkward)
	if err != nil || !slices.Equal(value.Data.([]string), want) {
		t.Errorf("got %q (%v)", value.Data, err)
	}
}

func TestTextOfOtherTypes(t *testing.T) {
	t.Parallel()
	testReadings(t, Env{}, Field{Type: Input, Label: "Note"}, map[string]reading{
		"empty":          {raw: ""},
		"nothing":        {raw: nil},
		"empty list":     {raw: []string{}},
		"list of one":    {raw: []any{"x"}, data: "x"},
		"JSON number":    {raw: json.Number("1.50"), data: "1.50"},
		"integer":        {raw: 12, data: "12"},
		"large":          {raw: uint64(1<<64 - 1), data: "18446744073709551615"},
		"float":          {raw: 0.1, data: "0.1"},
		"bool":           {raw: true, data: "true"},
		"time":           {raw: time.Date(2025, 1, 31, 10, 0, 0, 0, time.UTC), data: "2025-01-31T10:00:00Z"},
		"inexact":        {raw: 1e17, mistake: "Note was sent as the number 1e+17, which is too large to be exact: send it as text."},
		"list of two":    {raw: []string{"x", "y"}, mistake: "Note takes one value, but 2 were given."},
		"map":            {raw: map[string]any{"a": 1}, mistake: "Note takes a plain value, not one made of named parts."},
		"nested":         {raw: []any{[]any{"x"}}, mistake: "Note takes a plain value, not a list within a list."},
		"no value":       {raw: struct{}{}, mistake: "Note takes a plain value, not a struct {}."},
		"not UTF-8":      {raw: "caf\xe9", mistake: "Note is not UTF-8 text: save or send it as UTF-8."},
		"list of blanks": {raw: []string{""}},
	})
}

func TestTextLengthAndPattern(t *testing.T) {
	t.Parallel()
	field := Field{Type: Input, Label: "Code", Min: 2, Max: "4", Pattern: `[а-я]+|x`}
	testReadings(t, Env{}, field, map[string]reading{
		"fits":                {raw: "щука", data: "щука"},
		"empty is nothing":    {raw: ""},
		"short":               {raw: "x", mistake: "Code must have at least 2 characters, but has 1."},
		"long":                {raw: "карась", mistake: "Code must have at most 4 characters, but has 6."},
		"part matches":        {raw: "xщ", mistake: `Code must match the pattern [а-я]+|x, but is "xщ".`},
		"newline after match": {raw: "да\n", mistake: `Code must match the pattern [а-я]+|x, but is "да\n".`},
	})
}

func TestPatternCannotLoseItsAnchors(t *testing.T) {
	t.Parallel()
	for pattern, text := range map[string]string{`\Qa.c`: "a.c", `(?i)A`: "a", `a|b`: "b", `^a$`: "a"} {
		if _, err := readOne(Env{}, Field{Type: Input, Pattern: pattern}, text); err != nil {
			t.Errorf("%s against %s: %v", pattern, text, err)
		}
		if _, err := readOne(Env{}, Field{Type: Input, Pattern: pattern}, text+"!"); err == nil {
			t.Errorf("%s matched %s!", pattern, text)
		}
	}
}

func TestBoolean(t *testing.T) {
	t.Parallel()
	testReadings(t, Env{}, Field{Type: Input, Kind: Boolean, Label: "Active"}, map[string]reading{
		"true":    {raw: true, data: true},
		"false":   {raw: false, data: false},
		"1":       {raw: 1, data: true},
		"0":       {raw: json.Number("0"), data: false},
		"yes":     {raw: " YES ", data: true},
		"off":     {raw: "Off", data: false},
		"да":      {raw: "Да", data: true},
		"нет":     {raw: "НЕТ", data: false},
		"nothing": {raw: " "},
		"other":   {raw: "perhaps", mistake: `Active must be yes or no, not "perhaps".`},
		"number":  {raw: 2, mistake: `Active must be yes or no, not "2".`},
	})
}

func TestWrongValuesAreQuotedInPart(t *testing.T) {
	t.Parallel()
	_, err := readOne(Env{}, Field{Type: Input, Kind: Integer, Label: "Age"}, strings.Repeat("x", 1<<20))
	want := `Age must be a whole number, not "` + strings.Repeat("x", 60) + `…".`
	if got := oneMistake(t, err); got != want {
		t.Errorf("got %s", got)
	}
	_, err = readOne(Env{}, Field{Type: Input, Kind: Integer, Label: "Age"}, "a\x00\u202eb\n1")
	if got, want := oneMistake(t, err), `Age must be a whole number, not "a\x00\u202eb\n1".`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
