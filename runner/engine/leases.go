package engine

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// leases counts, in the child, the processes that use the engine.
type leases struct {
	listener net.Listener
	note     string
	endpoint Endpoint
	// gone is closed when there was a lease and now is none, or when none came in time.
	gone chan struct{}

	mu     sync.Mutex
	count  int
	ending bool
}

func openLeases(dir string, endpoint Endpoint) (*leases, error) {
	listener, err := listenPrivate(dir)
	if err != nil {
		return nil, err
	}
	l := &leases{
		listener: listener, note: filepath.Join(dir, socketNote),
		endpoint: endpoint, gone: make(chan struct{}),
	}
	if err := os.WriteFile(l.note, []byte(listener.Addr().String()+"\n"), 0o600); err != nil {
		listener.Close()
		return nil, fmt.Errorf("the folder of the embedded engine cannot be written to: %w", err)
	}
	time.AfterFunc(firstLease, func() { l.change(0) })
	go l.accept()
	return l, nil
}

// close removes the socket. Leases stay open until the process has ended, which is how their holders learn of it.
func (l *leases) close() {
	os.Remove(l.note)
	l.listener.Close()
}

func (l *leases) accept() {
	for {
		conn, err := l.listener.Accept()
		if err != nil {
			return
		}
		if !l.change(+1) {
			conn.Close()
			continue
		}
		go l.hold(conn)
	}
}

// hold keeps a lease until its holder says bye or is gone.
func (l *leases) hold(conn net.Conn) {
	if err := json.NewEncoder(conn).Encode(l.endpoint); err == nil {
		var said [len(bye)]byte
		_, _ = conn.Read(said[:])
	}
	if l.change(-1) {
		conn.Close()
	}
}

// change counts and tells whether the engine goes on. The end is final: no lease is given after it.
func (l *leases) change(by int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ending {
		return false
	}
	if l.count += by; l.count == 0 {
		l.ending = true
		close(l.gone)
		return false
	}
	return true
}
