package accounts

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// ChangePassword puts another in the place of the actor's own, who proves to know the current one, and ends their other sessions.
func (s *Service) ChangePassword(ctx context.Context, actor *people.Actor, current, chosen string) error {
	if actor.Via != people.BySession {
		return fault.New(fault.Forbidden, "A password is changed by the person who is signed in, not with a token.")
	}
	if _, err := s.verify(ctx, actor.Email, current, Origin{Address: actor.Address}); err != nil {
		if fault.CodeOf(err) == fault.Unauthenticated {
			return fault.New(fault.Invalid, "The current password is wrong.")
		}
		return err
	}
	if current == chosen {
		return fault.New(fault.Invalid, "The new password is the current one.")
	}
	return s.setPassword(ctx, actor, &actor.Person, chosen, false, actor.Session)
}

// ResetPassword makes up a password for somebody who forgot theirs, to be told once and changed at the next sign-in. Their sessions end.
func (s *Service) ResetPassword(ctx context.Context, actor *people.Actor, id string) (password string, err error) {
	password = newPassword()
	if err := s.givePassword(ctx, actor, id, password, true); err != nil {
		return "", err
	}
	return password, nil
}

// SetPassword gives somebody a password of the actor's choice. Their sessions end.
func (s *Service) SetPassword(ctx context.Context, actor *people.Actor, id, password string) error {
	return s.givePassword(ctx, actor, id, password, false)
}

func (s *Service) givePassword(ctx context.Context, actor *people.Actor, id, password string, temporary bool) error {
	if err := administers(actor, "give others a password"); err != nil {
		return err
	}
	person, err := s.stores.People.Person(ctx, id)
	if err != nil {
		return err
	}
	return s.setPassword(ctx, actor, person, password, temporary, "")
}

func (s *Service) setPassword(ctx context.Context, actor *people.Actor, person *people.Person, password string, temporary bool, keepSession string) error {
	if err := checkPassword(password, person.Email); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	event := actor.Did("person.password_set", "person", person.ID, person.Email, map[string]any{"temporary": temporary})
	return s.stores.People.SetPassword(ctx, person.ID, hash, temporary, keepSession, event)
}
