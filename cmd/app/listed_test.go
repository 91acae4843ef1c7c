package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

func listed(t *testing.T, a *App) (names []string) {
	t.Helper()
	all, err := a.AllSources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range all {
		names = append(names, source.Name)
	}
	return names
}

func TestEveryDatabaseThatAReportCanNameIsListed(t *testing.T) {
	dir := t.TempDir()
	embedded := EngineConfig{Library: enginetest.Options(t, dir).Library}
	started := enginetest.StartIn(t, filepath.Join(dir, "engine"))
	endpoint, err := started.Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := enginetest.Open(t, endpoint).Exec(t.Context(), "CREATE DATABASE crm"); err != nil {
		t.Fatal(err)
	}
	for _, try := range []struct {
		config Config
		want   []string
	}{
		{Config{Engine: embedded}, []string{"crm", "warehouse", "workbench"}},
		{Config{Engine: embedded, Sources: map[string]SourceConfig{"warehouse": {Driver: "clickhouse"}}}, []string{"warehouse", "workbench"}},
	} {
		a, err := New(try.config, Options{DataDir: dir, Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
		if err != nil {
			t.Fatal(err)
		}
		if names := listed(t, a); !slices.Equal(names, try.want) {
			t.Errorf("%v, not %v", names, try.want)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}

// keeper keeps sources in memory.
type keeper struct {
	SourceKeeper
	sources []people.Source
}

func (k *keeper) Sources(context.Context) ([]people.Source, error) {
	return slices.Clone(k.sources), nil
}

func TestASourceIsThereAtOnceWhereItWasConnected(t *testing.T) {
	keep := &keeper{}
	kept := &keptSources{keeper: keep, now: func() time.Time { return time.Unix(0, 0) }}
	if _, found, err := kept.find(t.Context(), "billing"); found || err != nil {
		t.Fatal(found, err)
	}
	keep.sources = []people.Source{{Name: "billing"}}
	kept.forget()
	if _, found, err := kept.find(t.Context(), "billing"); !found || err != nil {
		t.Fatal(found, err)
	}
}
