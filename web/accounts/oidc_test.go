package accounts_test

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

const callback = "https://reports.example.com/sign-in/back"

// newSSO is a house whose people may also sign in through an identity provider.
func newSSO(t *testing.T, change ...func(*accounts.OIDCConfig)) (*house, *identityProvider) {
	t.Helper()
	var provider *identityProvider
	var h *house
	provider = newIdentityProvider(t, func() time.Time { return h.now() })
	h = newHouse(t, func(o *accounts.Options) {
		o.OIDC = &accounts.OIDCConfig{Issuer: provider.URL, ClientID: clientID, ClientSecret: clientSecret, RedirectURL: callback}
		for _, c := range change {
			c(o.OIDC)
		}
	})
	return h, provider
}

// through signs in through the provider.
func (h *house) through(t *testing.T, p *identityProvider) (*people.Actor, error) {
	t.Helper()
	address, kept, err := h.SignOn().Start(t.Context(), "/reports/7")
	if err != nil {
		return nil, err
	}
	token, next, err := h.SignOn().Finish(t.Context(), p.authorize(t, address), kept, here)
	if err != nil {
		if token != "" {
			t.Error("a session along with an error")
		}
		return nil, err
	}
	if next != "/reports/7" {
		t.Errorf("goes on to %q", next)
	}
	return h.Authenticate(t.Context(), token, here.Address)
}

func TestSigningInThroughTheProvider(t *testing.T) {
	t.Parallel()
	h, provider := newSSO(t)
	ann := h.add(t, "ann@example.com", people.Analyst)
	actor, err := h.through(t, provider)
	if err != nil || actor.ID != ann.ID || actor.Role != people.Analyst || actor.Via != people.BySession {
		t.Fatalf("%+v, %v", actor, err)
	}
	// From then on it is the subject that counts: the email there may change, and the email here.
	provider.says(map[string]any{"email": "ann.lee@example.com"})
	email := "renamed@example.com"
	_, err = h.ChangePerson(t.Context(), h.admin, ann.ID, people.Change{Email: &email})
	succeeds(t, err)
	if actor, err := h.through(t, provider); err != nil || actor.ID != ann.ID {
		t.Errorf("%+v, %v", actor, err)
	}
	// Another account of the provider does not get in by her email.
	provider.says(map[string]any{"sub": "2", "email": email})
	_, err = h.through(t, provider)
	fails(t, err, fault.Conflict, "another account")
	if actions := h.events(t, people.EventFilter{PersonID: ann.ID}); !slices.ContainsFunc(actions, func(e people.Event) bool { return e.Action == "person.oidc_bound" }) {
		t.Errorf("%+v", actions)
	}
}

func TestWhomTheProviderDoesNotBringIn(t *testing.T) {
	t.Parallel()
	h, provider := newSSO(t, func(c *accounts.OIDCConfig) { c.AllowedDomains = []string{"Example.com"} })
	h.add(t, "ann@example.com", people.Member)
	h.add(t, "ann@elsewhere.com", people.Member)
	gone := h.add(t, "gone@example.com", people.Member)
	succeeds(t, h.DisablePerson(t.Context(), h.admin, gone.ID))
	old := h.now().Add(-time.Hour).Unix()
	for name, c := range map[string]struct {
		claims map[string]any
		code   fault.Code
		words  string
	}{
		"unverified email": {map[string]any{"email_verified": false}, fault.Forbidden, "not verified"},
		"nothing verified": {map[string]any{"email_verified": nil}, fault.Forbidden, "not verified"},
		"no email":         {map[string]any{"email": ""}, fault.Forbidden, "not verified"},
		"unknown person":   {map[string]any{"email": "bob@example.com"}, fault.Forbidden, "Nobody here has the email bob@example.com"},
		"disabled person":  {map[string]any{"email": "gone@example.com"}, fault.Unauthenticated, "disabled"},
		"foreign domain":   {map[string]any{"email": "ann@elsewhere.com"}, fault.Forbidden, "elsewhere.com may not"},
		"subdomain":        {map[string]any{"email": "ann@evil.example.com"}, fault.Forbidden, "evil.example.com may not"},
		"wrong nonce":      {map[string]any{"nonce": "other"}, fault.Unauthenticated, "another sign-in"},
		"no nonce":         {map[string]any{"nonce": nil}, fault.Unauthenticated, "another sign-in"},
		"expired":          {map[string]any{"exp": old}, fault.Unauthenticated, "expired"},
		"for another":      {map[string]any{"aud": "somebody else"}, fault.Unauthenticated, "cannot be trusted"},
		"by another":       {map[string]any{"iss": "https://elsewhere.com"}, fault.Unauthenticated, "cannot be trusted"},
	} {
		provider.says(c.claims)
		_, err := h.through(t, provider)
		if err == nil {
			t.Errorf("%s: let in", name)
		}
		fails(t, err, c.code, c.words)
	}
	provider.says(nil)
	forger, err := rsa.GenerateKey(rand.Reader, 2048)
	succeeds(t, err)
	provider.signer = forger
	_, err = h.through(t, provider)
	fails(t, err, fault.Unauthenticated, "cannot be trusted")
	provider.signer = provider.key
	if _, err := h.through(t, provider); err != nil {
		t.Error(err)
	}
}

func TestWhatComesBackFromTheProviderIsChecked(t *testing.T) {
	t.Parallel()
	h, provider := newSSO(t)
	h.add(t, "ann@example.com", people.Member)
	sign := h.SignOn()
	back := func(query url.Values) *http.Request {
		return httptest.NewRequest(http.MethodGet, callback+"?"+query.Encode(), nil)
	}
	for name, c := range map[string]struct {
		bend  func(request *http.Request, kept string) (*http.Request, string)
		words string
	}{
		"wrong state": {func(r *http.Request, kept string) (*http.Request, string) {
			return back(url.Values{"state": {"x"}, "code": {r.FormValue("code")}}), kept
		}, "another sign-in"},
		"no state": {func(r *http.Request, kept string) (*http.Request, string) {
			return back(url.Values{"code": {r.FormValue("code")}}), kept
		}, "another sign-in"},
		"another browser": {func(r *http.Request, _ string) (*http.Request, string) {
			_, other, err := sign.Start(t.Context(), "/")
			succeeds(t, err)
			return r, other
		}, "another sign-in"},
		"nothing kept":  {func(r *http.Request, _ string) (*http.Request, string) { return r, "" }, "begin again"},
		"forged cookie": {func(r *http.Request, kept string) (*http.Request, string) { return r, kept[:len(kept)-6] + "AAAAAA" }, "begin again"},
		"declined": {func(r *http.Request, kept string) (*http.Request, string) {
			return back(url.Values{"state": {r.FormValue("state")}, "error": {"access_denied"}}), kept
		}, "declined"},
		"error of its own": {func(r *http.Request, kept string) (*http.Request, string) {
			return back(url.Values{"state": {r.FormValue("state")}, "error": {"<script>"}}), kept
		}, "answered with an error"},
		"wrong code": {func(r *http.Request, kept string) (*http.Request, string) {
			return back(url.Values{"state": {r.FormValue("state")}, "code": {"guess"}}), kept
		}, "did not accept the code"},
		"too late": {func(r *http.Request, kept string) (*http.Request, string) { h.pass(sign.Life()); return r, kept }, "took too long"},
	} {
		address, kept, err := sign.Start(t.Context(), "/")
		succeeds(t, err)
		request, kept := c.bend(provider.authorize(t, address), kept)
		token, _, err := sign.Finish(t.Context(), request, kept, here)
		if err == nil || token != "" {
			t.Errorf("%s: let in", name)
			continue
		}
		fails(t, err, fault.Unauthenticated, c.words)
		if strings.Contains(err.Error(), clientSecret) || strings.Contains(err.Error(), "<script>") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestACodeStolenOnTheWayIsWorthNothing(t *testing.T) {
	t.Parallel()
	h, provider := newSSO(t)
	h.add(t, "ann@example.com", people.Member)
	victims, _, err := h.SignOn().Start(t.Context(), "/")
	succeeds(t, err)
	stolen := provider.authorize(t, victims)
	own, kept, err := h.SignOn().Start(t.Context(), "/")
	succeeds(t, err)
	state := provider.authorize(t, own).FormValue("state")
	request := httptest.NewRequest(http.MethodGet, callback+"?"+url.Values{"state": {state}, "code": {stolen.FormValue("code")}}.Encode(), nil)
	_, _, err = h.SignOn().Finish(t.Context(), request, kept, here)
	fails(t, err, fault.Unauthenticated, "did not accept the code")
}

func TestUnknownPeopleAreMadeMembersWhereThatIsWanted(t *testing.T) {
	t.Parallel()
	h, provider := newSSO(t, func(c *accounts.OIDCConfig) { c.Create, c.GroupsClaim = true, "groups" })
	for _, name := range []string{"sales", "support"} {
		_, err := h.CreateGroup(t.Context(), h.admin, name)
		succeeds(t, err)
	}
	for _, step := range []struct {
		groups any
		want   []string
	}{
		{[]string{"sales", "unknown here"}, []string{"sales"}},
		{[]string{"sales", "support"}, []string{"sales", "support"}},
		{"support", []string{"support"}},
		{nil, []string{}},
	} {
		provider.says(map[string]any{"email": "New@Example.com", "email_verified": "true", "groups": step.groups})
		actor, err := h.through(t, provider)
		succeeds(t, err)
		if actor.Email != "new@example.com" || actor.Name != "Ann Lee" || actor.Role != people.Member || actor.Password || !slices.Equal(actor.Groups, step.want) {
			t.Errorf("%+v", actor.Person)
		}
	}
	if found, _, err := h.FindPeople(t.Context(), h.admin, people.Filter{}); err != nil || len(found) != 2 {
		t.Errorf("%d people, %v", len(found), err)
	}
}

// Somebody whose groups are not known could lose a group that limits them, and with it the limits.
func TestGroupsThatTheProviderTellsElsewhereKeepOut(t *testing.T) {
	t.Parallel()
	h, provider := newSSO(t, func(c *accounts.OIDCConfig) { c.GroupsClaim = "groups" })
	ann := h.add(t, "ann@example.com", people.Member)
	limited, err := h.CreateGroup(t.Context(), h.admin, "limited")
	succeeds(t, err)
	succeeds(t, h.AddMember(t.Context(), h.admin, limited.ID, ann.ID))
	provider.says(map[string]any{
		"_claim_names": map[string]any{"groups": "src1"}, "_claim_sources": map[string]any{"src1": map[string]any{"endpoint": "https://id.example.com/groups"}},
	})
	_, err = h.through(t, provider)
	fails(t, err, fault.Forbidden, "more groups")
	if still, err := h.Person(t.Context(), h.admin, ann.ID); err != nil || !slices.Equal(still.Groups, []string{"limited"}) {
		t.Errorf("%+v, %v", still, err)
	}
}

func TestWherePasswordsAreDeniedTheyOpenNothing(t *testing.T) {
	t.Parallel()
	h, provider := newSSO(t)
	h.add(t, "ann@example.com", people.Member)
	h.signIn(t, "ann@example.com", somePassword)
	denied := accounts.New(h.options(t, func(o *accounts.Options) { o.NoPasswords = true }))
	for _, password := range []string{somePassword, "wrong"} {
		_, _, err := denied.SignIn(t.Context(), "ann@example.com", password, here)
		fails(t, err, fault.Forbidden, "single sign-on")
	}
	if _, err := h.through(t, provider); err != nil {
		t.Error(err)
	}
}

func TestAProviderThatIsDownLeavesPasswords(t *testing.T) {
	t.Parallel()
	h, provider := newSSO(t)
	h.add(t, "ann@example.com", people.Member)
	provider.down = true
	for range 3 {
		_, _, err := h.SignOn().Start(t.Context(), "/")
		fails(t, err, fault.Unavailable, "Sign in with a password")
	}
	if provider.asked != 1 {
		t.Errorf("asked %d times in one instant", provider.asked)
	}
	h.signIn(t, "ann@example.com", somePassword)
	provider.down = false
	h.pass(5 * time.Second)
	if _, err := h.through(t, provider); err != nil {
		t.Error(err)
	}
	asked := provider.asked
	address, kept, err := h.SignOn().Start(t.Context(), "/")
	succeeds(t, err)
	back := provider.authorize(t, address)
	provider.Close()
	_, _, err = h.SignOn().Finish(t.Context(), back, kept, here)
	fails(t, err, fault.Unavailable, "refused")
	if provider.asked != asked {
		t.Error("asked for what is known already")
	}
}

func TestAWrongConfigurationIsTold(t *testing.T) {
	t.Parallel()
	h, provider := newSSO(t, func(c *accounts.OIDCConfig) { c.ClientSecret = "wrong" })
	_, err := h.through(t, provider)
	fails(t, err, fault.Unavailable, "client_id or client_secret is wrong")
	h, _ = newSSO(t, func(c *accounts.OIDCConfig) { c.Issuer += "/" })
	_, _, err = h.SignOn().Start(t.Context(), "/")
	fails(t, err, fault.Unavailable, "oidc.issuer")
	if newHouse(t).SignOn() != nil {
		t.Error("sign-on without a provider")
	}
}

func TestOnlyPathsOfThisSiteAreGoneOnTo(t *testing.T) {
	t.Parallel()
	h, provider := newSSO(t)
	h.add(t, "ann@example.com", people.Member)
	for next, want := range map[string]string{
		"/reports?x=1#y": "/reports?x=1#y", "": "/", "https://evil.com": "/", "//evil.com": "/", "/\\evil.com": "/", "/\t/evil.com": "/", "reports": "/",
	} {
		address, kept, err := h.SignOn().Start(t.Context(), next)
		succeeds(t, err)
		_, got, err := h.SignOn().Finish(t.Context(), provider.authorize(t, address), kept, here)
		if err != nil || got != want {
			t.Errorf("%q goes on to %q, %v", next, got, err)
		}
	}
}
