// Package enginetest gives tests the real embedded engine, through clickhouse-go.
//
// A test package calls Main from TestMain; its tests then share one engine, and each has a database of its own.
package enginetest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/runner/engine"
)

// childArgument makes a test binary be the engine instead of testing.
const childArgument = "vitrina-engine-child"

var shared struct {
	sync.Mutex
	engine *engine.Engine
	dir    string
}

// Main is for TestMain. It runs the tests, or the engine when this process was started as one.
func Main(m *testing.M) {
	if IsChild() {
		os.Exit(ServeChild())
	}
	code := m.Run()
	if err := stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// IsChild tells whether this process was started to be the engine.
func IsChild() bool { return len(os.Args) > 1 && os.Args[1] == childArgument }

// ServeChild is the engine; it returns the exit code.
func ServeChild() int {
	if err := engine.Serve(context.Background(), engine.ServeOptions{}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// Options for an engine in the folder, with this test binary as its child.
func Options(tb testing.TB, dir string) engine.Options {
	tb.Helper()
	o, err := OptionsIn(dir)
	if err != nil {
		tb.Fatal(err)
	}
	return o
}

// OptionsIn is Options for a process that is no test.
func OptionsIn(dir string) (engine.Options, error) {
	library, err := findLibrary()
	if err != nil {
		return engine.Options{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return engine.Options{}, err
	}
	return engine.Options{
		Dir: dir, Library: library, Command: []string{self, childArgument}, MaxMemory: 4 << 30,
		Logger: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	}, nil
}

// Start gives the test an engine of its own.
func Start(tb testing.TB) *engine.Engine {
	tb.Helper()
	e, err := engine.Start(tb.Context(), Options(tb, tb.TempDir()))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = e.Close() })
	return e
}

// Shared is the one engine of the test binary. Main stops it.
func Shared(tb testing.TB) *engine.Engine {
	tb.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.engine != nil {
		return shared.engine
	}
	dir, err := os.MkdirTemp("", "vitrina-enginetest-")
	if err != nil {
		tb.Fatal(err)
	}
	e, err := engine.Start(context.Background(), Options(tb, dir))
	if err != nil {
		tb.Fatal(err)
	}
	shared.engine, shared.dir = e, dir
	return e
}

func stop() error {
	shared.Lock()
	defer shared.Unlock()
	if shared.engine == nil {
		return nil
	}
	return errors.Join(shared.engine.Close(), os.RemoveAll(shared.dir))
}

// Endpoint is where the shared engine answers, with a new database of the test's own, which is dropped behind it.
func Endpoint(tb testing.TB) engine.Endpoint {
	tb.Helper()
	endpoint, err := Shared(tb).Endpoint(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	name := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	admin := Open(tb, endpoint)
	if err := admin.Exec(tb.Context(), "CREATE DATABASE "+name); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = admin.Exec(context.Background(), "DROP DATABASE "+name) })
	endpoint.Database = name
	return endpoint
}

// Database is a connection to a new database of the shared engine, which is dropped behind the test.
func Database(tb testing.TB) clickhouse.Conn {
	tb.Helper()
	return Open(tb, Endpoint(tb))
}

// Open connects to the endpoint for the time of the test.
func Open(tb testing.TB, endpoint engine.Endpoint) clickhouse.Conn {
	tb.Helper()
	conn, err := clickhouse.Open(&clickhouse.Options{
		Protocol: clickhouse.HTTP,
		Addr:     []string{endpoint.Addr},
		Auth:     clickhouse.Auth{Database: endpoint.Database, Username: endpoint.User, Password: endpoint.Password},
		// Enough for tests that hold many queries open at once.
		MaxOpenConns: 64,
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = conn.Close() })
	return conn
}

// findLibrary looks at $VITRINA_LIBCHDB and, from the working folder up to the module's root, where `make engine` puts it.
func findLibrary() (string, error) {
	if path := os.Getenv("VITRINA_LIBCHDB"); path != "" {
		return path, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		for _, pattern := range []string{"bin/lib/libchdb.so", "runner/engine/libchdb/node_modules/@chdb/*/libchdb.so"} {
			if found, _ := filepath.Glob(filepath.Join(dir, pattern)); len(found) > 0 {
				return found[0], nil
			}
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		return "", errors.New("libchdb is not here: run make engine first")
	}
}

// StartIn gives the test an engine of its own in the folder.
func StartIn(tb testing.TB, dir string) *engine.Engine {
	tb.Helper()
	e, err := engine.Start(tb.Context(), Options(tb, dir))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = e.Close() })
	return e
}
