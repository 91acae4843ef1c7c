package jobs_test

import (
	"context"
	"io"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
)

// gate is a source whose queries wait to be let through.
type gate struct {
	*clickhouse.Source
	begun chan string // the ids of queries that came
	open  chan struct{}
}

func (g *gate) Query(ctx context.Context, q source.Query) (io.ReadCloser, error) {
	if err := g.wait(ctx, q.ID); err != nil {
		return nil, err
	}
	return g.Source.Query(ctx, q)
}

func (g *gate) Format(ctx context.Context, q source.Query, format string, settings map[string]string) (io.ReadCloser, error) {
	if err := g.wait(ctx, q.ID); err != nil {
		return nil, err
	}
	return g.Source.Format(ctx, q, format, settings)
}

func (g *gate) wait(ctx context.Context, id string) error {
	g.begun <- id
	select {
	case <-g.open:
		return nil
	case <-ctx.Done():
		return fault.New(fault.Cancelled, "The query was cancelled.")
	}
}

// one lets one query through.
func (g *gate) one() { g.open <- struct{}{} }

// all lets all through from now on.
func (g *gate) all() { close(g.open) }

// next is the run whose query came next.
func (g *gate) next(o *office) string {
	o.Helper()
	select {
	case id := <-g.begun:
		return id[:36]
	case <-o.deadline().Done():
		o.Fatal("no query came")
		return ""
	}
}

// none makes sure that no query has come.
func (g *gate) none(o *office) {
	o.Helper()
	select {
	case id := <-g.begun:
		o.Fatalf("the query %s came", id)
	default:
	}
}
