// Package pgtest gives tests a real Postgres: one server for each test binary, one database for each test.
package pgtest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Main runs the tests of a package and stops the server they started. It does not return.
func Main(m *testing.M) {
	code := m.Run()
	Stop()
	os.Exit(code)
}

// DSN is the address of a new, empty database that lives as long as the test. Its user is a superuser. The first call of a test
// binary starts the server.
func DSN(t testing.TB) string {
	t.Helper()
	srv := running(t)
	name := fmt.Sprintf("test_%d", databases.Add(1))
	srv.exec(t, "CREATE DATABASE "+name)
	t.Cleanup(func() { srv.exec(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	return srv.dsn(name)
}

// Stop ends the server, for packages whose TestMain has more to do than Main. It may be called when none was started.
func Stop() {
	mu.Lock()
	defer mu.Unlock()
	if current != nil {
		current.stop()
		current = nil
	}
}

var (
	mu        sync.Mutex
	current   *server
	startErr  error
	databases atomic.Int64
)

func running(t testing.TB) *server {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	if current == nil && startErr == nil {
		current, startErr = start()
	}
	if startErr != nil {
		t.Fatal(startErr)
	}
	return current
}

func (s *server) exec(t testing.TB, sql string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		t.Fatalf("connect to the test server: %v", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}
