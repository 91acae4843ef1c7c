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

// File is a file that has no name until it is whole. What is written goes to a hidden one in its folder; Commit gives it the name,
// Abort leaves nothing behind. One of the two must be called.
type File struct {
	file     *os.File
	nameless bool // the file is in no folder yet
	dir      string
	name     string // once it has one
	mode     fs.FileMode
	hash     hash.Hash
	bytes    int64
	err      error
	done     bool
}

// Create begins a file in the folder, which is made if need be. Where the system can, the file has no name at all until Commit, so
// that not even a killed process leaves anything behind.
func Create(dir string) (*File, error) { return begin(dir, createNameless) }

func begin(dir string, createNameless func(dir string, mode uint32) (*os.File, bool)) (*File, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fault.Disk(dir, err)
	}
	// The umask applies to the mode here; what it leaves is kept for Commit, and until then nobody else may look.
	file, nameless := createNameless(dir, 0o666)
	if !nameless {
		var err error
		file, err = os.OpenFile(filepath.Join(dir, ".vitrina-"+rand.Text()+".part"), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666)
		if err != nil {
			return nil, fault.Disk(dir, err)
		}
	}
	f := &File{file: file, nameless: nameless, dir: dir, hash: sha256.New()}
	info, err := file.Stat()
	if err == nil {
		f.mode = info.Mode().Perm()
		err = file.Chmod(f.mode & 0o600)
	}
	if err != nil {
		f.Abort()
		return nil, fault.Disk(dir, err)
	}
	return f, nil
}

// Private keeps the file from all but its owner, whatever the umask.
func (f *File) Private() { f.mode &= 0o600 }

// Name of the committed file: the wanted one, or "name (2).xlsx" where that was taken.
func (f *File) Name() string { return f.name }

// Path of the committed file.
func (f *File) Path() string { return filepath.Join(f.dir, f.name) }

// Bytes written so far.
func (f *File) Bytes() int64 { return f.bytes }

// SHA256 of the bytes written so far, in hex.
func (f *File) SHA256() string { return hex.EncodeToString(f.hash.Sum(nil)) }

// Write appends. Its error is a sentence that names the folder, and is returned by all that follows.
func (f *File) Write(p []byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.file.Write(p)
	f.bytes += int64(n)
	_, _ = f.hash.Write(p[:n])
	if err != nil {
		f.err = fault.Disk(f.dir, err)
	}
	return n, f.err
}

// ReadAt reads back what was written, until Commit or Abort; io.NewSectionReader(f, 0, f.Bytes()) is all of it.
func (f *File) ReadAt(p []byte, offset int64) (int, error) {
	n, err := f.file.ReadAt(p, offset)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fault.Disk(f.dir, err)
	}
	return n, err
}

// Commit makes sure that the bytes are on the disk and gives the file its name in its folder, with a number where that is taken: a
// file that is there already is never replaced. After an error there is nothing left of the file.
func (f *File) Commit(name string) error {
	return f.commit(f.dir, name, 10_000)
}

// CommitTo is Commit under that very path, on the file system of the file's folder. Folders on the way are made. A path that is taken
// is an error.
func (f *File) CommitTo(path string) error {
	return f.commit(filepath.Dir(path), filepath.Base(path), 1)
}

// commit gives the file the name, or else one of so many with numbers.
func (f *File) commit(dir, name string, names int) (err error) {
	if f.done {
		return fault.New(fault.Failed, "The file %q is finished already.", f.name)
	}
	defer func() {
		if err != nil {
			f.Abort()
		}
	}()
	if f.err != nil {
		return f.err
	}
	if name == "" || name != filepath.Base(name) || name == "." || name == ".." || name == "/" {
		return fault.New(fault.Invalid, "%q is not the name of a file.", name)
	}
	if err := errors.Join(f.file.Chmod(f.mode), f.file.Sync()); err != nil {
		return fault.Disk(f.dir, err)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fault.Disk(dir, err)
	}
	f.dir = dir
	if f.name, err = f.publish(name, names); err != nil {
		return fault.Disk(dir, err)
	}
	f.done = true
	if err := errors.Join(f.file.Close(), syncFolder(dir)); err != nil {
		return errors.Join(fault.Disk(dir, err), f.Remove())
	}
	return nil
}

// Remove takes a committed file back.
func (f *File) Remove() error {
	if err := os.Remove(f.Path()); err != nil {
		return fault.Disk(f.dir, err)
	}
	return nil
}

// Abort removes what was written. After Commit it does nothing.
func (f *File) Abort() {
	if f.done {
		return
	}
	f.done = true
	_ = f.file.Close()
	if !f.nameless {
		_ = os.Remove(f.file.Name()) // hidden and named as a part; there is nobody to tell
	}
}

// publish takes the first free name. A hard link fails when the name is taken, so that two runs never get the same one.
func (f *File) publish(wanted string, names int) (name string, err error) {
	name = wanted
	for n := 2; ; n++ {
		to := filepath.Join(f.dir, name)
		if f.nameless {
			err = linkNameless(f.file, to)
		} else {
			err = rename(f.file.Name(), to, os.Remove)
		}
		if !errors.Is(err, fs.ErrExist) || n > names {
			return name, err
		}
		name = numbered(wanted, n)
	}
}

// rename gives the file a name that nobody has. That the old, hidden name cannot be removed does not matter: the file is there.
func rename(from, to string, remove func(string) error) error {
	err := os.Link(from, to)
	switch {
	case err == nil:
		_ = remove(from)
		return nil
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
