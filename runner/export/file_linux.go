package export

import (
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// createNameless makes a file in the folder's file system that no folder has. ok is false where that cannot be had.
func createNameless(dir string, mode uint32) (file *os.File, ok bool) {
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, mode)
	if err != nil {
		return nil, false
	}
	file = os.NewFile(uintptr(fd), filepath.Join(dir, "export"))
	if _, err := os.Stat(descriptor(file)); err != nil { // it could never get a name
		_ = file.Close()
		return nil, false
	}
	return file, true
}

// linkNameless gives such a file a name, unless somebody has it.
func linkNameless(file *os.File, to string) error {
	err := unix.Linkat(unix.AT_FDCWD, descriptor(file), unix.AT_FDCWD, to, unix.AT_SYMLINK_FOLLOW)
	if err != nil {
		return &os.LinkError{Op: "link", Old: file.Name(), New: to, Err: err}
	}
	return nil
}

func descriptor(file *os.File) string { return "/proc/self/fd/" + strconv.Itoa(int(file.Fd())) }
