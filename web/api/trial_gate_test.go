package api

import (
	"context"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

func TestTrialsWaitForRoom(t *testing.T) {
	t.Parallel()
	gate := newTrialGate()
	gate.room, gate.patience = make(chan struct{}, 1), time.Minute
	leave, err := gate.enter(t.Context(), "anna")
	if err != nil {
		t.Fatal(err)
	}
	entered := make(chan func())
	go func() {
		next, _ := gate.enter(t.Context(), "boris")
		entered <- next
	}()
	select {
	case <-entered:
		t.Fatal("there is room for two")
	default:
	}
	leave()
	next := <-entered
	gate.patience = 0
	if _, err := gate.enter(t.Context(), "vera"); fault.CodeOf(err) != fault.TooMany {
		t.Errorf("without patience: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	gate.patience = time.Minute
	if _, err := gate.enter(gone, "vera"); fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("who went away: %v", err)
	}
	next()
	if len(gate.byPerson) != 0 || len(gate.room) != 0 {
		t.Errorf("somebody is still counted: %v, %d", gate.byPerson, len(gate.room))
	}
}
