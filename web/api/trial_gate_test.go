package api

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
)

func TestTrialsWaitForRoom(t *testing.T) {
	t.Parallel()
	gate := newTrialGate()
	gate.room, gate.patience = make(chan struct{}, 1), time.Minute
	ran, leave, err := gate.enter(t.Context(), "anna")
	if err != nil {
		t.Fatal(err)
	}
	entered := make(chan func())
	go func() {
		_, next, _ := gate.enter(t.Context(), "boris")
		entered <- next
	}()
	select {
	case <-entered:
		t.Fatal("there is room for two")
	default:
	}
	ran()
	next := <-entered
	if gate.byPerson["anna"] != 1 {
		t.Error("who still takes a result is not counted")
	}
	leave()
	gate.patience = 0
	if _, _, err := gate.enter(t.Context(), "vera"); fault.CodeOf(err) != fault.TooMany {
		t.Errorf("without patience: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	gate.patience = time.Minute
	if _, _, err := gate.enter(gone, "vera"); fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("who went away: %v", err)
	}
	next()
	if len(gate.byPerson) != 0 || len(gate.room) != 0 {
		t.Errorf("somebody is still counted: %v, %d", gate.byPerson, len(gate.room))
	}
}

// stalled is a client that takes everything but the result.
type stalled struct {
	*httptest.ResponseRecorder
	asked, over chan struct{}
}

func (s stalled) Write(p []byte) (int, error) {
	if strings.HasPrefix(string(p), "event: done") {
		close(s.asked)
		<-s.over
	}
	return s.ResponseRecorder.Write(p)
}

func TestWhoTakesAResultSlowlyLeavesTheRoom(t *testing.T) {
	t.Parallel()
	gate := newTrialGate()
	ran, leave, err := gate.enter(t.Context(), "anna")
	if err != nil {
		t.Fatal(err)
	}
	client := stalled{httptest.NewRecorder(), make(chan struct{}), make(chan struct{})}
	sent := make(chan error)
	stream := trialStream{
		sse: sse{pulse: time.Minute}, ctx: t.Context(), ran: ran, end: leave, watch: newTrialWatch("run"), now: time.Now,
		log:      slog.New(slog.DiscardHandler),
		prepared: &runner.PreparedTrial{}, // which nobody prepared: it panics
	}
	go func() { sent <- stream.VisitTryRunResponse(client) }()
	<-client.asked
	if len(gate.room) != 0 || gate.byPerson["anna"] != 1 {
		t.Errorf("while the result is taken: %d of the room, %d trials", len(gate.room), gate.byPerson["anna"])
	}
	close(client.over)
	if err := <-sent; err != nil || gate.byPerson["anna"] != 0 {
		t.Errorf("after it: %v, %d trials", err, gate.byPerson["anna"])
	}
	if text := client.Body.String(); !strings.Contains(text, `"status":"failed"`) || strings.Contains(text, "nil pointer") {
		t.Errorf("what a panic is told as: %s", text)
	}
}
