package engine_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

// endless takes far longer than a test may and reads rows all the while.
const endless = "SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))"

// await asks until the query with the id is, or is not, in system.processes.
func await(t *testing.T, conn clickhouse.Conn, id string, running bool) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		if n := count(t, conn, fmt.Sprintf("system.processes WHERE query_id = '%s' AND read_rows > 0", id)); (n > 0) == running {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("after 10 s, query %s running is still not %v", id, running)
		}
	}
}

func begin(ctx context.Context, conn clickhouse.Conn, id string) <-chan error {
	ended := make(chan error, 1)
	go func() {
		var n uint64
		ended <- conn.QueryRow(clickhouse.Context(ctx, clickhouse.WithQueryID(id)), endless).Scan(&n)
	}()
	return ended
}

func TestKillByQueryID(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	for name, kill := range map[string]string{
		"query_id":    "KILL QUERY WHERE query_id = '%s'",
		"in a list":   "KILL QUERY WHERE user = 'default' AND query_id IN ('%s') SYNC",
		"log_comment": "KILL QUERY WHERE query_id = '%[1]s' OR Settings['log_comment'] = '%[1]s'",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id := "it's " + uuid.NewString()
			quoted := "it\\'s" + id[4:]
			ended := begin(t.Context(), conn, id)
			await(t, conn, quoted, true)
			mustExec(t, conn, fmt.Sprintf(kill, quoted))
			wantCode(t, <-ended, 394)
		})
	}
}

func TestProcessesShowProgress(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	id := uuid.NewString()
	ended := begin(ctx, conn, id)
	await(t, conn, id, true)
	var read, total uint64
	var elapsed float64
	var sql string
	err := conn.QueryRow(t.Context(), "SELECT p.read_rows, p.total_rows_approx, p.elapsed, p.query FROM system.processes AS p WHERE p.query_id = {id:String}",
		clickhouse.Named("id", id)).Scan(&read, &total, &elapsed, &sql)
	if err != nil || read == 0 || total != 1000000000000 || elapsed <= 0 || sql != endless {
		t.Errorf("read %d of %d in %f s: %q, %v", read, total, elapsed, sql, err)
	}
	cancel()
	<-ended
}

func TestClientThatGoesStopsItsQuery(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	t.Run("before the first row", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		id := uuid.NewString()
		ended := begin(ctx, conn, id)
		await(t, conn, id, true)
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		await(t, conn, id, false)
	})
	t.Run("in the middle of rows", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		id := uuid.NewString()
		stream, err := conn.QueryFormat(clickhouse.Context(ctx, clickhouse.WithQueryID(id)), "CSV", "SELECT number FROM system.numbers")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(io.Discard, stream, 10<<20); err != nil {
			t.Fatal(err)
		}
		await(t, conn, id, true)
		cancel()
		stream.Close()
		await(t, conn, id, false)
	})
}

func TestSameQueryIDTwiceIs216(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	id := uuid.NewString()
	ended := begin(ctx, conn, id)
	await(t, conn, id, true)
	wantCode(t, conn.Exec(clickhouse.Context(t.Context(), clickhouse.WithQueryID(id)), "SELECT 1"), 216)
	cancel()
	<-ended
}

func TestManyQueriesAtOnce(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	var all sync.WaitGroup
	for n := range 50 {
		all.Go(func() {
			var got uint64
			err := conn.QueryRow(t.Context(), "SELECT sum(number) + {n:UInt64} FROM numbers(1000000)", clickhouse.Named("n", n)).Scan(&got)
			if err != nil || got != 499999500000+uint64(n) {
				t.Errorf("query %d: %d, %v", n, got, err)
			}
		})
	}
	all.Wait()
}
