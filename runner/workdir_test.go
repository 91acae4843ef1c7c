package runner

import (
	"fmt"
	"os"
	"sync"
	"testing"
)

// A run that begins while others do and end keeps its folder: none of them takes it for that of a killed process.
func TestWorkFoldersOfRunsAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var all sync.WaitGroup
	for i := range 32 {
		all.Go(func() {
			for j := range 60 {
				w, err := newWorkDir(dir, fmt.Sprintf("%d-%d", i, j))
				if err != nil {
					t.Error(err)
					return
				}
				if err := os.WriteFile(w.path+"/c.rows", []byte("x"), 0o600); err != nil {
					t.Error(err)
				}
				w.remove()
			}
		})
	}
	all.Wait()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}
