package embedded

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// enter makes this process the keeper of the folder, and gives the server it started, or joins the server of another keeper.
func (s *Server) enter(ctx context.Context) (*child, error) {
	waiting, cancel := context.WithTimeout(ctx, joinTime)
	defer cancel()
	for {
		locked, err := s.lock.TryLock()
		if locked {
			err = hand(s.lock.Path(), s.options.Dir)
		}
		if err != nil {
			return nil, fault.Disk(s.options.Dir, err)
		}
		if locked {
			return s.launch(ctx)
		}
		if err := s.ask(waiting); err == nil || !passing(err) {
			return nil, s.refused(err)
		}
		if !wait(waiting, askEvery) {
			return nil, fault.New(fault.Unavailable, "Another process has been starting the Postgres of %s for too long; its log may say why: %w",
				s.options.Dir, waiting.Err())
		}
	}
}

// run keeps the server until Close, once this process holds the lock.
func (s *Server) run(child *child) {
	defer close(s.ended)
	defer s.release()
	for failures := 0; ; {
		if child != nil {
			began := time.Now()
			if s.keep(child) {
				return
			}
			if failures++; time.Since(began) > steadyTime {
				failures = 0
			}
			wait(s.ctx, backoff(failures))
		}
		if !s.contend() {
			return
		}
		child = s.relaunch(&failures)
	}
}

// contend waits for the lock; false means that this Server was closed meanwhile.
func (s *Server) contend() bool {
	for s.ctx.Err() == nil {
		locked, err := s.lock.TryLock()
		if locked {
			return true
		}
		if err != nil {
			s.options.Logger.Error("the lock of the embedded Postgres cannot be taken", "dir", s.options.Dir, "error", err)
			wait(s.ctx, 10*time.Second)
		}
		wait(s.ctx, contendEvery)
	}
	return false
}

// relaunch starts the server again. After a failure it gives the lock to whoever may have more luck, and waits.
func (s *Server) relaunch(failures *int) *child {
	child, err := s.launch(s.ctx)
	if err == nil {
		s.options.Logger.Info("the embedded Postgres is started", "dir", s.options.Dir, "pid", child.proc.Pid)
		return child
	}
	_ = s.lock.Unlock()
	if s.ctx.Err() == nil {
		*failures++
		s.options.Logger.Error("the embedded Postgres does not start", "dir", s.options.Dir, "error", err)
		wait(s.ctx, backoff(*failures))
	}
	return nil
}

// steadyTime is how long a server has to live for its end not to count as another failure.
const steadyTime = time.Second

// backoff is short at first: a server that was killed is missed.
func backoff(failures int) time.Duration {
	return min(time.Duration(failures*failures)*20*time.Millisecond, 5*time.Second)
}

// keep waits for the end: of this Server, when the server has been stopped and keep is true, or of the server alone.
func (s *Server) keep(child *child) bool {
	select {
	case <-child.gone:
		s.set(nil)
		s.options.Logger.Warn("the embedded Postgres has stopped and is started again", "dir", s.options.Dir, "pid", child.proc.Pid)
		return false
	case <-s.ctx.Done():
		child.stop(s.options.Logger)
		s.set(nil)
		return true
	}
}

// launch starts the server of the folder, whose lock this process holds, and returns when it takes connections.
func (s *Server) launch(ctx context.Context) (*child, error) {
	i, err := s.install(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx, i); err != nil {
		return nil, err
	}
	if err := endStrays(ctx, s.cluster()); err != nil {
		return nil, err
	}
	if err := s.secure(ctx, i); err != nil {
		return nil, err
	}
	child, err := s.spawn(i)
	if err != nil {
		return nil, err
	}
	s.set(child)
	if err := s.awaitReady(ctx, child); err != nil {
		child.stop(s.options.Logger)
		s.set(nil)
		return nil, err
	}
	return child, nil
}

// awaitReady returns when the server takes connections, however long its recovery takes, or has ended.
func (s *Server) awaitReady(ctx context.Context, child *child) error {
	for {
		err := s.ask(ctx)
		if err == nil || !passing(err) {
			return s.refused(err)
		}
		select {
		case <-child.gone:
			return s.explain(child.said.lines())
		default:
		}
		if !wait(ctx, askEvery) {
			return fault.New(fault.Cancelled, "The embedded Postgres of %s did not get ready in time: %w", s.options.Dir, ctx.Err())
		}
	}
}

// wait tells whether the time has passed before ctx ended.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
