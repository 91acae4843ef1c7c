package jobs

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/templates"
)

func (s *Service) claim() Claim {
	return Claim{Worker: s.process.ID, Lease: s.Lease, PerPerson: s.PersonParallel, Sources: s.SourceParallel(), Now: s.now()}
}

// work does one run after the other until none can be taken.
func (s *Service) work() {
	for !s.active.isClosed() {
		record, found, err := s.Storage.Claim(s.ctx, s.claim())
		if err != nil {
			s.Logger.WarnContext(s.ctx, "no run could be taken from the queue", "error", err)
		}
		if err != nil || !found {
			return
		}
		s.do(record)
	}
}

// do executes a run that is this process's, and keeps how it ended.
func (s *Service) do(record Record) {
	run := s.active.add(s.Witness.Began(s.ctx, record), record, s.process.ID)
	defer s.active.remove(run)
	logger := s.Logger.With("run", record.ID, "attempt", record.Attempt, "report", record.Report)
	logger.InfoContext(s.ctx, "the run begins", "person", record.PersonID, "waited", record.Started.Sub(record.Queued).Seconds())
	if s.active.isClosed() {
		run.cancel(errStopping)
	}
	result, err := s.execute(run)
	why := context.Cause(run.ctx)
	switch {
	case err != nil && errors.Is(why, errLost):
		logger.WarnContext(s.ctx, "the run is another process's by now")
		s.discard(run)
	case err != nil && (errors.Is(why, errStopping) || s.ctx.Err() != nil):
		s.giveBack(run)
	default:
		end := s.end(run, result, err)
		s.finish(run, end)
		s.Witness.Ended(run.ctx, record, end.Result, end.ErrorCode)
		logger.InfoContext(s.ctx, "the run ended", "status", result.Status, "seconds", result.Finished.Sub(record.Started).Seconds(), "error", result.Error)
	}
}

// execute prepares the run again, as it was when it was ordered, and runs it.
func (s *Service) execute(run *attempt) (result runner.Run, err error) {
	result = run.Run
	defer func() {
		if r := recover(); r != nil {
			s.Logger.ErrorContext(s.ctx, "a run ended in a panic", "run", run.ID, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
			err = fault.New(fault.Failed, "The run failed because of a mistake in Vitrina; the log has more.")
		}
		if err != nil && !final(result.Status) {
			result.Status, result.Error, result.Finished = runner.Failed, err.Error(), s.now()
			if fault.CodeOf(err) == fault.Cancelled || run.ctx.Err() != nil {
				result.Status = runner.Cancelled
			}
		}
	}()
	report, user, err := s.ordered(run)
	if err != nil {
		return result, err
	}
	s.stopEarlier(run, report)
	request := toRunner(run.Record, report, user)
	request.Out, request.Keep, request.Observer = &output{files: s.Artifacts, prefix: prefixOf(run.ID, run.Attempt)}, s.Keep, run
	prepared, err := s.Runner.Prepare(run.ctx, request)
	if err != nil {
		return result, err
	}
	done, err := prepared.Execute(run.ctx)
	return *done, err
}

// patience is how long a run waits for a database that is away.
const patience = time.Minute

// ordered are the report and the person of a run, as they are now.
func (s *Service) ordered(run *attempt) (report Kept, user templates.User, err error) {
	err = patiently(run.ctx, func() (err error) {
		if report, err = s.Reports.Report(run.ctx, run.ReportID, run.Revision); err != nil {
			return err
		}
		user, err = s.orderer(run)
		return err
	})
	return report, user, err
}

// orderer is who ordered the run, if they could sign in now; what Vitrina or a command ordered is nobody's.
func (s *Service) orderer(run *attempt) (templates.User, error) {
	if run.PersonID == "" && run.Via != people.BySession && run.Via != people.ByToken {
		return templates.User{Email: run.User}, nil
	}
	actor, err := s.Rights.Actor(run.ctx, run.PersonID)
	if fault.CodeOf(err) == fault.NotFound {
		err = fault.New(fault.Forbidden, "The run was not begun, as %s has no account any more, or one that is disabled.", run.User)
	}
	if err != nil {
		return templates.User{}, err
	}
	return userOf(actor), nil
}

// patiently does something again while the database is away.
func patiently(ctx context.Context, do func() error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		err := do()
		if fault.CodeOf(err) != fault.Unavailable || !pause(ctx, wait) {
			return err
		}
	}
}

func pause(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// stopEarlier ends what processes that are gone may have left running. A source that does not answer will be told of by the run.
func (s *Service) stopEarlier(run *attempt, report Kept) {
	for earlier := 1; earlier < run.Attempt; earlier++ {
		if err := s.Runner.Stop(run.ctx, report.Compiled, run.ID, earlier); err != nil {
			s.Logger.WarnContext(run.ctx, "an earlier attempt's query could not be stopped", "run", run.ID, "attempt", earlier, "error", err)
		}
	}
}

// end is what is kept of how a run ended.
func (s *Service) end(run *attempt, result runner.Run, err error) End {
	progress := run.last()
	end := End{Lease: run.lease, Result: result}
	end.Progress = &progress
	progress.Status = result.Status
	if err != nil {
		end.ErrorCode = string(fault.CodeOf(err))
	}
	var wish cancelled
	if result.Status == runner.Cancelled && errors.As(context.Cause(run.ctx), &wish) {
		end.Result.Error, end.ErrorCode, end.CancelledBy = wish.Error(), string(fault.Cancelled), wish.by
	}
	if s.Retention > 0 && hasFiles(result) {
		end.FilesExpire = result.Finished.Add(s.Retention)
	}
	return end
}

func hasFiles(result runner.Run) bool {
	for _, cell := range result.Cells {
		if cell.Kept != nil {
			return true
		}
	}
	return len(result.Artifacts) > 0
}

// finish keeps how the run ended, however long the database is away: until the answer is that it is kept, or that the run is
// another's. Only in that case are its files nobody's.
func (s *Service) finish(run *attempt, end End) {
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		kept, err := s.Storage.Finish(s.ctx, end)
		switch {
		case err == nil && !kept:
			s.Logger.WarnContext(s.ctx, "the run ended here but is another process's by now", "run", run.ID, "attempt", run.Attempt)
			s.discard(run)
			return
		case err == nil:
			return
		case fault.CodeOf(err) == fault.Unavailable && pause(s.ctx, wait):
			continue
		case end.ErrorCode == "" && s.ctx.Err() == nil:
			s.Logger.ErrorContext(s.ctx, "a run's end could not be kept", "run", run.ID, "error", err, "cause", behind(err))
			end = s.unkeepable(run, end)
		default:
			// The lease ends by itself: another process takes the run up.
			s.Logger.ErrorContext(s.ctx, "a run's end could not be kept", "run", run.ID, "error", err, "cause", behind(err))
			return
		}
	}
}

// behind is what the database itself said, which the log alone is told.
func behind(err error) error {
	var known *fault.Error
	if errors.As(err, &known) {
		return known.Cause
	}
	return nil
}

// unkeepable is the end of a run whose result the database refuses.
func (s *Service) unkeepable(run *attempt, end End) End {
	result := run.Run
	result.Status, result.Finished = runner.Failed, end.Result.Finished
	result.Error = "The run ended well, but its record could not be kept; the log has more."
	return End{Lease: run.lease, Result: result, ErrorCode: string(fault.Failed)}
}

// giveBack queues a run again that this process has no time for.
func (s *Service) giveBack(run *attempt) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), lastWords)
	defer cancel()
	if _, err := s.Storage.Return(ctx, run.lease); err != nil {
		s.Logger.WarnContext(ctx, "a run could not be given back to the queue; another process takes it up when its lease ends", "run", run.ID, "error", err)
	}
	s.discard(run)
}

// discard removes the files of an attempt that counts for nothing. What is left is found by the upkeep.
func (s *Service) discard(run *attempt) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), lastWords)
	defer cancel()
	if err := s.removeAll(ctx, prefixOf(run.ID, run.Attempt)); err != nil {
		s.Logger.WarnContext(ctx, "the files of a run that was lost could not be removed yet", "run", run.ID, "error", err)
	}
}
