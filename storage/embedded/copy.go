package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// reachableCopy is a copy of the programs that every user can run. It is made once and kept; only root can change it.
func reachableCopy(binaries string, places []string) (string, error) {
	name, err := fingerprint(binaries)
	if err != nil {
		return "", fault.New(fault.Unavailable, "The Postgres in %s cannot be read: %w", binaries, err)
	}
	var failures []error
	for _, place := range places {
		dir, err := copyTo(place, name, binaries)
		if err == nil {
			return dir, nil
		}
		failures = append(failures, err)
	}
	return "", fault.New(fault.Unavailable, "Postgres refuses to run as root, and other users cannot read it in %s; it could not be copied "+
		"to where they can: set %s to such a folder. (%w)", binaries, BinariesVariable, errors.Join(failures...))
}

func copyTo(place, name, binaries string) (string, error) {
	dir := filepath.Join(place, "postgres-"+name)
	if err := os.MkdirAll(place, 0o755); err != nil {
		return "", err
	}
	if err := rootsAlone(place); err != nil {
		return "", err
	}
	if err := os.Chmod(place, 0o755); err != nil { // the umask may have made it narrower
		return "", err
	}
	if isFile(filepath.Join(dir, "bin", "postgres")) {
		return dir, nil
	}
	fresh, err := os.MkdirTemp(place, "new-*")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(fresh)
	if err := copyReadable(fresh, binaries); err != nil {
		return "", err
	}
	if err := os.Rename(fresh, dir); err != nil && !errors.Is(err, fs.ErrExist) { // another process was faster
		return "", err
	}
	return dir, nil
}

// rootsAlone refuses a folder that somebody else could have prepared.
func rootsAlone(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	uid, _, err := ownerOf(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() || uid != os.Geteuid() || info.Mode().Perm()&0o022 != 0 {
		return fmt.Errorf("%s is not a folder that only root can write to", dir)
	}
	return nil
}

// fingerprint changes when a file of the folder does.
func fingerprint(dir string) (string, error) {
	sum := sha256.New()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			fmt.Fprintln(sum, path, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)[:8]), err
}

// copyReadable copies a folder so that everyone can read it and run what could be run, whatever the umask.
func copyReadable(to, from string) error {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return err
	}
	return filepath.WalkDir(to, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Type()&fs.ModeSymlink != 0 {
			return err
		}
		if entry.IsDir() || slices.Contains([]string{"postgres", "initdb"}, entry.Name()) {
			return os.Chmod(path, 0o755)
		}
		return os.Chmod(path, 0o644)
	})
}
