package sourcetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

func testResults(t *testing.T, d Driver) {
	s := d.Open(t)
	t.Run("rows in order", func(t *testing.T) {
		t.Parallel()
		next := int64(0)
		err := scan(t.Context(), s, Query(d.Numbers(300_000), " ORDER BY n"), func(row []rowbinary.Value) {
			if row[0].Int() == next || int64(row[0].Uint()) == next {
				next++
			}
		})
		if err != nil || next != 300_000 {
			t.Errorf("%d of 300000 rows: %v", next, err)
		}
	})
	t.Run("no rows", func(t *testing.T) {
		t.Parallel()
		stream, err := s.Query(t.Context(), Query(d.Numbers(10), " WHERE 1 = 0"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = stream.Close() }()
		r, err := rowbinary.NewReader(stream)
		if err != nil {
			t.Fatal(err)
		}
		if r.Next() || r.Err() != nil || len(r.Columns()) != 1 || r.Columns()[0].Name != "n" {
			t.Errorf("columns %v, %d rows, error %v", r.Columns(), r.Rows(), r.Err())
		}
	})
	t.Run("a statement may end in a semicolon", func(t *testing.T) {
		t.Parallel()
		if got := one(t, s, Query("SELECT 'x' AS v;\n")); got != "x" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("reading after the end and closing twice", func(t *testing.T) {
		t.Parallel()
		stream, err := s.Query(t.Context(), Query("SELECT 'x' AS v"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, stream); err != nil {
			t.Fatal(err)
		}
		if n, err := stream.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
			t.Errorf("read %d bytes, %v", n, err)
		}
		for range 2 {
			if err := stream.Close(); err != nil {
				t.Error(err)
			}
		}
		if _, err := stream.Read(make([]byte, 1)); err == nil || errors.Is(err, io.EOF) {
			t.Errorf("read after Close: %v", err)
		}
	})
}

func testErrors(t *testing.T, d Driver) {
	s := d.Open(t)
	for name, sql := range map[string]string{
		"unknown table": "SELECT * FROM no_such_table", "syntax": "SELEC 1", "no statement": " ", "two statements": "SELECT 1 AS v; SELECT 2 AS v",
		"nothing but a comment": "-- nothing",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sentence(t, failure(t, s, Query(sql), fault.Failed))
		})
	}
	for _, at := range []int{1000, 1_000_000} {
		t.Run(fmt.Sprintf("after %d rows", at), func(t *testing.T) {
			t.Parallel()
			rows := 0
			err := scan(t.Context(), s, Query(d.FailAt(at)), func([]rowbinary.Value) { rows++ })
			if err == nil {
				t.Fatalf("the result ended well after %d rows", rows)
			}
			wants(t, err, fault.Failed)
			sentence(t, err)
			if rows > at {
				t.Errorf("%d rows before the failure", rows)
			}
		})
	}
	t.Run("a table nobody sent", func(t *testing.T) {
		t.Parallel()
		fails(t, s, Query("SELECT * FROM ", Name("absent")), fault.Invalid)
	})
	t.Run("the source goes on", func(t *testing.T) {
		for range 40 {
			_, _ = readContext(t.Context(), s, Query("SELECT * FROM no_such_table"))
		}
		one(t, s, Query("SELECT 'x' AS v"))
	})
}

func testCancel(t *testing.T, d Driver) {
	s := d.Open(t)
	t.Run("by the context", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		q := Query(d.Endless)
		q.ID = uuid.NewString()
		go func() {
			awaitRunning(t, s, q.ID)
			cancel()
		}()
		_, err := readContext(ctx, s, q)
		wants(t, err, fault.Cancelled)
		gone(t, s, q.ID)
	})
	t.Run("by closing", func(t *testing.T) {
		t.Parallel()
		q := Query(d.Numbers(500_000_000))
		q.ID = uuid.NewString()
		stream, err := s.Query(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(stream, make([]byte, 1000)); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if err := stream.Close(); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("closing took %s", took)
		}
		gone(t, s, q.ID)
	})
	t.Run("while nobody reads", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		q := Query(d.Numbers(500_000_000))
		q.ID = uuid.NewString()
		stream, err := s.Query(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = stream.Close() }()
		cancel()
		_, err = io.Copy(io.Discard, stream)
		wants(t, err, fault.Cancelled)
		gone(t, s, q.ID)
	})
	t.Run("before it began", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := readContext(ctx, s, Query(d.Endless))
		wants(t, err, fault.Cancelled)
	})
}

// testStop checks that a query can be stopped by its id alone, as by a process that did not start it, and no other with it.
func testStop(t *testing.T, d Driver) {
	s := d.Open(t)
	t.Run("one of two", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		q, other := Query(d.Endless), Query(d.Endless)
		q.ID = uuid.NewString()
		other.ID = q.ID + "-2"
		stopped, undisturbed := reading(ctx, s, q), reading(ctx, s, other)
		awaitRunning(t, s, q.ID)
		awaitRunning(t, s, other.ID)
		if err := s.Cancel(t.Context(), q.ID); err != nil {
			t.Error(err)
		}
		gone(t, s, q.ID)
		if <-stopped == nil {
			t.Error("the result of a stopped query ended well")
		}
		awaitRunning(t, s, other.ID)
		cancel()
		<-undisturbed
	})
	t.Run("none", func(t *testing.T) {
		t.Parallel()
		if err := s.Cancel(t.Context(), uuid.NewString()); err != nil {
			t.Error(err)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		wants(t, s.Cancel(ctx, uuid.NewString()), fault.Cancelled)
	})
}

// reading reads a query's result and gives its error.
func reading(ctx context.Context, s source.Source, q source.Query) chan error {
	done := make(chan error, 1)
	go func() {
		_, err := readContext(ctx, s, q)
		done <- err
	}()
	return done
}

func testProgress(t *testing.T, d Driver) {
	s := d.Open(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	q := Query(d.Endless)
	q.ID = "progress of " + uuid.NewString() + " which has a long id, and a 'quote' in it"
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = readContext(ctx, s, q)
	}()
	first := awaitRunning(t, s, q.ID)
	for deadline := time.Now().Add(20 * time.Second); ; {
		next, ok, err := s.Progress(t.Context(), q.ID)
		if err != nil || !ok || time.Now().After(deadline) {
			t.Fatalf("progress %+v, running %v, error %v", next, ok, err)
		}
		if next.Elapsed > first.Elapsed {
			break
		}
	}
	cancel()
	<-done
	gone(t, s, q.ID)
}

// awaitRunning returns when the server knows the query.
func awaitRunning(t testing.TB, s source.Source, id string) source.Progress {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		p, ok, err := s.Progress(t.Context(), id)
		if err != nil {
			t.Error(err)
			return p
		}
		if ok && p.Elapsed > 0 {
			return p
		}
	}
	t.Error("the query never showed up")
	return source.Progress{}
}

func gone(t testing.TB, s source.Source, id string) {
	t.Helper()
	if p, ok, err := s.Progress(t.Context(), id); ok || err != nil {
		t.Errorf("still running: %+v, %v", p, err)
	}
}

func testDescribe(t *testing.T, d Driver) {
	s := d.Open(t)
	people := table(t, []source.Column{{Name: "id", Type: "Int64"}, {Name: "name", Type: "String"}}, []any{1, "Ann"})
	people.Open = func() (io.ReadCloser, error) { return nil, errors.New("opened without need") }
	for name, q := range map[string]source.Query{
		"plain":       Query("SELECT 1 AS a, 'x' AS b"),
		"tail":        Query("SELECT 1 AS a, 'x' AS b; -- that is all"),
		"with values": Query("SELECT ", Value{Value: int64(5)}, " AS a, ", Value{Value: "x"}, " AS b"),
		"long list":   Query("SELECT n AS a, 'x' AS b FROM ("+d.Numbers(5)+") AS x WHERE n IN ", Value{Value: make([]int64, 50_000)}),
		"table":       Query("SELECT id AS a, name AS b FROM ", Name("people")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q.Tables = map[string]source.Table{"people": people}
			q.Limits.Rows = 1
			columns, err := s.Describe(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if len(columns) != 2 || columns[0].Name != "a" || columns[1].Name != "b" {
				t.Fatalf("got %v", columns)
			}
			if _, err := rowbinary.ParseType(columns[0].Type); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("nothing runs", func(t *testing.T) {
		t.Parallel()
		if _, err := s.Describe(t.Context(), Query(d.Endless)); err != nil {
			t.Error(err)
		}
	})
	t.Run("a mistake", func(t *testing.T) {
		t.Parallel()
		_, err := s.Describe(t.Context(), Query("SELECT * FROM no_such_table"))
		wants(t, err, fault.Failed)
	})
}
