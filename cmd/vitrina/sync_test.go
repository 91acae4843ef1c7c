package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/reports/mirror"
)

// Two folders are kept the same by way of the service, as two people with clones would.
func TestSyncByCommand(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	one, two := filepath.Join(folder, "one"), filepath.Join(folder, "two")
	config := filepath.Join(folder, "vitrina.yaml")
	document := "---\ntitle: Fees\n---\n\n```sql fees\nSELECT 1\n```\n"
	for name, text := range map[string]string{
		config: "database: \"" + pgtest.DSN(t) + "\"\n", filepath.Join(one, "sales", "fees.md"): document, filepath.Join(two, "keep"): "",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		put(t, name, text)
	}
	run := func(args ...string) outcome {
		return vitrinaWith(t.Context(), nil, append([]string{"--config", config, "--data", filepath.Join(folder, "data"), "sync"}, args...)...)
	}
	expect := func(got outcome, code int, out, words string) {
		t.Helper()
		if got.code != code || got.out != out || !strings.Contains(got.err, words) {
			t.Errorf("%+v", got)
		}
	}
	expect(run(one, "--dry-run"), exitDone, "catalog: create sales/fees.md\n", "1 change to make")
	expect(run(one), exitDone, "catalog: create sales/fees.md\n", "1 change made")
	expect(run(two), exitDone, "folder: write sales/fees.md\n", "1 change made")
	expect(run(two), exitDone, "", "the same")
	put(t, filepath.Join(one, "sales", "fees.md"), strings.Replace(document, "1", "2", 1))
	put(t, filepath.Join(two, "sales", "fees.md"), strings.Replace(document, "1", "3", 1))
	put(t, filepath.Join(two, "bad.md"), strings.Replace(document, "1", "{{ .x }}", 1))
	expect(run(one, "-m", "two"), exitDone, "catalog: save sales/fees.md\n", "")
	got := run(two)
	expect(got, exitFailed, "", "bad.md:6:11: ")
	if !strings.Contains(got.err, "sales/fees.md: changed in the folder and in the catalog (version 2 by command line)") ||
		!strings.Contains(got.err, "1 conflict and 1 problem") {
		t.Error(got.err)
	}
	expect(run(two, "--theirs", "sales/fees.md"), exitFailed, "folder: write sales/fees.md\n", "1 problem;")
	if text := string(read(t, filepath.Join(two, "sales", "fees.md"))); !strings.Contains(text, "SELECT 2") {
		t.Error(text)
	}
	if text := string(read(t, filepath.Join(two, "sales", "fees.md.orig"))); !strings.Contains(text, "SELECT 3") {
		t.Error(text)
	}
	expect(run(filepath.Join(folder, "none")), exitWrong, "", "There is no folder")
	expect(run(), exitWrong, "", "which folder?")
	put(t, filepath.Join(one, mirror.StateFile), "{")
	expect(run(one), exitWrong, "", "cannot be read")
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
