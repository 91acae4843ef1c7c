package engine

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestTheWall goes behind it with a thread of its own, which ends with the goroutine.
func TestTheWall(t *testing.T) {
	t.Parallel()
	version, err := landlockVersion()
	if err != nil {
		return // a kernel without
	}
	work := order{Dir: t.TempDir(), Library: "/nonexistent/libchdb.so"}
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if err := work.restrict(version, os.Args[0]); err != nil {
			t.Error(err)
			return
		}
		for path, want := range map[string]error{
			"/dev/null": nil, "/dev/urandom": nil, filepath.Join(work.Dir, "own"): nil,
			"/dev/ptmx": fs.ErrPermission, "/dev/kmsg": fs.ErrPermission, outside: fs.ErrPermission, "/etc/passwd": fs.ErrPermission,
		} {
			if err := touch(path); !errors.Is(err, want) && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: %v, want %v", path, err, want)
			}
		}
	}()
	<-done
}

// touch opens for writing, which makes a file in a folder where that is allowed.
func touch(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}
