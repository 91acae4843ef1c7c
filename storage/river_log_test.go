package storage

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"
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

func TestRiversComplaintsAreToldOnceAMinute(t *testing.T) {
	var out bytes.Buffer
	handler := newRiverLog(slog.New(slog.NewTextHandler(&out, nil))).Handler()
	complain := func(words string, at time.Duration) int {
		out.Reset()
		if err := handler.WithGroup("job").Handle(t.Context(), slog.NewRecord(time.Unix(0, 0).Add(at), slog.LevelError, words, 0)); err != nil {
			t.Fatal(err)
		}
		return out.Len()
	}
	for _, step := range []struct {
		words string
		at    time.Duration
		told  bool
	}{
		{"Error fetching jobs", 0, true}, {"Error fetching jobs", 200 * time.Millisecond, false}, {"Error scheduling jobs", time.Second, true},
		{"Error fetching jobs", 59 * time.Second, false}, {"Error fetching jobs", time.Minute, true},
	} {
		if told := complain(step.words, step.at) > 0; told != step.told {
			t.Errorf("%s after %s: %v", step.words, step.at, told)
		}
	}
}
