package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// Claim asks under a lock, in one round trip, so that two claims never count the same free place.
func (s *Runs) Claim(ctx context.Context, claim jobs.Claim) (record jobs.Record, found bool, err error) {
	sources, runs := limitsOf(claim)
	batch := &pgx.Batch{}
	batch.Queue(query("lock_claims"))
	batch.Queue(query("claim_run"), claim.Worker, claim.Lease.Seconds(), claim.PerPerson, sources, runs, claim.Now).Query(func(rows pgx.Rows) error {
		records, err := pgx.CollectRows(rows, toRecord)
		if len(records) > 0 {
			record, found = records[0], true
		}
		return err
	})
	err = s.db.pool.SendBatch(ctx, batch).Close()
	return record, found, told(err)
}

func limitsOf(claim jobs.Claim) (sources []string, runs []int) {
	for source, limit := range claim.Sources {
		if limit > 0 {
			sources, runs = append(sources, source), append(runs, limit)
		}
	}
	return sources, runs
}

func (s *Runs) Renew(ctx context.Context, process jobs.Process, lease time.Duration, runs []jobs.Lease) (held []jobs.Held, err error) {
	ids, attempts, progress := make([]string, len(runs)), make([]int, len(runs)), make([]*string, len(runs))
	for i, run := range runs {
		ids[i], attempts[i] = run.Run, run.Attempt
		if progress[i], err = progressText(run.Progress); err != nil {
			return nil, err
		}
	}
	batch := &pgx.Batch{}
	batch.Queue(query("keep_process"), process.ID, process.Host, process.PID, orEmpty(process.Roles), process.Version, process.Started)
	if len(runs) > 0 {
		batch.Queue(query("renew_runs"), process.ID, lease.Seconds(), ids, attempts, progress).Query(func(rows pgx.Rows) (err error) {
			held, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (h jobs.Held, err error) {
				err = row.Scan(&h.Run, &h.Attempt, &h.Cancelled, &h.CancelledBy)
				return h, err
			})
			return err
		})
	}
	err = s.db.pool.SendBatch(ctx, batch).Close()
	return held, told(err)
}

func progressText(progress *jobs.Progress) (*string, error) {
	if progress == nil {
		return nil, nil
	}
	data, err := json.Marshal(progress)
	text := string(data)
	return &text, err
}

func (s *Runs) Finish(ctx context.Context, end jobs.End) (bool, error) {
	progress, err := progressText(end.Progress)
	if err != nil {
		return false, err
	}
	run, files := end.Result, filesOf(end)
	var done int
	err = s.db.pool.QueryRow(ctx, query("finish_run"), end.Run, end.Attempt, end.Worker, run.Status, run.Finished, end.ErrorCode, clean(run.Error),
		cleanAll(run.Notes), clean(run.Text), orEmpty(run.Cells), orEmpty(run.Charts), orEmpty(cleanParts(run.Parts)), clean(run.Title), progress,
		orNull(end.FilesExpire), end.CancelledBy,
		files.ids, files.numbers, files.names, files.formats, files.keys, files.rows, files.bytes, files.sums).Scan(&done)
	if err == nil && done > 0 {
		s.tellEnd(ctx, end)
	}
	if err != nil || done > 0 {
		return done > 0, told(err)
	}
	// An earlier call may have done it and not heard so.
	var finished bool
	err = s.db.pool.QueryRow(ctx, query("has_finished_run"), end.Run, end.Attempt, end.Worker).Scan(&finished)
	return finished, told(err)
}

// tellEnd lets those who watch know. Who is not told finds out by asking again.
func (s *Runs) tellEnd(ctx context.Context, end jobs.End) {
	news := jobs.Event{Progress: jobs.Progress{Run: end.Run, Status: end.Result.Status, Attempt: end.Attempt}}
	if err := s.Tell(ctx, []jobs.Event{news}); err != nil {
		s.db.logger.DebugContext(ctx, "the end of a run was not told", "run", end.Run, "error", err)
	}
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// fileColumns are the artifacts of a run, column by column.
type fileColumns struct {
	ids, names, formats, keys, sums []string
	numbers                         []int
	rows, bytes                     []int64
}

func filesOf(end jobs.End) (f fileColumns) {
	for i, artifact := range end.Result.Artifacts {
		f.ids, f.numbers = append(f.ids, newID()), append(f.numbers, i+1)
		f.names, f.formats, f.keys = append(f.names, clean(artifact.Name)), append(f.formats, artifact.Format), append(f.keys, artifact.Path)
		f.rows, f.bytes, f.sums = append(f.rows, artifact.Rows), append(f.bytes, artifact.Bytes), append(f.sums, artifact.SHA256)
	}
	return f
}

func (s *Runs) Return(ctx context.Context, lease jobs.Lease) (returned bool, err error) {
	err = s.db.inTx(ctx, func(tx pgx.Tx) error {
		var status string
		err := tx.QueryRow(ctx, query("return_run"), lease.Run, lease.Attempt, lease.Worker, s.db.now(), "The run was cancelled.").Scan(&status, nil)
		if err == nil {
			_, err = s.insert.InsertTx(ctx, tx, token{}, nil)
		}
		return err
	})
	if fault.CodeOf(orNotFound(err, noRun)) == fault.NotFound {
		return false, nil
	}
	if err == nil {
		s.wake(ctx)
	}
	return err == nil, err
}

func (s *Runs) Recover(ctx context.Context, limits jobs.Claim, lost, tokens int) (int, error) {
	rows, err := s.db.pool.Query(ctx, query("recover_runs"), lost, limits.Now, "The run was cancelled.",
		fmt.Sprintf("The run was begun %d times, and each time its process went away before it ended. Ask the administrator to look at memory and logs, or narrow the form.", lost))
	if err != nil {
		return 0, told(err)
	}
	gone, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (id string, err error) {
		err = row.Scan(&id, nil)
		return id, err
	})
	if err != nil {
		return 0, told(err)
	}
	sources, runs := limitsOf(limits)
	var missing int
	if err := s.db.pool.QueryRow(ctx, query("missing_tokens"), limits.PerPerson, sources, runs, tokens).Scan(&missing); err != nil {
		return len(gone), told(err)
	}
	if missing > 0 {
		_, err = s.insert.InsertMany(ctx, slices.Repeat([]river.InsertManyParams{{Args: token{}}}, missing))
		s.wake(ctx)
	}
	return len(gone), told(err)
}

func (s *Runs) Processes(ctx context.Context) ([]jobs.Process, error) {
	rows, err := s.db.pool.Query(ctx, query("processes"))
	if err != nil {
		return nil, told(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByName[jobs.Process])
	return all, told(err)
}

func (s *Runs) Stats(ctx context.Context) (stats jobs.Stats, err error) {
	var oldest *time.Time
	if err := s.db.pool.QueryRow(ctx, query("queue_stats")).Scan(&stats.Queued, &oldest); err != nil {
		return stats, told(err)
	}
	stats.Oldest, stats.Running = moment(oldest), map[string]int{}
	rows, err := s.db.pool.Query(ctx, query("running_by_source"))
	if err != nil {
		return stats, told(err)
	}
	var source string
	var runs int
	_, err = pgx.ForEachRow(rows, []any{&source, &runs}, func() error {
		stats.Running[source] = runs
		return nil
	})
	return stats, told(err)
}
