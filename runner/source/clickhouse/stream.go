package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	// stopTime bounds how long a stopped query is waited for.
	stopTime = 10 * time.Second
	// grace is how much later than the server the client ends a query that is over its time.
	grace = time.Second
	// firstPoll and lastPoll are the pauses between two looks at whether a query is gone.
	firstPoll, lastPoll = 5 * time.Millisecond, 200 * time.Millisecond

	killQuery        = "KILL QUERY WHERE query_id = {id:String} ASYNC"
	cancelledMessage = "the query was cancelled"
)

var (
	errTime   = errors.New("time limit")
	errClosed = errors.New("the result was closed")
)

// stream is the result of a query. The query does not outlive it, nor the context it was started with.
type stream struct {
	source *Source
	id     string
	upload *upload
	limit  time.Duration
	rows   io.ReadCloser

	ctx     context.Context // of the request; its cause tells why it ended
	cancel  context.CancelCauseFunc
	unwatch func() bool
	timer   *time.Timer
	once    sync.Once // of stop
	err     error     // once set, the query has ended
}

// watch makes the context of the request, which ends only after the query was stopped on the server.
func (s *stream) watch(ctx context.Context) context.Context {
	s.ctx, s.cancel = context.WithCancelCause(context.WithoutCancel(ctx))
	s.unwatch = context.AfterFunc(ctx, func() { s.stop(context.Canceled) })
	if s.limit > 0 {
		s.timer = time.AfterFunc(s.limit+grace, func() { s.stop(errTime) })
	}
	return s.ctx
}

func (s *stream) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.rows.Read(p)
	if err == nil {
		return n, nil
	}
	_ = s.rows.Close()
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if s.err = s.end(err); s.err == nil {
		s.err = io.EOF
	}
	return n, s.err
}

// Close stops the query if it is not at its end. It must not be called while Read runs; cancel the context for that.
func (s *stream) Close() error {
	if s.err == nil {
		s.stop(errClosed)
		_ = s.rows.Close()
		_ = s.end(nil)
	}
	s.err = errClosed
	return nil
}

// end waits until the query is gone from the server, if it was stopped, and words how it ended.
func (s *stream) end(err error) error {
	if s.timer != nil && !s.timer.Stop() {
		s.stop(errTime)
	}
	if !s.unwatch() {
		s.stop(context.Canceled)
	}
	cause := context.Cause(s.ctx)
	s.cancel(nil)
	failed := s.upload.failure()
	switch {
	case errors.Is(cause, errTime):
		return &fault.Error{Code: fault.Limit, Message: fmt.Sprintf("the query took longer than its limit of %s. Narrow the form, or ask the administrator.", s.limit), Cause: err}
	case cause != nil:
		return &fault.Error{Code: fault.Cancelled, Message: cancelledMessage, Cause: err}
	case err != nil && failed != nil:
		return s.source.fault(failed)
	}
	return s.source.fault(err)
}

// stop ends the query: on the server first, since ClickHouse may go on without its client. Only the first call does anything; the
// others return when it has.
func (s *stream) stop(cause error) {
	s.once.Do(func() {
		ctx, cancel := context.WithCancel(context.Background())
		defer time.AfterFunc(stopTime, cancel).Stop()
		defer cancel()
		s.source.kill(ctx, s.id)
		s.cancel(cause)
		s.source.awaitGone(ctx, s.id)
	})
}

// kill asks the server to stop the query. That it fails shows in awaitGone, and closing the connection stops most queries too.
func (s *Source) kill(ctx context.Context, id string) {
	_ = s.conn.Exec(ctx, killQuery, clickhouse.Named("id", id))
}

// awaitGone returns when the query has left the server, or when ctx ends.
func (s *Source) awaitGone(ctx context.Context, id string) {
	for pause := firstPoll; ctx.Err() == nil; pause = min(2*pause, lastPoll) {
		_, running, err := s.Progress(ctx, id)
		if err != nil || !running {
			return
		}
		s.kill(ctx, id)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}
