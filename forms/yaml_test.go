package forms

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

func decodeForm(t *testing.T, text string) Form {
	t.Helper()
	var form Form
	if err := yaml.Unmarshal([]byte(text), &form); err != nil {
		t.Fatal(err)
	}
	return form
}

func TestFormOfADocument(t *testing.T) {
	t.Parallel()
	form := decodeForm(t, `
- name: partner
  label: Partner
  type: select
  required: yes
  options:
    sql: SELECT id AS value, name AS label FROM partners ORDER BY name
- name: period
  type: input
  kind: daterange
  default: {from: today-30d, to: 2025-01-31}
- name: columns
  type: checkbox
  default: [card, 012]
  options:
    - {value: card, label: Card number, sql: card_number}
    - {value: 012, sql: twelve}
    - true
    - 0.10
`)
	want := Form{
		{Name: "partner", Label: "Partner", Type: Select, Required: true,
			Options: &Options{Query: "SELECT id AS value, name AS label FROM partners ORDER BY name"}},
		{Name: "period", Type: Input, Kind: DateRange, Default: map[string]any{"from": "today-30d", "to": "2025-01-31"}},
		{Name: "columns", Type: Checkbox, Default: []any{"card", "012"}, Options: &Options{Given: []Option{
			{Value: "card", Label: "Card number", SQL: "card_number"}, {Value: "012", SQL: "twelve"}, {Value: "true"}, {Value: "0.10"}}}},
	}
	if diff := cmp.Diff(want, form); diff != "" {
		t.Error(diff)
	}
}

func TestScalarsOfADocumentStayAsWritten(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]any{
		"00123": "00123", "2025-01-31": "2025-01-31", "0.10": "0.10", "true": "true", "12345678901234567890123": "12345678901234567890123",
		"'quoted'": "quoted", "~": nil, "''": "", "[1, [x]]": []any{"1", []any{"x"}}, "": nil, "yes": "yes", "1_000": "1_000",
	} {
		form := decodeForm(t, "- {name: a, type: input, default: "+written+", min: "+written+"}")
		if diff := cmp.Diff(want, form[0].Default); diff != "" {
			t.Errorf("default: %s\n%s", written, diff)
		}
		if diff := cmp.Diff(want, form[0].Min); diff != "" {
			t.Errorf("min: %s\n%s", written, diff)
		}
		var raw Raw
		if err := yaml.Unmarshal([]byte("a: "+written), &raw); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, raw["a"]); diff != "" {
			t.Errorf("value %s\n%s", written, diff)
		}
	}
}

func TestWrongShapesTellTheLine(t *testing.T) {
	t.Parallel()
	var form Form
	err := yaml.Unmarshal([]byte("- name: a\n  type: select\n  options: some\n- name: b\n  required: perhaps\n  options:\n  - [x]\n"), &form)
	var wrong *yaml.TypeError
	if !errors.As(err, &wrong) {
		t.Fatalf("got %v", err)
	}
	for _, want := range []string{
		"line 3: options are a list, or sql: and a query that returns value and label",
		"line 7: an option is a value, or has value, label and sql",
	} {
		if !slices.Contains(wrong.Errors, want) {
			t.Errorf("%q is not among %q", want, wrong.Errors)
		}
	}
	if len(wrong.Errors) != 3 || len(form) != 2 || form[1].Name != "b" {
		t.Errorf("got %q and %v", wrong.Errors, form)
	}
}

func TestAliases(t *testing.T) {
	t.Parallel()
	form := decodeForm(t, `
- {name: a, type: checkbox, default: &d [x, 01], options: &o [x, 01]}
- {name: b, type: checkbox, default: *d, options: *o}
`)
	if diff := cmp.Diff(form[0].Default, form[1].Default); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(form[0].Options, form[1].Options); diff != "" {
		t.Error(diff)
	}
}

func TestHostileAliasesAreRefused(t *testing.T) {
	t.Parallel()
	bomb := "a: &a [x]\n"
	for letter := 'b'; letter < 'k'; letter++ {
		bomb += string(letter) + ": &" + string(letter) + " [" + strings.Repeat("*"+string(letter-1)+",", 10) + "]\n"
	}
	for name, text := range map[string]string{
		"within itself":      "- {name: a, type: input, default: &d [*d]}",
		"field in itself":    "- &f {name: a, type: input, default: *f}",
		"options in options": "- {name: a, type: select, options: &o [*o]}",
	} {
		var form Form
		if err := yaml.Unmarshal([]byte(text), &form); err == nil {
			t.Errorf("%s: got %v", name, form)
		}
	}
	var raw Raw
	if err := yaml.Unmarshal([]byte(bomb), &raw); err == nil {
		t.Error("a bomb went off")
	}
}

func TestOptionsComeBackFromYAML(t *testing.T) {
	t.Parallel()
	for _, options := range []Options{{Query: "SELECT 1"}, {Given: []Option{{Value: "012", Label: "x"}, {Value: "true"}}}} {
		form := Form{{Name: "a", Type: Select, Options: &options, Default: "012"}}
		text, err := yaml.Marshal(form)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(form, decodeForm(t, string(text))); diff != "" {
			t.Error(diff)
		}
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	if got := FieldKeys(); len(got) != 14 || got[0] != "name" || !slices.Contains(got, "show_if") || !slices.Contains(got, "options") {
		t.Errorf("got %v", got)
	}
	if diff := cmp.Diff([]string{"value", "label", "sql"}, OptionKeys()); diff != "" {
		t.Error(diff)
	}
}
