package postgres_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/runner/source/postgres"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

func TestErrorsTellThePlace(t *testing.T) {
	t.Parallel()
	s := open(t, pgtest.DSN(t))
	_, err := readAll(t, s, sourcetest.Query("SELECT 'ü',\n  nope\nFROM (SELECT 1) AS x"))
	want := `column "nope" does not exist, at line 2, column 3 of the statement (42703)`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || pg.Code != "42703" {
		t.Errorf("the cause is lost: %v", err)
	}
	_, err = readAll(t, s, sourcetest.Query("SELECT lenth('x')"))
	if err == nil || !strings.Contains(err.Error(), "No function matches") {
		t.Errorf("the hint is lost: %v", err)
	}
}

func TestDSNsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{"http://u:hunter2@h/db", "postgres://u:hunter2@h:port/db", "hunter2", "postgres://u:hunter2@h/db?sslmode=hunter2"} {
		_, err := postgres.Open(t.Context(), postgres.Options{Name: "billing", DSN: dsn})
		if !fault.IsInvalid(err) || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), `"billing"`) {
			t.Errorf("%s: got %v", dsn, err)
		}
	}
}

// TestNothingStaysBehind uses one connection for everything, and has each query leave something in it.
func TestNothingStaysBehind(t *testing.T) {
	t.Parallel()
	s := open(t, pgtest.DSN(t)+"&pool_min_conns=0")
	for _, sql := range []string{
		"SELECT set_config('statement_timeout', '1', false)", "SELECT set_config('TimeZone', 'Asia/Tokyo', false)", "SELECT set_config('role', 'pg_monitor', false)",
		"SELECT set_config('default_transaction_read_only', 'off', false)", "SELECT pg_advisory_lock(7)",
	} {
		if _, err := readAll(t, s, sourcetest.Query(sql)); err != nil {
			t.Fatal(err)
		}
	}
	_, got := first(t, s, sourcetest.Query(`SELECT concat(current_setting('statement_timeout'), ' ', current_setting('TimeZone') <> 'Asia/Tokyo', ' ', current_user, ' ',
		(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'))`))
	if got != "0 t postgres 0" {
		t.Errorf("got %s", got)
	}
}

// TestExecLeavesNothingBehind has each query follow a statement on the same connection, the only idle one.
func TestExecLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	s := open(t, pgtest.DSN(t))
	for _, sql := range []string{
		"SET statement_timeout = 77777", "SET ROLE pg_monitor", "SELECT pg_advisory_lock(7)", "CREATE TEMPORARY TABLE left_over (id int)", "BEGIN; SELECT 1",
	} {
		if err := s.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		_, got := first(t, s, sourcetest.Query(`SELECT concat(current_setting('statement_timeout'), ' ', current_user, ' ',
			(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()), ' ', coalesce(to_regclass('left_over')::text, 'none'))`))
		if got != "0 postgres 0 none" {
			t.Errorf("behind %s: %s", sql, got)
		}
	}
}

// TestMemoryStaysFlat reads 200 MB.
func TestMemoryStaysFlat(t *testing.T) {
	s := open(t, pgtest.DSN(t))
	stream, err := s.Query(t.Context(), sourcetest.Query("SELECT generate_series(1, 2000000) AS n, repeat('x', 100) AS v"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Close() }()
	base := liveHeap()
	var peak uint64
	buf := make([]byte, 1<<20)
	for read := 0; ; {
		n, err := stream.Read(buf)
		if read += n; err != nil {
			if read < 200_000_000 {
				t.Fatalf("%d bytes, %v", read, err)
			}
			break
		}
		if read%(10<<20) < n {
			peak = max(peak, liveHeap())
		}
	}
	if peak > base+20<<20 {
		t.Errorf("the heap grew by %d MiB", (peak-base)>>20)
	}
}

func liveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestCancelledAtAnyMoment must neither hang nor spoil the connections for those who follow.
func TestCancelledAtAnyMoment(t *testing.T) {
	t.Parallel()
	s := open(t, pgtest.DSN(t))
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			q := sourcetest.Query("SELECT generate_series(1, 100000) AS n")
			stream, err := s.Query(ctx, q)
			if err != nil {
				t.Errorf("%v", err)
				cancel()
				return
			}
			for range i {
				_, _ = stream.Read(make([]byte, 10_000))
			}
			cancel()
			_ = stream.Close()
			if rows, err := readAll(t, s, q); err != nil || rows != 100_000 {
				t.Errorf("the next query: %d rows, %v", rows, err)
			}
		})
	}
	all.Wait()
}

// A session that waits for its client hears no request to stop; it is ended.
// awaitBlocked waits until the server waits for its client to read.
func awaitBlocked(t *testing.T, dsn string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	deadline := time.Now().Add(time.Minute)
	for blocked := false; !blocked; {
		err := conn.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'ClientWrite'), pg_sleep(0.01)").Scan(&blocked, nil)
		if err != nil || time.Now().After(deadline) {
			t.Fatal("the server does not wait for its client", err)
		}
	}
}

func TestCancelEndsASessionThatNobodyReads(t *testing.T) {
	t.Parallel()
	dsn := pgtest.DSN(t)
	s := open(t, dsn)
	q := sourcetest.Query("SELECT repeat('x', 1000) AS v, generate_series(1, 100000000) AS n")
	q.ID = "nobody reads"
	stream, err := s.Query(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Close() }()
	awaitBlocked(t, dsn)
	if err := s.Cancel(t.Context(), q.ID); err != nil {
		t.Error(err)
	}
	if _, running, err := s.Progress(t.Context(), q.ID); running || err != nil {
		t.Errorf("running %v, %v", running, err)
	}
}
