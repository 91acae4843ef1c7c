package storage

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Create makes a person with groups; the event is completed with the new id. A fault.Conflict when the email is somebody's.
func (s *People) Create(ctx context.Context, person people.New, event people.Event) (*people.Person, error) {
	event.ObjectID = newID()
	err := s.db.audited(ctx, &event, func(tx pgx.Tx) error { return s.create(ctx, tx, event.ObjectID, person) })
	if err != nil {
		return nil, err
	}
	return s.Person(ctx, event.ObjectID)
}

// CreateFirst makes a person only if there is nobody yet. Of several processes that start at once one makes them.
func (s *People) CreateFirst(ctx context.Context, person people.New, event people.Event) (created bool, err error) {
	event.ObjectID = newID()
	err = s.db.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, query("lock_first_person")); err != nil {
			return err
		}
		var n int
		if err := tx.QueryRow(ctx, query("count_people")).Scan(&n); err != nil || n > 0 {
			return err
		}
		created = true
		if err := s.create(ctx, tx, event.ObjectID, person); err != nil {
			return err
		}
		return s.db.record(ctx, tx, event)
	})
	return created && err == nil, err
}

func (s *People) create(ctx context.Context, tx pgx.Tx, id string, person people.New) error {
	_, err := tx.Exec(ctx, query("create_person"), id, person.Email, person.Name, person.Role, person.PasswordHash, person.Temporary, person.Subject, s.db.now())
	if err != nil {
		return taken(err, person.Email)
	}
	for _, group := range person.Groups {
		if err := addMember(ctx, tx, group, id); err != nil {
			return err
		}
	}
	return nil
}

// taken puts it into words when the email is somebody else's.
func taken(err error, email string) error {
	switch {
	case violates(err, uniqueViolation, "people_email"):
		return fault.New(fault.Conflict, "There is somebody with the email %s already.", email)
	case violates(err, uniqueViolation, ""):
		return fault.New(fault.Conflict, "Somebody else signs in with that account of the identity provider.")
	}
	return err
}

// Change changes what is given. The last administrator cannot be made anything else.
func (s *People) Change(ctx context.Context, id string, change people.Change, event people.Event) error {
	email := ""
	if change.Email != nil {
		email = *change.Email
	}
	return s.guarded(ctx, id, &event, func(tx pgx.Tx) error {
		return taken(changeOne(ctx, tx, noPerson, "change_person", id, change.Email, change.Name, change.Role), email)
	})
}

// Disable keeps somebody from signing in, ends their sessions and revokes their tokens at once. The last administrator stays.
func (s *People) Disable(ctx context.Context, id string, event people.Event) error {
	return s.guarded(ctx, id, &event, func(tx pgx.Tx) error {
		if err := changeOne(ctx, tx, noPerson, "disable_person", id, s.db.now()); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, query("end_sessions"), id, nil); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, query("revoke_tokens"), id, s.db.now())
		return err
	})
}

// Enable lets somebody sign in again; sessions and tokens stay ended.
func (s *People) Enable(ctx context.Context, id string, event people.Event) error {
	return s.guarded(ctx, id, &event, func(tx pgx.Tx) error { return changeOne(ctx, tx, noPerson, "enable_person", id) })
}

// Remove forgets somebody; what they did stays in the audit log and in the records of runs. The last administrator stays.
func (s *People) Remove(ctx context.Context, id string, event people.Event) error {
	return s.guarded(ctx, id, &event, func(tx pgx.Tx) error { return changeOne(ctx, tx, noPerson, "remove_person", id) })
}

// guarded runs a change of a person, which fails when it would leave no administrator who can sign in. Two at once wait for each
// other, so that two administrators cannot remove one another.
func (s *People) guarded(ctx context.Context, id string, event *people.Event, do func(tx pgx.Tx) error) error {
	if !isID(id) {
		return fault.New(fault.NotFound, noPerson)
	}
	return s.db.audited(ctx, event, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, query("lock_administrators")); err != nil {
			return err
		}
		var before, after bool
		if err := tx.QueryRow(ctx, query("has_administrator")).Scan(&before); err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, query("has_administrator")).Scan(&after); err != nil {
			return err
		}
		if before && !after {
			return fault.New(fault.Conflict, "This is the last administrator: make somebody else one first.")
		}
		return nil
	})
}

// changeOne runs a statement on the row of an id, and is a fault.NotFound with the sentence when there is none.
func changeOne(ctx context.Context, tx pgx.Tx, sentence, name string, args ...any) error {
	tag, err := tx.Exec(ctx, query(name), args...)
	if err == nil && tag.RowsAffected() == 0 {
		return fault.New(fault.NotFound, "%s", sentence)
	}
	return err
}

// SetPassword keeps the hash, temporary if the person is to change it, and ends the person's sessions but the one that is kept, if any.
func (s *People) SetPassword(ctx context.Context, id, hash string, temporary bool, keepSession string, event people.Event) error {
	if !isID(id) {
		return fault.New(fault.NotFound, noPerson)
	}
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		if err := changeOne(ctx, tx, noPerson, "set_password", id, hash, temporary); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, query("end_sessions"), id, orNull(keepSession))
		return err
	})
}

// Rehash puts a new hash of the same password in the place of the old one, if it is still there.
func (s *People) Rehash(ctx context.Context, id, old, renewed string) error {
	_, err := s.db.pool.Exec(ctx, query("rehash_password"), id, old, renewed)
	return told(err)
}

// SetSubject remembers who the person is at the identity provider. A fault.Conflict when they are somebody else there already.
func (s *People) SetSubject(ctx context.Context, id, subject string, event people.Event) error {
	return s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, query("set_subject"), id, subject)
		if err == nil && tag.RowsAffected() == 0 {
			return fault.New(fault.Conflict, "The person signs in with another account of the identity provider.")
		}
		return taken(err, "")
	})
}
