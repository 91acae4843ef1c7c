package app

import (
	"io"
	"log/slog"
	"os"

	"golang.org/x/term"
)

// NewLogger writes the service's log: text for a person at a terminal, JSON for machines, unless the configuration says otherwise.
func (c LogConfig) NewLogger(out io.Writer) *slog.Logger {
	var level slog.Level
	if c.Level != "" {
		_ = level.UnmarshalText([]byte(c.Level)) // checked with the configuration
	}
	options := &slog.HandlerOptions{Level: level}
	if c.Format == "json" || c.Format == "" && !isTerminal(out) {
		return slog.New(slog.NewJSONHandler(out, options))
	}
	return slog.New(slog.NewTextHandler(out, options))
}

func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
