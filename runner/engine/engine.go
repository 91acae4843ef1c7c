// Package engine is the embedded ClickHouse: libchdb in a child process that serves ClickHouse's HTTP protocol on loopback.
//
// One engine serves one folder, however many processes use it. Each holds a lease, a connection to the engine's private
// socket, over which it learned address and password. The engine ends with its last lease, so also when its users are killed;
// a user whose lease breaks starts the engine again at the same address with the same password, so that a DSN stays valid.
package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Options of an engine.
type Options struct {
	// Dir is the folder of the engine; it is made when it does not exist.
	Dir string
	// Library is the path of libchdb.so; empty means FindLibrary.
	Library string
	// Command is the child's argv; empty means this executable with the argument "engine". The child must call Serve.
	Command []string
	// MaxMemory in bytes that all queries together may take; 0 means 60 % of the machine's.
	MaxMemory int64
	// Queries that run at the same time; more of them wait. 0 means 32.
	Queries int
	Logger  *slog.Logger
}

// Endpoint is where the engine answers.
type Endpoint struct {
	// Addr is host:port, on loopback.
	Addr     string `json:"addr"`
	User     string `json:"user"`
	Password string `json:"password"`
	Database string `json:"database"`
}

// DSN is for clickhouse-go's ParseDSN. It holds the password.
func (e Endpoint) DSN() string {
	return fmt.Sprintf("http://%s:%s@%s/%s", e.User, e.Password, e.Addr, e.Database)
}

// Engine is this process's lease on the engine of a folder.
type Engine struct {
	options Options
	ctx     context.Context
	cancel  context.CancelFunc
	ended   chan struct{}

	mu    sync.Mutex
	lease *lease
	// changed is closed when the lease has become another one.
	changed chan struct{}
	// last is the endpoint that a restarted engine should have again.
	last Endpoint
	fail error
}

// ErrClosed is the error of a closed Engine.
var ErrClosed = errors.New("the embedded engine is closed")

// Start joins the engine of the folder, or starts it. It must be closed. ctx bounds the start alone.
func Start(ctx context.Context, o Options) (*Engine, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	e := &Engine{options: o, ended: make(chan struct{}), changed: make(chan struct{})}
	if e.lease, err = o.acquire(ctx, Endpoint{}); err != nil {
		return nil, err
	}
	e.last = e.lease.endpoint
	e.ctx, e.cancel = context.WithCancel(context.Background())
	go e.supervise()
	return e, nil
}

func (o Options) complete() (Options, error) {
	if o.Dir == "" {
		return o, errors.New("the embedded engine needs a folder: set Dir")
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return o, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return o, fmt.Errorf("the folder of the embedded engine cannot be made: %w", err)
	}
	if o.Dir, err = filepath.EvalSymlinks(dir); err != nil {
		return o, err
	}
	if o.Library == "" {
		if o.Library, err = FindLibrary(); err != nil {
			return o, err
		}
	}
	if o.Library, err = filepath.Abs(o.Library); err != nil {
		return o, err
	}
	if len(o.Command) == 0 {
		self, err := os.Executable()
		if err != nil {
			return o, err
		}
		o.Command = []string{self, "engine"}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o, nil
}

// Endpoint is where the engine answers now. While it is being restarted, Endpoint waits for it.
func (e *Engine) Endpoint(ctx context.Context) (Endpoint, error) {
	for {
		e.mu.Lock()
		lease, changed, fail := e.lease, e.changed, e.fail
		e.mu.Unlock()
		if fail != nil {
			return Endpoint{}, fail
		}
		if lease != nil {
			return lease.endpoint, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return Endpoint{}, fmt.Errorf("the embedded engine is being restarted: %w", ctx.Err())
		}
	}
}

// Close gives the lease back. If it was the last one, the engine has ended when Close returns.
func (e *Engine) Close() error {
	e.cancel()
	<-e.ended
	return nil
}

// supervise replaces the lease each time it breaks.
func (e *Engine) supervise() {
	defer close(e.ended)
	failures := 0
	for {
		e.mu.Lock()
		current := e.lease
		e.mu.Unlock()
		select {
		case <-e.ctx.Done():
			e.set(nil, ErrClosed)
			current.release()
			return
		case <-current.lost:
		}
		e.set(nil, nil)
		e.options.Logger.Warn("the embedded engine has stopped and is started again", "dir", e.options.Dir)
		next := e.renew(&failures)
		if next == nil {
			e.set(nil, ErrClosed)
			return
		}
		e.set(next, nil)
	}
}

// renew tries until there is an engine again; nil means that this Engine was closed meanwhile.
func (e *Engine) renew(failures *int) *lease {
	for {
		began := time.Now()
		next, err := e.options.acquire(e.ctx, e.last)
		if err == nil {
			e.last = next.endpoint
			*failures = 0
			return next
		}
		if e.ctx.Err() != nil {
			return nil
		}
		*failures++
		e.options.Logger.Error("the embedded engine does not start", "dir", e.options.Dir, "error", err)
		if !e.wait(backoff(*failures) - time.Since(began)) {
			return nil
		}
	}
}

func backoff(failures int) time.Duration {
	return min(time.Duration(failures)*500*time.Millisecond, 10*time.Second)
}

func (e *Engine) wait(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-e.ctx.Done():
		return false
	}
}

func (e *Engine) set(l *lease, fail error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.lease, e.fail = l, fail
	close(e.changed)
	e.changed = make(chan struct{})
}
