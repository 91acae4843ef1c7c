package server

import (
	"fmt"
	"io"
	"os"
	"runtime"
)

// spooled is data that waits in a file without a name: it is gone when the process is.
type spooled struct {
	file *os.File
	size int64
}

// spool reads to the end. What ends early is an error and leaves nothing behind.
func (s *Server) spool(from io.Reader) (*spooled, error) {
	file, err := os.CreateTemp(s.Spool, "body-")
	if err != nil {
		return nil, spoolError(err)
	}
	if err := os.Remove(file.Name()); err != nil {
		file.Close()
		return nil, spoolError(err)
	}
	size, err := io.Copy(file, from)
	if err != nil {
		file.Close()
		return nil, bodyError(err)
	}
	return &spooled{file: file, size: size}, nil
}

func spoolError(err error) error {
	return exception(243, "NOT_ENOUGH_SPACE", "Cannot keep the body of the request on disk: %s", err)
}

// path is a name under which the engine, in this process, can open the file. It reads from the start.
func (d *spooled) path() (string, error) {
	if _, err := d.file.Seek(0, io.SeekStart); err != nil {
		return "", spoolError(err)
	}
	return descriptorPath(d.file), nil
}

func (d *spooled) close() { d.file.Close() }

// descriptorPath names an open file; Fd also makes it blocking, as the engine expects.
func descriptorPath(file *os.File) string {
	if runtime.GOOS == "linux" {
		return fmt.Sprintf("/proc/self/fd/%d", file.Fd())
	}
	return fmt.Sprintf("/dev/fd/%d", file.Fd())
}
