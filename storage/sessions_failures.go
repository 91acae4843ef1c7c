package storage

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/people"
)

// SignIns keeps the attempts to sign in that failed, for all processes together.
type SignIns struct{ db *DB }

// NewSignIns keeps them in the database.
func NewSignIns(db *DB) *SignIns { return &SignIns{db} }

// Attempt lets an attempt through if decide says no wait, and then keeps the counts that decide left in the map, as of now. Until it
// ends no other attempt under one of the keys is decided, so that many at once are counted one by one.
func (s *SignIns) Attempt(ctx context.Context, keys []string, now time.Time, decide func(map[string]people.Failures) time.Duration) (wait time.Duration, err error) {
	keys = slices.Sorted(slices.Values(keys))
	err = s.db.inTx(ctx, func(tx pgx.Tx) error {
		known, err := lockFailures(ctx, tx, keys, now)
		if err != nil {
			return err
		}
		if wait = decide(known); wait > 0 {
			return nil
		}
		counts := make([]int32, len(keys))
		for i, key := range keys {
			counts[i] = int32(known[key].Count)
		}
		_, err = tx.Exec(ctx, query("failures_set"), keys, counts, now)
		return err
	})
	return wait, err
}

func lockFailures(ctx context.Context, tx pgx.Tx, keys []string, now time.Time) (map[string]people.Failures, error) {
	if _, err := tx.Exec(ctx, query("failures_made"), keys, now); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, query("failures_locked"), keys)
	if err != nil {
		return nil, err
	}
	known := map[string]people.Failures{}
	var key string
	var f people.Failures
	_, err = pgx.ForEachRow(rows, []any{&key, &f.Count, &f.Last, &f.Succeeded}, func() error {
		known[key] = f
		f = people.Failures{}
		return nil
	})
	return known, err
}

// Succeeded forgets the failures under some keys and takes back the one attempt counted under the others.
func (s *SignIns) Succeeded(ctx context.Context, forget, takeBack []string, now time.Time) error {
	return s.db.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, query("failures_forgotten"), forget, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, query("failure_taken_back"), takeBack)
		return err
	})
}

// Sweep forgets what failed last before failed and succeeded last before succeeded.
func (s *SignIns) Sweep(ctx context.Context, failed, succeeded time.Time) error {
	_, err := s.db.pool.Exec(ctx, query("sweep_failures"), failed, succeeded)
	return told(err)
}
