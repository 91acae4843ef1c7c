package pgtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/vitrina-reports/vitrina/storage/embedded"
)

// server is a Postgres in a temporary folder.
type server struct {
	*embedded.Server
	dir string
}

const (
	// prefix of the temporary folders; the process id of their owner follows.
	prefix    = "vitrina-pgtest-"
	startTime = time.Minute
)

func start() (*server, error) {
	sweep()
	dir, err := os.MkdirTemp("", prefix+strconv.Itoa(os.Getpid())+"-")
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	running, err := embedded.Start(ctx, embedded.Options{Dir: dir, Unsafe: true})
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	return &server{Server: running, dir: dir}, nil
}

func (s *server) stop() {
	_ = s.Close()
	_ = os.RemoveAll(s.dir)
	sweep()
}

func (s *server) dsn(database string) string { return s.SuperuserDSN(database) }

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
