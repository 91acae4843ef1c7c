package reports_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
)

const minimal = "---\ntitle: a\n---\n"

// tree writes files into a new folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestCheckFilesWalksFolders(t *testing.T) {
	t.Parallel()
	withSnippet := minimal + "```sql a\nSELECT {{ snippet \"near\" }}, {{ snippet \"Far\" }}\n```\n"
	root := tree(t, map[string]string{
		"README.md":             "# About these reports\n",
		"notes.md":              "no front matter\n",
		"a.md":                  withSnippet,
		"Loyalty Cards.md":      minimal,
		"loyalty-cards.md":      minimal,
		"sub/loyalty-cards.md":  minimal,
		"sub/deep/b.md":         withSnippet,
		"own/c.md":              withSnippet,
		"own/snippets/far.sql":  "1",
		"карты.md":              minimal,
		"big.md":                strings.Repeat("x", 2<<20),
		"other.txt":             "x",
		".git/hidden.md":        "x",
		".hidden.md":            "x",
		"snippets/near.sql":     "1",
		"snippets/Far.sql":      "1",
		"snippets/broken.sql":   "1\n{{ if }}",
		"snippets/readme.txt":   "x",
		"snippets/sub/deep.sql": "x",
	})
	checked, problems, err := reports.CheckFiles([]string{root, filepath.Join(root, "a.md")}, reports.CheckOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, problem := range problems {
		name, _ := filepath.Rel(root, problem.File)
		problem.File = filepath.ToSlash(name)
		got = append(got, problem.String())
	}
	want := []string{
		`snippets/Far.sql:1:1: a snippet cannot be called "Far"`,
		`snippets/broken.sql:2:1: the template does not parse: missing value for if`,
		`a.md:5:33: there is no snippet Far`,
		`big.md:1:1: the file is 2.0 MB; a report is at most 1 MB: is this a report?`,
		`loyalty-cards.md:1:1: the report has the same address, loyalty-cards, as`,
		`notes.md:1:1: there is no front matter`,
		`own/c.md:5:11: there is no snippet near`,
		`own/c.md:5:33: there is no snippet Far`,
		`sub/deep/b.md:5:33: there is no snippet Far`,
	}
	if len(got) != len(want) || checked != 9 {
		t.Fatalf("%d reports, problems:\n%s", checked, strings.Join(got, "\n"))
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got %s\nwant %s", got[i], want[i])
		}
	}
}

// A run reads the workbook by that very name from the folder that the report lies in, and from no other.
func TestCheckFilesMissesWorkbooks(t *testing.T) {
	t.Parallel()
	fills := func(name string) string {
		return "---\ntitle: a\nexports:\n  - {cells: [a], format: xlsx, template: " + name + "}\n---\n```sql a\nSELECT 1\n```\n"
	}
	root := tree(t, map[string]string{
		"there.md":              fills("there.xlsx"),
		"there.xlsx":            "x",
		"sub/elsewhere.md":      fills("there.xlsx"),
		"sub/near.md":           fills("partners.xlsx"),
		"sub/dotted.md":         fills(`"./Partner.XLSX"`),
		"sub/Partner.XLSX":      "x",
		"sub/folder.md":         fills("folder.xlsx"),
		"sub/folder.xlsx/x.txt": "x",
		"sub/below.md":          fills("deep/below.xlsx"),
		"sub/deep/below.xlsx":   "x",
		"sub/wrong.md":          fills("../there.xlsx"),
	})
	_, problems, err := reports.CheckFiles([]string{root}, reports.CheckOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, problem := range problems {
		problem.File = filepath.Base(problem.File)
		got = append(got, problem.String())
	}
	const advice = ": put it there, next to the report, or remove template to fill a blank workbook"
	want := []string{
		`dotted.md:4:42: there is no workbook "./Partner.XLSX" in the report's folder; did you mean "Partner.XLSX"?`,
		`elsewhere.md:4:42: there is no workbook "there.xlsx" in the report's folder` + advice,
		`folder.md:4:42: there is no workbook "folder.xlsx" in the report's folder` + advice,
		`near.md:4:42: there is no workbook "partners.xlsx" in the report's folder; did you mean "Partner.XLSX"?`,
		`wrong.md:4:42: template must be the name of an .xlsx file next to the report`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCheckFilesNamesMissingPaths(t *testing.T) {
	t.Parallel()
	_, _, err := reports.CheckFiles([]string{filepath.Join(t.TempDir(), "none.md")}, reports.CheckOptions{})
	if fault.CodeOf(err) != fault.NotFound {
		t.Errorf("got %v", err)
	}
}

func TestLoadFile(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"a.md":             minimal + "```sql a\nSELECT {{ snippet \"one\" }}\n```\n",
		"snippets/one.sql": "1",
	})
	compiled, problems := reports.LoadFile(filepath.Join(root, "a.md"), reports.CheckOptions{})
	if len(problems) > 0 || compiled.SQL["a"] == nil {
		t.Errorf("problems: %v", problems)
	}
	for _, path := range []string{root, filepath.Join(root, "none.md")} {
		if compiled, problems := reports.LoadFile(path, reports.CheckOptions{}); compiled != nil || len(problems) != 1 {
			t.Errorf("%s: %v", path, problems)
		}
	}
}

func TestLoadSnippets(t *testing.T) {
	t.Parallel()
	snippets, problems := reports.LoadSnippets(fstest.MapFS{
		"active_users.sql": {Data: []byte("\uFEFF-- Users with a purchase\n--   in the last month.\nSELECT 1 -- one\n")},
		"plain.sql":        {Data: []byte("SELECT 1")},
		"binary.sql":       {Data: []byte("\x00")},
		"huge.sql":         {Data: []byte(strings.Repeat("x", reports.MaxBytes+1))},
	})
	want := reports.Snippets{
		"active_users": {
			Name: "active_users", Description: "Users with a purchase\nin the last month.",
			SQL: "-- Users with a purchase\n--   in the last month.\nSELECT 1 -- one\n",
		},
		"plain": {Name: "plain", SQL: "SELECT 1"},
	}
	if diff := cmp.Diff(want, snippets); diff != "" {
		t.Error(diff)
	}
	if len(problems) != 2 {
		t.Errorf("problems: %v", problems)
	}
	if text, ok := snippets.Snippet("none"); ok || text != "" {
		t.Error("a snippet that does not exist was found")
	}
}
