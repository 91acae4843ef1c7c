package accounts

import (
	"cmp"
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// SignOn is the sign-in through the identity provider, for the browser's way there and back.
type SignOn struct{ accounts *Service }

// SignOn is nil when the configuration names no identity provider.
func (s *Service) SignOn() *SignOn {
	if s.oidc == nil {
		return nil
	}
	return &SignOn{s}
}

// Name is what the button for it says.
func (o *SignOn) Name() string { return cmp.Or(o.accounts.oidc.config.Name, "single sign-on") }

// Life is how long the browser has to keep what Start gave it.
func (o *SignOn) Life() time.Duration { return signOnLife }

const signOnLife = 10 * time.Minute

// oidcState is what the browser keeps, sealed, while it is at the provider.
type oidcState struct {
	State, Nonce, Verifier, Next string
	Expires                      time.Time
}

// oidcPurpose is what the state is sealed for.
const oidcPurpose = "oidc:sign-in"

// Start begins a sign-in: where to send the browser, and what it has to keep for Finish. next is the page to go to afterwards; only
// paths of this site are kept.
func (o *SignOn) Start(ctx context.Context, next string) (address, kept string, err error) {
	s := o.accounts
	found, err := s.oidc.discover(ctx)
	if err != nil {
		return "", "", err
	}
	state := oidcState{State: randomText(), Nonce: randomText(), Verifier: oauth2.GenerateVerifier(), Next: localPath(next), Expires: s.now().Add(signOnLife)}
	plain, err := json.Marshal(state)
	if err != nil {
		return "", "", err
	}
	sealed, err := s.sealer.Seal(plain, oidcPurpose)
	if err != nil {
		return "", "", err
	}
	address = s.oidc.oauth(found).AuthCodeURL(state.State, oidc.Nonce(state.Nonce), oauth2.S256ChallengeOption(state.Verifier))
	return address, base64.RawURLEncoding.EncodeToString(sealed), nil
}

// localPath is the path, or / when it leads elsewhere. Browsers read \ as /, and skip control characters.
func localPath(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") || len(next) > 2000 {
		return "/"
	}
	return next
}

// Finish ends a sign-in with what the provider sent the browser back with and what the browser kept, which the caller makes it forget.
// token is for the session's cookie, next where the person wanted to go.
func (o *SignOn) Finish(ctx context.Context, request *http.Request, kept string, origin Origin) (token, next string, err error) {
	s, answer := o.accounts, request.URL.Query()
	state, err := s.openState(ctx, kept)
	if err != nil {
		return "", "", err
	}
	switch {
	case !same(answer.Get("state"), state.State):
		return "", "", refusedByProvider("its answer belongs to another sign-in", nil)
	case answer.Get("error") == "access_denied":
		return "", "", refusedByProvider("you or the provider declined it", nil)
	case answer.Get("error") != "" || answer.Get("code") == "":
		return "", "", refusedByProvider("the provider answered with an error", nil)
	}
	idToken, err := s.oidc.exchange(ctx, answer.Get("code"), state)
	if err != nil {
		return "", "", err
	}
	person, err := s.recognise(ctx, idToken, origin)
	if err != nil {
		return "", "", err
	}
	token, _, err = s.startSession(ctx, person.ID, origin, "oidc")
	return token, state.Next, err
}

// openState is what Start sealed.
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
