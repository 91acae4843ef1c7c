package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// beginTrial checks all that can be told before the stream begins. The trial lives as long as the connection.
func (h handlers) beginTrial(ctx context.Context, t tried, trial runner.Trial) (wire.TryRunResponseObject, error) {
	c, ok := ctx.(*gin.Context)
	if !ok {
		return nil, fault.New(fault.Failed, "Events need a connection.")
	}
	actor := actorOf(ctx)
	running, stop := context.WithCancel(c.Request.Context())
	ran, leave, err := h.trials.enter(running, actor.ID)
	if err != nil {
		stop()
		return nil, err
	}
	end := sync.OnceFunc(func() { stop(); leave() })
	details := map[string]any{"sources": listed(t.Sources), "sha256": t.SHA256}
	if trial.Cell != "" {
		details["cell"] = trial.Cell
	}
	if h.Audit != nil {
		err = h.Audit.Record(ctx, actor.Did("trial.run", "report", t.Entry.ID, t.Compiled.Report.Title, details))
	}
	if err != nil {
		end()
		return nil, err
	}
	t.ID = uuid.Must(uuid.NewV7()).String()
	watch := newTrialWatch(t.ID)
	t.Observer = watch
	prepared, err := h.Trials.PrepareTrial(running, t.Request, trial)
	if code := fault.CodeOf(err); err != nil && (code == fault.Invalid || code == fault.NotFound) {
		end()
		return nil, ofDocument(err)
	}
	return &trialStream{
		sse: sse{pulse: h.pulse()}, ctx: running, ran: ran, end: end, watch: watch, prepared: prepared, failed: err, id: visitOf(c).id, now: h.Now, log: h.log,
		still: func() error { return h.stillWrites(c) },
	}, nil
}

// stillWrites is an error once the session has ended, the token was revoked or the person writes reports no more.
func (h handlers) stillWrites(c *gin.Context) error {
	actor, err := h.actor(c, visitOf(c).address)
	if err == nil && !actor.Writes() {
		err = fault.New(fault.Forbidden, "Only analysts and administrators may do that.")
	}
	switch fault.CodeOf(err) {
	case fault.Unauthenticated, fault.Forbidden:
		return err
	}
	return nil
}

// trialStream runs a trial while it tells how that gets on, and what came of it.
type trialStream struct {
	sse
	ctx      context.Context
	ran      func() // lets another trial in
	end      func()
	watch    *trialWatch
	prepared *runner.PreparedTrial
	failed   error // of the preparation, then nothing runs
	still    func() error
	id       string // of the request
	now      func() time.Time
	log      *slog.Logger
}

func (s *trialStream) VisitTryRunResponse(w http.ResponseWriter) error {
	defer s.end()
	s.begin(w)
	started, done := s.now(), make(chan wire.TrialResult, 1)
	go func() { done <- s.execute(started) }()
	result, whole := s.follow(done)
	s.ran() // others need not wait for a client that reads slowly
	if whole {
		s.event("done", "done", result)
	}
	return nil // whatever ended it, the client sees that it ended
}

// follow tells the progress until there is a result. When nobody listens any more, or may no more, the trial is stopped.
func (s *trialStream) follow(done <-chan wire.TrialResult) (result wire.TrialResult, whole bool) {
	pulse := time.NewTicker(s.pulse)
	defer pulse.Stop()
	for listening := true; listening; {
		select {
		case result := <-done:
			return result, true
		case <-s.ctx.Done():
			listening = false
		case <-pulse.C:
			listening = s.still() == nil && s.write(": still here\n\n")
		case <-s.watch.news:
			progress := s.watch.now()
			listening = s.event("progress", fmt.Sprint(progress.Sequence), progressWire(progress))
		}
	}
	s.end()
	return <-done, false // once the source has stopped
}

func (s *trialStream) execute(started time.Time) wire.TrialResult {
	result := wire.TrialResult{
		Status: wire.RunStatus(runner.Failed), Fields: []wire.FieldError{}, Problems: []wire.DocumentProblem{}, Notes: []string{},
		Parts: []wire.RunPart{}, Cells: []wire.TrialCell{}, Charts: []wire.RunChart{},
	}
	if err := s.outcome(&result); err != nil {
		s.blame(err, &result)
	}
	result.Seconds = s.now().Sub(started).Seconds()
	return result
}

// outcome runs what was prepared. A panic would end the process here, where no handler recovers.
func (s *trialStream) outcome(result *wire.TrialResult) (err error) {
	if s.failed != nil {
		return s.failed
	}
	defer func() {
		if thrown := recover(); thrown != nil {
			s.log.LogAttrs(s.ctx, slog.LevelError, "a trial ended in a panic", slog.String("request", s.id),
				slog.String("panic", fmt.Sprint(thrown)), slog.String("stack", string(debug.Stack())))
			err = fmt.Errorf("panic: %v", thrown)
		}
	}()
	tried, err := s.prepared.Execute(s.ctx)
	s.tell(tried, result)
	return err
}

func (s *trialStream) tell(t *runner.Tried, result *wire.TrialResult) {
	result.Status, result.Text, result.Notes = wire.RunStatus(t.Status), t.Text, listed(t.Notes)
	result.Parts, result.Charts = mapped(t.Parts, partWire), mapped(t.Charts, chartWire)
	result.Cells = mapped(t.Cells, func(c runner.CellResult) wire.TrialCell {
		shown := t.Results[c.Name]
		return wire.TrialCell{
			Name: c.Name, Source: c.Source, Rows: c.Rows, Bytes: c.Bytes, Seconds: c.Seconds, Cut: c.Cut, Error: c.Error, Line: t.Lines[c.Name],
			Result: wire.Rows{Columns: mapped(shown.Columns, columnWire), Rows: rowsWire(shown.Rows), Total: int64(len(shown.Rows)), Cut: shown.More},
		}
	})
}

// blame tells an error as a problem would.
func (s *trialStream) blame(err error, result *wire.TrialResult) {
	problem := problemOf(err, s.id)
	result.ErrorCode, result.Error = string(problem.Code), problem.Detail
	var mistakes forms.Errors
	if errors.As(err, &mistakes) {
		result.Fields = fieldsWire(mistakes)
	}
	var one reports.Problem
	if errors.As(err, &one) {
		result.Problems = documentProblems([]reports.Problem{one})
	}
}

func columnWire(c source.Column) wire.Column { return wire.Column(c) }

func rowsWire(rows [][]any) [][]*any {
	return mapped(rows, func(row []any) []*any {
		return mapped(row, func(value any) *any {
			if value == nil {
				return nil
			}
			return &value
		})
	})
}
