package library_test

import (
	"bytes"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"github.com/vitrina-reports/vitrina/docs"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner"
)

var recipe = regexp.MustCompile(`(?s)\n## ([^\n]+)\n(?:[^#].*?)?~~~markdown\n(---\n.*?)~~~`)

// recipes are the reports of the recipe pages by their headings.
func recipes(t *testing.T) map[string][]byte {
	t.Helper()
	english, err := fs.Glob(docs.Files, "recipes-*.md")
	if err != nil {
		t.Fatal(err)
	}
	russian, err := fs.Glob(docs.Files, "ru/recipes-*.md")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, page := range slices.Concat(english, russian) {
		text, err := fs.ReadFile(docs.Files, page)
		if err != nil {
			t.Fatal(err)
		}
		found := recipe.FindAllSubmatch(text, -1)
		if shown := bytes.Count(text, []byte("\n## ")); len(found) != shown {
			t.Errorf("%s has %d headings and %d recipes", page, shown, len(found))
		}
		for _, parts := range found {
			all[page+" "+string(parts[1])] = parts[2]
		}
	}
	if len(all) < 30 {
		t.Fatalf("%d recipes", len(all))
	}
	return all
}

// Every recipe runs on the demo as it is written, each of its cells finds rows, and it writes its files.
func TestRecipesRun(t *testing.T) {
	t.Parallel()
	endpoint := demoEndpoint(t)
	for name, text := range recipes(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, problems := reports.Load(name, text, checkOptions(t))
			for _, problem := range problems {
				t.Error(problem)
			}
			if t.Failed() {
				return
			}
			r := runner.New(runner.Options{Sources: openSources(t, endpoint), WorkDir: t.TempDir()})
			done, err := r.Run(t.Context(), runner.Request{Report: report, Files: statement(t), Out: runner.Folder(t.TempDir())})
			if err != nil {
				t.Fatal(err)
			}
			for _, cell := range done.Cells {
				if cell.Rows == 0 {
					t.Errorf("%s has no rows", cell.Name)
				}
			}
			if len(done.Artifacts) == 0 || len(done.Artifacts) < len(report.Report.Exports) {
				t.Errorf("%d files", len(done.Artifacts))
			}
			if len(done.Notes) > 0 {
				t.Errorf("the run notes %q", done.Notes)
			}
			if strings.Contains(string(text), "statement.xlsx") {
				filled(t, done.Artifacts[0].Path)
			}
		})
	}
}

// statement is the workbook that a recipe fills: a table called like the cell, and a formula over it.
func statement(t *testing.T) fs.FS {
	t.Helper()
	file := excelize.NewFile()
	defer func() { _ = file.Close() }()
	for cell, text := range map[string]string{"A4": "month", "B4": "purchases", "C4": "amount", "A1": "Turnover"} {
		if err := file.SetCellStr("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.AddTable("Sheet1", &excelize.Table{Range: "A4:C5", Name: "totals"}); err != nil {
		t.Fatal(err)
	}
	if err := file.SetCellFormula("Sheet1", "B1", "SUM(totals[amount])"); err != nil {
		t.Fatal(err)
	}
	data, err := file.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{"statement.xlsx": {Data: data.Bytes()}}
}

// filled tells that the workbook has the months in its table and still has its formula.
func filled(t *testing.T, path string) {
	t.Helper()
	file, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := file.GetRows("Sheet1")
	if err != nil || len(rows) != 16 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if formula, err := file.GetCellFormula("Sheet1", "B1"); err != nil || formula != "SUM(totals[amount])" {
		t.Errorf("formula %q, %v", formula, err)
	}
}
