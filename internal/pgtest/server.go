package pgtest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// server is a running Postgres that listens on a socket in dir and nowhere else.
type server struct {
	dir  string
	proc *os.Process
	gone chan struct{} // closed when the process has ended
}

// prefix of the temporary folders; the process id of their owner follows.
const prefix = "vitrina-pgtest-"

func start() (*server, error) {
	binaries, err := locate()
	if err != nil {
		return nil, err
	}
	sweep()
	dir, err := makeDir()
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, gone: make(chan struct{})}
	if err := s.launch(binaries); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func (s *server) launch(binaries string) error {
	binaries, err := reachable(binaries, s.dir)
	if err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	initdb := command(filepath.Join(binaries, "bin", "initdb"), "--pgdata", data, "--username", "postgres",
		"--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb failed: %w\n%s", err, out)
	}
	return s.serve(command(filepath.Join(binaries, "bin", "postgres"), "-D", data, "-k", s.dir,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
		"-c", "max_connections=200"))
}

// serve starts the server and returns when it takes connections.
func (s *server) serve(cmd *exec.Cmd) error {
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	started := make(chan error)
	go func() {
		// The kernel ties the server's life to the thread that started it, so this one is kept until the server has ended.
		runtime.LockOSThread()
		if err := cmd.Start(); err != nil {
			started <- err
			return
		}
		s.proc = cmd.Process
		started <- nil
		_ = cmd.Wait()
		close(s.gone)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	return awaitReady(stderr)
}

func awaitReady(stderr io.Reader) error {
	var said strings.Builder
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "ready to accept connections") {
			go func() { _, _ = io.Copy(io.Discard, stderr) }()
			return nil
		}
		fmt.Fprintln(&said, lines.Text())
	}
	return fmt.Errorf("postgres did not start:\n%s", said.String())
}

func (s *server) stop() {
	if s.proc != nil {
		_ = s.proc.Signal(syscall.SIGQUIT)
		<-s.gone
	}
	_ = os.RemoveAll(s.dir)
	sweep()
}

func (s *server) dsn(database string) string {
	return fmt.Sprintf("postgres://postgres@/%s?host=%s", database, url.QueryEscape(s.dir))
}

// makeDir makes the server's folder, owned by the user it runs as. A socket's path has room for about 100 bytes only.
func makeDir() (string, error) {
	parent := os.TempDir()
	if len(parent) > 50 {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, prefix+strconv.Itoa(os.Getpid())+"-")
	if err != nil {
		return "", err
	}
	if os.Geteuid() != 0 {
		return dir, nil
	}
	return dir, os.Chown(dir, nobody, nobody)
}

// sweep removes the folders of test processes that were killed.
func sweep() {
	dirs, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	for _, dir := range dirs {
		owner, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), prefix), "-")
		pid, err := strconv.Atoi(owner)
		if err == nil && errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			_ = os.RemoveAll(dir)
		}
	}
}
