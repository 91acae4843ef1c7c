package storage_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/storage"
)

func TestSessionsEndByIdlenessAgeAndWill(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	sessions, start := storage.NewSessions(db), time.Date(2025, 5, 1, 12, 0, 0, 0, time.UTC)
	ann, bob := newPerson(t, db, "ann@x.com", people.Analyst), newPerson(t, db, "bob@x.com", people.Member)
	begin := func(who *people.Person, hash string) string {
		id, err := sessions.Start(t.Context(), people.Session{PersonID: who.ID, Created: start, Expires: start.Add(10 * time.Hour), Address: "192.0.2.1", Agent: "Browser"}, []byte(hash), did("x"))
		succeeds(t, err)
		return id
	}
	used, _ := begin(ann, "used"), begin(ann, "idle")
	const idle = time.Hour
	opens := func(hash string, at time.Duration) bool {
		t.Helper()
		now := start.Add(at)
		actor, err := sessions.Actor(t.Context(), []byte(hash), now, now.Add(-idle))
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			t.Fatal(err)
		}
		return err == nil && actor.ID == ann.ID && actor.Via == people.BySession && actor.Role == people.Analyst
	}
	for at := 50 * time.Minute; at < 10*time.Hour; at += 50 * time.Minute {
		if !opens("used", at) {
			t.Fatalf("ended after %v", at)
		}
	}
	if opens("idle", 61*time.Minute) || opens("used", 10*time.Hour) || opens("other", time.Minute) {
		t.Error("a session that has ended opens something")
	}
	now := start.Add(9 * time.Hour)
	found, err := sessions.Sessions(t.Context(), ann.ID, now, now.Add(-idle))
	if err != nil || len(found) != 1 || found[0].ID != used || found[0].Agent != "Browser" || found[0].Address != "192.0.2.1" {
		t.Errorf("%+v, %v", found, err)
	}
	bobs := begin(bob, "bob")
	fails(t, sessions.End(t.Context(), ann.ID, bobs, did("x")), fault.NotFound, "no such session")
	succeeds(t, sessions.End(t.Context(), ann.ID, used, did("x")))
	if opens("used", 9*time.Hour) {
		t.Error("an ended session opens something")
	}
	begin(ann, "1")
	kept := begin(ann, "2")
	succeeds(t, sessions.EndAll(t.Context(), ann.ID, kept, did("x")))
	if opens("1", 0) || !opens("2", 0) {
		t.Error("the wrong sessions ended")
	}
	succeeds(t, sessions.Sweep(t.Context(), start.Add(11*time.Hour), start))
	if opens("2", 0) {
		t.Error("an expired session was kept")
	}
}

func TestUseIsNotedAtMostOnceAMinute(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	sessions, tokens, start := storage.NewSessions(db), storage.NewTokens(db), time.Date(2025, 5, 1, 12, 0, 0, 0, time.UTC)
	ann := newPerson(t, db, "ann@x.com", people.Member)
	_, err := sessions.Start(t.Context(), people.Session{PersonID: ann.ID, Created: start, Expires: start.Add(time.Hour)}, []byte("s"), did("x"))
	succeeds(t, err)
	if person, err := storage.NewPeople(db).Person(t.Context(), ann.ID); err != nil || person.Seen == nil || !person.Seen.Equal(start) {
		t.Errorf("who has signed in was not seen: %+v, %v", person, err)
	}
	token, err := tokens.Create(t.Context(), people.Token{PersonID: ann.ID, Name: "t", Scopes: people.Scopes}, []byte("t"), did("x"))
	succeeds(t, err)
	for _, step := range []struct{ at, seen, used time.Duration }{
		{0, 0, 0}, {59 * time.Second, 0, 0}, {61 * time.Second, 61 * time.Second, 61 * time.Second}, {100 * time.Second, 61 * time.Second, 61 * time.Second},
	} {
		now := start.Add(step.at)
		_, err := sessions.Actor(t.Context(), []byte("s"), now, now.Add(-time.Hour))
		succeeds(t, err)
		_, err = tokens.Actor(t.Context(), []byte("t"), now)
		succeeds(t, err)
		found, err := sessions.Sessions(t.Context(), ann.ID, now, now.Add(-time.Hour))
		if err != nil || len(found) != 1 || !found[0].Seen.Equal(start.Add(step.seen)) {
			t.Errorf("after %v: %v, %v", step.at, found, err)
		}
		kept, err := tokens.Token(t.Context(), token.ID)
		if err != nil || kept.Used == nil || !kept.Used.Equal(start.Add(step.used)) {
			t.Errorf("after %v: %+v, %v", step.at, kept, err)
		}
	}
	if person, err := storage.NewPeople(db).Person(t.Context(), ann.ID); err != nil || person.Seen == nil || !person.Seen.Equal(start.Add(61*time.Second)) {
		t.Errorf("%+v, %v", person, err)
	}
}

func TestTokensEndByExpiryAndRevocation(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	tokens, start := storage.NewTokens(db), time.Date(2025, 5, 1, 12, 0, 0, 0, time.UTC)
	ann := newPerson(t, db, "ann@x.com", people.Member)
	end := start.Add(time.Hour)
	limited, err := tokens.Create(t.Context(), people.Token{PersonID: ann.ID, Name: "limited", Hint: "vtr_1", Scopes: []people.Scope{people.ScopeRun}, Expires: &end}, []byte("limited"), did("token.created"))
	succeeds(t, err)
	_, err = tokens.Create(t.Context(), people.Token{PersonID: ann.ID, Name: "endless", Scopes: people.Scopes}, []byte("endless"), did("token.created"))
	succeeds(t, err)
	actor, err := tokens.Actor(t.Context(), []byte("limited"), start)
	succeeds(t, err)
	if actor.ID != ann.ID || actor.Via != people.ByToken || actor.Session != limited.ID || len(actor.Scopes) != 1 || !actor.Has(people.ScopeRead) || actor.Has(people.ScopeWrite) {
		t.Errorf("%+v", actor)
	}
	_, err = tokens.Actor(t.Context(), []byte("limited"), end)
	fails(t, err, fault.NotFound, "no such token")
	_, err = tokens.Actor(t.Context(), []byte("endless"), end.AddDate(100, 0, 0))
	succeeds(t, err)
	all, err := tokens.Tokens(t.Context(), ann.ID)
	if err != nil || len(all) != 2 || all[0].Person != "ann@x.com" {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, token := range all {
		succeeds(t, tokens.Revoke(t.Context(), token.ID, did("x")))
		succeeds(t, tokens.Revoke(t.Context(), token.ID, did("x")))
	}
	_, err = tokens.Actor(t.Context(), []byte("endless"), start)
	fails(t, err, fault.NotFound, "no such token")
	fails(t, tokens.Revoke(t.Context(), nowhere, did("x")), fault.NotFound, "no such token")
	events, _, err := storage.NewAudit(db).Events(t.Context(), people.EventFilter{ObjectID: limited.ID})
	if err != nil || len(events) != 1 {
		t.Errorf("%v, %v", events, err)
	}
}

// Of many attempts at the same instant no more come through than when they come one by one.
func TestAttemptsAtOnceAreCountedOneByOne(t *testing.T) {
	t.Parallel()
	signIns, now := storage.NewSignIns(migrated(t)), time.Now()
	var through atomic.Int32
	var all sync.WaitGroup
	for i := range 30 {
		keys := [][]string{{"a", "b"}, {"b", "a"}, {"b", "c"}}[i%3]
		all.Go(func() {
			wait, err := signIns.Attempt(t.Context(), keys, now, func(known map[string]people.Failures) time.Duration {
				f := known["b"]
				if f.Count >= 5 {
					return time.Minute
				}
				f.Count++
				known["b"] = f
				return 0
			})
			if err != nil {
				t.Error(err)
			}
			if wait == 0 {
				through.Add(1)
			}
		})
	}
	all.Wait()
	if through.Load() != 5 {
		t.Errorf("%d came through", through.Load())
	}
}

func TestSuccessForgetsFailures(t *testing.T) {
	t.Parallel()
	signIns, now := storage.NewSignIns(migrated(t)), time.Date(2025, 5, 1, 12, 0, 0, 0, time.UTC)
	look := func(fail int) map[string]people.Failures {
		t.Helper()
		var seen map[string]people.Failures
		_, err := signIns.Attempt(t.Context(), []string{"forgotten", "back"}, now, func(known map[string]people.Failures) time.Duration {
			seen = map[string]people.Failures{}
			for key, f := range known {
				seen[key] = f
				f.Count += fail
				known[key] = f
			}
			return time.Duration(1 - min(fail, 1))
		})
		succeeds(t, err)
		return seen
	}
	look(3)
	succeeds(t, signIns.Succeeded(t.Context(), []string{"forgotten"}, []string{"back"}, now))
	seen := look(0)
	if f := seen["forgotten"]; f.Count != 0 || f.Succeeded == nil || !f.Succeeded.Equal(now) || !f.Last.Equal(now) {
		t.Errorf("%+v", f)
	}
	if f := seen["back"]; f.Count != 2 || f.Succeeded != nil {
		t.Errorf("%+v", f)
	}
	succeeds(t, signIns.Sweep(t.Context(), now.Add(time.Hour), now))
	seen = look(0)
	if seen["forgotten"].Succeeded == nil || seen["back"].Count != 0 {
		t.Errorf("%+v", seen)
	}
}
