// Package schema tells what is in the sources: tables, functions and some rows. What sources say is kept for a moment, so that many
// people with an editor open ask each of them once.
package schema

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
)

const (
	// keptFor is how old an answer may be.
	keptFor = time.Minute
	// askTime bounds a question to a source's catalog.
	askTime = 30 * time.Second
	// keptAnswers bounds what is kept; a large schema takes some tens of megabytes.
	keptAnswers = 50
)

// Reader reads what is in the sources. It may be used by many goroutines.
type Reader struct {
	sources runner.Sources
	now     func() time.Time
	asking  singleflight.Group

	mu   sync.Mutex
	kept map[string]kept
}

// kept is what a source said. Under the same name there may be another by now.
type kept struct {
	source source.Source
	read   time.Time
	answer any
}

// New makes a reader; now may be nil.
func New(sources runner.Sources, now func() time.Time) *Reader {
	if now == nil {
		now = time.Now
	}
	return &Reader{sources: sources, now: now, kept: map[string]kept{}}
}

// Schema is what is in the source of that name and when it was asked; with fresh it is asked now. The result is shared: it must not
// be changed.
func (r *Reader) Schema(ctx context.Context, name string, fresh bool) (source.Schema, time.Time, error) {
	return answer(ctx, r, "schema", name, fresh, source.Browser.Schema)
}

// Functions are those of the source of that name. The result is shared.
func (r *Reader) Functions(ctx context.Context, name string) ([]source.Function, error) {
	functions, _, err := answer(ctx, r, "functions", name, false, source.Browser.Functions)
	return functions, err
}

type question[T any] func(source.Browser, context.Context, source.Limits) (T, error)

// answer is what the source says, or said a moment ago. All who ask meanwhile wait for one answer, which does not end with the
// request of whoever was first.
func answer[T any](ctx context.Context, r *Reader, kind, name string, fresh bool, ask question[T]) (found T, read time.Time, err error) {
	src, _, err := r.sources.Source(ctx, name)
	if err != nil {
		return found, read, err
	}
	browser, ok := source.As[source.Browser](src)
	if !ok {
		return found, read, fault.New(fault.Invalid, "The source %s cannot tell what is in it.", name)
	}
	key := kind + " " + name
	if k, ok := r.known(key, src); ok && !fresh {
		return k.answer.(T), k.read, nil
	}
	waiting := r.asking.DoChan(key, func() (any, error) {
		asking, cancel := context.WithTimeout(context.WithoutCancel(ctx), askTime)
		defer cancel()
		told, err := ask(browser, asking, source.Limits{Time: askTime})
		if err != nil {
			return nil, err
		}
		return r.keep(key, kept{src, r.now(), told}), nil
	})
	select {
	case <-ctx.Done():
		return found, read, fault.New(fault.Cancelled, "Nobody waits for the answer any more: %w", ctx.Err())
	case result := <-waiting:
		if result.Err != nil {
			return found, read, result.Err
		}
		k := result.Val.(kept)
		return k.answer.(T), k.read, nil
	}
}

func (r *Reader) known(key string, src source.Source) (kept, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k, ok := r.kept[key]
	return k, ok && k.source == src && r.now().Sub(k.read) < keptFor
}

// keep lets go of what is too old and, when that is not enough, of all.
func (r *Reader) keep(key string, k kept) kept {
	r.mu.Lock()
	defer r.mu.Unlock()
	for other, old := range r.kept {
		if k.read.Sub(old.read) >= keptFor {
			delete(r.kept, other)
		}
	}
	if len(r.kept) >= keptAnswers {
		clear(r.kept)
	}
	r.kept[key] = k
	return k
}
