package artifacts

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// openFile is a file of the folder with what was known of it when it was opened.
type openFile struct {
	*os.File
	info fs.FileInfo
}

func (f openFile) Size() int64 { return f.info.Size() }

func (f openFile) ModTime() time.Time { return f.info.ModTime() }

func (s *folder) Open(ctx context.Context, key string) (Object, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, cancelled(err)
	}
	file, err := os.Open(s.path(key))
	if err != nil {
		return nil, s.readFault(key, err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, errors.Join(s.readFault(key, err), file.Close())
	}
	return openFile{file, info}, nil
}

func (s *folder) readFault(key string, err error) error {
	switch {
	case absent(err):
		return notFound(key, err)
	case errors.Is(err, fs.ErrPermission):
		return fault.New(fault.Unavailable, "The file %s in %s cannot be read: permission denied.", key, s.root)
	}
	return fault.New(fault.Unavailable, "The file %s in %s cannot be read: %w", key, s.root, err)
}

// Remove takes the folders that are empty then with it.
func (s *folder) Remove(ctx context.Context, keys ...string) error {
	for _, key := range keys {
		if err := checkKey(key); err != nil {
			return err
		}
	}
	for _, key := range keys {
		if err := ctx.Err(); err != nil {
			return cancelled(err)
		}
		if err := syscall.Unlink(s.path(key)); err != nil && !absent(err) {
			return fault.Disk(s.root, err)
		}
		for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
			if syscall.Rmdir(s.path(dir)) != nil {
				break // not empty
			}
		}
	}
	return nil
}

// absent tells that there is no file of the name. A folder is none.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.EISDIR)
}

func (s *folder) List(ctx context.Context, prefix string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if err := checkPrefix(prefix); err != nil {
			yield(Entry{}, err)
			return
		}
		err := filepath.WalkDir(s.path(prefix[:strings.LastIndex(prefix, "/")+1]), func(name string, d fs.DirEntry, err error) error {
			if ctx.Err() != nil {
				return cancelled(ctx.Err())
			}
			return s.visit(name, d, err, prefix, yield)
		})
		if err != nil && !errors.Is(err, fs.SkipAll) {
			yield(Entry{}, s.listFault(err))
		}
	}
}

// visit yields a file with a key of the prefix, and passes by what is gone already and what was put there by others.
func (s *folder) visit(name string, d fs.DirEntry, err error, prefix string, yield func(Entry, error) bool) error {
	if err != nil && absent(err) {
		return nil
	}
	if err != nil {
		return err
	}
	relative, err := filepath.Rel(s.root, name)
	if err != nil {
		return err
	}
	key := filepath.ToSlash(relative)
	if d.IsDir() {
		if key == "." || isKey(key) && (strings.HasPrefix(key, prefix) || strings.HasPrefix(prefix, key+"/")) {
			return nil
		}
		return fs.SkipDir
	}
	info, err := d.Info()
	if err != nil || !info.Mode().IsRegular() || !isKey(key) || !strings.HasPrefix(key, prefix) {
		return nil //nolint:nilerr // a file that is gone is not in the list
	}
	if !yield(Entry{Key: key, Bytes: info.Size(), Modified: info.ModTime()}, nil) {
		return fs.SkipAll
	}
	return nil
}

func (s *folder) listFault(err error) error {
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	return fault.New(fault.Unavailable, "The folder %s cannot be read: %w", s.root, err)
}

// Check writes a file that never gets a name.
func (s *folder) Check(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return cancelled(err)
	}
	f, err := export.Create(s.Dir())
	if err != nil {
		return err
	}
	defer f.Abort()
	_, err = f.Write(make([]byte, 4096))
	return err
}

func (s *folder) Sweep(ctx context.Context) error {
	return sweepDir(ctx, s.Dir(), s.now().Add(-abandoned))
}
