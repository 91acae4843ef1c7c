package people_test

import (
	"testing"

	"github.com/vitrina-reports/vitrina/internal/people"
)

// A token has the scopes it was given and the smaller ones; everybody else is bound by their role alone.
func TestScopes(t *testing.T) {
	t.Parallel()
	token := func(role people.Role, scopes ...people.Scope) *people.Actor {
		return &people.Actor{Person: people.Person{Role: role}, Via: people.ByToken, Scopes: scopes}
	}
	for name, c := range map[string]struct {
		actor                         *people.Actor
		read, run, write, administers bool
	}{
		"session of an administrator": {&people.Actor{Person: people.Person{Role: people.Administrator}, Via: people.BySession}, true, true, true, true},
		"session of a member":         {&people.Actor{Person: people.Person{Role: people.Member}, Via: people.BySession}, true, true, true, false},
		"system":                      {people.System(), true, true, true, true},
		"command line":                {people.Command(), true, true, true, true},
		"token without scopes":        {token(people.Administrator), false, false, false, false},
		"token of unknown scope":      {token(people.Administrator, "all"), false, false, false, false},
		"token to run":                {token(people.Administrator, people.ScopeRun), true, true, false, false},
		"token to read and write":     {token(people.Administrator, people.ScopeRead, people.ScopeWrite), true, true, true, false},
		"administrator's token":       {token(people.Administrator, people.ScopeAdmin), true, true, true, true},
		"former administrator's":      {token(people.Member, people.ScopeAdmin), true, true, true, false},
	} {
		a := c.actor
		if a.Has(people.ScopeRead) != c.read || a.Has(people.ScopeRun) != c.run || a.Has(people.ScopeWrite) != c.write || a.Administers() != c.administers {
			t.Errorf("%s: read %v, run %v, write %v, administers %v", name, a.Has(people.ScopeRead), a.Has(people.ScopeRun), a.Has(people.ScopeWrite), a.Administers())
		}
	}
}
