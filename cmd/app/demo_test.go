package app

import (
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"github.com/vitrina-reports/vitrina/reports/library"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// emptyWarehouse is the built-in engine of a service that has just begun.
func emptyWarehouse(t *testing.T) source.Source {
	t.Helper()
	dir := t.TempDir()
	enginetest.StartIn(t, filepath.Join(dir, "engine"))
	a, err := New(Config{Engine: EngineConfig{Library: enginetest.Options(t, dir).Library}}, Options{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	into, _, err := a.Source(t.Context(), warehouse)
	if err != nil {
		t.Fatal(err)
	}
	return into
}

func TestTheDemoIsMadeOnce(t *testing.T) {
	into := emptyWarehouse(t)
	for _, step := range []struct {
		sql  string
		have bool
	}{
		{"SELECT 1", false},
		{"CREATE TABLE demo_period (day Date) ENGINE = MergeTree ORDER BY day", false},
		{"INSERT INTO demo_period VALUES ('2025-12-31')", true},
	} {
		if err := into.Exec(t.Context(), step.sql); err != nil {
			t.Fatal(err)
		}
		if have := hasDemo(t.Context(), into); have != step.have {
			t.Errorf("after %s: %v", step.sql, have)
		}
	}
}

func TestADemoReportIsKeptOnceItsTableIsThere(t *testing.T) {
	into := emptyWarehouse(t)
	kept := func() bool {
		entries, err := fs.ReadDir(library.Folder(withoutTables(t.Context(), into)...), ".")
		if err != nil || len(entries) < 9 {
			t.Fatalf("%v, %v", entries, err)
		}
		return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == "retail.md" })
	}
	if kept() {
		t.Error("a report is kept that has no table")
	}
	if err := into.Exec(t.Context(), "CREATE TABLE online_retail (Country String) ENGINE = MergeTree ORDER BY tuple()"); err != nil {
		t.Fatal(err)
	}
	if !kept() {
		t.Error("a report is left out though its table is there")
	}
}
