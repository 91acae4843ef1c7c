package engine

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// lease is an open connection to the private socket of an engine. The engine lives as long as one is open.
type lease struct {
	conn     net.Conn
	endpoint Endpoint
	// lost is closed when the engine has ended.
	lost chan struct{}
}

// errNoEngine: nobody answers at the socket of the folder.
var errNoEngine = errors.New("no engine serves this folder")

const (
	// socketNote is the file in the folder that tells where the socket is.
	socketNote = "socket"
	startLock  = "start.lock"
	bye        = "bye\n"
	// releaseTime is how long an engine may take to end after its last lease.
	releaseTime = 20 * time.Second
	lockRetry   = 20 * time.Millisecond
	// startPatience is how long another process may take to start the engine: it may stand still.
	startPatience = startTime + 30*time.Second
)

// acquire joins the engine of the folder or starts it, one process at a time.
func (o Options) acquire(ctx context.Context, wanted Endpoint) (*lease, error) {
	if l, err := join(ctx, o.Dir); err == nil {
		return l, nil
	}
	lock := flock.New(filepath.Join(o.Dir, startLock))
	waiting, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	if _, err := lock.TryLockContext(waiting, lockRetry); err != nil {
		return nil, fmt.Errorf("another process has been starting the embedded engine of %s for too long: %w", o.Dir, err)
	}
	defer func() { _ = lock.Unlock() }()
	if l, err := join(ctx, o.Dir); err == nil {
		return l, nil
	}
	if err := o.spawn(ctx, wanted); err != nil {
		return nil, err
	}
	return join(ctx, o.Dir)
}

// join takes a lease of the engine that serves the folder.
func join(ctx context.Context, dir string) (*lease, error) {
	note, err := os.ReadFile(filepath.Join(dir, socketNote))
	if err != nil {
		return nil, errNoEngine
	}
	path := strings.TrimSpace(string(note))
	if err := checkPrivate(filepath.Dir(path)); err != nil {
		return nil, err
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", path)
	if err != nil {
		return nil, errNoEngine
	}
	l, err := greet(ctx, conn)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return l, nil
}

// greet reads what the engine says first: its endpoint. An engine that is ending says nothing.
func greet(ctx context.Context, conn net.Conn) (*lease, error) {
	stop := context.AfterFunc(ctx, func() { _ = conn.SetReadDeadline(time.Unix(1, 0)) })
	reader := bufio.NewReader(conn)
	line, err := reader.ReadBytes('\n')
	if !stop() || err != nil {
		return nil, errNoEngine
	}
	l := &lease{conn: conn, lost: make(chan struct{})}
	if err := json.Unmarshal(line, &l.endpoint); err != nil {
		return nil, fmt.Errorf("the engine of this folder speaks another version: %w", err)
	}
	go func() {
		_, _ = reader.ReadByte() // waits for the end
		close(l.lost)
	}()
	return l, nil
}

// release gives the lease back and waits until the engine has taken note: when it was the last lease, until it has ended.
func (l *lease) release() {
	defer l.conn.Close()
	if _, err := l.conn.Write([]byte(bye)); err != nil {
		return
	}
	timer := time.NewTimer(releaseTime)
	defer timer.Stop()
	select {
	case <-l.lost:
	case <-timer.C:
	}
}
