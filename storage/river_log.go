package storage

import (
	"context"
	"log/slog"
)

// riverLog passes on what River warns of. Its news, such as how many jobs it had in the last seconds, are for those who debug.
type riverLog struct{ slog.Handler }

// newRiverLog is the logger that River gets.
func newRiverLog(logger *slog.Logger) *slog.Logger { return slog.New(riverLog{logger.Handler()}) }

func (l riverLog) Enabled(ctx context.Context, level slog.Level) bool {
	return l.Handler.Enabled(ctx, quieter(level))
}

func (l riverLog) Handle(ctx context.Context, record slog.Record) error {
	record.Level = quieter(record.Level)
	return l.Handler.Handle(ctx, record)
}

func (l riverLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return riverLog{l.Handler.WithAttrs(attrs)}
}

func (l riverLog) WithGroup(name string) slog.Handler { return riverLog{l.Handler.WithGroup(name)} }

func quieter(level slog.Level) slog.Level {
	if level == slog.LevelInfo {
		return slog.LevelDebug
	}
	return level
}
