package fault

import (
	"errors"
	"io/fs"
	"syscall"
)

// Disk is an error of writing to the folder, for the person who must make room or give rights. It is nil for nil, and leaves an Error
// as it is.
func Disk(dir string, err error) error {
	var known *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return New(Failed, "The disk is full: there is no room left in %s.", dir)
	case errors.Is(err, fs.ErrPermission):
		return New(Failed, "The folder %s cannot be written to: permission denied.", dir)
	}
	return New(Failed, "The folder %s cannot be written to: %w", dir, err)
}
