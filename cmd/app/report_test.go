package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
)

func newApp(t *testing.T, text string) *App {
	t.Helper()
	c, err := config(t, text)
	if err != nil {
		t.Fatal(err)
	}
	a, err := New(c, Options{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

const document = "---\ntitle: Mine\n---\n```sql c\nSELECT {{ snippet \"one\" }}\n```\n"

// A report is a file, with the snippets and workbooks beside it; a name that is none is one of the library.
func TestReportsByPathAndName(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	for name, text := range map[string]string{"mine.md": document, "partner-cards": document, "snippets/one.sql": "1", "partner.xlsx": "x"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a := newApp(t, "")
	for name, title := range map[string]string{
		"mine.md": "Mine", "./mine.md": "Mine", filepath.Join(folder, "mine.md"): "Mine",
		"partner-cards": "Mine", // the file of this name
	} {
		report, files, err := a.Report(name)
		if err != nil || report.Report.Title != title {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if data, err := fs.ReadFile(files, "partner.xlsx"); err != nil || string(data) != "x" {
			t.Errorf("%s: the workbook beside it: %v", name, err)
		}
	}
	for _, name := range []string{"partner-cards.md", "retail"} {
		report, _, err := a.Report(name)
		if err != nil || report.Report.Title == "Mine" || report.Report.Title == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"no-such-report", "./partner-fees", "../retail.md", ".", "snippets", ""} {
		if _, _, err := a.Report(name); !fault.IsInvalid(err) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestProblemsOfAReport(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "wrong.md")
	if err := os.WriteFile(path, []byte("---\ntitle: T\ncolour: red\n---\n```sql c source=billing\nSELECT {{ .x }}\n```\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, _, err := newApp(t, `sources: {warehouse: {driver: clickhouse, dsn: "http://127.0.0.1:1/"}}`).Report(path)
	var problems reports.Problems
	if !errors.As(err, &problems) || len(problems) != 3 || !fault.IsInvalid(err) {
		t.Fatalf("%v", err)
	}
	for i, want := range []string{":3:1: ", ":5:17: ", ":6:11: "} {
		if !strings.HasPrefix(problems[i].String(), path+want) {
			t.Errorf("%v is not at %s", problems[i], want)
		}
	}
}
