package main

import (
	"archive/zip"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/runner"
)

func TestFormats(t *testing.T) {
	t.Parallel()
	two := cell("a", "SELECT 1 AS one") + cell("b", "SELECT 2 AS two")
	for name, c := range map[string]struct {
		exports, cells, format string
		want                   []string
	}{
		"none declared":            {"", two, "", []string{"Test a.csv", "Test a.xlsx", "Test b.csv", "Test b.xlsx"}},
		"one of them":              {"", two, "csv", []string{"Test a.csv", "Test b.csv"}},
		"one not declared":         {"", two, "parquet", []string{"Test a.parquet", "Test b.parquet"}},
		"another than declared":    {"exports: [{cells: [a, b], format: xlsx, filename: both}, {cells: [b], format: csv}]", two, "json", []string{"Test b.json", "both.zip"}},
		"declared":                 {"exports: [{cells: [a, b], format: xlsx, filename: both}, {cells: [b], format: csv}]", two, "xlsx", []string{"both.xlsx"}},
		"several csv":              {"exports: [{cells: [a, b], format: csv}]", two, "", []string{"Test.zip"}},
		"two of one name":          {"exports: [{cells: [a], format: csv, filename: x}, {cells: [b], format: csv, filename: x}]", two, "", []string{"x (2).csv", "x.csv"}},
		"names that are no names":  {`exports: [{cells: [a], format: csv, filename: "../../etc/pass:wd"}]`, two, "", []string{"_.._etc_pass_wd.csv"}},
		"an empty name":            {`exports: [{cells: [a], format: csv, filename: "{{ .user.email }}"}]`, two, "", []string{"report.csv"}},
		"nothing to export, prose": {"", "Just words.\n", "", []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			args := []string{"run", report(t, c.exports, c.cells), "--out", out}
			if c.format != "" {
				args = append(args, "--format", c.format)
			}
			got := vitrina(t, args...)
			if left := files(t, out); got.code != exitDone || !slices.Equal(left, c.want) {
				t.Errorf("%d %s: %q, not %q", got.code, got.err, left, c.want)
			}
			lines := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
			if got.out == "" {
				lines = nil
			}
			if len(lines) != len(c.want) || got.err != "" {
				t.Errorf("stdout %q, stderr %q", got.out, got.err)
			}
			for _, line := range lines { // path, rows, size
				path, _, _ := strings.Cut(line, "\t")
				if filepath.Dir(path) != out || !slices.Contains(c.want, filepath.Base(path)) {
					t.Errorf("printed %q", line)
				}
			}
		})
	}
}

// Several cells as CSV are one archive.
func TestZip(t *testing.T) {
	t.Parallel()
	run := record(t, report(t, "exports: [{cells: [a, b], format: csv, bom: true, separator: ';'}]",
		cell("a", "SELECT number, 'é;' AS s FROM numbers(3)")+cell("b", "SELECT 1 AS one WHERE 0")))
	a := run.Artifacts[0]
	archive, err := zip.OpenReader(a.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	want := map[string]string{
		"a.csv": "\ufeff\"number\";\"s\"\r\n0;\"é;\"\r\n1;\"é;\"\r\n2;\"é;\"\r\n",
		"b.csv": "\ufeff\"one\"\r\n",
	}
	for _, file := range archive.File {
		entry, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(entry)
		if err != nil || string(data) != want[file.Name] {
			t.Errorf("%s: %q, %v", file.Name, data, err)
		}
	}
	if len(archive.File) != 2 || a.Rows != 3 || a.SHA256 != sum(read(t, a.Path)) {
		t.Errorf("%d files, %+v", len(archive.File), a)
	}
}

// A file that is there stays as it is.
func TestNothingIsOverwritten(t *testing.T) {
	t.Parallel()
	path, out := report(t, "form: [{name: q, type: input}]\nexports: [{cells: [c], format: csv, filename: mine}]", cell("c", "SELECT {{ .q }} AS q")), t.TempDir()
	for i, want := range []string{"mine.csv", "mine (2).csv", "mine (3).csv"} {
		q := strings.Repeat("x", i)
		run := parseRecord(t, must(t, "run", path, "--json", "--out", out, "-p", "q="+q+"!"))
		if run.Artifacts[0].Name != want || run.Artifacts[0].Path != filepath.Join(out, want) {
			t.Errorf("%+v", run.Artifacts[0])
		}
	}
	for name, q := range map[string]string{"mine.csv": "!", "mine (2).csv": "x!", "mine (3).csv": "xx!"} {
		if got := string(read(t, filepath.Join(out, name))); got != "\"q\"\r\n\""+q+"\"\r\n" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Without --out the files lie in the working folder; a folder that is not there is made.
func TestOutFolder(t *testing.T) {
	t.Parallel()
	path := report(t, "", cell("c", "SELECT 1 AS one"))
	out := filepath.Join(t.TempDir(), "not", "yet")
	must(t, "run", path, "--format", "csv", "--out", out)
	if got := files(t, out); !slices.Equal(got, []string{"Test c.csv"}) {
		t.Errorf("%q", got)
	}
}

// A report of the library runs by its name, wherever one is; a file of that name comes first.
func TestLibraryByName(t *testing.T) {
	t.Parallel()
	got := vitrina(t, "run", "partner-cards", "-p", "no_such_field=1", "--config", limited(t, "rows: 1"))
	if got.code != exitWrong && got.code != exitFailed || strings.Contains(got.err, "no file") {
		t.Errorf("%+v", got)
	}
}

func TestVersionAndHelp(t *testing.T) {
	t.Parallel()
	if got := vitrina(t, "version"); got.code != exitDone || !strings.HasPrefix(got.out, "vitrina dev go") || got.err != "" {
		t.Errorf("%+v", got)
	}
	for _, args := range [][]string{{}, {"--help"}, {"run", "--help"}, {"help", "run"}} {
		if got := vitrina(t, args...); got.code != exitDone || !strings.Contains(got.out, "Usage:") || got.err != "" {
			t.Errorf("%q: %+v", args, got)
		}
	}
}

// The fields of the record are part of the interface: other programs read them.
func TestRecordKeys(t *testing.T) {
	t.Parallel()
	var run map[string]any
	text := must(t, "run", report(t, "", cell("c", "SELECT 1 AS one")), "--json", "--format", "csv", "--out", t.TempDir())
	if err := json.Unmarshal([]byte(text), &run); err != nil {
		t.Fatal(err)
	}
	for of, keys := range map[string][]string{
		"run":      {"report", "values", "status", "error", "cells", "artifacts", "id", "title", "revision", "timezone", "started", "finished"},
		"cell":     {"name", "rows", "bytes", "seconds", "query_id", "source"},
		"artifact": {"name", "path", "format", "rows", "bytes", "sha256"},
	} {
		object := run
		switch of {
		case "cell":
			object = run["cells"].([]any)[0].(map[string]any)
		case "artifact":
			object = run["artifacts"].([]any)[0].(map[string]any)
		}
		for _, key := range keys {
			if _, there := object[key]; !there {
				t.Errorf("no %s in the %s", key, of)
			}
		}
	}
	if run["status"] != string(runner.Succeeded) {
		t.Errorf("%v", run["status"])
	}
}
