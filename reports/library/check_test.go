package library_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/library"
	"github.com/vitrina-reports/vitrina/templates"
)

// checkOptions know the demo's two sources.
func checkOptions(t *testing.T) reports.CheckOptions {
	t.Helper()
	snippets, problems := reports.LoadSnippets(library.Snippets())
	for _, problem := range problems {
		t.Error(problem)
	}
	return reports.CheckOptions{
		Snippets: snippets,
		Sources:  map[string]templates.Dialect{"warehouse": templates.ClickHouse, "crm": templates.ClickHouse},

		OnlySources: true,
	}
}

// names of the reports.
func names(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(library.Reports(), "*.md")
	if err != nil || len(names) < 9 {
		t.Fatalf("%d reports, %v", len(names), err)
	}
	return names
}

func compiled(t *testing.T, name string) *reports.Compiled {
	t.Helper()
	data, err := fs.ReadFile(library.Reports(), name)
	if err != nil {
		t.Fatal(err)
	}
	report, problems := reports.Load(name, data, checkOptions(t))
	for _, problem := range problems {
		t.Error(problem)
	}
	if len(problems) > 0 {
		t.FailNow()
	}
	return report
}

func TestReportsHaveNoProblems(t *testing.T) {
	t.Parallel()
	for _, name := range names(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compiled(t, name)
		})
	}
}

// Whoever opens a report for the first time finds words for everything.
func TestReportsExplainThemselves(t *testing.T) {
	t.Parallel()
	for _, name := range names(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report := compiled(t, name).Report
			if report.Title == "" || !strings.HasSuffix(report.Description, ".") || len(report.Tags) == 0 || len(report.Exports) == 0 {
				t.Errorf("title %q, description %q, tags %q, %d exports", report.Title, report.Description, report.Tags, len(report.Exports))
			}
			for _, field := range report.Form {
				if field.Label == "" || field.Label == field.Name {
					t.Errorf("the field %s has no label", field.Name)
				}
				if field.Required && field.Default == nil {
					t.Errorf("the field %s must be filled in before the report shows anything: give it a default", field.Name)
				}
				if field.Kind == forms.List && field.Help == "" {
					t.Errorf("the list %s does not say what to paste", field.Name)
				}
			}
		})
	}
}

func TestSnippetsAreUsed(t *testing.T) {
	t.Parallel()
	snippets, err := fs.Glob(library.Snippets(), "*.sql")
	if err != nil || len(snippets) < 2 {
		t.Fatalf("%d snippets, %v", len(snippets), err)
	}
	var all strings.Builder
	for _, name := range names(t) {
		data, err := fs.ReadFile(library.Reports(), name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	for _, snippet := range snippets {
		if !strings.Contains(all.String(), `{{ snippet "`+strings.TrimSuffix(snippet, ".sql")+`" }}`) {
			t.Errorf("no report uses the snippet %s", snippet)
		}
	}
}

func TestReportsAreAllThatReportsShow(t *testing.T) {
	t.Parallel()
	entries, err := fs.ReadDir(library.Reports(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), ".md") {
			t.Errorf("%s is no report", entry.Name())
		}
	}
	if _, err := fs.ReadFile(library.Reports(), "snippets/not_staff.sql"); err == nil {
		t.Error("a snippet is shown as a report")
	}
}
