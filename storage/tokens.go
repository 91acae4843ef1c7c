package storage

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

const noToken = "There is no such token."

// Tokens keeps the API tokens of people by their hashes.
type Tokens struct{ db *DB }

// NewTokens keeps tokens in the database.
func NewTokens(db *DB) *Tokens { return &Tokens{db} }

// Create keeps a token; the event is completed with its id.
func (s *Tokens) Create(ctx context.Context, token people.Token, hash []byte, event people.Event) (*people.Token, error) {
	event.ObjectID = newID()
	err := s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, query("create_token"), event.ObjectID, token.PersonID, token.Name, hash, token.Hint, token.Scopes, s.db.now(), token.Expires)
		if violates(err, foreignKeyViolation, "") {
			return fault.New(fault.NotFound, noPerson)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.Token(ctx, event.ObjectID)
}

// Actor is who a token of that hash acts as, unless it was revoked, has expired or the person is disabled; then it is a
// fault.NotFound. It notes that the token is in use.
func (s *Tokens) Actor(ctx context.Context, hash []byte, now time.Time) (*people.Actor, error) {
	actor, stale := &people.Actor{Via: people.ByToken}, false
	row := s.db.pool.QueryRow(ctx, query("actor_by_token"), hash, now, now.Add(-noted))
	if err := row.Scan(append(actorColumns(actor), &actor.Session, &actor.Scopes, &stale)...); err != nil {
		return nil, orNotFound(err, noToken)
	}
	if !stale {
		return actor, nil
	}
	_, err := s.db.pool.Exec(ctx, query("token_used"), actor.Session, now)
	return actor, told(err)
}

// Token is the one of that id.
func (s *Tokens) Token(ctx context.Context, id string) (*people.Token, error) {
	if !isID(id) {
		return nil, fault.New(fault.NotFound, noToken)
	}
	rows, err := s.db.pool.Query(ctx, query("token"), id)
	if err != nil {
		return nil, told(err)
	}
	token, err := pgx.CollectExactlyOneRow(rows, scanToken)
	if err != nil {
		return nil, orNotFound(err, noToken)
	}
	return &token, nil
}

// Tokens are the person's, revoked and expired ones too, or everybody's for "". The newest comes first.
func (s *Tokens) Tokens(ctx context.Context, personID string) ([]people.Token, error) {
	if personID != "" && !isID(personID) {
		return nil, nil
	}
	rows, err := s.db.pool.Query(ctx, query("tokens"), personID)
	if err != nil {
		return nil, told(err)
	}
	tokens, err := pgx.CollectRows(rows, scanToken)
	return tokens, told(err)
}

func scanToken(row pgx.CollectableRow) (t people.Token, err error) {
	err = row.Scan(&t.ID, &t.PersonID, &t.Person, &t.Name, &t.Hint, &t.Scopes, &t.Created, &t.Expires, &t.Used, &t.Revoked)
	return t, err
}

// Revoke makes the token worthless at once.
func (s *Tokens) Revoke(ctx context.Context, id string, event people.Event) error {
	if !isID(id) {
		return fault.New(fault.NotFound, noToken)
	}
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error { return changeOne(ctx, tx, noToken, "revoke_token", id, s.db.now()) })
}
