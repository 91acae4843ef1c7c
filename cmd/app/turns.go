package app

import (
	"context"
	"io"
	"sync"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// defaultRuns is how many queries run at once on a source whose limits do not say.
const defaultRuns = 16

// turns holds an element for each running query of a source; the others wait until there is room.
type turns chan struct{}

// inTurn is the source with at most so many queries of reports at once. Progress, stopping a query, pings and what an administrator does are not counted.
func inTurn(src source.Source, runs int) source.Source {
	waiting := waitingSource{Source: src, turns: make(turns, runs)}
	if full, ok := src.(fullSource); ok {
		return &waitingFull{waitingSource: waiting, full: full}
	}
	return &waiting
}

func (t turns) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return &fault.Error{Code: fault.Cancelled, Message: "the query was cancelled while it waited for its turn", Cause: ctx.Err()}
	}
}

func (t turns) leave() { <-t }

// stream takes a turn until the stream that open yields is closed.
func (t turns) stream(ctx context.Context, open func() (io.ReadCloser, error)) (io.ReadCloser, error) {
	if err := t.take(ctx); err != nil {
		return nil, err
	}
	stream, err := open()
	if err != nil {
		t.leave()
		return nil, err
	}
	return &turn{ReadCloser: stream, leave: sync.OnceFunc(t.leave)}, nil
}

type turn struct {
	io.ReadCloser
	leave func()
}

func (t *turn) Close() error {
	defer t.leave()
	return t.ReadCloser.Close()
}

type waitingSource struct {
	source.Source
	turns turns
}

// Behind is the source itself, for what needs no turn: what is in it, and queries that are only shown.
func (w *waitingSource) Behind() source.Source { return w.Source }

func (w *waitingSource) Query(ctx context.Context, q source.Query) (io.ReadCloser, error) {
	return w.turns.stream(ctx, func() (io.ReadCloser, error) { return w.Source.Query(ctx, q) })
}

func (w *waitingSource) Describe(ctx context.Context, q source.Query) ([]source.Column, error) {
	if err := w.turns.take(ctx); err != nil {
		return nil, err
	}
	defer w.turns.leave()
	return w.Source.Describe(ctx, q)
}

// fullSource can do all that a source may do.
type fullSource interface {
	source.Formatter
	source.Loader
}

type waitingFull struct {
	waitingSource
	full fullSource
}

func (w *waitingFull) Formats(ctx context.Context) (bool, error) { return w.full.Formats(ctx) }

func (w *waitingFull) Format(ctx context.Context, q source.Query, format string, settings map[string]string) (io.ReadCloser, error) {
	return w.turns.stream(ctx, func() (io.ReadCloser, error) { return w.full.Format(ctx, q, format, settings) })
}

func (w *waitingFull) Insert(ctx context.Context, table, format string, settings map[string]string, data io.Reader) error {
	return w.full.Insert(ctx, table, format, settings, data)
}
