package api

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

const (
	// trialsEach is how many documents one person tries at once.
	trialsEach = 3
	// trialPatience is how long a trial waits for room.
	trialPatience = 20 * time.Second
)

// trialGate bounds how many documents are tried at once.
type trialGate struct {
	room     chan struct{}
	patience time.Duration

	mu       sync.Mutex
	byPerson map[string]int
}

func newTrialGate() *trialGate {
	return &trialGate{room: make(chan struct{}, 2*runtime.GOMAXPROCS(0)), patience: trialPatience, byPerson: map[string]int{}}
}

// enter waits until there is room for a trial of the person. Once it ran, another has the room; leave ends what the person is counted
// for, with the room if that is still taken.
func (g *trialGate) enter(ctx context.Context, person string) (ran, leave func(), err error) {
	if !g.count(person) {
		return nil, nil, &fault.Error{Code: fault.TooMany, RetryAfter: 5 * time.Second,
			Message: "You are trying several documents at once already: wait until one of them is done, or stop it."}
	}
	patience := time.NewTimer(g.patience)
	defer patience.Stop()
	select {
	case g.room <- struct{}{}:
		ran = sync.OnceFunc(func() { <-g.room })
		return ran, sync.OnceFunc(func() { ran(); g.uncount(person) }), nil
	case <-patience.C:
		err = &fault.Error{Code: fault.TooMany, RetryAfter: 10 * time.Second,
			Message: "As many documents are being tried as the service has room for. Try again in a moment."}
	case <-ctx.Done():
		err = fault.New(fault.Cancelled, "Nobody waits for the trial any more: %w", ctx.Err())
	}
	g.uncount(person)
	return nil, nil, err
}

func (g *trialGate) count(person string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.byPerson[person] >= trialsEach {
		return false
	}
	g.byPerson[person]++
	return true
}

func (g *trialGate) uncount(person string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.byPerson[person]--; g.byPerson[person] == 0 {
		delete(g.byPerson, person)
	}
}
