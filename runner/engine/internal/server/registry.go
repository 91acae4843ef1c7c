package server

import (
	"context"
	"sync"
)

// registry knows the ids of the queries in hand and lets only so many of them run at once.
type registry struct {
	mu      sync.Mutex
	ids     map[string]bool
	slots   chan struct{}
	maximum int
}

func newRegistry(running, waiting int) *registry {
	return &registry{ids: map[string]bool{}, slots: make(chan struct{}, running), maximum: running + waiting}
}

// enter waits for a turn. leave must be called when there is no error.
func (r *registry) enter(ctx context.Context, id string) (leave func(), err error) {
	if err := r.reserve(id); err != nil {
		return nil, err
	}
	select {
	case r.slots <- struct{}{}:
		return func() { <-r.slots; r.forget(id) }, nil
	case <-ctx.Done():
		r.forget(id)
		return nil, exception(394, "QUERY_WAS_CANCELLED", "Query was cancelled before it started")
	}
}

func (r *registry) reserve(id string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ids[id] {
		return exception(216, "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING", "Query with id = %s is already running", id)
	}
	if len(r.ids) >= r.maximum {
		return exception(202, "TOO_MANY_SIMULTANEOUS_QUERIES", "Too many simultaneous queries. Maximum: %d", r.maximum)
	}
	r.ids[id] = true
	return nil
}

func (r *registry) forget(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.ids, id)
}
