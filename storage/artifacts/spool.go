package artifacts

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// copySized copies all of r, which has to be of the size unless that is negative. It stops when ctx ends.
func copySized(ctx context.Context, w io.Writer, r io.Reader, size int64) error {
	n, err := io.Copy(w, reader{ctx, r})
	if err != nil {
		return err
	}
	return checkSize(n, size)
}

func checkSize(got, want int64) error {
	if want >= 0 && got != want {
		return fault.New(fault.Failed, "The file was to have %d bytes and has %d.", want, got)
	}
	return nil
}

// reader stops reading when ctx ends.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, cancelled(err)
	}
	return r.r.Read(p)
}

// sweepDir removes the half-made files of a folder that are older than the moment.
func sweepDir(ctx context.Context, dir string, before time.Time) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		if ctx.Err() != nil {
			return cancelled(ctx.Err())
		}
		info, statErr := entry.Info()
		if statErr != nil || !leftover(entry.Name()) || info.ModTime().After(before) {
			continue
		}
		if removeErr := os.Remove(filepath.Join(dir, entry.Name())); !errors.Is(removeErr, fs.ErrNotExist) {
			err = errors.Join(err, removeErr)
		}
	}
	return fault.Disk(dir, err)
}

// leftover tells the names of files that were whole without a key, or (where files cannot be nameless) not whole.
func leftover(name string) bool {
	return strings.HasPrefix(name, "vitrina-") && strings.HasSuffix(name, ".whole") ||
		strings.HasPrefix(name, ".vitrina-") && strings.HasSuffix(name, ".part")
}

// syncFolder makes the names in a folder last. Some file systems cannot, which is no failure.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
