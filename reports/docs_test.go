package reports_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/docs"
	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/templates"
)

var (
	example = regexp.MustCompile(`(?s)~~~markdown\n(---\n.*?)~~~`)
	fence   = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")
)

// pages are the README and every page of the documentation, in all languages.
func pages(t *testing.T) map[string][]byte {
	t.Helper()
	readme, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{"README.md": readme}
	for _, pattern := range []string{"*.md", "ru/*.md"} {
		names, err := fs.Glob(docs.Files, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(docs.Files, name)
			if err != nil {
				t.Fatal(err)
			}
			all["docs/"+name] = text
		}
	}
	return all
}

// What the documentation shows as a report is one.
func TestExamplesOfTheDocumentation(t *testing.T) {
	t.Parallel()
	all := pages(t)
	for name, text := range all {
		for _, found := range example.FindAllSubmatch(text, -1) {
			if _, problems := reports.Load(name, found[1], reports.CheckOptions{}); len(problems) > 0 {
				t.Errorf("%s: %v\n%s", name, problems, found[1])
			}
		}
	}
	for _, name := range []string{"README.md", "docs/reports.md", "docs/start-writing.md", "docs/charts.md", "docs/sources.md", "docs/ru/start-writing.md"} {
		if len(example.FindAll(all[name], -1)) == 0 {
			t.Errorf("%s shows no report", name)
		}
	}
}

// cells are what the pieces of a report in the documentation speak of.
const cells = "\n```sql cards\nSELECT 1 AS x\n```\n\n```sql by_day\nSELECT 1 AS x\n```\n\n```sql totals\nSELECT 1 AS x\n```\n\n```sql by_month\nSELECT 1 AS x\n```\n"

// What it shows as a form, as exports or as a chart is one, in a report around it.
func TestPiecesOfTheDocumentation(t *testing.T) {
	t.Parallel()
	shown := map[string]int{}
	for name, text := range pages(t) {
		for _, found := range fence.FindAllSubmatch(withoutReports(text), -1) {
			language, code := string(found[1]), string(found[2])
			piece, document := "", ""
			switch {
			case language == "yaml" && strings.HasPrefix(code, "form:"):
				piece, document = "form", "---\ntitle: A report\n"+code+"---\n"+cells
			case language == "yaml" && strings.HasPrefix(code, "exports:"):
				piece, document = "exports", "---\ntitle: A report\nform: [{name: partner, type: input}, {name: period, type: input, kind: daterange}]\n"+code+"---\n"+cells
			case language == "yaml" && strings.HasPrefix(code, "type:"):
				piece, document = "chart", "---\ntitle: A report\n---\n"+cells+"\n```chart shown\n"+code+"```\n"
			case language == "yaml" && strings.HasPrefix(code, "title:"):
				piece, document = "head", "---\n"+code+"---\n"
			default:
				continue
			}
			shown[piece]++
			if _, problems := reports.Load(name, []byte(document), reports.CheckOptions{}); len(problems) > 0 {
				t.Errorf("%s: %v\n%s", name, problems, code)
			}
		}
	}
	if shown["form"] < 20 || shown["exports"] < 2 || shown["chart"] < 2 || shown["head"] < 1 {
		t.Errorf("few were found: %v", shown)
	}
}

// SQL that stands by itself is a template that binds, whatever its fields are.
func TestSQLOfTheDocumentation(t *testing.T) {
	t.Parallel()
	field := regexp.MustCompile(`\.([a-z_]+)(\.from|\.to)?`)
	shown := 0
	for name, text := range pages(t) {
		for _, found := range fence.FindAllSubmatch(withoutReports(text), -1) {
			code := string(found[2])
			if string(found[1]) != "sql" || !strings.Contains(code, "{{") {
				continue
			}
			shown++
			scope := templates.Scope{Cells: []string{"totals"}, Snippets: reports.Snippets{"staff": {Name: "staff", SQL: "SELECT 1"}}}
			for _, action := range regexp.MustCompile(`\{\{.*?\}\}`).FindAllString(code, -1) {
				for _, used := range field.FindAllStringSubmatch(action, -1) {
					kind := forms.Text
					if used[2] != "" {
						kind = forms.DateRange
					}
					if !slices.ContainsFunc(scope.Form, func(f forms.Field) bool { return f.Name == used[1] }) {
						scope.Form = append(scope.Form, forms.Field{Name: used[1], Type: forms.Input, Kind: kind})
					}
				}
			}
			// What a comment says of a mistake is not one.
			code = regexp.MustCompile(`--[^\n]*`).ReplaceAllString(code, "")
			if _, problems := templates.ParseSQL(code, scope); len(problems) > 0 {
				t.Errorf("%s: %s\n%s", name, problems[0].Message, code)
			}
		}
	}
	if shown < 5 {
		t.Errorf("%d were found", shown)
	}
}

func withoutReports(text []byte) []byte { return example.ReplaceAll(text, nil) }

// section is what stands below a heading, up to the next one of its level or above.
func section(t *testing.T, page []byte, heading string) string {
	t.Helper()
	_, rest, found := bytes.Cut(page, []byte("\n"+heading+"\n"))
	if !found {
		t.Errorf("there is no %q", heading)
	}
	level := strings.Count(strings.Fields(heading)[0], "#")
	if end := regexp.MustCompile(fmt.Sprintf(`(?m)^#{1,%d} `, level)).FindIndex(rest); end != nil {
		rest = rest[:end[0]]
	}
	return string(rest)
}

// Every key of a field and every kind is told of, in each language that has the page; kinds of input have a section with an example.
func TestFieldsAreDocumented(t *testing.T) {
	t.Parallel()
	all := pages(t)
	for _, name := range []string{"docs/fields.md", "docs/ru/fields.md"} {
		page := all[name]
		for _, key := range slices.Concat(forms.FieldKeys(), forms.OptionKeys()) {
			if !bytes.Contains(page, []byte("`"+key+"`")) && !bytes.Contains(page, []byte("{"+key+":")) && !bytes.Contains(page, []byte(", "+key+":")) {
				t.Errorf("%s does not tell of %s", name, key)
			}
		}
		if !strings.Contains(string(page), "`"+strings.Join(forms.FieldKeys()[:3], "` | ")) && !bytes.Contains(page, []byte("| `name` |")) {
			t.Errorf("%s has no table of keys", name)
		}
		for _, kind := range forms.Kinds(forms.Input) {
			if text := section(t, page, "### "+kind); !strings.Contains(text, "```yaml\nform:") || kind != "text" && !strings.Contains(text, "kind: "+kind) {
				t.Errorf("%s has no example of %s", name, kind)
			}
		}
		for _, of := range []forms.Type{forms.Select, forms.Checkbox} {
			text := section(t, page, "## "+string(of))
			for _, kind := range forms.Kinds(of) {
				if !strings.Contains(text, "`"+kind+"`") {
					t.Errorf("%s does not say that a %s may be %s", name, of, kind)
				}
			}
		}
	}
}

// Every function that a template can call has its place, and every example of one yields what the page says.
func TestFunctionsAreDocumented(t *testing.T) {
	t.Parallel()
	all := pages(t)
	for _, name := range []string{"docs/functions.md", "docs/ru/functions.md"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			everyFunction(t, all[name])
			everyCall(t, all[name])
		})
	}
}

func everyFunction(t *testing.T, page []byte) {
	t.Helper()
	told := map[string]bool{}
	for _, code := range regexp.MustCompile("`([^`]+)`").FindAllSubmatch(fence.ReplaceAll(page, nil), -1) {
		told[strings.Fields(string(code[1]) + " x")[0]] = true
	}
	for _, name := range slices.Concat(templates.SQLFunctions(), templates.TextFunctions()) {
		if !told[name] {
			t.Errorf("%s is not told of", name)
		}
	}
}

func everyCall(t *testing.T, page []byte) {
	t.Helper()
	form, values := formOf(t, page)
	rows := regexp.MustCompile("(?m)^\\|[^|]*\\| `([^`]+)` \\| `([^`]*)` \\|$").FindAllSubmatch(page, -1)
	if len(rows) < 90 {
		t.Errorf("%d examples", len(rows))
	}
	for _, row := range rows {
		call, want := string(row[1]), string(row[2])
		text, problems := templates.ParseText("{{ "+call+" }}", templates.Scope{Form: form})
		if len(problems) > 0 {
			t.Errorf("%s: %s", call, problems[0].Message)
			continue
		}
		if got, err := text.Render(templates.Env{Values: values}); err != nil || got != want {
			t.Errorf("%s gives %q, %v, and not %q", call, got, err, want)
		}
	}
}

// formOf is the first form that a page shows, filled in with its defaults.
func formOf(t *testing.T, page []byte) (forms.Form, forms.Values) {
	t.Helper()
	for _, found := range fence.FindAllSubmatch(page, -1) {
		if !bytes.HasPrefix(found[2], []byte("form:")) {
			continue
		}
		document, err := reports.Parse("page", slices.Concat([]byte("---\ntitle: A report\n"), found[2], []byte("---\n")))
		if err != nil {
			t.Fatal(err)
		}
		form := document.Report.Form
		values, err := forms.Parse(t.Context(), form, nil, forms.Env{})
		if err != nil {
			t.Fatal(err)
		}
		return form, values
	}
	t.Fatal("the page shows no form")
	return nil, nil
}

// Every key of a report, an export and a chart is told of. What has which keys is what the check says to those who wrote none.
func TestKeysAreDocumented(t *testing.T) {
	t.Parallel()
	all := pages(t)
	listed := regexp.MustCompile(`it has (?:the keys )?([a-z_, ]+)`)
	for page, wrong := range map[string]string{
		"docs/reports.md":    "---\njust text\n---\n",
		"docs/exports.md":    "---\ntitle: A report\nexports: [text]\n---\n",
		"docs/charts.md":     "---\ntitle: A report\n---\n```chart c\n```\n",
		"docs/ru/exports.md": "---\ntitle: A report\nexports: [text]\n---\n",
		"docs/ru/charts.md":  "---\ntitle: A report\n---\n```chart c\n```\n",
	} {
		_, problems := reports.Load(page, []byte(wrong), reports.CheckOptions{})
		found := listed.FindStringSubmatch(fmt.Sprint(problems))
		if found == nil {
			t.Errorf("%s: the check does not list the keys: %v", page, problems)
			continue
		}
		keys := strings.Fields(strings.NewReplacer(",", " ", " or ", " ").Replace(found[1]))
		if len(keys) < 7 {
			t.Errorf("%s: %q", page, keys)
		}
		for _, key := range keys {
			if !bytes.Contains(all[page], []byte("`"+key+"`")) {
				t.Errorf("%s does not tell of %s", page, key)
			}
		}
	}
}
