// Package embedded is the product's own Postgres, for those who configured none.
//
// One server serves one folder, however many processes use it. Whoever holds the folder's lock is the keeper: the server is its child,
// ends with it however that ends, and is started again when it dies. The others use the same socket and wait for the lock, so that the
// next of them becomes the keeper when this one goes. The address of the server stays the same all the while.
package embedded

import (
	"context"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Options of an embedded Postgres.
type Options struct {
	// Dir is the folder of the server; it is made when it does not exist.
	Dir string
	// Binaries is a folder with bin, lib and share; empty means FindBinaries. Only the keeper needs them.
	Binaries string
	// MaxConnections at the same time, if this process is the keeper; 0 means 200.
	MaxConnections int
	// Unsafe is for tests: nothing is forced to the disk, so that a power cut may lose everything. A killed process loses nothing.
	Unsafe bool
	Logger *slog.Logger

	// copyPlaces are folders that everyone can reach, for copies of programs that lie where only root can; the first that works is used.
	copyPlaces []string
}

var silent = slog.New(slog.DiscardHandler)

// Database is the product's own database, and the name of the role that owns it. The role may not do anything beyond it.
const Database = "vitrina"

// superuser is the role that initdb makes.
const superuser = "postgres"

const (
	lockName    = "keeper.lock"
	clusterName = "cluster"
	// contendEvery is how often a process that is not the keeper tries to become it.
	contendEvery = 100 * time.Millisecond
	// askEvery is how often a server that is starting is asked whether it takes connections.
	askEvery = 10 * time.Millisecond
	// joinTime is how long a process waits for the server that another one keeps.
	joinTime = 2 * time.Minute
)

// Server is this process's use of the Postgres of a folder.
type Server struct {
	options Options
	lock    *flock.Flock
	address *address
	ctx     context.Context
	cancel  context.CancelFunc
	ended   chan struct{}

	mu sync.Mutex
	// child is the server itself; nil in a process that is not its keeper, and while it does not run.
	child *child
}

// Start joins the Postgres of the folder or starts it, and returns when it takes connections. It must be closed. ctx bounds the start
// alone. Its errors are sentences for the person who started the product.
func Start(ctx context.Context, o Options) (*Server, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, lock: flock.New(filepath.Join(o.Dir, lockName)), ended: make(chan struct{})}
	s.address = &address{dir: filepath.Join(o.Dir, clusterName)}
	child, err := s.enter(ctx)
	if err != nil {
		s.release()
		return nil, err
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	go s.run(child)
	return s, nil
}

func (o Options) complete() (Options, error) {
	if o.Dir == "" {
		return o, fault.New(fault.Invalid, "The embedded Postgres needs a folder: set Dir.")
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return o, fault.Disk(o.Dir, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return o, fault.Disk(dir, err)
	}
	if o.Dir, err = filepath.EvalSymlinks(dir); err != nil {
		return o, fault.Disk(dir, err)
	}
	if o.MaxConnections == 0 {
		o.MaxConnections = 200
	}
	if o.copyPlaces == nil {
		o.copyPlaces = []string{"/var/cache/vitrina", filepath.Join(os.TempDir(), "vitrina-postgres")}
	}
	if o.Logger == nil {
		o.Logger = silent
	}
	return o, nil
}

// DSN is the address of a database, for the role that owns Database. It holds the password. It stays valid while this Server is
// open, whichever process keeps the server and however often it is restarted.
func (s *Server) DSN(database string) string { return s.dsn(Database, database) }

// SuperuserDSN is the address of a database for the role that may do anything. It holds the password.
func (s *Server) SuperuserDSN(database string) string { return s.dsn(superuser, database) }

func (s *Server) dsn(role, database string) string {
	host, password := s.address.current()
	query := url.Values{"host": {host}, "port": {port}, "sslmode": {"disable"}}
	return (&url.URL{Scheme: "postgres", User: url.UserPassword(role, password), Path: "/" + database, RawQuery: query.Encode()}).String()
}

// PID is the process id of the running server, in whichever process's keeping it is; 0 while it does not run.
func (s *Server) PID() int {
	s.mu.Lock()
	child := s.child
	s.mu.Unlock()
	if child != nil {
		return child.proc.Pid
	}
	if s.lock.Locked() {
		return 0
	}
	return readPostmaster(s.cluster()).pid
}

// Close ends this use. The keeper ends the server, which breaks the connections of the other processes until one of them has started
// it again.
func (s *Server) Close() error {
	s.cancel()
	<-s.ended
	return nil
}

func (s *Server) release() {
	_ = s.lock.Close()
	s.address.close()
}

func (s *Server) cluster() string { return s.address.dir }

func (s *Server) set(child *child) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.child = child
}
