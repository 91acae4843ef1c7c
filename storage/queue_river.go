package storage

import (
	"context"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// River's queues.
const (
	runsQueue   = "runs"
	upkeepQueue = "upkeep"
)

const (
	// fetchCooldown is short, as somebody waits for each run.
	fetchCooldown = time.Millisecond
	// fetchPoll finds jobs whose notice was lost: River sends at most one in each cooldown.
	fetchPoll = 200 * time.Millisecond
	// kept is how long jobs that ended stay. They tell nothing that the run's record does not.
	kept = time.Minute
	// stuck is long, as a token works for as long as there is work. One whose process went away does no harm.
	stuck = 7 * 24 * time.Hour
)

// token is a right to take one run after the other, whichever is the fairest, until none can be taken.
type token struct{}

func (token) Kind() string { return "run" }

// InsertOpts says that a token is used once: when it is lost, Recover makes another.
func (token) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: runsQueue, MaxAttempts: 1}
}

// upkeep is one round of housekeeping.
type upkeep struct{}

func (upkeep) Kind() string { return "upkeep" }

func (upkeep) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: upkeepQueue, MaxAttempts: 1}
}

func (s *Runs) Work(ctx context.Context, crew jobs.Crew) (func(context.Context) error, error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[token]) error {
		crew.Do(ctx)
		return nil
	}))
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[upkeep]) error {
		err := crew.Upkeep(ctx)
		if err != nil && ctx.Err() == nil {
			s.db.logger.WarnContext(ctx, "Files whose time is over could not all be removed; the next round tries again.", "error", err)
		}
		return err
	}))
	client, err := river.NewClient(riverpgxv5.New(s.db.pool), &river.Config{
		Logger: newRiverLog(s.db.logger), Workers: workers, JobTimeout: -1, RescueStuckJobsAfter: stuck,
		Queues:        map[string]river.QueueConfig{runsQueue: {MaxWorkers: crew.Parallel}, upkeepQueue: {MaxWorkers: 1}},
		FetchCooldown: fetchCooldown, FetchPollInterval: fetchPoll,
		CompletedJobRetentionPeriod: kept, CancelledJobRetentionPeriod: kept, DiscardedJobRetentionPeriod: time.Hour,
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(crew.Every),
			func() (river.JobArgs, *river.InsertOpts) { return upkeep{}, nil }, &river.PeriodicJobOpts{RunOnStart: true})},
	})
	if err != nil {
		return nil, err
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, told(err)
	}
	return client.Stop, nil
}
