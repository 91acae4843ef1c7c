package storage

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// Runs keeps runs, shares them among processes with River, and carries news of them.
type Runs struct {
	db     *DB
	insert *river.Client[pgx.Tx] // takes no work
}

var _ jobs.Storage = (*Runs)(nil)

const noRun = "There is no such run."

// NewRuns keeps runs in the database.
func NewRuns(db *DB) (*Runs, error) {
	client, err := river.NewClient(quiet{riverpgxv5.New(db.pool)}, &river.Config{
		Logger: newRiverLog(db.logger), FetchCooldown: fetchCooldown, FetchPollInterval: fetchPoll,
	})
	if err != nil {
		return nil, err
	}
	return &Runs{db: db, insert: client}, nil
}

// errTaken undoes a creation whose key led to a run meanwhile.
var errTaken = errors.New("the key is taken")

func (s *Runs) Create(ctx context.Context, run jobs.Order, event people.Event) (jobs.Record, bool, error) {
	var record jobs.Record
	err := s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		if err := s.insertRun(ctx, tx, run); err != nil {
			return err
		}
		if err := s.keepKey(ctx, tx, run); err != nil {
			return err
		}
		answered, err := s.answer(ctx, tx, run)
		if err == nil && !answered {
			_, err = s.insert.InsertTx(ctx, tx, token{}, nil)
		}
		if err != nil {
			return err
		}
		record, err = oneRun(ctx, tx, run.ID)
		return err
	})
	if errors.Is(err, errTaken) {
		record, _, err := s.ByKey(ctx, run.PersonID, run.Key, run.Request)
		return record, false, err
	}
	if err == nil && record.Status == runner.Queued {
		s.wake(ctx)
	}
	return record, err == nil, err
}

// quiet is River's driver without notices within the transactions that insert jobs. Postgres lets transactions with a notice commit
// one after another, each with its wait for the disk: many orders at once would hold up every run that begins or ends. wake sends the
// notice when the job is there.
type quiet struct{ *riverpgxv5.Driver }

func (quiet) SupportsListenNotify() bool { return false }

// wake tells the workers that there are tokens. If it fails, they see them when they look by themselves, a moment later.
func (s *Runs) wake(ctx context.Context) {
	if _, err := s.db.pool.Exec(ctx, query("wake_workers")); err != nil {
		s.db.logger.DebugContext(ctx, "the workers were not told of a run", "error", err)
	}
}

// querier is a pool, a connection or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func oneRun(ctx context.Context, on querier, id string) (jobs.Record, error) {
	rows, err := on.Query(ctx, query("run"), id)
	if err != nil {
		return jobs.Record{}, err
	}
	return pgx.CollectExactlyOneRow(rows, toRecord)
}

func (s *Runs) insertRun(ctx context.Context, tx pgx.Tx, run jobs.Order) error {
	if run.PersonID != "" && run.MaxQueued > 0 {
		var queued int
		if err := tx.QueryRow(ctx, query("run_queue_length"), run.PersonID).Scan(&queued); err != nil {
			return err
		}
		if queued >= run.MaxQueued {
			return fault.Later(10*time.Second, "You have %d runs waiting, which is the limit: wait for some of them, or cancel them.", queued)
		}
	}
	allowed := run.Allowed
	if allowed == nil {
		allowed = map[string][]string{}
	}
	_, err := tx.Exec(ctx, query("insert_run"), run.ID, run.ReportID, clean(run.Report), clean(run.Title), run.Revision, run.Document, run.PersonID, run.User,
		run.Via, run.Format, run.Values, run.Hash, allowed, run.Timezone, run.Sources, run.Queued)
	if violates(err, foreignKeyViolation, "") {
		return fault.New(fault.NotFound, "There is no such report.")
	}
	return err
}

func (s *Runs) keepKey(ctx context.Context, tx pgx.Tx, run jobs.Order) error {
	if run.Key == "" || run.PersonID == "" {
		return nil
	}
	tag, err := tx.Exec(ctx, query("insert_run_key"), run.PersonID, run.Key, run.Request, run.ID, run.Queued)
	if err == nil && tag.RowsAffected() == 0 {
		return errTaken
	}
	return err
}

// answer lets a kept result be the run's, if there is one young enough.
func (s *Runs) answer(ctx context.Context, tx pgx.Tx, run jobs.Order) (bool, error) {
	if run.MaxAge <= 0 {
		return false, nil
	}
	var kept string
	err := tx.QueryRow(ctx, query("run_kept"), run.Hash, run.Queued.Add(-run.MaxAge), run.Queued).Scan(&kept)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err == nil {
		_, err = tx.Exec(ctx, query("answer_run"), run.ID, kept, run.Queued)
	}
	return err == nil, err
}

func (s *Runs) ByKey(ctx context.Context, personID, key string, request []byte) (jobs.Record, bool, error) {
	if !isID(personID) || key == "" {
		return jobs.Record{}, false, nil
	}
	var id string
	var asked []byte
	err := s.db.pool.QueryRow(ctx, query("run_key"), personID, key).Scan(&id, &asked)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return jobs.Record{}, false, nil
	case err != nil:
		return jobs.Record{}, false, told(err)
	case !bytes.Equal(asked, request):
		return jobs.Record{}, false, fault.New(fault.Conflict, "This idempotency key was used for another run (%s): use a new key for a new run.", id)
	}
	record, err := s.Run(ctx, id)
	return record, err == nil, err
}

func (s *Runs) Run(ctx context.Context, id string) (jobs.Record, error) {
	if !isID(id) {
		return jobs.Record{}, fault.New(fault.NotFound, noRun)
	}
	record, err := oneRun(ctx, s.db.pool, id)
	return record, orNotFound(err, noRun)
}

func (s *Runs) List(ctx context.Context, viewer string, filter jobs.Filter) ([]jobs.Record, string, error) {
	keys, err := cursorKeys(filter.Page, 2)
	if err != nil {
		return nil, "", err
	}
	before, err := time.Parse(time.RFC3339Nano, keys[0])
	if keys[0] != "" && (err != nil || !isID(keys[1])) {
		return nil, "", fault.New(fault.Invalid, "The cursor is not one of the list of runs: begin again without one.")
	}
	for _, id := range []string{viewer, filter.ReportID, filter.PersonID} {
		if id != "" && !isID(id) {
			return nil, "", nil
		}
	}
	size := pageSize(filter.Page)
	rows, err := s.db.pool.Query(ctx, query("runs"), viewer, filter.ReportID, filter.PersonID, filter.Status, orNull(filter.Since), orNull(before), keys[1], size+1)
	if err != nil {
		return nil, "", told(err)
	}
	records, err := pgx.CollectRows(rows, toRecord)
	next := ""
	if len(records) > size {
		records = records[:size]
		next = cursorAt(records[size-1].Queued.Format(time.RFC3339Nano), records[size-1].ID)
	}
	if err != nil {
		return nil, "", told(err)
	}
	return records, next, s.withFiles(ctx, records)
}

func (s *Runs) Cancel(ctx context.Context, id, by string, event people.Event) (status runner.Status, err error) {
	if !isID(id) {
		return "", fault.New(fault.NotFound, noRun)
	}
	sentence := cancelledBy(by)
	err = s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, query("cancel_run"), id, by, s.db.now(), sentence).Scan(&status, nil)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		record, err := s.Run(ctx, id)
		return record.Status, err
	}
	return status, err
}

// Progress also tells how many runs are ahead of those that wait.
func (s *Runs) Progress(ctx context.Context, ids []string) ([]jobs.Progress, error) {
	rows, err := s.db.pool.Query(ctx, query("run_progress"), ids)
	if err != nil {
		return nil, told(err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (jobs.Progress, error) {
		var id string
		var status runner.Status
		var attempt, ahead int
		var kept *jobs.Progress
		err := row.Scan(&id, &status, &attempt, &kept, &ahead)
		if kept == nil {
			kept = &jobs.Progress{}
		}
		kept.Run, kept.Status, kept.Attempt, kept.Ahead = id, status, attempt, ahead
		return *kept, err
	})
	return all, told(err)
}

func (s *Runs) Files(ctx context.Context, run string) ([]jobs.File, error) {
	if !isID(run) {
		return nil, fault.New(fault.NotFound, noRun)
	}
	files, err := s.filesOf(ctx, []string{run})
	return files[run], err
}

// filesOf are the files that each of the runs shows, in their order.
func (s *Runs) filesOf(ctx context.Context, runs []string) (map[string][]jobs.File, error) {
	rows, err := s.db.pool.Query(ctx, query("run_files"), runs)
	if err != nil {
		return nil, told(err)
	}
	files := map[string][]jobs.File{}
	var f jobs.File
	var run string
	_, err = pgx.ForEachRow(rows, []any{&f.ID, &f.RunID, &f.Number, &f.Name, &f.Format, &f.Key, &f.Rows, &f.Bytes, &f.SHA256, &run}, func() error {
		f.Path = f.Key
		files[run] = append(files[run], f)
		return nil
	})
	return files, told(err)
}

// withFiles gives those of the records that ended well the files they show.
func (s *Runs) withFiles(ctx context.Context, records []jobs.Record) error {
	var ended []string
	for _, record := range records {
		if record.Status == runner.Succeeded {
			ended = append(ended, record.ID)
		}
	}
	if len(ended) == 0 {
		return nil
	}
	files, err := s.filesOf(ctx, ended)
	for i := range records {
		records[i].Files = files[records[i].ID]
	}
	return err
}
