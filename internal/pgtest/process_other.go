//go:build !linux

package pgtest

import (
	"os"
	"os/exec"
	"syscall"
)

// nobody is the unprivileged user that Postgres runs as when root runs the tests: it refuses to be root.
const nobody = 65534

// command runs a program of Postgres as a user it accepts. Here it outlives a killed test process.
func command(path string, args ...string) *exec.Cmd {
	cmd := exec.Command(path, args...)
	cmd.Dir = os.TempDir()
	cmd.Env = []string{"LC_ALL=C", "TZ=UTC", "PATH=" + os.Getenv("PATH")}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	return cmd
}
