package storage

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// largestEvent is what Postgres carries in one notice, in bytes.
const largestEvent = 7999

// listenAgain is the wait before a lost connection is opened again.
const listenAgain = 500 * time.Millisecond

func (s *Runs) Tell(ctx context.Context, events []jobs.Event) error {
	texts := make([]string, len(events))
	for i, event := range events {
		data, err := json.Marshal(event)
		if err == nil && len(data) > largestEvent {
			event.Cells, event.Files = nil, nil
			data, err = json.Marshal(event)
		}
		if err != nil {
			return err
		}
		texts[i] = string(data)
	}
	_, err := s.db.pool.Exec(ctx, query("tell_events"), texts)
	return told(err)
}

// Listen has a connection of its own, so that it takes none from the pool.
func (s *Runs) Listen(ctx context.Context, connected func(), handle func(jobs.Event)) {
	for ctx.Err() == nil {
		if err := s.listen(ctx, connected, handle); ctx.Err() == nil {
			s.db.logger.WarnContext(ctx, "listening for news of runs was interrupted", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(listenAgain):
			}
		}
	}
}

func (s *Runs) listen(ctx context.Context, connected func(), handle func(jobs.Event)) error {
	conn, err := pgx.ConnectConfig(ctx, s.db.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, query("listen_events")); err != nil {
		return err
	}
	connected()
	for {
		notice, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		var event jobs.Event
		if err := json.Unmarshal([]byte(notice.Payload), &event); err != nil {
			return err
		}
		handle(event)
	}
}
