package storage

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// noted is how exactly it is kept when a session or token was used last, which spares a write on nearly every request.
const noted = time.Minute

// Sessions keeps who is signed in. Of a session's token only the hash is known here.
type Sessions struct{ db *DB }

// NewSessions keeps sessions in the database.
func NewSessions(db *DB) *Sessions { return &Sessions{db} }

// Start keeps a session with its event and returns the session's id.
func (s *Sessions) Start(ctx context.Context, session people.Session, hash []byte, event people.Event) (id string, err error) {
	id = newID()
	return id, s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, query("create_session"), id, hash, session.PersonID, session.Created, session.Expires, session.Address, session.Agent)
		return err
	})
}

// Actor is whose session the token's hash is of, if it has not expired, was used after idleSince and the person is not disabled; else
// a fault.NotFound. It notes that the session is in use.
func (s *Sessions) Actor(ctx context.Context, hash []byte, now, idleSince time.Time) (*people.Actor, error) {
	actor, seen := &people.Actor{Via: people.BySession}, time.Time{}
	row := s.db.pool.QueryRow(ctx, query("actor_by_session"), hash, now, idleSince)
	if err := row.Scan(append(actorColumns(actor), &actor.Session, &seen)...); err != nil {
		return nil, orNotFound(err, "There is no such session.")
	}
	if seen.After(now.Add(-noted)) {
		return actor, nil
	}
	_, err := s.db.pool.Exec(ctx, query("session_seen"), actor.Session, now)
	return actor, told(err)
}

// Sessions are the person's that still open something, the last used first.
func (s *Sessions) Sessions(ctx context.Context, personID string, now, idleSince time.Time) ([]people.Session, error) {
	if !isID(personID) {
		return nil, nil
	}
	rows, err := s.db.pool.Query(ctx, query("sessions"), personID, now, idleSince)
	if err != nil {
		return nil, told(err)
	}
	sessions, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (v people.Session, err error) {
		err = row.Scan(&v.ID, &v.PersonID, &v.Created, &v.Seen, &v.Expires, &v.Address, &v.Agent)
		return v, err
	})
	return sessions, told(err)
}

// End ends one session of the person.
func (s *Sessions) End(ctx context.Context, personID, id string, event people.Event) error {
	const sentence = "There is no such session."
	if !isID(personID) || !isID(id) {
		return fault.New(fault.NotFound, sentence)
	}
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error { return changeOne(ctx, tx, sentence, "end_session", personID, id) })
}

// EndAll ends all sessions of the person but the one that is kept, if any.
func (s *Sessions) EndAll(ctx context.Context, personID, keep string, event people.Event) error {
	if !isID(personID) {
		return fault.New(fault.NotFound, noPerson)
	}
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, query("end_sessions"), personID, orNull(keep))
		return err
	})
}

// Sweep forgets sessions that expired before now or were last used before idleSince.
func (s *Sessions) Sweep(ctx context.Context, now, idleSince time.Time) error {
	_, err := s.db.pool.Exec(ctx, query("sweep_sessions"), now, idleSince)
	return told(err)
}
