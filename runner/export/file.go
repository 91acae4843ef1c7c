package export

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// File is a file that has no name until it is whole. What is written goes to a hidden one next to its place; Commit gives it the name,
// Abort leaves nothing behind. One of the two must be called.
type File struct {
	file  *os.File
	dir   string
	name  string
	mode  fs.FileMode
	hash  hash.Hash
	bytes int64
	err   error
	done  bool
}

// Published is a file under its name.
type Published struct {
	Name   string // the wanted one, or "name (2).xlsx" where that was taken
	Path   string
	Bytes  int64
	SHA256 string // in hex
}

// Create begins a file that shall be called name in the folder, which is made if need be.
func Create(dir, name string) (*File, error) {
	if name == "" || name != filepath.Base(name) {
		return nil, fault.New(fault.Invalid, "%q is not the name of a file", name)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, folderError(dir, err)
	}
	path := filepath.Join(dir, "."+cutBytes(name, maxFileName)+"."+rand.Text()[:8]+".part")
	// The umask applies to the mode here; what it leaves is kept for Commit, and until then nobody else may look.
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666)
	if err != nil {
		return nil, folderError(dir, err)
	}
	f := &File{file: file, dir: dir, name: name, hash: sha256.New()}
	info, err := file.Stat()
	if err == nil {
		f.mode = info.Mode().Perm()
		err = file.Chmod(f.mode & 0o600)
	}
	if err != nil {
		return nil, errors.Join(folderError(dir, err), f.Abort())
	}
	return f, nil
}

// Write appends. Its error is a sentence that names the folder, and is returned by all that follows.
func (f *File) Write(p []byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.file.Write(p)
	f.bytes += int64(n)
	_, _ = f.hash.Write(p[:n])
	if err != nil {
		f.err = folderError(f.dir, err)
	}
	return n, f.err
}

// ReaderAt gives what was written, to look at it before Commit.
func (f *File) ReaderAt() (r io.ReaderAt, size int64) { return f.file, f.bytes }

// Commit makes sure that the bytes are on the disk and gives the file its name. A file that is there already is never replaced. After
// an error there is nothing left of the file.
func (f *File) Commit() (Published, error) {
	if f.done {
		return Published{}, fault.New(fault.Failed, "the file %q is done with", f.name)
	}
	if f.err != nil {
		return Published{}, errors.Join(f.err, f.Abort())
	}
	err := errors.Join(f.file.Chmod(f.mode), f.file.Sync())
	if err != nil {
		return Published{}, errors.Join(folderError(f.dir, err), f.Abort())
	}
	name, err := f.publish()
	if err != nil {
		return Published{}, errors.Join(folderError(f.dir, err), f.Abort())
	}
	f.done = true
	if err := errors.Join(f.file.Close(), syncFolder(f.dir)); err != nil {
		return Published{}, folderError(f.dir, err)
	}
	return Published{
		Name: name, Path: filepath.Join(f.dir, name), Bytes: f.bytes, SHA256: hex.EncodeToString(f.hash.Sum(nil)),
	}, nil
}

// publish takes the first free name. A hard link fails when the name is taken, so that two runs never get the same one.
func (f *File) publish() (name string, err error) {
	name = f.name
	for n := 2; ; n++ {
		err = rename(f.file.Name(), filepath.Join(f.dir, name))
		if !errors.Is(err, fs.ErrExist) || n > 10_000 {
			return name, err
		}
		name = numbered(f.name, n)
	}
}

// rename gives the file a name that nobody has.
func rename(from, to string) error {
	err := os.Link(from, to)
	switch {
	case err == nil:
		return os.Remove(from)
	case errors.Is(err, fs.ErrExist):
		return err
	}
	// No hard links on this file system: reserve the name, then move over what was reserved.
	reserved, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(reserved.Close(), os.Rename(from, to)); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// syncFolder makes the name last. Some file systems cannot, which is no failure of the file.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = folder.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, folder.Close())
}

// Abort removes what was written. After Commit it does nothing.
func (f *File) Abort() error {
	if f.done {
		return nil
	}
	f.done = true
	err := errors.Join(f.file.Close(), os.Remove(f.file.Name()))
	if err != nil {
		return folderError(f.dir, err)
	}
	return nil
}

// folderError says what the person who runs the server must do.
func folderError(dir string, err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.New(fault.Failed, "the disk is full: make room in the folder %s: %w", dir, err)
	case errors.Is(err, fs.ErrPermission):
		return fault.New(fault.Failed, "files cannot be written to the folder %s: permission denied: %w", dir, err)
	}
	return fault.New(fault.Failed, "a file cannot be written to the folder %s: %w", dir, err)
}
