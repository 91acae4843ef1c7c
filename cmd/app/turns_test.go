package app

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/runner/source/postgres"
)

// plain is a source that only answers queries; full writes files too.
type (
	plain struct{ source.Source }
	full  struct {
		fullSource
		fail error
	}
	stopped struct {
		fullSource
		id *string
	}
)

func (s stopped) Cancel(_ context.Context, id string) error {
	*s.id = id
	return nil
}

func (s stopped) Query(ctx context.Context, q source.Query) (io.ReadCloser, error) {
	return plain{}.Query(ctx, q)
}

func (plain) Query(context.Context, source.Query) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader("rows")), nil
}

func (f full) Query(context.Context, source.Query) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader("rows")), f.fail
}

func (f full) Format(context.Context, source.Query, string, map[string]string) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader("file")), f.fail
}

func TestQueriesWaitForTheirTurn(t *testing.T) {
	t.Parallel()
	src := inTurn(full{}, 2).(source.Formatter)
	first, err := src.Query(t.Context(), source.Query{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := src.Format(t.Context(), source.Query{}, "CSV", nil)
	if err != nil {
		t.Fatal(err)
	}
	hurried, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := src.Query(hurried, source.Query{}); fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("a third at once: %v", err)
	}
	third := make(chan error, 1)
	go func() {
		stream, err := src.Query(t.Context(), source.Query{})
		if err == nil {
			err = stream.Close()
		}
		third <- err
	}()
	// Closing twice makes room once.
	if err := errors.Join(first.Close(), first.Close(), <-third, second.Close()); err != nil {
		t.Error(err)
	}
}

func TestAFailedQueryGivesItsTurnBack(t *testing.T) {
	t.Parallel()
	fail := errors.New("no such table")
	src := inTurn(full{fail: fail}, 1).(source.Formatter)
	for range 3 {
		if _, err := src.Query(t.Context(), source.Query{}); !errors.Is(err, fail) {
			t.Errorf("got %v", err)
		}
		if _, err := src.Format(t.Context(), source.Query{}, "CSV", nil); !errors.Is(err, fail) {
			t.Errorf("got %v", err)
		}
	}
}

// What a source cannot do, it cannot do in turn either.
func TestTurnsKeepTheAbilitiesOfASource(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		src  source.Source
		want bool
	}{"plain": {plain{}, false}, "full": {full{}, true}} {
		src := inTurn(c.src, 1)
		_, formats := src.(source.Formatter)
		_, loads := src.(source.Loader)
		if formats != c.want || loads != c.want {
			t.Errorf("%s: formats %v, loads %v", name, formats, loads)
		}
	}
}

// A query is stopped while all turns are taken, perhaps by itself.
func TestStoppingAQueryWaitsForNoTurn(t *testing.T) {
	t.Parallel()
	var id string
	src := inTurn(stopped{id: &id}, 1)
	stream, err := src.Query(t.Context(), source.Query{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Close() }()
	if err := src.Cancel(t.Context(), "run-cell"); err != nil || id != "run-cell" {
		t.Errorf("%q, %v", id, err)
	}
}

func TestASourceBehindTurnsCanBeBrowsed(t *testing.T) {
	t.Parallel()
	for name, src := range map[string]source.Source{"postgres": &postgres.Source{}, "clickhouse": &clickhouse.Source{}} {
		inTurns := inTurn(src, 1)
		if _, ok := source.As[source.Browser](inTurns); !ok {
			t.Errorf("%s cannot be browsed", name)
		}
		if _, ok := source.As[source.Previewer](inTurns); !ok {
			t.Errorf("%s shows no queries", name)
		}
	}
}
