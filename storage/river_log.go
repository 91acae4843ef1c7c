package storage

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// repeatAfter is how long River's complaint is not repeated: while the database is away it complains several times a second.
const repeatAfter = time.Minute

// riverLog passes on what River complains of, each complaint once a minute. Its news, such as how many jobs it had in the last seconds,
// are for those who debug.
type riverLog struct {
	slog.Handler
	said *said
}

// said is when each complaint was last passed on.
type said struct {
	mu sync.Mutex
	at map[string]time.Time
}

// newRiverLog is the logger that River gets.
func newRiverLog(logger *slog.Logger) *slog.Logger {
	return slog.New(riverLog{logger.Handler(), &said{at: map[string]time.Time{}}})
}

func (l riverLog) Enabled(ctx context.Context, level slog.Level) bool {
	return l.Handler.Enabled(ctx, quieter(level))
}

func (l riverLog) Handle(ctx context.Context, record slog.Record) error {
	if record.Level > slog.LevelInfo && !l.said.due(record) {
		return nil
	}
	record.Level = quieter(record.Level)
	return l.Handler.Handle(ctx, record)
}

func (s *said) due(record slog.Record) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if last, ok := s.at[record.Message]; ok && record.Time.Sub(last) < repeatAfter {
		return false
	}
	s.at[record.Message] = record.Time
	return true
}

func (l riverLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return riverLog{l.Handler.WithAttrs(attrs), l.said}
}

func (l riverLog) WithGroup(name string) slog.Handler {
	return riverLog{l.Handler.WithGroup(name), l.said}
}

func quieter(level slog.Level) slog.Level {
	if level == slog.LevelInfo {
		return slog.LevelDebug
	}
	return level
}
