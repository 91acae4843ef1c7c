package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/storage"
)

// Many pages that are open ask every few seconds; the database counts once a minute for all of them.
func TestSizesAreCountedOnceAMinute(t *testing.T) {
	t.Parallel()
	now, counts, fails := time.Unix(1_800_000_000, 0), 0, error(nil)
	f := figures{now: func() time.Time { return now }, count: func(context.Context) (storage.Figures, error) {
		counts++
		return storage.Figures{Size: int64(counts)}, fails
	}}
	ask := func(want int64, wantErr error) {
		t.Helper()
		if got, err := f.sizes(t.Context()); !errors.Is(err, wantErr) || err == nil && got.Size != want {
			t.Errorf("got %+v, %v; want %d, %v", got, err, want, wantErr)
		}
	}
	ask(1, nil)
	now = now.Add(countedAge - time.Second)
	ask(1, nil)
	now, fails = now.Add(time.Second), fault.New(fault.Unavailable, "away")
	ask(0, fails)
	fails = nil
	ask(3, nil)
}

func TestTheEngineTellsOfItself(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	enginetest.StartIn(t, filepath.Join(dir, "engine"))
	a, err := New(Config{Engine: EngineConfig{Library: enginetest.Options(t, dir).Library}}, Options{DataDir: dir, Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	f := figures{service: &Service{app: a}}
	if got := f.of(t.Context(), "engine"); got != nil {
		t.Errorf("an engine that is not used was asked: %v", got)
	}
	if _, _, err := a.Source(t.Context(), runner.Workbench); err != nil {
		t.Fatal(err)
	}
	got := f.of(t.Context(), "engine")
	if len(got) != 2 || got[0].Name != "memory" || got[0].Value < 1<<20 || got[1].Name != "uptime" || got[1].Unit != "seconds" {
		t.Errorf("got %+v", got)
	}
}

func TestFreeSpaceIsThatOfTheFolder(t *testing.T) {
	t.Parallel()
	if free, err := freeSpace(t.TempDir()); err != nil || free <= 0 {
		t.Errorf("got %v, %v", free, err)
	}
	if _, err := freeSpace("/nowhere/at/all"); err == nil {
		t.Error("a folder that is not there has space")
	}
}
