package jobs

import (
	"context"
	"math"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
)

// refreshAll is how often all that is watched is asked for, in case news were lost.
const refreshAll = 5 * time.Second

// refreshQueued is how often those who wait are told how many are ahead of them.
const refreshQueued = time.Second

// Watch tells how a run gets on: its present state first, its last one at the end, and of what is between at least the newest. The
// channel is closed behind the last state, or when ctx or the service ends.
func (s *Service) Watch(ctx context.Context, id string) (<-chan Progress, error) {
	parsed, err := uuid.Parse(id)
	if err != nil {
		return nil, fault.New(fault.NotFound, "There is no such run.")
	}
	id = parsed.String()
	w := s.hub.watch(id)
	now, err := s.Storage.Progress(ctx, []string{id})
	if err == nil && len(now) == 0 {
		err = fault.New(fault.NotFound, "There is no such run.")
	}
	if err != nil {
		s.hub.leave(id, w)
		return nil, err
	}
	s.hub.begin(w, now[0])
	go func() {
		select {
		case <-ctx.Done():
		case <-s.ctx.Done():
		case <-w.done:
		}
		s.hub.leave(id, w)
	}()
	return w.news, nil
}

// hear takes news from other processes, and from this one.
func (s *Service) hear(event Event) {
	if event.Cancel != "" {
		s.active.cancelRun(event.Run, event.Cancel)
		return
	}
	s.hub.tell(event.Progress)
}

// catchUp asks for what happened while nobody listened.
func (s *Service) catchUp() { s.reread(s.ctx, s.hub.watched(false)) }

// refresh tells those who wait how many are ahead.
func (s *Service) refresh(ctx context.Context) { s.reread(ctx, s.hub.watched(true)) }

func (s *Service) reread(ctx context.Context, ids []string) {
	if len(ids) == 0 {
		return
	}
	states, err := s.Storage.Progress(ctx, ids)
	if err != nil {
		if ctx.Err() != nil {
			return
		}
		s.Logger.WarnContext(ctx, "the states of watched runs could not be read", "error", err)
		return
	}
	for _, state := range states {
		s.hub.tell(state)
	}
}

// hub hands news of runs to those who watch them in this process.
type hub struct {
	mu     sync.Mutex
	topics map[string]*topic
}

// topic is a watched run.
type topic struct {
	last     Progress
	watchers map[*watcher]bool
}

// watcher is one who watches. news holds what they have not yet read: the newest state alone.
type watcher struct {
	news  chan Progress
	done  chan struct{} // closed with news
	begun bool
}

func newHub() *hub { return &hub{topics: map[string]*topic{}} }

func (h *hub) watch(id string) *watcher {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[id]
	if t == nil {
		t = &topic{last: Progress{Run: id, Attempt: -1}, watchers: map[*watcher]bool{}}
		h.topics[id] = t
	}
	w := &watcher{news: make(chan Progress, 1), done: make(chan struct{})}
	t.watchers[w] = true
	return w
}

// begin tells a watcher the present state, which news may have overtaken.
func (h *hub) begin(w *watcher, now Progress) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topics[now.Run]
	w.begun = true
	if !h.update(t, now) {
		w.put(t.last)
		h.endIfFinal(t)
	}
}

// tell hands on a state unless it is older than the last.
func (h *hub) tell(state Progress) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := h.topics[state.Run]; t != nil {
		h.update(t, state)
	}
}

func (h *hub) update(t *topic, state Progress) bool {
	if t == nil || !follows(t.last, state) {
		return false
	}
	if state.Cells == nil && state.Attempt == t.last.Attempt && state.Final() {
		state.Cells, state.Files, state.Sequence = t.last.Cells, t.last.Files, t.last.Sequence
	}
	if state.Cells == nil {
		state.Cells = []CellProgress{}
	}
	if state.Files == nil {
		state.Files = []FileProgress{}
	}
	t.last = state
	for w := range t.watchers {
		if w.begun {
			w.put(state)
		}
	}
	h.endIfFinal(t)
	return true
}

// endIfFinal closes the channels of those who were told the last state.
func (h *hub) endIfFinal(t *topic) {
	if !t.last.Final() || t.last.Attempt < 0 {
		return
	}
	for w := range t.watchers {
		if w.begun {
			h.end(t, w)
		}
	}
}

func (h *hub) leave(id string, w *watcher) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := h.topics[id]; t != nil && t.watchers[w] {
		h.end(t, w)
	}
}

func (h *hub) end(t *topic, w *watcher) {
	delete(t.watchers, w)
	close(w.news)
	close(w.done)
	if len(t.watchers) == 0 {
		delete(h.topics, t.last.Run)
	}
}

// put replaces what was not yet read.
func (w *watcher) put(state Progress) {
	select {
	case <-w.news:
	default:
	}
	w.news <- state
}

// watched are the runs somebody watches; of those that wait, or all.
func (h *hub) watched(waiting bool) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var ids []string
	for id, t := range h.topics {
		if !waiting || t.last.Status == runner.Queued {
			ids = append(ids, id)
		}
	}
	return ids
}

// follows tells whether the next state is news after the last one. A run that is queued again stands behind its running attempt.
func follows(last, next Progress) bool {
	a, b := stage(last), stage(next)
	switch {
	case a != b:
		return b > a
	case next.Sequence != last.Sequence:
		return next.Sequence > last.Sequence
	}
	return next.Status == runner.Queued && next.Ahead != last.Ahead
}

func stage(p Progress) int {
	switch {
	case p.Attempt < 0:
		return -1
	case p.Final():
		return math.MaxInt
	case p.Status == runner.Queued:
		return 2*p.Attempt + 1
	}
	return 2 * p.Attempt
}
