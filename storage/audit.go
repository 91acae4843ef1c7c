package storage

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Audit keeps who did what to what. Nothing here changes an event; the database refuses it too.
type Audit struct{ db *DB }

var _ people.Auditor = (*Audit)(nil)

// NewAudit keeps the audit log in the database.
func NewAudit(db *DB) *Audit { return &Audit{db} }

// Record keeps the event. Stores that change something keep theirs in the transaction of the change.
func (a *Audit) Record(ctx context.Context, event people.Event) error {
	return told(a.db.record(ctx, a.db.pool, event))
}

// executor is a pool, a connection or a transaction.
type executor interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// record keeps the events through a pool or within a transaction.
func (db *DB) record(ctx context.Context, on executor, events ...people.Event) error {
	for _, e := range events {
		if e.At.IsZero() {
			e.At = db.now()
		}
		if e.Details == nil {
			e.Details = map[string]any{}
		}
		if _, err := on.Exec(ctx, query("record_event"), e.At, e.PersonID, e.Person, e.Via, e.Address, e.Action,
			e.ObjectKind, e.ObjectID, e.ObjectName, e.Details); err != nil {
			return err
		}
	}
	return nil
}

// audited runs do in a transaction that keeps the event too: the change happens with its record or not at all. do may complete the
// event.
func (db *DB) audited(ctx context.Context, event *people.Event, do func(tx pgx.Tx) error) error {
	return db.inTx(ctx, func(tx pgx.Tx) error {
		if err := do(tx); err != nil {
			return err
		}
		return db.record(ctx, tx, *event)
	})
}

// Events are the newest first. next is the cursor of the next page, empty on the last.
func (a *Audit) Events(ctx context.Context, filter people.EventFilter) (events []people.Event, next string, err error) {
	before, err := eventCursor(filter.Page)
	if err != nil {
		return nil, "", err
	}
	if filter.PersonID != "" && !isID(filter.PersonID) {
		return nil, "", nil
	}
	size := pageSize(filter.Page)
	rows, err := a.db.pool.Query(ctx, query("events"), filter.PersonID, filter.Person, filter.Action, filter.ObjectKind, filter.ObjectID,
		orNull(filter.Since), orNull(filter.Until), filter.Text, before, size+1)
	if err != nil {
		return nil, "", told(err)
	}
	events, err = pgx.CollectRows(rows, scanEvent)
	if len(events) > size {
		events = events[:size]
		next = cursorAt(strconv.FormatInt(events[size-1].ID, 10))
	}
	return events, next, told(err)
}

// eventCursor is the id before which the page begins, 0 for the newest.
func eventCursor(page people.Page) (int64, error) {
	keys, err := cursorKeys(page, 1)
	if err != nil || keys[0] == "" {
		return 0, err
	}
	id, err := strconv.ParseInt(keys[0], 10, 64)
	if err != nil {
		return 0, fault.New(fault.Invalid, "The cursor is not one of the audit log: begin again without one.")
	}
	return id, nil
}

func scanEvent(row pgx.CollectableRow) (e people.Event, err error) {
	err = row.Scan(&e.ID, &e.At, &e.PersonID, &e.Person, &e.Via, &e.Address, &e.Action, &e.ObjectKind, &e.ObjectID, &e.ObjectName, &e.Details)
	return e, err
}
