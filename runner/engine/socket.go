package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
)

// maxSocketPath is what fits in a socket address everywhere.
const maxSocketPath = 100

// listenPrivate listens on a socket that only this user can reach. Whoever holds the lock of the folder may call it: a socket
// that is there already belongs to an engine that has ended.
func listenPrivate(dir string) (net.Listener, error) {
	sum := sha256.Sum256([]byte(dir))
	path, err := privatePath(hex.EncodeToString(sum[:8]) + ".sock")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("the private socket cannot be opened: %w", err)
	}
	return listener, nil
}

func privatePath(name string) (string, error) {
	for _, base := range []string{os.Getenv("XDG_RUNTIME_DIR"), os.TempDir(), "/tmp"} {
		dir := filepath.Join(base, fmt.Sprintf("vitrina-%d", os.Getuid()))
		path := filepath.Join(dir, name)
		if base == "" || len(path) > maxSocketPath {
			continue
		}
		if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
			continue
		}
		return path, checkPrivate(dir)
	}
	return "", errors.New("there is no folder for the engine's private socket: set XDG_RUNTIME_DIR or TMPDIR to one you can write to")
}

// checkPrivate makes sure that nobody else can put a socket of their own there.
func checkPrivate(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || !ok || int(stat.Uid) != os.Getuid() || info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("%s is not safe for the engine's private socket: it must be a folder of your own with mode 0700", dir)
	}
	return nil
}
