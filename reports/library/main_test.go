package library_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/reports/library"
	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

var update = flag.Bool("update", false, "write the files of testdata anew")

func TestMain(m *testing.M) { enginetest.Main(m) }

var demo struct {
	once sync.Once
	took time.Duration
	err  error
}

// demoEndpoint is the shared engine with the demo loaded, once for all tests. They read it and change nothing.
func demoEndpoint(t *testing.T) engine.Endpoint {
	t.Helper()
	endpoint, err := enginetest.Shared(t).Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	demo.once.Do(func() {
		started := time.Now()
		demo.err = loadDemo(t, endpoint)
		demo.took = time.Since(started)
	})
	if demo.err != nil {
		t.Fatal(demo.err)
	}
	return endpoint
}

func loadDemo(t *testing.T, endpoint engine.Endpoint) error {
	conn := enginetest.Open(t, endpoint)
	for i, statement := range library.Demo() {
		if err := conn.Exec(context.Background(), statement); err != nil {
			return fmt.Errorf("statement %d of the demo: %w\n%s", i+1, err, statement)
		}
	}
	return nil
}

func openDemo(t *testing.T) clickhouse.Conn {
	t.Helper()
	return enginetest.Open(t, demoEndpoint(t))
}

// one is the only value of a query.
func one[T any](t *testing.T, conn clickhouse.Conn, query string, args ...any) T {
	t.Helper()
	var value T
	if err := conn.QueryRow(t.Context(), query, args...).Scan(&value); err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	return value
}

// golden compares with a file of testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); if this is meant, run the test with -update:\n%s", path, diff)
	}
}
