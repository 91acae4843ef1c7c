package accounts

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// NewToken is what a token is to be.
type NewToken struct {
	PersonID string // the actor's own when empty
	Name     string // what it is for
	Scopes   []people.Scope
	Expires  *time.Time // never when nil
}

// AuthenticateToken is who acts with the API token; a fault.Unauthenticated when it opens nothing.
func (s *Service) AuthenticateToken(ctx context.Context, token, address string) (*people.Actor, error) {
	refused := fault.New(fault.Unauthenticated, "The token is not valid: it is mistyped, revoked or expired, or its person is disabled.")
	if !isToken(token) {
		return nil, refused
	}
	actor, err := s.stores.Tokens.Actor(ctx, hashed(token), s.now())
	if fault.CodeOf(err) == fault.NotFound {
		return nil, refused
	}
	if err != nil {
		return nil, err
	}
	actor.Address = address
	return actor, nil
}

// CreateToken makes a token of the actor's own or, for administrators, of anybody's. secret is told this once and kept nowhere.
func (s *Service) CreateToken(ctx context.Context, actor *people.Actor, wanted NewToken) (secret string, token *people.Token, err error) {
	wanted.Name = strings.TrimSpace(shortened(wanted.Name, 200))
	if wanted.PersonID == "" {
		wanted.PersonID = actor.ID
	}
	person, err := s.mayHoldToken(ctx, actor, wanted)
	if err != nil {
		return "", nil, err
	}
	secret = newToken()
	kept := people.Token{PersonID: person.ID, Name: wanted.Name, Hint: secret[:tokenHint], Scopes: wanted.Scopes, Expires: wanted.Expires}
	event := actor.Did("token.created", "token", "", wanted.Name, map[string]any{
		"person": person.Email, "hint": kept.Hint, "scopes": wanted.Scopes, "expires": wanted.Expires,
	})
	if token, err = s.stores.Tokens.Create(ctx, kept, hashed(secret), event); err != nil {
		return "", nil, err
	}
	return secret, token, nil
}

// mayHoldToken is the person the token is for, if there may be such a token.
func (s *Service) mayHoldToken(ctx context.Context, actor *people.Actor, wanted NewToken) (*people.Person, error) {
	if wanted.PersonID != actor.ID || actor.Via == people.ByToken {
		if err := administers(actor, "make tokens for others, or with a token"); err != nil {
			return nil, err
		}
	}
	switch {
	case wanted.Name == "":
		return nil, fault.New(fault.Invalid, "Say what the token is for: it needs a name.")
	case len(wanted.Scopes) == 0:
		return nil, fault.New(fault.Invalid, "The token needs a scope: %s.", scopeNames())
	case wanted.Expires != nil && !wanted.Expires.After(s.now()):
		return nil, fault.New(fault.Invalid, "The token would have expired already.")
	}
	for _, scope := range wanted.Scopes {
		if !slices.Contains(people.Scopes, scope) {
			return nil, fault.New(fault.Invalid, "There is no scope %q; there are %s.", string(scope), scopeNames())
		}
	}
	person, err := s.stores.People.Person(ctx, wanted.PersonID)
	switch {
	case err != nil:
		return nil, err
	case person.Disabled != nil:
		return nil, fault.New(fault.Conflict, "%s is disabled and can have no token.", person.Email)
	case person.Role != people.Administrator && slices.Contains(wanted.Scopes, people.ScopeAdmin):
		return nil, fault.New(fault.Forbidden, "The scope admin is for administrators alone; %s is no administrator.", person.Email)
	}
	return person, nil
}

func scopeNames() string {
	names := make([]string, len(people.Scopes))
	for i, scope := range people.Scopes {
		names[i] = string(scope)
	}
	return strings.Join(names, ", ")
}

// TokensOf are the person's tokens (the actor's own for the actor's id), or everybody's for "", which is for administrators.
func (s *Service) TokensOf(ctx context.Context, actor *people.Actor, personID string) ([]people.Token, error) {
	if personID == "" || personID != actor.ID {
		if err := administers(actor, "see the tokens of others"); err != nil {
			return nil, err
		}
	}
	return s.stores.Tokens.Tokens(ctx, personID)
}

// RevokeToken makes a token of the actor's own or, for administrators, of anybody worthless at once.
func (s *Service) RevokeToken(ctx context.Context, actor *people.Actor, id string) error {
	token, err := s.stores.Tokens.Token(ctx, id)
	if err != nil {
		return err
	}
	if token.PersonID != actor.ID && !actor.Administers() {
		return fault.New(fault.NotFound, "There is no such token.")
	}
	event := actor.Did("token.revoked", "token", token.ID, token.Name, map[string]any{"person": token.Person, "hint": token.Hint})
	return s.stores.Tokens.Revoke(ctx, id, event)
}
