package artifacts_test

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/export"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
)

func begin(t *testing.T, dir, text string) *export.File {
	t.Helper()
	f, err := export.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, text); err != nil {
		t.Fatal(err)
	}
	return f
}

// files are the names of all files below a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestAFinishedFileIsTakenOver(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		elsewhere := t.TempDir()
		for key, dir := range map[string]string{"runs/1/1/1": store.Dir(), "runs/1/1/2": elsewhere} {
			f := begin(t, dir, "whole")
			info, err := store.Adopt(t.Context(), key, f)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(artifacts.Info{Bytes: 5, SHA256: digest([]byte("whole"))}, info); diff != "" {
				t.Error(diff)
			}
			f.Abort() // by somebody's defer
			if got := string(read(t, store, key)); got != "whole" {
				t.Errorf("%s has %q", key, got)
			}
			if left := files(t, dir); len(left) > 0 {
				t.Errorf("there is still %v", left)
			}
		}
	})
}

func TestAFileThatIsNotTakenOverIsGone(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		put(t, store, "runs/1/1/1", "first")
		if _, err := store.Adopt(t.Context(), "runs/1/1/1", begin(t, store.Dir(), "second")); !errors.Is(err, artifacts.ErrExists) {
			t.Errorf("a key that is taken: %v", err)
		}
		if left := files(t, store.Dir()); len(left) > 0 {
			t.Errorf("there is still %v", left)
		}
		if got := string(read(t, store, "runs/1/1/1")); got != "first" {
			t.Errorf("the key has %q now", got)
		}
	})
}

func TestAKilledWriterLeavesNothingForLong(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		kill(t, at)
		store := at.open(t, nil)
		if _, err := store.Open(t.Context(), killedKey); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("half of a file: %v", err)
		}
		if found := keys(t, store, ""); len(found) > 0 {
			t.Errorf("there is %v", found)
		}
		if err := store.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		before := leftovers(t, at)
		next := at.open(t, func() time.Time { return time.Now().Add(25 * time.Hour) })
		if err := next.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if after := leftovers(t, at); after > 0 {
			t.Errorf("of %d things half-made, %d are there a day later", before, after)
		}
		if strings.HasPrefix(at.address, "s3:") && before != 1 {
			t.Errorf("an upload of today was ended: %d are there", before)
		}
		put(t, next, killedKey, "whole")
	})
}

// kill ends a process that has written half of a file.
func kill(t *testing.T, at place) {
	t.Helper()
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), halfWriter+"="+at.address, halfWriter+"_SPOOL="+at.spool,
		"AWS_ACCESS_KEY_ID="+testKey, "AWS_SECRET_ACCESS_KEY="+testSecret)
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if line != "half\n" {
		t.Errorf("the writer said %q, %v", line, err)
	}
	if err := process.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = process.Wait() // killed
}

// leftovers counts the half-made things in a place, past the store's own eyes.
func leftovers(t *testing.T, at place) int {
	t.Helper()
	if dir, ok := strings.CutPrefix(at.address, "file://"); ok {
		return len(files(t, dir))
	}
	return len(uploads(t, at)) + len(files(t, at.spool))
}

func TestTheSweepLeavesFilesOfTodayAndOfOthers(t *testing.T) {
	everyStore(t, func(t *testing.T, at place) {
		store := at.open(t, func() time.Time { return time.Now().Add(25 * time.Hour) })
		old, other := filepath.Join(store.Dir(), "vitrina-OLD.whole"), filepath.Join(store.Dir(), "notes.txt")
		today := filepath.Join(store.Dir(), "vitrina-TODAY.whole")
		for _, name := range []string{old, other, today} {
			if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		tomorrow := time.Now().Add(24 * time.Hour)
		if err := os.Chtimes(today, tomorrow, tomorrow); err != nil {
			t.Fatal(err)
		}
		put(t, store, "runs/1/1/1", "kept")
		if err := store.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{other, today}, files(t, store.Dir())); diff != "" {
			t.Error(diff)
		}
		if got := string(read(t, store, "runs/1/1/1")); got != "kept" {
			t.Errorf("the file has %q", got)
		}
	})
}
