package artifacts

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// incoming is the folder of what has no key yet. No key begins with a dot.
const incoming = ".incoming"

// folder is a store in a folder of the file system: each key is the path of its file.
type folder struct {
	root string
	now  func() time.Time
}

func openFolder(dir string, options Options) (*folder, error) {
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(options.Base, dir)
	}
	root, err := filepath.Abs(dir)
	if err != nil {
		return nil, fault.Disk(dir, err)
	}
	store := &folder{root: root, now: options.Now}
	// What people exported is for the service alone; a folder that was there keeps its rights.
	if err := os.MkdirAll(store.Dir(), 0o700); err != nil {
		return nil, fault.Disk(root, err)
	}
	return store, nil
}

func (s *folder) Dir() string { return filepath.Join(s.root, incoming) }

func (s *folder) Close() error { return nil }

func (s *folder) String() string { return "file://" + s.root }

func (s *folder) path(key string) string { return filepath.Join(s.root, filepath.FromSlash(key)) }

// Put writes a nameless file in the folder of incoming ones, and gives it the key when it is whole.
func (s *folder) Put(ctx context.Context, key string, r io.Reader, size int64) (Info, error) {
	if err := s.free(key); err != nil {
		return Info{}, err
	}
	f, err := export.Create(s.Dir())
	if err != nil {
		return Info{}, err
	}
	defer f.Abort()
	if err := copySized(ctx, f, r, size); err != nil {
		return Info{}, err
	}
	return s.Adopt(ctx, key, f)
}

// free refuses a key that is taken before the work; the link refuses it after.
func (s *folder) free(key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if _, err := os.Lstat(s.path(key)); err == nil {
		return exists(key)
	}
	return nil
}

func (s *folder) Adopt(ctx context.Context, key string, f *export.File) (Info, error) {
	defer f.Abort()
	if err := checkKey(key); err != nil {
		return Info{}, err
	}
	if err := ctx.Err(); err != nil {
		return Info{}, cancelled(err)
	}
	info := Info{Bytes: f.Bytes(), SHA256: f.SHA256()}
	if err := f.Commit(wholeName()); err != nil {
		return Info{}, err
	}
	err := s.link(f.Path(), key)
	if errors.Is(err, syscall.EXDEV) {
		err = s.copyFrom(ctx, f.Path(), key, info.Bytes)
	}
	if errors.Is(err, fs.ErrExist) {
		err = exists(key)
	}
	if err != nil {
		return Info{}, errors.Join(fault.Disk(s.root, err), f.Remove())
	}
	// The file has its key: that its first name cannot be removed is the sweep's concern.
	_ = f.Remove()
	return info, nil
}

// link gives a finished file the path of its key, unless that is taken, and makes the name last. Remove may take away an empty folder at
// any moment before.
func (s *folder) link(from, key string) error {
	to := s.path(key)
	err := s.tryLink(from, to)
	for attempt := 0; errors.Is(err, fs.ErrNotExist) && attempt < 1000; attempt++ {
		err = s.tryLink(from, to)
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

func (s *folder) tryLink(from, to string) error {
	if err := s.makeFolder(filepath.Dir(to)); err != nil {
		return err
	}
	err := os.Link(from, to)
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EPERM) {
		return renameFree(from, to)
	}
	return err
}

// renameFree stands in for a link on file systems without them. Of two processes that write one key at the same instant, the later
// wins; each reader still sees one whole file.
func renameFree(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	return os.Rename(from, to)
}

// makeFolder makes the folder and those above it last, as far as they are new.
func (s *folder) makeFolder(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	parent := filepath.Dir(dir)
	if dir != s.root && parent != dir {
		if err := s.makeFolder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(parent)
}

func (s *folder) copyFrom(ctx context.Context, from, key string, size int64) error {
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // read only
	_, err = s.Put(ctx, key, file, size)
	return err
}

// wholeName is the name of a finished file that has no key yet.
func wholeName() string { return "vitrina-" + rand.Text() + ".whole" }
