package api_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
	"github.com/vitrina-reports/vitrina/web/api"
)

func TestTheCookieIsKeptFromScriptsAndOtherSites(t *testing.T) {
	t.Parallel()
	for scheme, want := range map[string]struct {
		name   string
		secure bool
	}{"http": {"vitrina_session", false}, "https": {"__Host-vitrina_session", true}} {
		f := newFront(t, func(o *api.Options) { o.PublicURL = &url.URL{Scheme: scheme, Host: "reports.example.com"} })
		f.must(f.accounts.SetPassword(t.Context(), people.Command(), f.people["rob"].ID, password))
		answer := f.want(http.StatusCreated, nobody, "POST", root+"/session", map[string]any{"email": "ROB@example.com", "password": password})
		cookie := answer.Cookies()[0]
		if cookie.Name != want.name || cookie.Secure != want.secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode ||
			cookie.Path != "/" || cookie.Domain != "" || cookie.MaxAge != 30*24*60*60 || len(cookie.Value) < 40 {
			t.Errorf("%s: %+v", scheme, cookie)
		}
		if answer.string("person", "email") != "rob@example.com" || answer.string("via") != "session" || strings.Contains(answer.text, cookie.Value) {
			t.Errorf("%s: %s", scheme, answer.text)
		}
	}
}

func TestAWrongPasswordOpensNothing(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	f.cookie("rob")
	for _, body := range []map[string]any{
		{"email": "rob@example.com", "password": "wrong"},
		{"email": "somebody@example.com", "password": password},
		{"email": "eve@example.com", "password": "x"},
	} {
		answer := f.want(http.StatusUnauthorized, nobody, "POST", root+"/session", body)
		if answer.string("detail") != "The email or the password is wrong." || len(answer.Cookies()) > 0 {
			t.Errorf("%v: %s", body, answer.text)
		}
	}
	var answer answer
	for range 30 {
		answer = f.ask(nobody, "POST", root+"/session", map[string]any{"email": "rob@example.com", "password": "wrong"})
		if answer.StatusCode == http.StatusTooManyRequests {
			break
		}
	}
	if answer.StatusCode != http.StatusTooManyRequests || answer.Header.Get("Retry-After") == "" {
		t.Errorf("guessing goes on: %d %s", answer.StatusCode, answer.text)
	}
}

func TestASessionEnds(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	here := f.cookie("rob")
	there := f.signIn("rob", password)
	sessions := f.want(http.StatusOK, nobody, "GET", root+"/me/sessions", nil, "Cookie", here)
	items, _ := sessions.at("items").([]any)
	if len(items) != 2 {
		t.Fatal(sessions.text)
	}
	for i := range items {
		if sessions.at("items", i, "current") == false {
			f.want(http.StatusNoContent, nobody, "DELETE", root+"/me/sessions/"+sessions.string("items", i, "id"), nil, "Cookie", here)
		}
	}
	f.want(http.StatusUnauthorized, nobody, "GET", root+"/session", nil, "Cookie", there)
	answer := f.want(http.StatusNoContent, nobody, "DELETE", root+"/session", nil, "Cookie", here)
	if cookie := answer.Cookies()[0]; cookie.MaxAge >= 0 || cookie.Value != "" {
		t.Errorf("the browser keeps %+v", cookie)
	}
	f.want(http.StatusUnauthorized, nobody, "GET", root+"/session", nil, "Cookie", here)
}

func TestOthersSessionsAreNotMine(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	rob, vera := f.cookie("rob"), f.cookie("vera")
	id := f.want(http.StatusOK, nobody, "GET", root+"/me/sessions", nil, "Cookie", rob).string("items", 0, "id")
	f.want(http.StatusNotFound, nobody, "DELETE", root+"/me/sessions/"+id, nil, "Cookie", vera)
	f.want(http.StatusOK, nobody, "GET", root+"/session", nil, "Cookie", rob)
}

func TestChangingThePasswordEndsOtherSessions(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	here := f.cookie("rob")
	there := f.signIn("rob", password)
	wrong := f.want(http.StatusUnprocessableEntity, nobody, "PUT", root+"/me/password", map[string]any{"current": "wrong", "new": "another long one"}, "Cookie", here)
	if !strings.Contains(wrong.string("detail"), "current password is wrong") {
		t.Error(wrong.text)
	}
	f.want(http.StatusUnprocessableEntity, nobody, "PUT", root+"/me/password", map[string]any{"current": password, "new": "short"}, "Cookie", here)
	f.want(http.StatusForbidden, "root", "PUT", root+"/me/password", map[string]any{"current": password, "new": "another long one"})
	f.want(http.StatusNoContent, nobody, "PUT", root+"/me/password", map[string]any{"current": password, "new": "another long one"}, "Cookie", here)
	f.want(http.StatusOK, nobody, "GET", root+"/session", nil, "Cookie", here)
	f.want(http.StatusUnauthorized, nobody, "GET", root+"/session", nil, "Cookie", there)
	f.signIn("rob", "another long one")
}

func TestTokensAreShownOnceAndRevoked(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	cookie := f.cookie("rob")
	f.want(http.StatusForbidden, nobody, "POST", root+"/me/tokens", map[string]any{"name": "ci", "scopes": []string{"admin"}}, "Cookie", cookie)
	made := f.want(http.StatusCreated, nobody, "POST", root+"/me/tokens",
		map[string]any{"name": "ci", "scopes": []string{"read"}, "expires_in": 3600}, "Cookie", cookie)
	secret := made.string("secret")
	f.tokens["ci"] = secret
	session := f.want(http.StatusOK, "ci", "GET", root+"/session", nil)
	if session.string("via") != "token" || session.string("scopes", 0) != "read" || session.string("person", "email") != "rob@example.com" {
		t.Error(session.text)
	}
	listed := f.want(http.StatusOK, "ci", "GET", root+"/me/tokens", nil)
	if strings.Contains(listed.text, secret) || !strings.Contains(listed.text, made.string("token", "id")) || !strings.Contains(listed.text, `"expires":"2`) {
		t.Error(listed.text)
	}
	f.want(http.StatusNotFound, nobody, "DELETE", root+"/me/tokens/"+made.string("token", "id"), nil, "Cookie", f.cookie("vera"))
	f.want(http.StatusNoContent, nobody, "DELETE", root+"/me/tokens/"+made.string("token", "id"), nil, "Cookie", cookie)
	refused := f.want(http.StatusUnauthorized, "ci", "GET", root+"/session", nil)
	if refused.Header.Get("WWW-Authenticate") != "Bearer" {
		t.Error(refused.Header)
	}
	f.want(http.StatusUnauthorized, nobody, "GET", root+"/session", nil, "Authorization", "Basic cm9iOng=")
}

func TestTheSignInPageKnowsTheWays(t *testing.T) {
	t.Parallel()
	plain := newFront(t).want(http.StatusOK, nobody, "GET", root+"/session/options", nil)
	if plain.at("password") != true || plain.string("product") != "Vitrina" || plain.string("version") != "1.2.3" || plain.string("oidc", 0, "url") != "" {
		t.Error(plain.text)
	}
	f := newFront(t, func(o *api.Options) { o.SignOn, o.NoPasswords = &provider{}, true })
	if answer := f.want(http.StatusOK, nobody, "GET", root+"/session/options", nil); answer.at("password") != false || answer.string("oidc", 0, "url") != "/auth/oidc/start" || answer.string("oidc", 0, "name") != "Acme" {
		t.Error(answer.text)
	}
}

// provider stands for the identity provider's side, which accounts tests with a real one.
type provider struct{ err error }

func (*provider) Name() string        { return "Acme" }
func (*provider) Life() time.Duration { return 10 * time.Minute }

func (p *provider) Start(_ context.Context, next string) (address, kept string, err error) {
	return "https://id.example/authorize?state=1", "kept-for-" + next, p.err
}

func (p *provider) Finish(_ context.Context, request *http.Request, kept string, _ accounts.Origin) (token, next string, err error) {
	if p.err == nil && (request.URL.Query().Get("code") != "42" || kept != "kept-for-/runs") {
		return "", "", fault.New(fault.Unauthenticated, "The sign-in took too long or was begun in another browser: begin again.")
	}
	return "a-session-token", "/runs", p.err
}

func TestTheWayThroughTheIdentityProvider(t *testing.T) {
	t.Parallel()
	f := newFront(t, func(o *api.Options) { o.SignOn = &provider{} })
	start := f.want(http.StatusSeeOther, nobody, "GET", "/auth/oidc/start?next=/runs", nil)
	kept := start.Cookies()[0]
	if start.Header.Get("Location") != "https://id.example/authorize?state=1" || !kept.HttpOnly || kept.SameSite != http.SameSiteLaxMode || kept.MaxAge != 600 {
		t.Errorf("%s %+v", start.Header.Get("Location"), kept)
	}
	back := f.want(http.StatusSeeOther, nobody, "GET", "/auth/oidc/callback?code=42", nil, "Cookie", start.Header.Get("Set-Cookie"))
	if back.Header.Get("Location") != "/runs" || len(back.Cookies()) != 2 {
		t.Errorf("%v", back.Header)
	}
	refused := f.want(http.StatusUnauthorized, nobody, "GET", "/auth/oidc/callback?code=41", nil)
	if !strings.HasPrefix(refused.Header.Get("Content-Type"), "text/html") || !strings.Contains(refused.text, "begin again") {
		t.Error(refused.text)
	}
}

func TestAFailingIdentityProviderTellsNothingOfItself(t *testing.T) {
	t.Parallel()
	failing := &provider{err: context.DeadlineExceeded}
	f := newFront(t, func(o *api.Options) { o.SignOn = failing })
	answer := f.want(http.StatusInternalServerError, nobody, "GET", "/auth/oidc/start", nil)
	if strings.Contains(answer.text, "deadline") || !strings.Contains(answer.text, "Something went wrong") {
		t.Error(answer.text)
	}
}
