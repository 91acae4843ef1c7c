package forms

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
)

// everyKind has a field of each type and kind.
func everyKind() Form {
	numbers := &Options{Given: []Option{{Value: "-1"}, {Value: "007"}, {Value: "5"}}}
	large := &Options{Given: []Option{{Value: "1"}, {Value: "18446744073709551615"}}}
	return Form{
		{Name: "text", Type: Input},
		{Name: "integer", Type: Input, Kind: Integer},
		{Name: "decimal", Type: Input, Kind: Decimal},
		{Name: "date", Type: Input, Kind: DateKind},
		{Name: "datetime", Type: Input, Kind: DateTime},
		{Name: "daterange", Type: Input, Kind: DateRange},
		{Name: "list", Type: Input, Kind: List},
		{Name: "numbers", Type: Input, Kind: List, Of: Integer},
		{Name: "boolean", Type: Input, Kind: Boolean},
		{Name: "select", Type: Select, Options: columns()},
		{Name: "select_number", Type: Select, Kind: Integer, Options: numbers},
		{Name: "checkbox", Type: Checkbox, Options: columns()},
		{Name: "checkbox_number", Type: Checkbox, Kind: Integer, Options: numbers},
		{Name: "checkbox_large", Type: Checkbox, Kind: Integer, Options: large},
	}
}

// rawTexts are right for one kind or another, or nearly.
var rawTexts = []string{
	"", " ", "a", "card", "card,city", "all", "5", "-1", "007", "18446744073709551615", "1,5", "12.50", "1e-7", "-0", "1,234", "today", "now-90m",
	"month_end-1M", "2025-01-31", "31.01.2025", "2025-03-30 02:30", "2025-10-26 02:30", "2025-10-26T02:30:00+01:00", "1905-06-01 00:00",
	"1900-01-01", "2299-12-31", "2299-12-31T23:59:59.999999Z", "..today", "today..", "2025-01-01..2025-01-31", "yes", "нет",
	"a\nb,c\n\"d\ne\"", "1\n2\n2", "\ufeffa;b", "\ufeff\ufeffa", "\"x,\"\"y\"\"\"", "\xff", "x' OR '1'='1", "\x00", " \u00a0a\u2003 ",
}

// stable checks that the record of values gives the same values, directly and by way of JSON, on any later day.
func stable(t *testing.T, form Form, values Values, env Env) {
	t.Helper()
	env.Now = env.Now.AddDate(1, 2, 3)
	same := cmp.Options{cmpopts.IgnoreFields(Value{}, "Repeated"), cmp.Comparer(decimal.Decimal.Equal)}
	record := values.Record()
	again, err := Parse(context.Background(), form, record, env)
	if diff := cmp.Diff(values, again, same); err != nil || diff != "" {
		t.Fatalf("the record %v does not come back: %v\n%s", record, err, diff)
	}
	encoded, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	var decoded Raw
	decoder := json.NewDecoder(bytes.NewReader(encoded))
	decoder.UseNumber()
	if err := decoder.Decode(&decoded); err != nil {
		t.Fatal(err)
	}
	again, err = Parse(context.Background(), form, decoded, env)
	if diff := cmp.Diff(values, again, same); err != nil || diff != "" {
		t.Fatalf("the record %s does not come back: %v\n%s", encoded, err, diff)
	}
}

func TestARecordGivesTheSameValues(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"UTC", "Europe/Berlin", "America/Sao_Paulo", "Europe/Moscow"} {
		env := at(t, zone, "2025-10-26T01:30:00Z")
		random := rand.New(rand.NewPCG(1, 2))
		for range 150 {
			var form Form
			filled := Values{}
			for _, field := range everyKind() {
				text := rawTexts[random.IntN(len(rawTexts))]
				if value, err := readOne(env, field, text); err == nil {
					value.Field.Name = field.Name
					form = append(form, *value.Field)
					filled[field.Name] = value
				}
			}
			stable(t, form, filled, env)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range rawTexts {
		f.Add(text)
	}
	env := thursday(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, field := range everyKind() {
			for _, raw := range []any{text, []string{text, "5"}, map[string]any{"from": text}, json.Number(text)} {
				values, err := Parse(context.Background(), Form{field}, Raw{field.Name: raw}, env)
				if err != nil {
					oneMistake(t, err)
					continue
				}
				stable(t, Form{field}, values, env)
			}
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, text := range rawTexts {
		f.Add(text, text, text)
	}
	f.Fuzz(func(t *testing.T, value, bound, pattern string) {
		for _, field := range everyKind() {
			field.Default, field.Min, field.Pattern = value, bound, pattern
			if field.Type != Input || field.Kind == Boolean {
				field.Min = nil
			}
			if field.Type != Input || field.kind() != Text && field.kind() != List {
				field.Pattern = ""
			}
			if (Form{field}).Check() == nil && !slices.Contains([]Kind{DateKind, DateTime, DateRange}, field.kind()) {
				if _, err := Parse(context.Background(), Form{field}, nil, Env{}); err != nil {
					t.Fatalf("the check accepts what fails: %v", err)
				}
			}
		}
	})
}

func TestRecord(t *testing.T) {
	t.Parallel()
	raw := Raw{"text": " x", "integer": "18446744073709551615", "decimal": "12,50", "date": "yesterday", "datetime": "2025-07-01 10:00:00.5",
		"daterange": "..2025-01-31", "list": "b\na", "numbers": "2,1", "boolean": "no", "select_number": 7, "checkbox": "city,card"}
	values, err := Parse(context.Background(), everyKind(), raw, thursday(t))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"text": " x", "integer": "18446744073709551615", "decimal": "12.5", "date": "2025-02-12", "datetime": "2025-07-01T10:00:00.5+02:00",
		"daterange": map[string]any{"from": nil, "to": "2025-01-31"}, "list": []string{"b", "a"}, "numbers": []int64{2, 1}, "boolean": false,
		"select": nil, "select_number": int64(7), "checkbox": []string{"card", "city"}, "checkbox_number": nil, "checkbox_large": nil,
	}
	if diff := cmp.Diff(want, values.Record()); diff != "" {
		t.Error(diff)
	}
}

// Before zones had whole minutes, Moscow was 2:30:17 ahead, which RFC 3339 cannot write.
func TestRecordOfLocalMeanTime(t *testing.T) {
	t.Parallel()
	env := at(t, "Europe/Moscow", "2025-01-01T00:00:00Z")
	value, err := readOne(env, Field{Type: Input, Kind: DateTime}, "1905-06-01 00:00")
	if err != nil {
		t.Fatal(err)
	}
	if got := (Values{"f": value}).Record()["f"]; got != "1905-05-31T21:29:43Z" {
		t.Errorf("got %v", got)
	}
}

func TestLabel(t *testing.T) {
	t.Parallel()
	moment := time.Date(2025, 1, 31, 10, 0, 0, 0, time.UTC)
	day, later := Date{2025, 1, 1}, Date{2025, 1, 31}
	for want, data := range map[string]any{
		"":                        nil,
		"x":                       "x",
		"-5":                      int64(-5),
		"12.5":                    decimal.RequireFromString("12.50"),
		"2025-01-31":              later,
		"2025-01-31 10:00":        moment,
		"2025-01-31 10:00:05":     moment.Add(5 * time.Second),
		"2025-01-31 10:00:00.25":  moment.Add(250 * time.Millisecond),
		"2025-01-01 – 2025-01-31": Range{day, later},
		"from 2025-01-01":         Range{From: day},
		"until 2025-01-31":        Range{To: later},
		"2025-01-01":              Range{day, day},
		"yes":                     true,
		"no":                      false,
		"a, b":                    []string{"a", "b"},
		"1, 2, 3, 4, 5":           []int64{1, 2, 3, 4, 5},
		"1, 18446744073709551615": []uint64{1, 1<<64 - 1},
		"4,987 values":            make([]string, 4987),
	} {
		if got := (Value{Data: data}).Label(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if labels := (Value{}).Labels(); labels != nil {
		t.Errorf("got %v", labels)
	}
}

func TestEveryFieldHasARecord(t *testing.T) {
	t.Parallel()
	values, err := Parse(context.Background(), everyKind(), nil, thursday(t))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, field := range everyKind() {
		names = append(names, field.Name)
	}
	if got := slices.Sorted(maps.Keys(values.Record())); !slices.Equal(got, slices.Sorted(slices.Values(names))) {
		t.Errorf("got %v", got)
	}
}
