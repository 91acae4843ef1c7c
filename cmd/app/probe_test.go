package app

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

// oneKept keeps one source.
type oneKept struct{ one people.Source }

func (k oneKept) Sources(context.Context) ([]people.Source, error) {
	without := k.one
	without.DSN = ""
	return []people.Source{without}, nil
}

func (k oneKept) Source(context.Context, string) (*people.Source, error) { return &k.one, nil }

func TestASourceIsTriedBeforeItIsKept(t *testing.T) {
	t.Parallel()
	endpoint, err := enginetest.StartIn(t, t.TempDir()).Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dsn := fmt.Sprintf("http://%s:%s@%s/default", endpoint.User, endpoint.Password, endpoint.Addr)
	a, err := New(Config{}, Options{DataDir: t.TempDir(), Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	a.KeepSources(oneKept{people.Source{Name: "shop", Driver: "clickhouse", DSN: dsn, Version: 1}})
	for name, c := range map[string]struct {
		tried people.Source
		fails string
		code  fault.Code
	}{
		"address":        {tried: people.Source{Name: "new", Driver: "clickhouse", DSN: dsn}},
		"kept address":   {tried: people.Source{Name: "shop", Driver: "clickhouse"}},
		"no address":     {people.Source{Name: "new", Driver: "postgres"}, "The source needs an address, as in postgres://user:password@host:5432/database.", fault.Invalid},
		"other driver":   {people.Source{Name: "shop", Driver: "postgres"}, `the dsn of source "shop" is no address of a Postgres: write postgres://user:password@host:5432/database`, fault.Invalid},
		"wrong password": {people.Source{Name: "new", Driver: "clickhouse", DSN: strings.Replace(dsn, endpoint.Password, "hunter2", 1)}, "ClickHouse answers at " + endpoint.Addr + ", but the user or the password is wrong.", fault.Unavailable},
		"Postgres there": {people.Source{Name: "new", Driver: "postgres", DSN: strings.Replace(dsn, "http:", "postgres:", 1)}, endpoint.Addr + " is a ClickHouse: choose the driver clickhouse, or give the address of a Postgres.", fault.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := a.TrySource(t.Context(), c.tried)
			if c.fails == "" {
				if err != nil || found.Product != "ClickHouse" || found.Version == "" {
					t.Errorf("got %+v, %v", found, err)
				}
				return
			}
			if err == nil || err.Error() != c.fails || fault.CodeOf(err) != c.code {
				t.Errorf("got  %v\nwant %s", err, c.fails)
			}
		})
	}
	if found, err := a.TestSource(t.Context(), "shop"); err != nil || found.Version == "" {
		t.Errorf("got %+v, %v", found, err)
	}
	if _, err := a.TestSource(t.Context(), "nowhere"); err == nil {
		t.Error("a source that is not there answers")
	}
}

// Whoever waits for a test gets an answer soon, also of a server that never says a word.
func TestASilentSourceIsNotWaitedForForever(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	a, err := New(Config{}, Options{DataDir: t.TempDir(), Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	started := time.Now()
	_, err = a.TrySource(ctx, people.Source{Name: "new", Driver: "clickhouse", DSN: "http://u:hunter2@" + listener.Addr().String()})
	if err == nil || !strings.Contains(err.Error(), "does not answer in time") || strings.Contains(err.Error(), "hunter2") || time.Since(started) > testTime {
		t.Errorf("got %v after %s", err, time.Since(started))
	}
}
