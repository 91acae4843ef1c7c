package accounts

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// OIDCLife is how long a sign-in through the identity provider may take, and how long its cookie is to live.
const OIDCLife = 10 * time.Minute

// oidcState is what the browser keeps, sealed, while it is at the provider.
type oidcState struct {
	State, Nonce, Verifier, Next string
	Expires                      time.Time
}

// oidcPurpose is what the state is sealed for.
const oidcPurpose = "oidc:sign-in"

// HasOIDC tells whether people may sign in through an identity provider.
func (s *Service) HasOIDC() bool { return s.oidc != nil }

// StartOIDC begins a sign-in: the browser is to be sent to redirect with the cookie, which FinishOIDC needs again. next is the page to
// go to afterwards; only paths of this site are kept.
func (s *Service) StartOIDC(ctx context.Context, next string) (redirect, cookie string, err error) {
	if s.oidc == nil {
		return "", "", noOIDC()
	}
	found, err := s.oidc.discover(ctx)
	if err != nil {
		return "", "", err
	}
	state := oidcState{State: randomText(), Nonce: randomText(), Verifier: oauth2.GenerateVerifier(), Next: localPath(next), Expires: s.now().Add(OIDCLife)}
	plain, err := json.Marshal(state)
	if err != nil {
		return "", "", err
	}
	sealed, err := s.sealer.Seal(plain, oidcPurpose)
	if err != nil {
		return "", "", err
	}
	redirect = s.oidc.oauth(found).AuthCodeURL(state.State, oidc.Nonce(state.Nonce), oauth2.S256ChallengeOption(state.Verifier))
	return redirect, base64.RawURLEncoding.EncodeToString(sealed), nil
}

func noOIDC() error {
	return fault.New(fault.NotFound, "Nobody signs in through an identity provider here: sign in with a password.")
}

// localPath is the path, or / when it leads elsewhere. Browsers read \ as /, and skip control characters.
func localPath(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") || len(next) > 2000 {
		return "/"
	}
	return next
}

// FinishOIDC ends a sign-in with the query the provider sent the browser back with and the cookie of StartOIDC, which is then worth
// nothing more: the caller removes it.
func (s *Service) FinishOIDC(ctx context.Context, cookie string, query url.Values, origin Origin) (token string, actor *people.Actor, next string, err error) {
	if s.oidc == nil {
		return "", nil, "", noOIDC()
	}
	state, err := s.openState(ctx, cookie)
	if err != nil {
		return "", nil, "", err
	}
	switch {
	case !same(query.Get("state"), state.State):
		return "", nil, "", refusedByProvider("its answer belongs to another sign-in", nil)
	case query.Get("error") == "access_denied":
		return "", nil, "", refusedByProvider("you or the provider declined it", nil)
	case query.Get("error") != "" || query.Get("code") == "":
		return "", nil, "", refusedByProvider("the provider answered with an error", nil)
	}
	idToken, err := s.oidc.exchange(ctx, query.Get("code"), state)
	if err != nil {
		return "", nil, "", err
	}
	person, err := s.recognise(ctx, idToken, origin)
	if err != nil {
		return "", nil, "", err
	}
	token, actor, err = s.startSession(ctx, person.ID, origin, "oidc")
	return token, actor, state.Next, err
}

// openState is what StartOIDC sealed.
func (s *Service) openState(ctx context.Context, cookie string) (state oidcState, err error) {
	stale := fault.New(fault.Unauthenticated, "The sign-in took too long or was begun in another browser: begin again.")
	sealed, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil {
		return state, stale
	}
	plain, err := s.sealer.Open(ctx, sealed, oidcPurpose)
	if err != nil {
		return state, stale
	}
	if err := json.Unmarshal(plain, &state); err != nil || !s.now().Before(state.Expires) {
		return state, stale
	}
	return state, nil
}

// recognise finds who the token tells of: by the subject they signed in as before, then by their verified email, which is bound to the
// subject from then on.
func (s *Service) recognise(ctx context.Context, token *oidc.IDToken, origin Origin) (*people.Person, error) {
	told, err := s.oidc.read(token)
	if err != nil {
		return nil, err
	}
	person, err := s.stores.People.PersonBySubject(ctx, told.Subject)
	if fault.CodeOf(err) == fault.NotFound {
		person, err = s.acquaint(ctx, told, origin)
	}
	if err != nil {
		return nil, err
	}
	if person.Disabled != nil {
		found := people.Credentials{PersonID: person.ID, Email: person.Email}
		return nil, s.refuse(ctx, found, origin, isDisabled)
	}
	if told.ByGroups {
		event := themselves(person, origin).Did("person.groups_set", "person", person.ID, person.Email, map[string]any{"groups": told.Groups})
		err = s.stores.Groups.SetGroupsOf(ctx, person.ID, told.Groups, event)
	}
	return person, err
}

// acquaint binds the subject to the person of that email, or makes one.
func (s *Service) acquaint(ctx context.Context, told claims, origin Origin) (*people.Person, error) {
	person, err := s.stores.People.PersonByEmail(ctx, told.Email)
	switch {
	case err == nil && person.Disabled != nil:
		return person, nil
	case err == nil:
		event := themselves(person, origin).Did("person.oidc_bound", "person", person.ID, person.Email, nil)
		return person, s.stores.People.SetSubject(ctx, person.ID, told.Subject, event)
	case fault.CodeOf(err) != fault.NotFound:
		return nil, err
	case !s.oidc.config.Create:
		return nil, fault.New(fault.Forbidden, "Nobody here has the email %s: ask an administrator of Vitrina to add you.", told.Email)
	}
	wanted := people.New{Email: told.Email, Name: told.Name, Role: people.Member, Subject: told.Subject}
	event := themselves(&people.Person{Email: told.Email}, origin).Did("person.created", "person", "", told.Email, map[string]any{"role": people.Member, "by": "oidc"})
	person, err = s.stores.People.Create(ctx, wanted, event)
	if fault.CodeOf(err) == fault.Conflict { // the same person, in another tab
		return s.stores.People.PersonBySubject(ctx, told.Subject)
	}
	return person, err
}

// themselves is the person acting before there is a session.
func themselves(person *people.Person, origin Origin) *people.Actor {
	return &people.Actor{Person: *person, Via: people.BySession, Address: origin.Address}
}

func same(a, b string) bool { return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
