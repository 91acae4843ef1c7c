package jobs

import (
	"context"
	"errors"
	"slices"
	"time"
)

const (
	expireTogether = 100
	removeTogether = 500
	// orphaned is the age at which a file that no record knows belongs to nobody.
	orphaned = time.Hour
	// forgetAfter is the age of idempotency keys and of processes that went away.
	forgetAfter = 24 * time.Hour
)

// upkeep is DoUpkeep until the service stops.
func (s *Service) upkeep(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.open, cancel)()
	return s.DoUpkeep(ctx)
}

// DoUpkeep is one round of housekeeping: it removes files whose time is over and those that belong to no run.
func (s *Service) DoUpkeep(ctx context.Context) error {
	return errors.Join(s.expire(ctx), s.sweep(ctx), s.Artifacts.Sweep(ctx), s.Storage.Forget(ctx, s.now().Add(-forgetAfter)))
}

// expire removes files whose time is over. The record says so first: nobody is led to a file that is half removed, and what is left
// after a crash is found by the sweep.
func (s *Service) expire(ctx context.Context) error {
	for {
		runs, err := s.Storage.Expire(ctx, s.now(), expireTogether)
		if err != nil || len(runs) == 0 {
			return err
		}
		for _, run := range runs {
			if err := s.removeAll(ctx, runPrefix(run)); err != nil {
				return err
			}
		}
	}
}

func (s *Service) removeAll(ctx context.Context, prefix string) error {
	var keys []string
	for stored, err := range s.Artifacts.List(ctx, prefix) {
		if err != nil {
			return err
		}
		keys = append(keys, stored.Key)
	}
	return s.Artifacts.Remove(ctx, keys...)
}

// sweep removes the files that no record leads to: of attempts whose process went away, of runs that are no more.
func (s *Service) sweep(ctx context.Context) error {
	old := s.now().Add(-orphaned)
	var batch []string
	for stored, err := range s.Artifacts.List(ctx, allRuns) {
		if err != nil {
			return err
		}
		if stored.Modified.After(old) {
			continue
		}
		if batch = append(batch, stored.Key); len(batch) == removeTogether {
			if err := s.removeOrphans(ctx, batch); err != nil {
				return err
			}
			batch = nil
		}
	}
	return s.removeOrphans(ctx, batch)
}

func (s *Service) removeOrphans(ctx context.Context, keys []string) error {
	runs := map[string]bool{}
	for _, key := range keys {
		if run, _, ok := runOf(key); ok {
			runs[run] = true
		}
	}
	if len(runs) == 0 {
		return nil
	}
	ids := make([]string, 0, len(runs))
	for run := range runs {
		ids = append(ids, run)
	}
	known, err := s.Storage.Known(ctx, ids)
	if err != nil {
		return err
	}
	return s.Artifacts.Remove(ctx, slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return !orphan(key, known) })...)
}

// orphan tells whether nothing leads to a file that is not new. Keys that are none of ours are left alone.
func orphan(key string, known map[string]Known) bool {
	run, attempt, ours := runOf(key)
	record, exists := known[run]
	switch {
	case !ours:
		return false
	case !exists, record.Removed, attempt < record.Attempt:
		return true
	}
	return final(record.Status) && !slices.Contains(record.Keys, key)
}
