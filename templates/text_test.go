package templates

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

func TestRender(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ template, want string }{
		"plain":            {"# Cards\n", "# Cards\n"},
		"values":           {"{{ .q }}, {{ .n }}, {{ .amount }}, {{ .yes }}, {{ .big }}", "O'Brien, 7, 12.5, true, 18446744073709551615"},
		"dates":            {"{{ .day }}, {{ .at }}, {{ .period.from }}", "2025-01-31, 2025-01-31 09:30:00, 2025-01-01"},
		"date range":       {"{{ .period }} / {{ .since }} / {{ .no_period }}", "2025-01-01 – 2025-01-31 / 2025-01-01 – / "},
		"lists":            {"{{ .ids }}; {{ .columns }}; {{ .label.columns }}", "a, b'; card, city; Card number, City"},
		"nothing":          {"[{{ .empty }}{{ .no_ids }}{{ .label.empty }}{{ .no_n }}]", "[]"},
		"floats":           {"{{ 1e6 }} {{ 0.1 }} {{ 1e-30 }}", "1000000 0.1 1e-30"},
		"a label":          {"{{ .label.partner }}", "Café O'Brien"},
		"as it is":         {`{{ "<b>*x*</b>" }}`, "<b>*x*</b>"},
		"results":          {`{{ rows "buyers" | number }} cards, {{ value "totals" "total" }}`, "1,234,567 cards, 99.9"},
		"date":             {`{{ date "02.01.2006" .day }} {{ .at | date "15:04 MST" }} {{ date "2006" .empty }}`, "31.01.2025 09:30 Asia/Tokyo "},
		"option by value":  {`{{ if eq .metric "revenue" }}a{{ end }}{{ .metric }}`, "arevenue"},
		"loop":             {"{{ range $i, $c := .label.columns }}{{ if $i }} and {{ end }}{{ $c }}{{ end }}", "Card number and City"},
		"quotes anywhere":  {"'{{ .q }}' -- {{ .q }}", "'O'Brien' -- O'Brien"},
		"user, run":        {`{{ .user.name }} ({{ join "/" .user.groups }}), {{ .run.timezone }}, {{ .report.title }} {{ .report.revision }}`, "Ann (sales/eu), Asia/Tokyo, Cards 3"},
		"a trimmed action": {"a {{- .n -}} b", "a7b"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, problems := ParseText(test.template, demoScope)
			if len(problems) > 0 {
				t.Fatal(shownProblems(problems))
			}
			got, err := text.Render(demoEnv())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTextUses(t *testing.T) {
	t.Parallel()
	text, problems := ParseText(`{{ rows "buyers" }} {{ value "totals" "x" }} {{ .label.partner }} {{ if .q }}{{ end }}`, demoScope)
	if len(problems) > 0 {
		t.Fatal(shownProblems(problems))
	}
	got := [][]string{text.Cells(), text.Values(), text.Fields()}
	if diff := cmp.Diff([][]string{{"buyers", "totals"}, {"totals"}, {"partner", "q"}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTextProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ template, want string }{
		"unknown cell":     {`{{ rows "sales" }}`, "1:4: there is no cell sales before this one"},
		"cell of a value":  {"{{ rows .q }}", "1:9: rows: the name must be written out in double quotes, it cannot come from a value"},
		"value of a cell":  {`{{ value "totals" }}`, `1:4: value is written as in {{ value "totals" "revenue" }}`},
		"snippet":          {`{{ snippet "active" }}`, "1:4: the function snippet is not available here: snippet is for SQL"},
		"ident":            {`{{ ident .q "a" }}`, "1:4: the function ident is not available here: ident is for SQL"},
		"a group of names": {"{{ .label }}", "1:4: .label is a group of values: name one, as in .label.q"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, problems := ParseText(test.template, demoScope)
			if diff := cmp.Diff(test.want, shownProblems(problems)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRenderRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ template, want string }{
		"a column that is not there": {`a {{ value "totals" "revenue" }}`, "line 1, column 6: the cell totals has no column revenue"},
		"a layout without a date":    {`{{ date "YYYY-MM-DD" .day }}`, `line 1, column 4: the layout "YYYY-MM-DD" shows nothing of the date`},
		"a text beyond bounds":       {`{{ range 200 }}{{ repeat 10000 "x" }}{{ end }}`, "line 1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, problems := ParseText(test.template, demoScope)
			if len(problems) > 0 {
				t.Fatal(shownProblems(problems))
			}
			_, err := text.Render(demoEnv())
			if err == nil || !strings.HasPrefix(err.Error(), test.want) || !fault.IsInvalid(err) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestConditions(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		".q": true, ".empty": false, ".n": true, ".free": false, ".no": false, ".yes": true, ".no_ids": false, ".ids": true,
		`eq .partner "7"`: true, `eq .partner "8"`: false, `and .q (not .no)`: true, `has "city" .columns`: true, `given .free`: true,
		"{{ .q }}": true, "{{ if .no }}yes{{ end }}": false, " {{ \"No\" }} ": false, "gt .amount 12": true, ".no_period": false,
		".period": true, `eq .empty "x"`: false, ".columns": true, "{{ .free }}": false,
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			condition, problems := ParseCondition(text, demoScope)
			if len(problems) > 0 {
				t.Fatal(shownProblems(problems))
			}
			if got, err := condition.Holds(demoEnv()); got != want || err != nil {
				t.Errorf("got %t, %v", got, err)
			}
		})
	}
}

func TestConditionProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"eq .region 1":      "1:4: there is no field region",
		"eq .q\n  .nope":    "2:3: there is no field nope",
		"eq .q 'a'":         `1:7: texts in actions stand in double quotes, as in eq .kind "card"`,
		".q }} or":          `1:1: a condition is one expression, as in eq .kind "card"`,
		"if .q":             "1:1: {{ if }} has no {{ end }}",
		"$x := .q":          `1:1: a condition is one expression, as in eq .kind "card"`,
		"{{ .afterwards }}": "1:4: the field afterwards comes later in the form: only the fields before this one can be used here",
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			_, problems := ParseCondition(text, demoScope)
			if got := shownProblems(problems); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}
