package runner

import (
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// workDir is a run's own folder. A lock beside it tells that its run is alive: it goes with the process, however that ends.
type workDir struct {
	path string
	lock *flock.Flock
}

// newWorkDir makes a folder in dir, which it makes too if need be, and removes those that killed processes have left there.
func newWorkDir(dir, id string) (*workDir, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.Disk(dir, err)
	}
	// Nobody sweeps between a run's lock and its folder, or would take a run that begins for one that is no more.
	alone := flock.New(dir, flock.SetFlag(os.O_RDONLY))
	if err := alone.Lock(); err != nil {
		return nil, fault.Disk(dir, err)
	}
	defer func() { _ = alone.Unlock() }()
	sweep(dir)
	w := &workDir{path: filepath.Join(dir, "run-"+id)}
	w.lock = flock.New(w.path + ".lock")
	if err := w.lock.Lock(); err != nil {
		return nil, fault.Disk(dir, err)
	}
	if err := os.Mkdir(w.path, 0o700); err != nil {
		_ = w.lock.Unlock()
		return nil, fault.Disk(dir, err)
	}
	return w, nil
}

// remove takes the folder away. What cannot be removed is left to a later run's sweep.
func (w *workDir) remove() {
	if os.RemoveAll(w.path) == nil {
		_ = os.Remove(w.path + ".lock")
	}
	_ = w.lock.Unlock()
}

// sweep removes the folders of runs that are no more. The caller has locked dir.
func sweep(dir string) {
	locks, _ := filepath.Glob(filepath.Join(dir, "run-*.lock"))
	for _, path := range locks {
		left := &workDir{path: path[:len(path)-len(".lock")], lock: flock.New(path)}
		if free, err := left.lock.TryLock(); err == nil && free {
			left.remove()
		}
	}
}
