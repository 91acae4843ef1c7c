package pgtest

import (
	"os"
	"os/exec"
	"syscall"
)

// nobody is the unprivileged user that Postgres runs as when root runs the tests: it refuses to be root.
const nobody = 65534

// command runs a program of Postgres as a user it accepts; it ends with this process, however that ends.
func command(path string, args ...string) *exec.Cmd {
	cmd := exec.Command(path, args...)
	cmd.Dir = os.TempDir()
	cmd.Env = []string{"LC_ALL=C", "TZ=UTC", "PATH=" + os.Getenv("PATH")}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT, Setpgid: true}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	return cmd
}
