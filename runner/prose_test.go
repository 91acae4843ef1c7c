package runner_test

import (
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/runner"
)

const prosaic = `form:
  - {name: partner, label: Partner, type: select, required: true, options: {sql: "SELECT '1' AS value, 'Acme' AS label"}}
  - {name: many, type: input, kind: boolean}
  - {name: number, type: input, kind: integer, show_if: .many}
  - {name: note, type: input}
exports: [{cells: [c], format: csv}]`

// What a member reads above the form has no result in it, nothing half-told, and nothing of the SQL.
func TestProseBeforeARun(t *testing.T) {
	t.Parallel()
	report := compile(t, prosaic, strings.Join([]string{
		"# Cards of {{ .label.partner }}\n\nAbout {{ .report.title }}, *as it is*.\n\n{{ if .many }}At least\n\n{{ .number }}.{{ end }}\n\n",
		"{{ rows \"c\" }} rows, {{ value \"c\" \"secret_column\" }}.\n\nAbove the table.{{ if .note }} {{ .note }}{{ end }}\n\n",
		"{{ fail \"never\" }}\n\n```\na\n\n{{ .note }}\n```\n",
		cell("c", "SELECT {{ .partner }} AS secret_column"), "Below the table.\n",
	}, ""))
	const fixed = "About Test, *as it is*."
	for name, c := range map[string]struct {
		values forms.Raw
		want   string
	}{
		"nothing yet":  {nil, fixed + "\n\nAbove the table.\n\n```\na\n\n\n```"},
		"chosen":       {forms.Raw{"partner": "1"}, "# Cards of Acme\n\n" + fixed + "\n\nAbove the table.\n\n```\na\n\n\n```"},
		"wrong":        {forms.Raw{"partner": "2", "note": "*n*"}, fixed + "\n\nAbove the table. \\*n\\*\n\n```\na\n\n*n*\n```"},
		"hidden":       {forms.Raw{"many": "no", "number": "seven"}, fixed + "\n\nAbove the table.\n\n```\na\n\n\n```"},
		"shown":        {forms.Raw{"many": "yes", "number": 7}, fixed + "\n\nAt least\n\n7.\n\nAbove the table.\n\n```\na\n\n\n```"},
		"shown, wrong": {forms.Raw{"many": "yes", "number": "seven"}, fixed + "\n\nAbove the table.\n\n```\na\n\n\n```"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := newRunner(t, newSources(t)).Prose(t.Context(), runner.Request{Report: report, Values: c.values}, true)
			if err != nil || got != c.want {
				t.Errorf("got %q, want %q; %v", got, c.want, err)
			}
		})
	}
}

// A heading above what is not there yet would stand alone.
func TestHeadingsOfResultsAreNoProse(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"# Of the table\n":                                        "",
		"Prose.\n\n## Of the table\n":                             "Prose.",
		"# Of {{ .report.title }}\n\n{{ rows \"a\" }} rows.\n":    "",
		"# One\n\n## Two\n\nProse.\n\n## Three\n\n## Four\n":      "# One\n\n## Two\n\nProse.",
		"# One\nwith text.\n\n#hash\n\n####### Seven\n\n# Last\n": "# One\nwith text.\n\n#hash\n\n####### Seven",
		"# One\n\n# Two\nwith text.\n":                            "# Two\nwith text.",
		"":                                                        "",
	} {
		report := compile(t, "", body+cell("a", "SELECT 1")+"\nMore prose.\n\n## Second\n\n"+cell("b", "SELECT 2")+"\n## Last\n")
		got, err := newRunner(t, newSources(t)).Prose(t.Context(), runner.Request{Report: report}, true)
		if err != nil || got != want {
			t.Errorf("%q: got %q, want %q, %v", body, got, want, err)
		}
	}
}

// A source that does not answer takes only the paragraphs away that need it.
func TestProseWithoutTheSource(t *testing.T) {
	t.Parallel()
	report := compile(t, "source: away\n"+prosaic, "Of {{ .partner }}.\n\nNote: {{ .note }}.\n\n"+cell("c", "SELECT 1"))
	for _, lookUp := range []bool{true, false} {
		got, err := newRunner(t, newSources(t)).Prose(t.Context(), runner.Request{Report: report, Values: forms.Raw{"partner": "1", "note": "n"}}, lookUp)
		if err != nil || got != "Note: n." {
			t.Errorf("got %q, %v", got, err)
		}
	}
}

func TestProseIsBounded(t *testing.T) {
	t.Parallel()
	long := "{{ repeat 1000000 \"x\" }}\n\n"
	report := compile(t, "", strings.Repeat(long, 10))
	got, err := newRunner(t, newSources(t)).Prose(t.Context(), runner.Request{Report: report}, true)
	if err != nil || len(got) < 4_000_000 || len(got) > 4<<20 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	blocks := ""
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		blocks += long + cell(name, "SELECT 1")
	}
	prepared, err := newRunner(t, newSources(t)).PrepareTrial(t.Context(), runner.Request{Report: compile(t, "", blocks)}, runner.Trial{Rows: 1, Bytes: wide})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := prepared.Execute(t.Context()); err == nil || !strings.Contains(err.Error(), "grows beyond 4 MB") {
		t.Errorf("the text of a run: %v", err)
	}
}
