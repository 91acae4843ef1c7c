package runner

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/runner/source"
)

// progressEvery is how often a running query, or a file being written, is asked how far it is.
const progressEvery = 300 * time.Millisecond

// watch reports the progress of a query to the observer until the returned function is called; that one waits for the last report.
func watch(ctx context.Context, src source.Source, query, cell string, got *received, observer Observer) (stop func()) {
	return often(ctx, func(ctx context.Context) {
		server, _, err := src.Progress(ctx, query)
		if err == nil && ctx.Err() == nil {
			observer.CellProgress(cell, server, got.rows.Load())
		}
	})
}

// often calls report now and then until the returned function is called; that one waits for the last report.
func often(ctx context.Context, report func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				report(ctx)
			}
		}
	}()
	return func() { cancel(); <-done }
}
