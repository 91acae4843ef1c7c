package postgres

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	// gentleTime is how long a query may take to stop before its session is ended: a server that waits for its client to read, or for
	// the client's next word, does not hear that it is to stop.
	gentleTime = 2 * time.Second
	// firstPoll and lastPoll are the pauses between two looks at whether a query is gone.
	firstPoll, lastPoll = 5 * time.Millisecond, 200 * time.Millisecond
)

// Cancel implements source.Source.
func (s *Source) Cancel(ctx context.Context, id string) error {
	began := time.Now()
	for pause := firstPoll; ; pause = min(2*pause, lastPoll) {
		waited := time.Since(began)
		running, err := s.signal(ctx, id, waited > gentleTime)
		switch {
		case err != nil || !running:
			return err
		case waited > stopTime:
			return fault.New(fault.Unavailable, "source %q still runs a query %s after it was told to stop it", s.name, stopTime)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return s.cancelled(ctx.Err())
		}
	}
}

// signal tells the query of that id to stop, or ends its whole session, and whether there was one.
func (s *Source) signal(ctx context.Context, id string, end bool) (running bool, err error) {
	signal := "pg_cancel_backend"
	if end {
		signal = "pg_terminate_backend"
	}
	err = s.pool.QueryRow(ctx, "SELECT count("+signal+"(pid)) > 0 FROM pg_stat_activity WHERE application_name = $1 AND state <> 'idle'",
		applicationName(id)).Scan(&running)
	if err != nil && ctx.Err() != nil {
		return false, s.cancelled(err)
	}
	return running, s.fault(err, "")
}
