package storage

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

const noGroup = "There is no such group."

// Groups keeps groups, who is in them and which values they may choose.
type Groups struct{ db *DB }

// NewGroups keeps groups in the database.
func NewGroups(db *DB) *Groups { return &Groups{db} }

// Groups are all groups by name.
func (s *Groups) Groups(ctx context.Context) ([]people.Group, error) { return s.find(ctx, "") }

// Group is the one of that id.
func (s *Groups) Group(ctx context.Context, id string) (*people.Group, error) {
	if !isID(id) {
		return nil, fault.New(fault.NotFound, noGroup)
	}
	found, err := s.find(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.NotFound, noGroup)
	}
	return &found[0], nil
}

func (s *Groups) find(ctx context.Context, id string) ([]people.Group, error) {
	rows, err := s.db.pool.Query(ctx, query("groups"), id)
	if err != nil {
		return nil, told(err)
	}
	groups, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g people.Group, err error) {
		err = row.Scan(&g.ID, &g.Name, &g.Members, &g.Limits)
		return g, err
	})
	return groups, told(err)
}

// Members are the people in the group.
func (s *Groups) Members(ctx context.Context, id string) ([]people.Person, error) {
	if _, err := s.Group(ctx, id); err != nil {
		return nil, err
	}
	rows, err := s.db.pool.Query(ctx, query("members"), id)
	if err != nil {
		return nil, told(err)
	}
	members, err := pgx.CollectRows(rows, scanPerson)
	return members, told(err)
}

// CreateGroup makes an empty group; the event is completed with its id. A fault.Conflict when the name is taken.
func (s *Groups) CreateGroup(ctx context.Context, name string, event people.Event) (*people.Group, error) {
	event.ObjectID = newID()
	err := s.db.audited(ctx, &event, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, query("create_group"), event.ObjectID, name, s.db.now())
		return nameTaken(err, name)
	})
	if err != nil {
		return nil, err
	}
	return s.Group(ctx, event.ObjectID)
}

func nameTaken(err error, name string) error {
	if violates(err, uniqueViolation, "groups_name") {
		return fault.New(fault.Conflict, "There is a group called %s already.", name)
	}
	return err
}

// RenameGroup gives the group another name.
func (s *Groups) RenameGroup(ctx context.Context, id, name string, event people.Event) error {
	return s.change(ctx, id, &event, func(tx pgx.Tx) error {
		return nameTaken(changeOne(ctx, tx, noGroup, "rename_group", id, name), name)
	})
}

// RemoveGroup removes the group with what was granted to it; its members stay people.
func (s *Groups) RemoveGroup(ctx context.Context, id string, event people.Event) error {
	return s.change(ctx, id, &event, func(tx pgx.Tx) error { return changeOne(ctx, tx, noGroup, "remove_group", id) })
}

// AddMember puts the person into the group; who is in it already stays there.
func (s *Groups) AddMember(ctx context.Context, id, personID string, event people.Event) error {
	return s.change(ctx, id, &event, func(tx pgx.Tx) error { return addMember(ctx, tx, id, personID) })
}

func addMember(ctx context.Context, tx pgx.Tx, group, person string) error {
	if !isID(group) || !isID(person) {
		return fault.New(fault.NotFound, "There is no such person or group.")
	}
	_, err := tx.Exec(ctx, query("add_member"), group, person)
	if violates(err, foreignKeyViolation, "") {
		return fault.New(fault.NotFound, "There is no such person or group.")
	}
	return err
}

// RemoveMember takes the person out of the group.
func (s *Groups) RemoveMember(ctx context.Context, id, personID string, event people.Event) error {
	const sentence = "The person is not in that group."
	if !isID(personID) {
		return fault.New(fault.NotFound, sentence)
	}
	return s.change(ctx, id, &event, func(tx pgx.Tx) error { return changeOne(ctx, tx, sentence, "remove_member", id, personID) })
}

// SetGroupsOf makes the person a member of exactly those groups that have one of the names; names without a group are passed over.
// The event is kept only if something changed.
func (s *Groups) SetGroupsOf(ctx context.Context, personID string, names []string, event people.Event) error {
	if names == nil {
		names = []string{}
	}
	return s.db.inTx(ctx, func(tx pgx.Tx) error {
		joined, err := tx.Exec(ctx, query("join_groups_called"), personID, names)
		if err != nil {
			return err
		}
		left, err := tx.Exec(ctx, query("leave_groups_but"), personID, names)
		if err != nil || joined.RowsAffected()+left.RowsAffected() == 0 {
			return err
		}
		return s.db.record(ctx, tx, event)
	})
}

// SetLimits puts these limits in the place of all the group had.
func (s *Groups) SetLimits(ctx context.Context, id string, limits map[string][]string, event people.Event) error {
	return s.change(ctx, id, &event, func(tx pgx.Tx) error {
		if err := changeOne(ctx, tx, noGroup, "lock_group", id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, query("clear_limits"), id); err != nil {
			return err
		}
		for field, allowed := range limits {
			if allowed == nil {
				allowed = []string{}
			}
			if _, err := tx.Exec(ctx, query("set_limit"), id, field, allowed); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Groups) change(ctx context.Context, id string, event *people.Event, do func(tx pgx.Tx) error) error {
	if !isID(id) {
		return fault.New(fault.NotFound, noGroup)
	}
	return s.db.audited(ctx, event, do)
}
