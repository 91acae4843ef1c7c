package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"github.com/vitrina-reports/vitrina/runner/engine/internal/chdb"
	"github.com/vitrina-reports/vitrina/runner/engine/internal/server"
)

// ServeOptions of the child. Zero values mean the process's own stdin, stdout and a logger on stderr.
type ServeOptions struct {
	Input  io.Reader
	Output io.Writer
	Logger *slog.Logger
}

const (
	runLock = "run.lock"
	// confinedMark in the environment says that the process is behind the wall already, see confine; set by hand it does
	// without, should the wall ever stand in the way.
	confinedMark = "VITRINA_ENGINE_CONFINED"
	// firstLease is how long a new engine waits for somebody to use it.
	firstLease = 10 * time.Second
	// unlockTime is how long a new engine waits for the one before it to end.
	unlockTime     = 30 * time.Second
	defaultQueries = 32
	drainTime      = 2 * time.Second
)

// Serve is the child process: it reads its order from stdin, tells on stdout that it is ready, and returns when the last lease
// is gone or ctx ends. It must be called early in a process that does nothing else: where the kernel can confine a process
// (Linux with Landlock), Serve starts its executable again, with the same arguments, behind that wall.
func Serve(ctx context.Context, o ServeOptions) error {
	// The terminal's signals are for the parent; a write to a client that has gone is an error, not the end.
	signal.Ignore(syscall.SIGINT, syscall.SIGHUP, syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	o = o.complete()
	var work order
	if err := json.NewDecoder(o.Input).Decode(&work); err != nil {
		return fmt.Errorf("`engine` is started by vitrina itself, which tells it what to do on its standard input: %w", err)
	}
	err := work.confine(o.Logger)
	if err == nil {
		err = work.run(ctx, o)
	}
	if err != nil {
		_ = json.NewEncoder(o.Output).Encode(report{Error: err.Error()})
	}
	return err
}

func (o ServeOptions) complete() ServeOptions {
	if o.Input == nil {
		o.Input = os.Stdin
	}
	if o.Output == nil {
		o.Output = os.Stdout
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	return o
}

// run opens the folder, serves it, and closes it again.
func (work order) run(ctx context.Context, o ServeOptions) error {
	lock := flock.New(filepath.Join(work.Dir, runLock))
	waiting, cancel := context.WithTimeout(ctx, unlockTime)
	defer cancel()
	if _, err := lock.TryLockContext(waiting, lockRetry); err != nil {
		return fmt.Errorf("another engine uses %s and does not end: %w", work.Dir, err)
	}
	defer func() { _ = lock.Unlock() }()
	connect, err := work.open()
	if err != nil {
		return err
	}
	keep, err := connect()
	if err != nil {
		return err
	}
	// Closing the last connection writes down what is still in memory.
	defer keep.Close()
	return work.listen(ctx, o, connect)
}

// open loads the library and gives what opens connections to its engine.
func (work order) open() (func() (*chdb.Conn, error), error) {
	config, err := work.writeConfig()
	if err != nil {
		return nil, err
	}
	// The library reads config.xml of the working folder, and makes relative paths its own.
	if err := os.Chdir(work.path(configDir)); err != nil {
		return nil, err
	}
	library, err := chdb.Open(work.Library)
	if err != nil {
		return nil, err
	}
	args := []string{"--path=" + work.path(storeDir), "--config-file=" + config}
	return func() (*chdb.Conn, error) { return library.Connect(args...) }, nil
}

func (work order) listen(ctx context.Context, o ServeOptions, connect func() (*chdb.Conn, error)) error {
	listener, err := listenLoopback(work.Endpoint.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	endpoint := work.Endpoint
	endpoint.Addr = listener.Addr().String()
	handler, err := server.New(server.Options{
		Connect: connect, User: endpoint.User, Password: endpoint.Password,
		Spool: work.path(spoolDir), Queries: queriesOr(work.Queries), Logger: o.Logger,
	})
	if err != nil {
		return err
	}
	leases, err := openLeases(work.Dir, endpoint)
	if err != nil {
		return err
	}
	defer leases.close()
	if err := json.NewEncoder(o.Output).Encode(report{}); err != nil {
		return err
	}
	return serveHTTP(ctx, listener, handler, leases)
}

func queriesOr(n int) int {
	if n > 0 {
		return n
	}
	return defaultQueries
}

// listenLoopback takes the wanted port, or any other when it is no longer free.
func listenLoopback(addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp4", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return net.Listen("tcp4", "127.0.0.1:0")
	}
	return listener, err
}

// serveHTTP serves until the last lease is gone or ctx ends.
func serveHTTP(ctx context.Context, listener net.Listener, handler http.Handler, leases *leases) error {
	queries, cancel := context.WithCancel(context.Background())
	defer cancel()
	web := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return queries },
	}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-leases.gone:
	case <-ctx.Done():
	}
	// Nobody waits for the queries any more: they are killed, not drained.
	cancel()
	drain, done := context.WithTimeout(context.Background(), drainTime)
	defer done()
	if err := web.Shutdown(drain); err != nil {
		return web.Close()
	}
	return nil
}
