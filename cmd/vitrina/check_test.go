package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/reports"
)

// folderOf writes files by name into a folder of the test.
func folderOf(t *testing.T, texts map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range texts {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// All problems of all files are told at once, each with its place; check asks no database.
func TestCheckSeveralFiles(t *testing.T) {
	t.Parallel()
	good := "---\ntitle: Good\n---\n" + cell("c", `SELECT {{ snippet "one" }}`)
	dir := folderOf(t, map[string]string{
		"good.md":          good,
		"a.md":             "---\ntitle: A\nwrong: 1\n---\n" + cell("c", "SELECT {{ .nobody }}"),
		"sub/b.md":         "---\ntitle: B\n---\n" + cell("c", "SELECT 1") + cell("c", "SELECT '{{ .q }}'"),
		"snippets/one.sql": "1 AS one",
		"README.md":        "No report.",
	})
	config := write(t, "vitrina.yaml", `sources: {warehouse: {driver: clickhouse, dsn: "http://127.0.0.1:1/"}}`)
	check := func(args ...string) outcome {
		return vitrinaWith(t.Context(), strings.NewReader(""), append([]string{"check", "--config", config}, args...)...)
	}
	got := check(dir)
	if got.code != exitWrong {
		t.Errorf("code %d", got.code)
	}
	lines := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	for _, want := range []string{"a.md:3:1: ", "a.md:6:11: ", "sub/b.md:7:", "sub/b.md:8:"} {
		found := false
		for _, line := range lines {
			found = found || strings.HasPrefix(line, filepath.Join(dir, want))
		}
		if !found {
			t.Errorf("nothing at %s:\n%s", want, got.out)
		}
	}
	if want := "problems in 3 reports\n"; !strings.HasSuffix(got.err, want) {
		t.Errorf("%q", got.err)
	}

	var problems []reports.Problem
	asJSON := check("--json", dir)
	if err := json.Unmarshal([]byte(asJSON.out), &problems); err != nil || len(problems) != len(lines) || asJSON.code != exitWrong || asJSON.err != "" {
		t.Errorf("%v, %d problems, not %d; %+v", err, len(problems), len(lines), asJSON)
	}
	for i, problem := range problems {
		if problem.String() != lines[i] {
			t.Errorf("%q, not %q", problem, lines[i])
		}
	}

	if got := check(filepath.Join(dir, "good.md")); got.code != exitDone || got.out != "" || got.err != "1 report checked, no problems\n" {
		t.Errorf("%+v", got)
	}
	if got := check("--json", filepath.Join(dir, "good.md")); got.code != exitDone || got.out != "[]\n" || got.err != "" {
		t.Errorf("%+v", got)
	}
}

// What run would refuse for want of its workbook, check tells at the line that names it, until it lies there.
func TestCheckMissesTheWorkbook(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, map[string]string{
		"r.md": "---\ntitle: R\nexports:\n  - cells: [c]\n    format: xlsx\n    template: partner.xlsx\n---\n" + cell("c", "SELECT 1"),
	})
	for _, path := range []string{dir, filepath.Join(dir, "r.md")} {
		got := vitrina(t, "check", path)
		if want := filepath.Join(dir, "r.md") + `:6:15: there is no workbook "partner.xlsx" in the report's folder`; got.code != exitWrong || !strings.HasPrefix(got.out, want) {
			t.Errorf("%+v", got)
		}
	}
	put(t, filepath.Join(dir, "partner.xlsx"), "x")
	if got := vitrina(t, "check", dir); got.code != exitDone || got.out != "" {
		t.Errorf("%+v", got)
	}
}

// A mistake in a snippet names the snippet's file as it can be opened.
func TestRunNamesTheSnippetAtFault(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, map[string]string{
		"r.md":             "---\ntitle: R\n---\n" + cell("c", `SELECT {{ snippet "one" }}`),
		"snippets/one.sql": "{{ .x",
	})
	refused(t, vitrina(t, "run", filepath.Join(dir, "r.md"), "--out", t.TempDir()), filepath.Join(dir, "snippets", "one.sql")+":1:")
}

// Snippets beside a report are found from any working folder.
func TestRunWithSnippets(t *testing.T) {
	t.Parallel()
	dir := folderOf(t, map[string]string{
		"r.md":             "---\ntitle: R\nform: [{name: q, type: input}]\n---\n" + cell("c", `SELECT {{ snippet "one" }}`),
		"snippets/one.sql": "{{ .q }} AS one",
	})
	run := record(t, filepath.Join(dir, "r.md"), "-p", "q=O'Brien", "--format", "csv")
	if got := string(artifact(t, run, "csv")); got != "\"one\"\r\n\"O'Brien\"\r\n" {
		t.Errorf("%q", got)
	}
}
