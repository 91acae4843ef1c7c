package secrets

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// MasterFromFile reads the master key of a file. One that is not there is made, readable for its owner alone; of several processes that
// start at once, all get the same key.
func MasterFromFile(path string) (master Master, created bool, err error) {
	master, err = readMaster(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return master, false, err
	}
	master, text := newMaster("the new file " + path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return Master{}, false, fault.Disk(filepath.Dir(path), err)
	}
	err = writeOnce(path, text+"\n")
	if errors.Is(err, fs.ErrExist) {
		master, err = readMaster(path)
		return master, false, err
	}
	if err != nil {
		return Master{}, false, fault.Disk(filepath.Dir(path), err)
	}
	return master, true, nil
}

// readMaster has fs.ErrNotExist in its error's chain when there is no file.
func readMaster(path string) (Master, error) {
	file, err := os.Open(path)
	if err != nil {
		return Master{}, fault.New(fault.Unavailable, "The file of the master key %s cannot be read: %w", path, cause(err))
	}
	defer func() { _ = file.Close() }() // read only
	info, err := file.Stat()
	if err == nil && info.Mode().Perm()&0o027 != 0 {
		return Master{}, fault.New(fault.Invalid, "The file of the master key %s is open to others (mode %04o): close it with chmod 600 %s", path, info.Mode().Perm(), path)
	}
	text, readErr := io.ReadAll(io.LimitReader(file, 1024))
	if err := errors.Join(err, readErr); err != nil {
		return Master{}, fault.New(fault.Unavailable, "The file of the master key %s cannot be read: %w", path, cause(err))
	}
	return parseMaster(string(text), "the file "+path)
}

// cause is an error without the path that the sentence has already.
func cause(err error) error {
	var known *fs.PathError
	if errors.As(err, &known) {
		return known.Err
	}
	return err
}

// writeOnce makes a file of mode 0600 that is there whole and on the disk, or not at all. A file that exists is left as it is, and the
// error is fs.ErrExist.
func writeOnce(path, text string) (err error) {
	dir := filepath.Dir(path)
	part, err := os.CreateTemp(dir, ".vitrina-key-*.part")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }() // it has its name by then
	_, err = io.WriteString(part, text)
	if err := errors.Join(err, part.Chmod(0o600), part.Sync(), part.Close()); err != nil {
		return err
	}
	if err := os.Link(part.Name(), path); err != nil {
		return err
	}
	return syncFolder(dir)
}

// syncFolder makes the names in a folder last. Some file systems cannot, which is no failure.
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
