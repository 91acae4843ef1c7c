package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
)

// attributes of a child: another user if need be, a process group of its own so that Ctrl-C in the terminal is not for it, and an end
// without delay when this process ends.
func (a account) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT, Setpgid: true}
	if a.drop {
		attr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attr
}

// reach gives the path by which the child sees the cluster. A child that has dropped its rights may not be able to walk to a folder
// such as one in root's home, but it can use one that was opened for it.
func (a account) reach(cmd *exec.Cmd, cluster string) (path string, done func(), err error) {
	if !a.drop {
		return cluster, func() {}, nil
	}
	folder, err := os.OpenFile(cluster, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return "", nil, err
	}
	cmd.ExtraFiles = []*os.File{folder}
	return handedPath, func() { folder.Close() }, nil
}

// handedPath is the first of a child's ExtraFiles.
const handedPath = "/proc/self/fd/3"

// shortPath is another path of a folder, for sockets, whose addresses are short. It is good while held is open.
func shortPath(dir string) (held *os.File, path string, err error) {
	held, err = os.Open(dir)
	if err != nil {
		return nil, "", err
	}
	return held, fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), held.Fd()), nil
}

// processesOf lists the processes of Postgres that work in the cluster: each has it as its working folder.
func processesOf(cluster string) ([]int, error) {
	wanted, err := os.Stat(cluster)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, err
	}
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		folder, err := os.Stat(filepath.Join("/proc", e.Name(), "cwd"))
		if err == nil && os.SameFile(folder, wanted) && isPostgres(pid) {
			pids = append(pids, pid)
		}
	}
	return pids, nil
}

func isPostgres(pid int) bool {
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	return err == nil && string(name) == "postgres\n"
}
