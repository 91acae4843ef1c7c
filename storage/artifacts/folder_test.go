package artifacts

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestAFolderEmptiedWhileAFileIsKeptIsMadeAgain(t *testing.T) {
	t.Parallel()
	store, err := Open(t.Context(), "file://"+t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for i := range 50 {
				key := fmt.Sprintf("runs/1/%d-%d", w, i)
				if _, err := store.Put(t.Context(), key, strings.NewReader("x"), 1); err != nil {
					t.Error(err)
				}
				if err := store.Remove(t.Context(), key); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
}

func TestWithoutLinksAKeyIsStillWrittenOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"first", "second"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	to := filepath.Join(dir, "key")
	if err := renameFree(filepath.Join(dir, "first"), to); err != nil {
		t.Fatal(err)
	}
	if err := renameFree(filepath.Join(dir, "second"), to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the second time: %v", err)
	}
	if got, err := os.ReadFile(to); string(got) != "first" {
		t.Errorf("%q, %v", got, err)
	}
}
