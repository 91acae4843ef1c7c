package accounts

import (
	"context"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Origin is where a request comes from.
type Origin struct {
	Address string // IP address
	Agent   string // what the browser calls itself
}

const (
	wrongPassword = "The email or the password is wrong."
	isDisabled    = "The account is disabled: ask an administrator of Vitrina."
)

// SignIn starts a session. token is for the browser's cookie and kept nowhere. A wrong password is a fault.Unauthenticated, and after
// a few of them a fault.TooMany with the time to wait.
func (s *Service) SignIn(ctx context.Context, email, password string, origin Origin) (token string, actor *people.Actor, err error) {
	if s.noPasswords {
		return "", nil, fault.New(fault.Forbidden, "Nobody signs in by password here: use single sign-on.")
	}
	found, err := s.verify(ctx, email, password, origin)
	if err != nil {
		return "", nil, err
	}
	return s.startSession(ctx, found.PersonID, origin, "password")
}

// verify compares a password under the throttle. Somebody unknown takes as long as a wrong password.
func (s *Service) verify(ctx context.Context, email, password string, origin Origin) (people.Credentials, error) {
	email = normalEmail(email)
	succeeded, err := s.admit(ctx, email, origin.Address)
	if err != nil {
		return people.Credentials{}, err
	}
	found, err := s.stores.People.Credentials(ctx, email)
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return people.Credentials{}, err
	}
	ok, renew, err := s.hasher.matches(ctx, password, found.PasswordHash)
	switch {
	case err != nil:
		return people.Credentials{}, err
	case !ok:
		return people.Credentials{}, s.refuse(ctx, found, origin, wrongPassword)
	case found.Disabled:
		return people.Credentials{}, s.refuse(ctx, found, origin, isDisabled)
	}
	if err := succeeded(ctx); err != nil {
		return people.Credentials{}, err
	}
	if renew {
		s.rehash(ctx, found, password)
	}
	return found, nil
}

// refuse records an attempt that failed and says why. The email that was given is recorded only if it is somebody's.
func (s *Service) refuse(ctx context.Context, found people.Credentials, origin Origin, sentence string) error {
	who := people.Actor{Person: people.Person{ID: found.PersonID, Email: found.Email}, Via: people.BySession, Address: origin.Address}
	if found.PersonID == "" {
		who.Email = "unknown"
	}
	event := who.Did("session.refused", "person", found.PersonID, found.Email, map[string]any{"reason": sentence})
	if err := s.stores.Audit.Record(ctx, event); err != nil {
		return err
	}
	return fault.New(fault.Unauthenticated, "%s", sentence)
}

// rehash keeps the password with today's parameters. It may fail: the old hash still serves.
func (s *Service) rehash(ctx context.Context, found people.Credentials, password string) {
	renewed, err := s.hasher.hash(ctx, password)
	if err == nil {
		err = s.stores.People.Rehash(ctx, found.PersonID, found.PasswordHash, renewed)
	}
	if err != nil {
		s.logger.WarnContext(ctx, "a password could not be hashed anew", "person", found.PersonID, "error", err)
	}
}

func (s *Service) startSession(ctx context.Context, personID string, origin Origin, by string) (token string, actor *people.Actor, err error) {
	actor, err = s.stores.People.Actor(ctx, personID)
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil, fault.New(fault.Unauthenticated, isDisabled)
	}
	if err != nil {
		return "", nil, err
	}
	now := s.now()
	actor.Via, actor.Address, token = people.BySession, origin.Address, randomText()
	session := people.Session{PersonID: actor.ID, Created: now, Expires: now.Add(s.life), Address: origin.Address, Agent: shortened(origin.Agent, 300)}
	event := actor.Did("session.started", "person", actor.ID, actor.Email, map[string]any{"by": by})
	if actor.Session, err = s.stores.Sessions.Start(ctx, session, hashed(token), event); err != nil {
		return "", nil, err
	}
	return token, actor, nil
}

// Authenticate is who acts with the session's token; a fault.Unauthenticated when it opens nothing (any more).
func (s *Service) Authenticate(ctx context.Context, token, address string) (*people.Actor, error) {
	now := s.now()
	actor, err := s.stores.Sessions.Actor(ctx, hashed(token), now, now.Add(-s.idle))
	if fault.CodeOf(err) == fault.NotFound {
		return nil, fault.New(fault.Unauthenticated, "You are not signed in, or the session has ended: sign in.")
	}
	if err != nil {
		return nil, err
	}
	actor.Address = address
	return actor, nil
}

// SignOut ends the session the actor acts by.
func (s *Service) SignOut(ctx context.Context, actor *people.Actor) error {
	return s.EndSession(ctx, actor, actor.Session)
}

// MySessions are the actor's own, the last used first; actor.Session is the one at hand.
func (s *Service) MySessions(ctx context.Context, actor *people.Actor) ([]people.Session, error) {
	now := s.now()
	return s.stores.Sessions.Sessions(ctx, actor.ID, now, now.Add(-s.idle))
}

// EndSession ends one of the actor's own sessions.
func (s *Service) EndSession(ctx context.Context, actor *people.Actor, id string) error {
	return s.stores.Sessions.End(ctx, actor.ID, id, actor.Did("session.ended", "person", actor.ID, actor.Email, nil))
}

// EndOtherSessions ends all of the actor's own sessions but the one at hand.
func (s *Service) EndOtherSessions(ctx context.Context, actor *people.Actor) error {
	keep := actor.Session
	if actor.Via != people.BySession {
		keep = ""
	}
	return s.stores.Sessions.EndAll(ctx, actor.ID, keep, actor.Did("session.ended", "person", actor.ID, actor.Email, map[string]any{"all": true}))
}

// normalEmail is how an email is kept and compared.
func normalEmail(email string) string {
	return strings.ToLower(norm.NFC.String(strings.TrimSpace(shortened(email, 1000))))
}

// shortened cuts text to so many bytes of valid UTF-8 without control characters.
func shortened(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	return text
}
