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

// Cancel implements source.Source. A session that was told to stop at the very moment in which its client stopped reading cannot be
// ended before the client is gone: the server sends the error first and lets nothing interrupt that. Then the error says so.
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

// signalQuery ends the session at once where it waits for its client to read: told to stop, it would first try to send the error, and
// let nothing interrupt that.
const signalQuery = `SELECT count(CASE WHEN $2 OR wait_event = 'ClientWrite' THEN pg_terminate_backend(pid) ELSE pg_cancel_backend(pid) END) > 0
FROM pg_stat_activity WHERE application_name = $1 AND state <> 'idle'`

// signal tells the query of that id to stop, or ends its whole session, and whether there was one.
func (s *Source) signal(ctx context.Context, id string, end bool) (running bool, err error) {
	err = s.pool.QueryRow(ctx, signalQuery, applicationName(id), end).Scan(&running)
	if err != nil && ctx.Err() != nil {
		return false, s.cancelled(err)
	}
	return running, s.fault(err, "")
}
