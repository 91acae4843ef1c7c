package accounts_test

import (
	"context"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

// Everything that only administrators may is refused to all others, and to an administrator's token without the scope.
func TestWhatOnlyAdministratorsMay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	analyst, member := h.add(t, "ann@example.com", people.Analyst), h.add(t, "bob@example.com", people.Member)
	token := *h.admin
	token.Via, token.Scopes = people.ByToken, []people.Scope{people.ScopeWrite}
	group, err := h.CreateGroup(t.Context(), h.admin, "sales")
	succeeds(t, err)
	ctx, role := t.Context(), people.Administrator
	for name, do := range map[string]func(a *people.Actor) error{
		"add people": func(a *people.Actor) error { _, _, err := h.CreatePerson(ctx, a, accounts.NewPerson{}); return err },
		"change roles": func(a *people.Actor) error {
			_, err := h.ChangePerson(ctx, a, a.ID, people.Change{Role: &role})
			return err
		},
		"disable":            func(a *people.Actor) error { return h.DisablePerson(ctx, a, h.admin.ID) },
		"enable":             func(a *people.Actor) error { return h.EnablePerson(ctx, a, h.admin.ID) },
		"remove":             func(a *people.Actor) error { return h.RemovePerson(ctx, a, h.admin.ID) },
		"end sessions":       func(a *people.Actor) error { return h.EndSessionsOf(ctx, a, h.admin.ID) },
		"reset passwords":    func(a *people.Actor) error { _, err := h.ResetPassword(ctx, a, h.admin.ID); return err },
		"set passwords":      func(a *people.Actor) error { return h.SetPassword(ctx, a, h.admin.ID, otherPassword) },
		"make groups":        func(a *people.Actor) error { _, err := h.CreateGroup(ctx, a, "g"); return err },
		"rename groups":      func(a *people.Actor) error { return h.RenameGroup(ctx, a, group.ID, "g") },
		"remove groups":      func(a *people.Actor) error { return h.RemoveGroup(ctx, a, group.ID) },
		"add members":        func(a *people.Actor) error { return h.AddMember(ctx, a, group.ID, a.ID) },
		"remove members":     func(a *people.Actor) error { return h.RemoveMember(ctx, a, group.ID, a.ID) },
		"limit groups":       func(a *people.Actor) error { return h.SetLimits(ctx, a, group.ID, nil) },
		"see others' grants": func(a *people.Actor) error { _, err := h.GrantsOf(ctx, a, nowhere); return err },
		"see source grants":  func(a *people.Actor) error { _, err := h.SourceGrants(ctx, a, ""); return err },
		"grant sources": func(a *people.Actor) error {
			_, err := h.GrantSource(ctx, a, people.SourceGrant{Source: "w"})
			return err
		},
		"revoke source grants": func(a *people.Actor) error { return h.RevokeSource(ctx, a, nowhere) },
		"see sources":          func(a *people.Actor) error { _, err := h.ConnectedSources(ctx, a); return err },
		"connect sources":      func(a *people.Actor) error { return h.SaveSource(ctx, a, people.Source{}) },
		"disconnect sources":   func(a *people.Actor) error { return h.RemoveSource(ctx, a, "w") },
		"see the audit log":    func(a *people.Actor) error { _, _, err := h.Events(ctx, a, people.EventFilter{}); return err },
	} {
		for _, actor := range []*people.Actor{analyst, member, &token} {
			if err := do(actor); fault.CodeOf(err) != fault.Forbidden {
				t.Errorf("%s may %s: %v", actor.Email, name, err)
			}
		}
		if err := do(h.admin); fault.CodeOf(err) == fault.Forbidden {
			t.Errorf("the administrator may not %s: %v", name, err)
		}
	}
}

func TestWhoSeesPeople(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	analyst, member := h.add(t, "ann@example.com", people.Analyst), h.add(t, "bob@example.com", people.Member)
	if found, _, err := h.FindPeople(t.Context(), analyst, people.Filter{Search: "bob"}); err != nil || len(found) != 1 {
		t.Errorf("%v, %v", found, err)
	}
	_, _, err := h.FindPeople(t.Context(), member, people.Filter{})
	fails(t, err, fault.Forbidden, "Only")
	_, err = h.AllGroups(t.Context(), member)
	fails(t, err, fault.Forbidden, "Only")
	_, err = h.Person(t.Context(), member, analyst.ID)
	fails(t, err, fault.NotFound, "no such person")
	_, err = h.PersonByEmail(t.Context(), member, analyst.Email)
	fails(t, err, fault.NotFound, "no such person")
	if me, err := h.Person(t.Context(), member, member.ID); err != nil || me.Email != "bob@example.com" {
		t.Errorf("%v, %v", me, err)
	}
}

func TestNewPeopleSignInWithAPasswordToldOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	group, err := h.CreateGroup(t.Context(), h.admin, "sales")
	succeeds(t, err)
	person, password, err := h.CreatePerson(t.Context(), h.admin, accounts.NewPerson{Email: " Ann.Lee@Example.com", Name: " Ann\nLee ", Role: people.Analyst, Groups: []string{group.ID}})
	succeeds(t, err)
	if person.Email != "ann.lee@example.com" || person.Name != "Ann Lee" || len(person.Groups) != 1 || !person.Temporary || !readable.MatchString(password) {
		t.Errorf("%+v", person)
	}
	_, actor := h.signIn(t, "ann.lee@example.com", password)
	fails(t, h.ChangePassword(t.Context(), actor, password, password), fault.Invalid, "the current one")
	succeeds(t, h.ChangePassword(t.Context(), actor, password, somePassword))
	if _, actor := h.signIn(t, "ann.lee@example.com", somePassword); actor.Temporary {
		t.Error("the password is to be changed again")
	}
	for name, c := range map[string]struct {
		wanted accounts.NewPerson
		code   fault.Code
		words  string
	}{
		"taken":          {accounts.NewPerson{Email: "ANN.lee@example.com", Role: people.Member}, fault.Conflict, "already"},
		"no email":       {accounts.NewPerson{Email: "ann", Role: people.Member}, fault.Invalid, "no email address"},
		"two emails":     {accounts.NewPerson{Email: "a@x.com, b@x.com", Role: people.Member}, fault.Invalid, "no email address"},
		"name and email": {accounts.NewPerson{Email: "Ann <a@x.com>", Role: people.Member}, fault.Invalid, "no email address"},
		"no role":        {accounts.NewPerson{Email: "a@x.com", Role: "owner"}, fault.Invalid, `"owner"`},
		"no group":       {accounts.NewPerson{Email: "a@x.com", Role: people.Member, Groups: []string{nowhere}}, fault.NotFound, "group"},
		"short password": {accounts.NewPerson{Email: "a@x.com", Role: people.Member, Password: "äöüäöüäöü"}, fault.Invalid, "at least 10"},
		"email":          {accounts.NewPerson{Email: "a.long.name@x.com", Role: people.Member, Password: "A.Long.Name@x.com"}, fault.Invalid, "must not be the email"},
		"part of it":     {accounts.NewPerson{Email: "a.long.name@x.com", Role: people.Member, Password: "a.long.name"}, fault.Invalid, "must not be the email"},
		"one character":  {accounts.NewPerson{Email: "a@x.com", Role: people.Member, Password: "aaaaaaaaaaaa"}, fault.Invalid, "again and again"},
		"too long":       {accounts.NewPerson{Email: "a@x.com", Role: people.Member, Password: strings.Repeat("ab", 600)}, fault.Invalid, "too long"},
	} {
		_, _, err := h.CreatePerson(t.Context(), h.admin, c.wanted)
		if err == nil {
			t.Errorf("%s: made", name)
		}
		fails(t, err, c.code, c.words)
	}
}

func TestChangingThePasswordEndsTheOtherSessions(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add(t, "ann@example.com", people.Member)
	token, actor := h.signIn(t, "ann@example.com", somePassword)
	other, _ := h.signIn(t, "ann@example.com", somePassword)
	fails(t, h.ChangePassword(t.Context(), actor, otherPassword, otherPassword), fault.Invalid, "current password is wrong")
	byToken := *actor
	byToken.Via, byToken.Scopes = people.ByToken, people.Scopes
	fails(t, h.ChangePassword(t.Context(), &byToken, somePassword, otherPassword), fault.Forbidden, "token")
	succeeds(t, h.ChangePassword(t.Context(), actor, somePassword, otherPassword))
	_, err := h.Authenticate(t.Context(), token, "")
	succeeds(t, err)
	_, err = h.Authenticate(t.Context(), other, "")
	fails(t, err, fault.Unauthenticated, "")
	_, err = h.ResetPassword(t.Context(), h.admin, actor.ID)
	succeeds(t, err)
	_, err = h.Authenticate(t.Context(), token, "")
	fails(t, err, fault.Unauthenticated, "")
}

func TestChangesOfPeopleAreOnRecord(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ann := h.add(t, "ann@example.com", people.Member)
	role, name := people.Analyst, "Ann"
	changed, err := h.ChangePerson(t.Context(), h.admin, ann.ID, people.Change{Role: &role, Name: &name})
	if err != nil || changed.Role != people.Analyst || changed.Name != "Ann" {
		t.Errorf("%+v, %v", changed, err)
	}
	own := "Ann Lee"
	if _, err := h.ChangePerson(t.Context(), ann, ann.ID, people.Change{Name: &own}); err != nil {
		t.Errorf("her own name: %v", err)
	}
	if _, err := h.ChangePerson(t.Context(), h.admin, ann.ID, people.Change{Role: &role, Name: &own}); err != nil {
		t.Errorf("what is so already: %v", err)
	}
	_, err = h.ChangePerson(t.Context(), h.admin, h.admin.ID, people.Change{Role: &role})
	fails(t, err, fault.Conflict, "last administrator")
	events := h.events(t, people.EventFilter{ObjectID: ann.ID, Action: "person.changed"})
	if len(events) != 2 || events[1].Person != adminEmail || events[1].Address != here.Address || events[1].ObjectName != "ann@example.com" {
		t.Fatalf("%+v", events)
	}
	if roles, _ := events[1].Details["role"].(map[string]any); roles["from"] != "member" || roles["to"] != "analyst" {
		t.Errorf("%v", events[1].Details)
	}
}

// No password, token or address of a source is in the database, the log or an error in the clear.
func TestSecretsAreNowhereInTheClear(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const typo, dsn = "typed-into-the-wrong-field", "http://reader:s3cr3t-w0rd@ch/shop"
	ctx := t.Context()
	ann := h.add(t, "ann@example.com", people.Member)
	session, actor := h.signIn(t, "ann@example.com", somePassword)
	_, _, wrong := h.SignIn(ctx, typo, otherPassword, here)
	for range 9 {
		_, _, _ = h.SignIn(ctx, "ann@example.com", "guessed-password", there)
	}
	succeeds(t, h.ChangePassword(ctx, actor, somePassword, otherPassword))
	made, err := h.ResetPassword(ctx, h.admin, ann.ID)
	succeeds(t, err)
	token, _, err := h.CreateToken(ctx, ann, accounts.NewToken{Name: "t", Scopes: read})
	succeeds(t, err)
	source := people.Source{Name: "shop", Driver: "clickhouse", DSN: dsn}
	succeeds(t, h.SaveSource(ctx, h.admin, source))
	twice := h.SaveSource(ctx, h.admin, source)
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	broken := h.SaveSource(cancelled, h.admin, source)
	said := h.everything(t) + h.logs.String()
	for _, err := range []error{wrong, twice, broken} {
		said += err.Error()
	}
	for _, secret := range []string{somePassword, otherPassword, "guessed-password", typo, session, made, token, token[8:40], "s3cr3t-w0rd"} {
		if secret == "" || strings.Contains(said, secret) {
			t.Errorf("%q is told", secret)
		}
	}
	if !strings.Contains(said, "source.connected") || !strings.Contains(said, "throttled") {
		t.Error("the events or the log were not looked at")
	}
}
