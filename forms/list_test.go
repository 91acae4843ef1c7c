package forms

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestListOfText(t *testing.T) {
	t.Parallel()
	testReadings(t, Env{}, Field{Type: Input, Kind: List, Label: "Cards"}, map[string]reading{
		"lines":                {raw: "00123\n00124\n", data: []string{"00123", "00124"}},
		"CRLF":                 {raw: "a\r\nb\r\n\r\n", data: []string{"a", "b"}},
		"lines keep commas":    {raw: "Smith, John\nDoe; Jane", data: []string{"Smith, John", "Doe; Jane"}},
		"cells of a sheet":     {raw: "a\tb\nc\td", data: []string{"a", "b", "c", "d"}},
		"commas in one line":   {raw: "a,b; c\td\n", data: []string{"a", "b", "c", "d"}},
		"mark at the start":    {raw: "\ufeffa\nb", data: []string{"a", "b"}},
		"blanks and repeats":   {raw: " a \n\n\t\nb\na", data: []string{"a", "b"}},
		"list is not split":    {raw: []string{"a,b", "c\nd", `"e"`}, data: []string{"a,b", "c\nd", `"e"`}},
		"list of any":          {raw: []any{"a", 1, json.Number("02"), true, nil}, data: []string{"a", "1", "02", "true"}},
		"single value":         {raw: 7, data: []string{"7"}},
		"quoted comma":         {raw: `"a,b",c`, data: []string{"a,b", "c"}},
		"quoted newline":       {raw: "\"a\nb\",c", data: []string{"a\nb", "c"}},
		"quoted line":          {raw: "\"a\nb\"\r\nc, d", data: []string{"a\nb", "c, d"}},
		"quotes written twice": {raw: `"say ""hi"", then",b`, data: []string{`say "hi", then`, "b"}},
		"spaces around quotes": {raw: ` "a,b" ; c`, data: []string{"a,b", "c"}},
		"quotes inside":        {raw: `5" disk, 3"`, data: []string{`5" disk`, `3"`}},
		"quoted beginning":     {raw: `"Best" shop,"b"`, data: []string{`"Best" shop`, "b"}},
		"open quote":           {raw: `"a,b`, data: []string{`"a`, "b"}},
		"empty quotes":         {raw: `"",a`, data: []string{"a"}},
		"nothing":              {raw: " \n , ;"},
		"empty list":           {raw: []any{}},
		"nested":               {raw: []any{"a", []any{"b"}}, mistake: "Cards has a wrong value: value 2 takes a plain value, not a list within a list."},
		"not UTF-8":            {raw: "a\n\xff\xfeb", mistake: "Cards is not UTF-8 text: save or send it as UTF-8."},
		"map":                  {raw: map[string]any{}, mistake: "Cards takes a plain value, not one made of named parts."},
	})
}

func TestListOfIntegers(t *testing.T) {
	t.Parallel()
	testReadings(t, Env{}, Field{Type: Input, Kind: List, Of: Integer, Label: "Ids"}, map[string]reading{
		"every separator":    {raw: "1,2;3\t4\n5, 6", data: []int64{1, 2, 3, 4, 5, 6}},
		"same numbers":       {raw: "7\n07\n+7\n-0\n0", data: []int64{7, 0}},
		"above int64":        {raw: "1\n18446744073709551615", data: []uint64{1, math.MaxUint64}},
		"numbers":            {raw: []any{1, 2.0, json.Number("3.0"), "4", uint64(5)}, data: []int64{1, 2, 3, 4, 5}},
		"typed":              {raw: []uint64{math.MaxUint64}, data: []uint64{math.MaxUint64}},
		"negative and large": {raw: "-1\n18446744073709551615", mistake: "Ids has both negative numbers and numbers above 9223372036854775807, which do not go into one list."},
		"one wrong":          {raw: "1\n\n2 3", mistake: `Ids has a wrong value: value 2 must be a whole number, not "2 3".`},
		"many wrong": {raw: "1\na\nb\nc\nd\ne", mistake: `Ids has 5 wrong values: value 2 must be a whole number, not "a"; ` +
			`value 3 must be a whole number, not "b"; value 4 must be a whole number, not "c"; and 2 more.`},
		"bool": {raw: []any{true}, mistake: `Ids has a wrong value: value 1 must be a whole number, not "true".`},
	})
}

func TestListItemsAreHeldAgainstTheField(t *testing.T) {
	t.Parallel()
	text := Field{Type: Input, Kind: List, Label: "Codes", Min: "2", Max: "3", Pattern: "[A-Z]+", MaxItems: 3}
	testReadings(t, Env{}, text, map[string]reading{
		"fit":      {raw: "AB,ABC", data: []string{"AB", "ABC"}},
		"short":    {raw: "AB,A", mistake: "Codes has a wrong value: value 2 must have at least 2 characters, but has 1."},
		"pattern":  {raw: "ABx", mistake: `Codes has a wrong value: value 1 must match the pattern [A-Z]+, but is "ABx".`},
		"repeats":  {raw: "AA,BB,AA,CC,BB", data: []string{"AA", "BB", "CC"}},
		"too many": {raw: "AA,BB,CC,DD,EE", mistake: "Codes takes at most 3 values, but 5 were given."},
	})
	numbers := Field{Type: Input, Kind: List, Of: Integer, Label: "Ids", Min: 1, Max: 9, Pattern: `\d`}
	testReadings(t, Env{}, numbers, map[string]reading{
		"in bounds": {raw: "1 , 9", data: []int64{1, 9}},
		"too large": {raw: "10", mistake: "Ids has a wrong value: value 1 must be at most 9, not 10."},
		"padded":    {raw: "01", mistake: `Ids has a wrong value: value 1 must match the pattern \d, but is "01".`},
	})
}

func TestRepeatedItemsAreCounted(t *testing.T) {
	t.Parallel()
	value, err := readOne(Env{}, Field{Type: Input, Kind: List}, "a,b,a,,a")
	if err != nil || value.Repeated != 2 {
		t.Errorf("got %d repeated (%v), want 2", value.Repeated, err)
	}
}

func TestAMillionItemsAndNotOneMore(t *testing.T) {
	t.Parallel()
	items := make([]string, DefaultMaxItems+1)
	for i := range items {
		items[i] = fmt.Sprintf("%019d", i)
	}
	for of, raw := range map[Kind]any{Text: strings.Join(items, "\n"), Integer: items} {
		field := Field{Type: Input, Kind: List, Of: of, Label: "Ids"}
		if got := oneMistakeOf(t, field, raw); got != "Ids takes at most 1,000,000 values, but 1,000,001 were given." {
			t.Errorf("%s: got %s", of, got)
		}
	}
	value, err := readOne(Env{}, Field{Type: Input, Kind: List}, strings.Join(items[1:], "\r\n"))
	if err != nil || !slices.Equal(value.Data.([]string), items[1:]) {
		t.Errorf("a million items did not come back as given: %v", err)
	}
}

func oneMistakeOf(t *testing.T, field Field, raw any) string {
	t.Helper()
	_, err := readOne(Env{}, field, raw)
	return oneMistake(t, err)
}

// Quotes that never close must not make every item search to the end of the text.
func TestHostileQuotesTakeLinearTime(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"open":   strings.Repeat("\"a\n", 500_000),
		"paired": `"` + strings.Repeat("\"\"\n", 500_000),
		"spaced": strings.Repeat(`"a"   x,`, 200_000),
	} {
		if _, err := readOne(Env{}, Field{Type: Input, Kind: List}, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkList(b *testing.B) {
	var text strings.Builder
	for i := range DefaultMaxItems {
		fmt.Fprintf(&text, "%019d\n", i)
	}
	for _, of := range []Kind{Text, Integer} {
		b.Run(string(of), func(b *testing.B) {
			for b.Loop() {
				if _, err := readOne(Env{}, Field{Type: Input, Kind: List, Of: of}, text.String()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
