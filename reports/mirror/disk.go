package mirror

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/gofrs/flock"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// unfinished is what a file is called until it is whole.
const unfinished = ".vitrina-sync.tmp"

// Disk is a folder of the file system. Nothing outside of it is read or written, wherever links in it lead.
type Disk struct {
	root *os.Root
	lock *flock.Flock
}

var _ Folder = (*Disk)(nil)

// OpenDisk opens the folder for one sync at a time; a second one is a Conflict. The caller closes it.
func OpenDisk(dir string) (*Disk, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.New(fault.NotFound, "There is no folder %s: make it first.", dir)
	case err != nil:
		return nil, fault.New(fault.Invalid, "The folder %s cannot be opened: %w", dir, err)
	case !info.IsDir():
		return nil, fault.New(fault.Invalid, "%s is a file: name the folder to keep in sync.", dir)
	}
	lock := flock.New(dir, flock.SetFlag(os.O_RDONLY))
	if locked, err := lock.TryLock(); err == nil && !locked {
		return nil, fault.New(fault.Conflict, "Another sync of %s is running: wait for it.", dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, errors.Join(fault.New(fault.Invalid, "The folder %s cannot be opened: %w", dir, err), lock.Close())
	}
	d := &Disk{root, lock}
	return d, d.sweep()
}

// sweep removes what a sync that was killed left unfinished.
func (d *Disk) sweep() error {
	return fs.WalkDir(d.root.FS(), ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // told when the folder is read
		case entry.IsDir() && file != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.Name() == unfinished:
			return d.failed(d.root.Remove(file))
		}
		return nil
	})
}

// Close lets the next sync begin.
func (d *Disk) Close() error { return errors.Join(d.root.Close(), d.lock.Close()) }

// Files are all files.
func (d *Disk) Files() fs.FS { return d.root.FS() }

// Write puts a whole file in the place of one with that checksum, or of none.
func (d *Disk) Write(file string, content []byte, was string) error {
	if err := d.makeFolder(file); err != nil {
		return err
	}
	if err := d.expect(file, was); err != nil {
		return err
	}
	temporary := path.Join(path.Dir(file), unfinished)
	if err := d.root.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return d.failed(err)
	}
	if err := d.fill(temporary, content); err != nil {
		return errors.Join(d.failed(err), d.root.Remove(temporary))
	}
	if err := d.root.Rename(temporary, file); err != nil {
		return errors.Join(d.failed(err), d.root.Remove(temporary))
	}
	return nil
}

func (d *Disk) fill(temporary string, content []byte) error {
	f, err := d.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// expect makes sure that a file is as it was seen.
func (d *Disk) expect(file, was string) error {
	info, err := d.root.Lstat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && was == "":
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fault.New(fault.Conflict, "The file went away at this moment: sync again.")
	case err != nil:
		return d.failed(err)
	case was == "":
		return fault.New(fault.Conflict, "There is a file %s already that is something else: move it away.", file)
	case !info.Mode().IsRegular():
		return fault.New(fault.Conflict, "%s is no file any more: sync again.", file)
	}
	content, err := d.root.ReadFile(file)
	if err != nil {
		return d.failed(err)
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != was {
		return fault.New(fault.Conflict, "The file was changed at this moment: sync again.")
	}
	return nil
}

// makeFolder makes the folders of a new file, unless a name on the way is a link or differs from another in case alone: not every
// system could tell the two apart.
func (d *Disk) makeFolder(file string) error {
	above := "."
	names := strings.Split(file, "/")
	for i, name := range names {
		entries, err := fs.ReadDir(d.root.FS(), above)
		if err != nil {
			return d.failed(err)
		}
		there := false
		for _, entry := range entries {
			switch {
			case entry.Name() == name && i < len(names)-1 && !entry.IsDir():
				return fault.New(fault.Conflict, "%s is no folder.", path.Join(above, name))
			case entry.Name() == name:
				there = true
			case strings.EqualFold(entry.Name(), name):
				return fault.New(fault.Conflict, "%s and %s differ in upper and lower case alone: rename one.", path.Join(above, name), path.Join(above, entry.Name()))
			}
		}
		above = path.Join(above, name)
		if i == len(names)-1 || there {
			continue
		}
		if err := d.root.Mkdir(above, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return d.failed(err)
		}
	}
	return nil
}

// Rename refuses to take another file's place.
func (d *Disk) Rename(from, to string) error {
	if err := d.makeFolder(to); err != nil {
		return err
	}
	if err := d.expect(to, ""); err != nil {
		return err
	}
	if err := d.root.Rename(from, to); err != nil {
		return d.failed(err)
	}
	d.removeEmpty(path.Dir(from))
	return nil
}

// Remove removes a file that still has the checksum.
func (d *Disk) Remove(file, was string) error {
	if err := d.expect(file, was); err != nil {
		return err
	}
	if err := d.root.Remove(file); err != nil {
		return d.failed(err)
	}
	d.removeEmpty(path.Dir(file))
	return nil
}

// removeEmpty removes a folder and those above it as long as nothing is in them.
func (d *Disk) removeEmpty(folder string) {
	for ; folder != "."; folder = path.Dir(folder) {
		_ = d.root.Remove(path.Join(folder, unfinished)) // of a sync that was killed
		if d.root.Remove(folder) != nil {
			return
		}
	}
}

// Preserve keeps a copy as FILE.orig, or FILE.orig2 and so on.
func (d *Disk) Preserve(file string) (string, error) {
	content, err := d.root.ReadFile(file)
	if err != nil {
		return "", d.failed(err)
	}
	for n := 1; ; n++ {
		name := file + ".orig"
		if n > 1 {
			name += fmt.Sprint(n)
		}
		if _, err := d.root.Lstat(name); err == nil {
			continue
		}
		return name, d.Write(name, content, "")
	}
}

func (d *Disk) failed(err error) error { return fault.Disk(d.root.Name(), err) }
