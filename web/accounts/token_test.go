package accounts_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

var (
	read  = []people.Scope{people.ScopeRead}
	admin = []people.Scope{people.ScopeAdmin}
)

func TestATokenActsAsItsPersonWithinItsScopes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ann := h.add(t, "ann@example.com", people.Analyst)
	end := h.now().Add(24 * time.Hour)
	secret, token, err := h.CreateToken(t.Context(), ann, accounts.NewToken{Name: " nightly ", Scopes: []people.Scope{people.ScopeRun}, Expires: &end})
	succeeds(t, err)
	if !regexp.MustCompile(`^vtr_[0-9A-Za-z]{49}$`).MatchString(secret) || !strings.HasPrefix(secret, token.Hint) || len(token.Hint) != 8 || token.Name != "nightly" {
		t.Errorf("%+v", token)
	}
	actor, err := h.AuthenticateToken(t.Context(), secret, here.Address)
	succeeds(t, err)
	if actor.ID != ann.ID || actor.Via != people.ByToken || actor.Address != here.Address || !actor.Has(people.ScopeRun) || actor.Has(people.ScopeWrite) {
		t.Errorf("%+v", actor)
	}
	for _, wrong := range []string{"", "vtr_", secret[4:], secret[:len(secret)-1], secret + "0", "vtr_" + strings.Repeat("0", 49), strings.ToLower(secret)} {
		_, err := h.AuthenticateToken(t.Context(), wrong, "")
		fails(t, err, fault.Unauthenticated, "not valid")
	}
	h.pass(24 * time.Hour)
	_, err = h.AuthenticateToken(t.Context(), secret, "")
	fails(t, err, fault.Unauthenticated, "not valid")
}

func TestWhoMayMakeAndRevokeTokens(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ann, bob := h.add(t, "ann@example.com", people.Member), h.add(t, "bob@example.com", people.Analyst)
	byToken := func(who *people.Actor, scopes []people.Scope) *people.Actor {
		actor := *who
		actor.Via, actor.Scopes = people.ByToken, scopes
		return &actor
	}
	past := h.now()
	for name, c := range map[string]struct {
		actor  *people.Actor
		wanted accounts.NewToken
		code   fault.Code
		words  string
	}{
		"another's":            {bob, accounts.NewToken{PersonID: ann.ID, Name: "t", Scopes: read}, fault.Forbidden, "Only administrators"},
		"with a token":         {byToken(bob, read), accounts.NewToken{Name: "t", Scopes: read}, fault.Forbidden, ""},
		"administrator's read": {byToken(h.admin, read), accounts.NewToken{Name: "t", Scopes: admin}, fault.Forbidden, "scope admin"},
		"admin for a member":   {ann, accounts.NewToken{Name: "t", Scopes: admin}, fault.Forbidden, "no administrator"},
		"no name":              {ann, accounts.NewToken{Name: " ", Scopes: read}, fault.Invalid, "name"},
		"no scope":             {ann, accounts.NewToken{Name: "t"}, fault.Invalid, "read, run, write, admin"},
		"unknown scope":        {ann, accounts.NewToken{Name: "t", Scopes: []people.Scope{"all"}}, fault.Invalid, `"all"`},
		"expired":              {ann, accounts.NewToken{Name: "t", Scopes: read, Expires: &past}, fault.Invalid, "expired"},
		"nobody's":             {h.admin, accounts.NewToken{PersonID: nowhere, Name: "t", Scopes: read}, fault.NotFound, "person"},
	} {
		secret, token, err := h.CreateToken(t.Context(), c.actor, c.wanted)
		if err == nil || secret != "" || token != nil {
			t.Errorf("%s: made", name)
			continue
		}
		fails(t, err, c.code, c.words)
	}
	secret, token, err := h.CreateToken(t.Context(), h.admin, accounts.NewToken{PersonID: ann.ID, Name: "robot", Scopes: read})
	succeeds(t, err)
	fails(t, h.RevokeToken(t.Context(), bob, token.ID), fault.NotFound, "no such token")
	fails(t, h.RevokeToken(t.Context(), byToken(h.admin, read), token.ID), fault.NotFound, "")
	_, err = h.TokensOf(t.Context(), bob, ann.ID)
	fails(t, err, fault.Forbidden, "")
	_, err = h.TokensOf(t.Context(), bob, "")
	fails(t, err, fault.Forbidden, "")
	if mine, err := h.TokensOf(t.Context(), ann, ann.ID); err != nil || len(mine) != 1 {
		t.Errorf("%v, %v", mine, err)
	}
	succeeds(t, h.RevokeToken(t.Context(), ann, token.ID))
	_, err = h.AuthenticateToken(t.Context(), secret, "")
	fails(t, err, fault.Unauthenticated, "")
}
