package export

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

func create(t *testing.T, dir, content string) *File {
	t.Helper()
	f, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, content); err != nil {
		t.Fatal(err)
	}
	return f
}

// list are the names in a folder, hidden ones too.
func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func TestAFileHasNoNameUntilItIsWhole(t *testing.T) {
	t.Parallel()
	none := func(string, uint32) (*os.File, bool) { return nil, false }
	for name, nameless := range map[string]func(string, uint32) (*os.File, bool){"nameless": createNameless, "hidden": none} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "new", "folder")
			f, err := begin(dir, nameless)
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range list(t, dir) {
				if !strings.HasPrefix(file, ".") || !strings.HasSuffix(file, ".part") {
					t.Errorf("%s is there before it is whole", file)
				}
			}
			checkPublished(t, dir, f)
		})
	}
}

func TestAKilledWriterLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f, ok := createNameless(dir, 0o600)
	if !ok {
		return // not on this file system
	}
	if err := f.Close(); err != nil || len(list(t, dir)) != 0 {
		t.Errorf("%v %v", list(t, dir), err)
	}
}

// checkPublished writes, commits and removes a file, and looks at it in between.
func checkPublished(t *testing.T, dir string, f *File) {
	t.Helper()
	if _, err := io.WriteString(f, "hello "); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, "world"); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit("a.txt"); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, "a.txt"))
	sum := sha256.Sum256([]byte("hello world"))
	if err != nil || string(content) != "hello world" || f.Bytes() != 11 || f.SHA256() != hex.EncodeToString(sum[:]) || f.Path() != filepath.Join(dir, "a.txt") {
		t.Errorf("%s %d %s %s %v", content, f.Bytes(), f.SHA256(), f.Path(), err)
	}
	f.Abort()
	if diff := cmp.Diff([]string{"a.txt"}, list(t, dir)); diff != "" {
		t.Error(diff)
	}
	if err := f.Remove(); err != nil || len(list(t, dir)) != 0 {
		t.Errorf("%v %v", list(t, dir), err)
	}
}

func TestAbortLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := create(t, dir, "half")
	f.Abort()
	f.Abort()
	if names := list(t, dir); len(names) != 0 {
		t.Errorf("%v", names)
	}
	if err := f.Commit("a.txt"); err == nil {
		t.Error("an aborted file was published")
	}
}

func TestAFileThatIsThereIsNeverReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var wait sync.WaitGroup
	for range 20 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			if err := create(t, dir, "x").Commit("a b.csv"); err != nil {
				t.Error(err)
			}
		}()
	}
	wait.Wait()
	names := list(t, dir)
	if len(names) != 20 || !strings.Contains(strings.Join(names, "|"), "a b (20).csv") {
		t.Errorf("%v", names)
	}
}

func TestModeFollowsTheUmask(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	plain, err := os.OpenFile(filepath.Join(dir, "plain"), os.O_CREATE, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = plain.Close() }()
	want, err := plain.Stat()
	if err != nil {
		t.Fatal(err)
	}
	f := create(t, dir, "x")
	part, err := f.file.Stat()
	if err != nil || part.Mode().Perm() != 0o600&want.Mode().Perm() {
		t.Errorf("%v while it is written, %v", part.Mode(), err)
	}
	if err := f.Commit("a"); err != nil {
		t.Fatal(err)
	}
	if got, err := os.Stat(f.Path()); err != nil || got.Mode() != want.Mode() {
		t.Errorf("%v, want %v, %v", got.Mode(), want.Mode(), err)
	}
}

// Once a file has its name, what cannot be tidied up is no failure: nobody would take the named one back.
func TestAHiddenNameThatStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	part, named := filepath.Join(dir, ".vitrina-x.part"), filepath.Join(dir, "a.txt")
	if err := os.WriteFile(part, []byte("whole"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := rename(part, named, func(string) error { return os.ErrPermission }); err != nil {
		t.Errorf("got %v", err)
	}
	if content, err := os.ReadFile(named); err != nil || string(content) != "whole" {
		t.Errorf("%q, %v", content, err)
	}
}

func TestNamesThatLeadElsewhereAreRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"", ".", "..", "a/b", "../a", "/etc/passwd"} {
		if err := create(t, dir, "x").Commit(name); !fault.IsInvalid(err) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if names := list(t, dir); len(names) != 0 {
		t.Errorf("%v", names)
	}
}

func TestAFolderThatCannotBeMadeIsNamed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(filepath.Join(file, "sub")); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("%v", err)
	}
}

func TestSeveralFilesInOneZip(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	z := NewZip(&out)
	for _, name := range []string{"a.csv", "A.csv", "юникод.csv"} {
		w, err := z.Create(name, time.Date(2024, 1, 2, 3, 4, 6, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, strings.Repeat(name, 1000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][2]string{{"a.csv", "a.csv"}, {"A (2).csv", "A.csv"}, {"юникод.csv", "юникод.csv"}} {
		content, err := readEntry(r.File[i], 1<<20)
		if err != nil || r.File[i].Name != want[0] || string(content) != strings.Repeat(want[1], 1000) || !r.File[i].Modified.Equal(time.Date(2024, 1, 2, 3, 4, 6, 0, time.UTC)) {
			t.Errorf("%s %v %v", r.File[i].Name, r.File[i].Modified, err)
		}
	}
}

// A store links a file into a folder of its own, under its own name, after it has read it back if it must.
func TestAFileIsReadBackAndCommittedElsewhere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := create(t, filepath.Join(dir, "half-made"), "the content")
	data, err := io.ReadAll(io.NewSectionReader(f, 4, f.Bytes()))
	if err != nil || string(data) != "content" {
		t.Errorf("%q, %v", data, err)
	}
	path := filepath.Join(dir, "runs", "1", "2")
	if err := f.CommitTo(path); err != nil || f.Path() != path {
		t.Fatalf("%v, %s", err, f.Path())
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "the content" {
		t.Errorf("%q, %v", data, err)
	}
	other := create(t, filepath.Join(dir, "half-made"), "another")
	if err := other.CommitTo(path); err == nil {
		t.Error("a path that was taken was taken again")
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "the content" {
		t.Errorf("%q, %v", data, err)
	}
	if names := list(t, filepath.Join(dir, "half-made")); len(names) != 0 {
		t.Errorf("left behind: %q", names)
	}
}
