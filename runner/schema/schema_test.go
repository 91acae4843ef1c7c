package schema_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/schema"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// counted is the engine, which counts how often it is asked what is in it. It holds the answer back until it is released.
type counted struct {
	*clickhouse.Source
	asked   atomic.Int32
	release chan struct{}
}

func (c *counted) Schema(ctx context.Context, limits source.Limits) (source.Schema, error) {
	c.asked.Add(1)
	<-c.release
	return c.Source.Schema(ctx, limits)
}

type sources map[string]source.Source

func (s sources) Source(_ context.Context, name string) (source.Source, runner.Limits, error) {
	if src, ok := s[name]; ok {
		return src, runner.Limits{}, nil
	}
	return nil, runner.Limits{}, fault.New(fault.NotFound, "There is no source %q.", name)
}

func open(t *testing.T) *counted {
	t.Helper()
	e := enginetest.Endpoint(t)
	src, err := clickhouse.Open(t.Context(), clickhouse.Options{Name: "warehouse", Addr: e.Addr, User: e.User, Password: e.Password, Database: e.Database})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = src.Close() })
	released := make(chan struct{})
	close(released)
	return &counted{Source: src, release: released}
}

func exec(t *testing.T, s source.Source, sql string) {
	t.Helper()
	if err := s.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

func TestASourceIsAskedOnceInAMinute(t *testing.T) {
	t.Parallel()
	src, now := open(t), time.Now()
	all := sources{"warehouse": src}
	r := schema.New(all, func() time.Time { return now })
	ask := func(fresh bool, want int32) {
		t.Helper()
		if _, _, err := r.Schema(t.Context(), "warehouse", fresh); err != nil {
			t.Fatal(err)
		}
		if got := src.asked.Load(); got != want {
			t.Errorf("asked %d times, want %d", got, want)
		}
	}
	ask(false, 1)
	now = now.Add(59 * time.Second)
	ask(false, 1)
	ask(true, 2)
	now = now.Add(61 * time.Second)
	ask(false, 3)
	src = open(t) // another database under the same name
	all["warehouse"] = src
	ask(false, 1)
}

func TestTenPeopleAreOneQuestion(t *testing.T) {
	t.Parallel()
	src := open(t)
	src.release = make(chan struct{})
	r := schema.New(sources{"warehouse": src}, nil)
	leaving, leave := context.WithCancel(t.Context())
	first := make(chan error)
	go func() {
		_, _, err := r.Schema(leaving, "warehouse", false)
		first <- err
	}()
	leave() // whoever was first goes away
	if err := <-first; fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("who left: %v", err)
	}
	var people sync.WaitGroup
	failed := make(chan error, 10)
	for range 10 {
		people.Go(func() {
			if _, _, err := r.Schema(t.Context(), "warehouse", false); err != nil {
				failed <- err
			}
		})
	}
	close(src.release)
	people.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	if got := src.asked.Load(); got != 1 {
		t.Errorf("asked %d times", got)
	}
}

func TestASampleIsCutAndSaysSo(t *testing.T) {
	t.Parallel()
	src := open(t)
	exec(t, src, "CREATE TABLE t (id Int64, big UInt64, at DateTime('UTC')) ENGINE = MergeTree ORDER BY id")
	exec(t, src, "INSERT INTO t SELECT number, 18446744073709551615, toDateTime(0, 'UTC') FROM numbers(5)")
	r := schema.New(sources{"warehouse": src}, nil)
	for limit, cut := range map[int64]bool{4: true, 5: false, 6: false} {
		page, more, err := r.Sample(t.Context(), "warehouse", "", "t", limit)
		if err != nil {
			t.Fatal(err)
		}
		if more != cut || len(page.Rows) != int(min(limit, 5)) || fmt.Sprint(page.Rows[0]) != "[0 18446744073709551615 1970-01-01T00:00:00Z]" {
			t.Errorf("limit %d: more %v, %v", limit, more, page.Rows)
		}
		if names := []string{page.Columns[0].Name, page.Columns[1].Name, page.Columns[2].Name}; !slices.Equal(names, []string{"id", "big", "at"}) {
			t.Errorf("columns %v", names)
		}
	}
	if _, _, err := r.Sample(t.Context(), "warehouse", "", "missing", 5); !fault.IsInvalid(err) {
		t.Errorf("a table that is not there: %v", err)
	}
	if _, _, err := r.Sample(t.Context(), "billing", "", "t", 5); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a source that is not there: %v", err)
	}
}

func TestALongSampleIsCut(t *testing.T) {
	t.Parallel()
	src := open(t)
	exec(t, src, "CREATE TABLE wide (id Int64, text String) ENGINE = MergeTree ORDER BY id")
	exec(t, src, "INSERT INTO wide SELECT number, repeat('x', 1000000) FROM numbers(20)")
	page, more, err := schema.New(sources{"warehouse": src}, nil).Sample(t.Context(), "warehouse", "", "wide", 20)
	if err != nil || !more || len(page.Rows) < 8 || len(page.Rows) > 10 {
		t.Errorf("%d rows, more %v, %v", len(page.Rows), more, err)
	}
}
