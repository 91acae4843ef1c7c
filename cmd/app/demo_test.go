package app

import (
	"path/filepath"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

func TestTheDemoIsMadeOnce(t *testing.T) {
	dir := t.TempDir()
	enginetest.StartIn(t, filepath.Join(dir, "engine"))
	a, err := New(Config{Engine: EngineConfig{Library: enginetest.Options(t, dir).Library}}, Options{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	into, _, err := a.Source(t.Context(), warehouse)
	if err != nil {
		t.Fatal(err)
	}
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
