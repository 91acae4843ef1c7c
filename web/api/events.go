package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// WatchRun streams how the run gets on: an event `progress` for its present state and for each that follows, then `done` with the run.
func (h handlers) WatchRun(ctx context.Context, request wire.WatchRunRequestObject) (wire.WatchRunResponseObject, error) {
	c, ok := ctx.(*gin.Context)
	if !ok {
		return nil, fault.New(fault.Failed, "Events need a connection.")
	}
	watching, stop := context.WithCancel(c.Request.Context())
	news, err := h.Runs.Watch(watching, request.Run)
	if err != nil {
		stop()
		return nil, err
	}
	return &eventStream{
		sse: sse{pulse: h.pulse()}, ctx: watching, stop: stop, news: news,
		ended: func() (wire.Run, error) { return h.runNow(c, request.Run) },
		still: func() error { return h.stillMay(c, request.Run) },
	}, nil
}

// stillMay is an error once the session has ended, the token was revoked or the run is no longer the person's to see. What only
// breaks for a moment is none.
func (h handlers) stillMay(c *gin.Context, run string) error {
	actor, err := h.actor(c, visitOf(c).address)
	if err == nil {
		_, err = h.Runs.Get(c, actor, run)
	}
	switch fault.CodeOf(err) {
	case fault.Unauthenticated, fault.Forbidden, fault.NotFound:
		return err
	}
	return nil
}

// eventStream writes server-sent events until the run has ended or the client has gone.
type eventStream struct {
	sse
	ctx   context.Context
	stop  context.CancelFunc
	news  <-chan jobs.Progress
	ended func() (wire.Run, error)
	still func() error

	last jobs.Progress
}

// comeBack is how many milliseconds a client waits before it connects again.
const comeBack = 2000

func (s *eventStream) VisitWatchRunResponse(w http.ResponseWriter) error {
	defer s.stop()
	s.begin(w)
	pulse := time.NewTicker(s.pulse)
	defer pulse.Stop()
	more := s.write("retry: %d\n\n", comeBack)
	for more {
		more = s.next(pulse.C)
	}
	return nil // whatever ended it, the client sees that it ended
}

// next writes what comes next; it is false when nothing more is to come.
func (s *eventStream) next(pulse <-chan time.Time) bool {
	select {
	case <-s.ctx.Done():
		return false
	case <-pulse:
		return s.still() == nil && s.write(": still here\n\n")
	case progress, open := <-s.news:
		if !open {
			s.finish()
			return false
		}
		s.last = progress
		return s.event("progress", fmt.Sprintf("%d.%d", progress.Attempt, progress.Sequence), progressWire(progress))
	}
}

// finish tells the run, if it has ended and the person may still see it. Otherwise the client comes back and asks again.
func (s *eventStream) finish() {
	if s.ctx.Err() != nil || !s.last.Final() || s.still() != nil {
		return
	}
	if run, err := s.ended(); err == nil {
		s.event("done", fmt.Sprintf("%d.done", run.Attempt), run)
	}
}
