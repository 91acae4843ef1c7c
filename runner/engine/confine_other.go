//go:build !linux

package engine

import "log/slog"

func (work order) confine(*slog.Logger) error { return nil }
