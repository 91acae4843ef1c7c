package storage

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

func TestRiversNewsAreNoNewsOfTheService(t *testing.T) {
	var out bytes.Buffer
	logger := newRiverLog(slog.New(slog.NewTextHandler(&out, nil))).With("queue", "runs").WithGroup("job")
	logger.Info("Producer job counts")
	if out.Len() > 0 {
		t.Errorf("the log says %q", out.String())
	}
	logger.Warn("a job is stuck", "id", 7)
	if want := `level=WARN msg="a job is stuck" queue=runs job.id=7`; !strings.Contains(out.String(), want) {
		t.Errorf("the log says %q, not %q", out.String(), want)
	}
	out.Reset()
	newRiverLog(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))).Info("Producer job counts")
	if !strings.Contains(out.String(), "level=DEBUG") {
		t.Errorf("at the level debug the log says %q", out.String())
	}
}
