package jobs

import (
	"context"
	"time"
)

// tellProgress is how often those who watch are told how a run gets on.
const tellProgress = 250 * time.Millisecond

// pulse keeps this process's runs its own and takes care of those that lost theirs.
func (s *Service) pulse(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, s.Lease/3) // so that a connection that hangs leaves time for another
	defer cancel()
	if err := s.beat(ctx); err != nil {
		if s.ctx.Err() != nil {
			return
		}
		s.Logger.WarnContext(ctx, "the leases of running runs could not be renewed", "error", err)
		return
	}
	if s.Parallel <= 0 || s.active.isClosed() {
		return
	}
	lost, err := s.Storage.Recover(ctx, s.claim(), s.Attempts, s.Parallel)
	if err != nil && s.ctx.Err() == nil {
		s.Logger.WarnContext(ctx, "lost runs could not be looked for", "error", err)
	}
	if lost > 0 {
		s.Logger.WarnContext(ctx, "runs were lost by their processes and are queued again", "runs", lost)
	}
}

// beat renews the leases and ends the runs that were cancelled or are another's.
func (s *Service) beat(ctx context.Context) error {
	runs := s.active.all()
	leases := make([]Lease, len(runs))
	for i, run := range runs {
		leases[i] = run.lease
		if progress, changed := run.changed(true); changed {
			leases[i].Progress = &progress
		}
	}
	held, err := s.Storage.Renew(ctx, s.process, s.Lease, leases)
	if err != nil {
		return err
	}
	type name struct {
		run     string
		attempt int
	}
	still := map[name]Held{}
	for _, h := range held {
		still[name{h.Run, h.Attempt}] = h
	}
	for _, run := range runs {
		h, ok := still[name{run.ID, run.Attempt}]
		switch {
		case !ok:
			run.cancel(errLost)
		case h.Cancelled:
			run.cancel(cancelled{h.CancelledBy})
		}
	}
	return nil
}

// tell sends what has changed since the last time.
func (s *Service) tell(ctx context.Context) {
	var events []Event
	for _, run := range s.active.all() {
		if progress, changed := run.changed(false); changed {
			events = append(events, Event{Progress: progress})
		}
	}
	if len(events) == 0 {
		return
	}
	if err := s.Storage.Tell(ctx, events); err != nil {
		s.Logger.DebugContext(ctx, "the progress of runs could not be told", "error", err)
	}
}
