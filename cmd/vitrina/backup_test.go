package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A new data folder becomes a database, a backup of it a second one.
func TestBackupAndRestoreByCommand(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	from, to, file := filepath.Join(folder, "from"), filepath.Join(folder, "to"), filepath.Join(folder, "backups", "monday.zip")
	if got := vitrinaWith(t.Context(), nil, "--data", from, "migrate"); got.code != exitDone || !strings.Contains(got.out, "00001_init") {
		t.Fatalf("%+v", got)
	}
	if got := vitrinaWith(t.Context(), nil, "--data", from, "migrate"); got.code != exitDone || got.out != "" || !strings.Contains(got.err, "up to date") {
		t.Errorf("again: %+v", got)
	}
	if got := vitrinaWith(t.Context(), nil, "--data", from, "backup", file); got.code != exitDone || !strings.HasPrefix(got.out, file) {
		t.Fatalf("%+v", got)
	}
	info, err := os.Stat(file)
	if err != nil || info.Size() == 0 {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("others may read the backup: %v", mode)
	}
	if got := vitrinaWith(t.Context(), nil, "--data", from, "backup", file); got.code != exitWrong || !strings.Contains(got.err, "is there already") {
		t.Errorf("over a file: %+v", got)
	}
	if got := vitrinaWith(t.Context(), nil, "--data", to, "restore", file); got.code != exitDone || !strings.HasPrefix(got.out, file) {
		t.Errorf("%+v", got)
	}
	if got := vitrinaWith(t.Context(), nil, "--data", to, "restore", filepath.Join(folder, "none.zip")); got.code != exitWrong {
		t.Errorf("no file: %+v", got)
	}
}
