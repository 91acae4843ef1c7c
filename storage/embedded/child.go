package embedded

import (
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// child is a running server.
type child struct {
	proc *os.Process
	said *journal
	// gone is closed when the process has ended and what it said has been read.
	gone chan struct{}
}

const (
	// fastTime is how long a server may take to end its connections and write a checkpoint.
	fastTime = 30 * time.Second
	// immediateTime is how long it may take to end without.
	immediateTime = 5 * time.Second
	// lastWords is how long the log of an ended server is read; processes that outlive it may keep it open.
	lastWords = 100 * time.Millisecond
)

// spawn starts the server. It ends with this process.
func (s *Server) spawn(i *installation) (*child, error) {
	cmd, done, err := i.command("postgres", s.cluster(), s.options.settings()...)
	if err != nil {
		return nil, err
	}
	defer done()
	said, writer, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer writer.Close()
	cmd.Stderr = writer
	c := &child{said: &journal{logger: s.options.Logger}, gone: make(chan struct{})}
	if err := c.start(cmd, said); err != nil {
		said.Close()
		return nil, fault.New(fault.Unavailable, "The embedded Postgres cannot be started: %w", err)
	}
	return c, nil
}

func (c *child) start(cmd *exec.Cmd, said *os.File) error {
	started := make(chan error)
	go func() {
		// The kernel ties the child's life to the thread that started it, so this one is kept until the child has ended.
		runtime.LockOSThread()
		if err := cmd.Start(); err != nil {
			started <- err
			return
		}
		c.proc = cmd.Process
		started <- nil
		read := make(chan struct{})
		go func() {
			defer close(read)
			c.said.read(said)
		}()
		_ = cmd.Wait()
		_ = said.SetReadDeadline(time.Now().Add(lastWords))
		<-read
		said.Close()
		close(c.gone)
	}()
	return <-started
}

// stop ends the server: its connections are broken, what was committed is written down.
func (c *child) stop(logger *slog.Logger) {
	if c.signal(syscall.SIGINT, fastTime) {
		return
	}
	logger.Warn("the embedded Postgres takes long to stop and is stopped at once; it recovers at the next start", "pid", c.proc.Pid)
	if !c.signal(syscall.SIGQUIT, immediateTime) {
		_ = c.proc.Kill()
		<-c.gone
	}
}

// signal tells whether the server has ended within the time.
func (c *child) signal(sig os.Signal, d time.Duration) bool {
	_ = c.proc.Signal(sig)
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-c.gone:
		return true
	case <-timer.C:
		return false
	}
}
