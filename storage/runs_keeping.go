package storage

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

func (s *Runs) Expire(ctx context.Context, now time.Time, limit int) ([]string, error) {
	rows, err := s.db.pool.Query(ctx, query("expire_runs"), now, limit)
	if err != nil {
		return nil, told(err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	slices.Sort(ids) // one of each run that shows the result
	return slices.Compact(ids), told(err)
}

func (s *Runs) Known(ctx context.Context, runs []string) (map[string]jobs.Known, error) {
	rows, err := s.db.pool.Query(ctx, query("known_files"), slices.DeleteFunc(slices.Clone(runs), func(id string) bool { return !isID(id) }))
	if err != nil {
		return nil, told(err)
	}
	all := map[string]jobs.Known{}
	var id string
	var known jobs.Known
	var cells []runner.CellResult
	_, err = pgx.ForEachRow(rows, []any{&id, &known.Attempt, &known.Status, &known.Removed, &cells, &known.Keys}, func() error {
		for _, cell := range cells {
			if cell.Kept != nil {
				known.Keys = append(known.Keys, cell.Kept.Path)
			}
		}
		all[id], known, cells = known, jobs.Known{}, nil
		return nil
	})
	return all, told(err)
}

func (s *Runs) Forget(ctx context.Context, before time.Time) error {
	for _, name := range []string{"forget_run_keys", "forget_processes"} {
		if _, err := s.db.pool.Exec(ctx, query(name), before); err != nil {
			return told(err)
		}
	}
	return nil
}
