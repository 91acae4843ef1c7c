package engine

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// ErrNoLibrary says what to do when libchdb is not there.
var ErrNoLibrary = errors.New("the embedded ClickHouse (libchdb) is not installed: run `make engine`, or set VITRINA_LIBCHDB to its path, " +
	"or configure a ClickHouse source instead")

// FindLibrary looks for libchdb: $VITRINA_LIBCHDB, then lib/ next to the executable, then ../lib/.
func FindLibrary() (string, error) {
	if path := os.Getenv("VITRINA_LIBCHDB"); path != "" {
		if isFile(path) {
			return path, nil
		}
		return "", errors.New("VITRINA_LIBCHDB names " + path + ", and there is no such file")
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(self); err == nil {
		self = real
	}
	for _, dir := range []string{"lib", "../lib", "../lib/vitrina"} {
		if path := filepath.Join(filepath.Dir(self), dir, libraryName()); isFile(path) {
			return path, nil
		}
	}
	return "", ErrNoLibrary
}

// libraryName is the same everywhere: chDB calls it .so on macOS too.
func libraryName() string {
	if runtime.GOOS == "windows" {
		return "libchdb.dll"
	}
	return "libchdb.so"
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
