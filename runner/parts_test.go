package runner_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/runner"
)

// shown are the parts, one a line; the texts of all together are the text of the run.
func shown(t *testing.T, done *runner.Run) string {
	t.Helper()
	var lines []string
	var texts strings.Builder
	for _, part := range done.Parts {
		texts.WriteString(part.Text)
		line := fmt.Sprintf("%s %s", part.Kind, part.Name)
		if part.Kind == runner.TextPart {
			line = fmt.Sprintf("%q", strings.TrimSpace(part.Text))
		}
		if part.Constant {
			line += " constant"
		}
		lines = append(lines, line)
	}
	if got := strings.TrimSpace(texts.String()); got != done.Text {
		t.Errorf("the parts' texts are %q, the run's %q", got, done.Text)
	}
	return strings.Join(lines, "\n")
}

const notebook = "# Cards\n\nWho has them.\n\n{{ rows \"a\" }} cards.\n\n## First\n" + "```sql a\nSELECT number AS n FROM numbers(3)\n```\n\n" +
	"```sql helper\nSELECT 1 AS one\n```\n\n\n" + "```sql b\nSELECT count() AS c FROM {{ table \"a\" }}\n```\n\n{{ if 0 }}nothing{{ end }}\n\n" +
	"```chart drawn\ntype: bar\ncell: a\nx: n\ny: n\n```\n\n## Second\n\nOf {{ value \"b\" \"c\" }}.\n\n" + "```sql c\nSELECT 2 AS two\n```\n\nThe end.\n"

const arranged = `"# Cards\n\nWho has them." constant
"3 cards.\n\n## First"
table a
table b
chart drawn
"## Second\n\nOf 3."
table c
"The end."`

// Results stand where their cells stand; those that cannot be looked at are not among them.
func TestPartsAreInTheOrderOfTheDocument(t *testing.T) {
	t.Parallel()
	const exports = "exports: [{cells: [c, a, b], format: xlsx}, {cells: [c], format: csv}]"
	done, _ := keepRun(t, newSources(t), exports, notebook, runner.Keep{Rows: 10})
	if diff := cmp.Diff(arranged, shown(t, done)); diff != "" {
		t.Error(diff)
	}
	tried := try(t, newSources(t), exports, notebook, runner.Trial{Rows: 10, Bytes: wide})
	if diff := cmp.Diff(arranged, shown(t, &tried.Run)); diff != "" {
		t.Errorf("a trial shows: %s", diff)
	}
	if one := try(t, newSources(t), exports, notebook, runner.Trial{Cell: "a", Rows: 10, Bytes: wide}); one.Parts != nil {
		t.Errorf("a cell by itself: %+v", one.Parts)
	}
}

func TestPartsOfWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	report := compile(t, "exports: [{cells: [c, a, b], format: xlsx}, {cells: [c], format: csv}]", notebook)
	store := &shelf{dir: t.TempDir()}
	done, err := newRunner(t, newSources(t)).Run(t.Context(), runner.Request{Report: report, Format: "csv", Out: store, Keep: runner.Keep{Rows: 10}})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("table a\n", "", "table b\n", "").Replace(arranged)
	if diff := cmp.Diff(want, shown(t, done)); diff != "" {
		t.Error(diff)
	}
	if bare := run(t, newSources(t), report, nil); bare.Parts != nil || bare.Text != done.Text {
		t.Errorf("without results to look at: %+v, %q", bare.Parts, bare.Text)
	}
}

// What stands above the form is told apart by the document, whatever was filled in; text that a value pretends to be does not mislead it.
func TestConstantPartsOfTheOpening(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ opening, want string }{
		"nothing else":         {"# A\n\nb\n", `"# A\n\nb" constant`},
		"only of results":      {"# A\n\n{{ rows \"c\" }}\n", `"# A\n\n1"`},
		"a heading of a cell":  {"a\n\n# B\n", `"a" constant` + "\n" + `"# B"`},
		"headings of headings": {"# A\n\n## B\n\nb\n\n## C\n\n{{ .q }}\n\n# D\n\n## E\n\n{{ .q }}\n", `"# A\n\n## B\n\nb" constant` + "\n" + `"## C\n\nx\n\ny\n\n# D\n\n## E\n\nx\n\ny"`},
		"in turns":             {"a\n\n{{ .q }}\n\nb\n\n{{ .q }}\n\nc\n", `"a" constant` + "\n" + `"x\n\ny"` + "\n" + `"b" constant` + "\n" + `"x\n\ny"` + "\n" + `"c" constant`},
		"trimmed":              {"a\n\n{{- .q -}}\n\nb\n\nc\n", `"ax\n\nyb\n\nc"`},
		"trimmed too often":    {strings.Repeat("a\n\n{{- .q -}}\n\nb\n\n", 100) + "{{ .q }}\n\nc\n", `"` + strings.Repeat(`ax\n\nyb\n\n`, 100) + `x\n\ny\n\nc"`},
		"a variable":           {"{{ $v := .q }}a\n\nb\n\n{{ $v }}\n", `"a"` + "\n" + `"b" constant` + "\n" + `"x\n\ny"`},
		"within an action":     {"{{ if .q }}a\n\nb\n\n{{ end }}c\n\nd\n", `"a\n\nb\n\nc"` + "\n" + `"d" constant`},
		"the same in a value":  {"{{ .q }}\n\ny\n", `"x\n\ny"` + "\n" + `"y" constant`},
		"a fence":              {"```\n# a\n\nb\n```\n\n{{ .q }}\n", "\"```\\n# a\\n\\nb\\n```\" constant\n" + `"x\n\ny"`},
		"of Windows":           {"# A\r\n\r\na\r\n\r\n{{ .q }}\r\n\r\nb\r\n", `"# A\r\n\r\na" constant` + "\n" + `"x\n\ny"` + "\n" + `"b" constant`},
		"blank at first":       {"\n{{ if not .q }}a{{ end }}\n\nb\n", `"b" constant`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report := compile(t, "form: [{name: q, type: input}]\nexports: [{cells: [c], format: csv}]", c.opening+cell("c", "SELECT 1 AS one"))
			request := runner.Request{Report: report, Values: forms.Raw{"q": "x\n\ny"}, Out: &shelf{dir: t.TempDir()}, Keep: runner.Keep{Rows: 1}}
			done, err := newRunner(t, newSources(t)).Run(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want+"\ntable c", shown(t, done)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
