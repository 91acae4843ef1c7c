//go:build linux || darwin

package app

import "syscall"

// freeSpace is how many bytes may still be written to the file system of a folder.
func freeSpace(dir string) (float64, error) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(dir, &stat); err != nil {
		return 0, err
	}
	return float64(stat.Bavail) * float64(stat.Bsize), nil
}
