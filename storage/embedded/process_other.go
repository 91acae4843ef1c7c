//go:build !linux

package embedded

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// attributes of a child: another user if need be, and a process group of its own so that Ctrl-C in the terminal is not for it. Here it
// outlives a killed parent; the next keeper ends it.
func (a account) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if a.drop {
		attr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attr
}

// handedPath stands for the cluster in messages of a child; here it is always called by its own path.
const handedPath = "\x00"

func (a account) reach(_ *exec.Cmd, cluster string) (path string, done func(), err error) {
	return cluster, func() {}, nil
}

func shortPath(dir string) (*os.File, string, error) {
	return nil, "", errors.New("the path " + dir + " is too long for a socket: choose a shorter data folder")
}

// processesOf is the server that the cluster names, if that process is there.
func processesOf(cluster string) ([]int, error) {
	if pid := readPostmaster(cluster).pid; pid > 0 && syscall.Kill(pid, 0) == nil {
		return []int{pid}, nil
	}
	return nil, nil
}
