package storage_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/storage"
)

// did is an event of the command line.
func did(action string) people.Event { return people.Command().Did(action, "test", "", "", nil) }

func newPerson(t *testing.T, db *storage.DB, email string, role people.Role) *people.Person {
	t.Helper()
	person, err := storage.NewPeople(db).Create(t.Context(), people.New{Email: email, Role: role, PasswordHash: "hash of " + email}, did("person.created"))
	if err != nil {
		t.Fatal(err)
	}
	return person
}

func newGroup(t *testing.T, db *storage.DB, name string, members ...*people.Person) *people.Group {
	t.Helper()
	groups := storage.NewGroups(db)
	group, err := groups.CreateGroup(t.Context(), name, did("group.created"))
	if err != nil {
		t.Fatal(err)
	}
	for _, member := range members {
		succeeds(t, groups.AddMember(t.Context(), group.ID, member.ID, did("group.member_added")))
	}
	return group
}

func succeeds(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func fails(t *testing.T, err error, code fault.Code, words string) {
	t.Helper()
	if err == nil || fault.CodeOf(err) != code || !strings.Contains(err.Error(), words) {
		t.Errorf("%s instead of %s with %q: %v", fault.CodeOf(err), code, words, err)
	}
}

// nowhere is an id that nothing has.
const nowhere = "01890a5d-ac96-774b-bcce-b302099a8057"

func TestAPersonIsFoundByIDEmailAndSubject(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	store := storage.NewPeople(db)
	group := newGroup(t, db, "sales")
	made, err := store.Create(t.Context(), people.New{Email: "ann@example.com", Name: "Ann", Role: people.Analyst, Groups: []string{group.ID}, Subject: "issuer 1"}, did("x"))
	succeeds(t, err)
	if made.Email != "ann@example.com" || made.Name != "Ann" || made.Role != people.Analyst || made.Password || !slices.Equal(made.Groups, []string{"sales"}) {
		t.Errorf("%+v", made)
	}
	byID, err := store.Person(t.Context(), made.ID)
	succeeds(t, err)
	byEmail, err := store.PersonByEmail(t.Context(), "Ann@Example.COM")
	succeeds(t, err)
	bySubject, err := store.PersonBySubject(t.Context(), "issuer 1")
	succeeds(t, err)
	for _, found := range []*people.Person{byID, byEmail, bySubject} {
		if diff := cmp.Diff(made, found); diff != "" {
			t.Error(diff)
		}
	}
	for _, id := range []string{nowhere, "", "1", "'; DROP TABLE people; --", "{" + made.ID + "}"} {
		_, err := store.Person(t.Context(), id)
		fails(t, err, fault.NotFound, "no such person")
	}
}

func TestAnEmailIsOnePersons(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	store := storage.NewPeople(db)
	ann, bob := newPerson(t, db, "ann@example.com", people.Member), newPerson(t, db, "bob@example.com", people.Member)
	_, err := store.Create(t.Context(), people.New{Email: "ANN@example.com", Role: people.Member}, did("x"))
	fails(t, err, fault.Conflict, "ANN@example.com already")
	email := "Ann@example.com"
	fails(t, store.Change(t.Context(), bob.ID, people.Change{Email: &email}, did("x")), fault.Conflict, "already")
	succeeds(t, store.Change(t.Context(), ann.ID, people.Change{Email: &email}, did("x")))
	succeeds(t, store.SetSubject(t.Context(), ann.ID, "issuer 1", did("x")))
	succeeds(t, store.SetSubject(t.Context(), ann.ID, "issuer 1", did("x")))
	fails(t, store.SetSubject(t.Context(), ann.ID, "issuer 2", did("x")), fault.Conflict, "another account")
	fails(t, store.SetSubject(t.Context(), bob.ID, "issuer 1", did("x")), fault.Conflict, "Somebody else")
}

func TestPeopleAreListedPageByPage(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	store := storage.NewPeople(db)
	var want []string
	for i := range 7 {
		want = append(want, newPerson(t, db, fmt.Sprintf("p%d@example.com", i), people.Member).Email)
	}
	root := newPerson(t, db, "root@example.com", people.Administrator)
	succeeds(t, store.Disable(t.Context(), newPerson(t, db, "gone_100%@example.com", people.Member).ID, did("x")))
	newGroup(t, db, "g", root)
	var got []string
	filter := people.Filter{Role: people.Member, Status: people.Enabled, Search: "P", Page: people.Page{Limit: 3}}
	for pages := 1; ; pages++ {
		found, next, err := store.People(t.Context(), filter)
		succeeds(t, err)
		for _, person := range found {
			got = append(got, person.Email)
		}
		if filter.Cursor = next; next == "" {
			if pages != 3 {
				t.Errorf("%d pages", pages)
			}
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	groups, err := storage.NewGroups(db).Groups(t.Context())
	succeeds(t, err)
	for name, c := range map[string]struct {
		filter people.Filter
		want   string
	}{
		"by group":            {people.Filter{GroupID: groups[0].ID}, "root@example.com"},
		"disabled":            {people.Filter{Status: people.Disabled}, "gone_100%@example.com"},
		"wildcards are text":  {people.Filter{Search: "_100%"}, "gone_100%@example.com"},
		"wildcards are text2": {people.Filter{Search: "%"}, "gone_100%@example.com"},
		"no such group":       {people.Filter{GroupID: "sales"}, ""},
	} {
		found, _, err := store.People(t.Context(), c.filter)
		if err != nil || len(found) > 1 || len(found) == 0 && c.want != "" || len(found) == 1 && found[0].Email != c.want {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
	_, _, err = store.People(t.Context(), people.Filter{Page: people.Page{Cursor: "nonsense"}})
	fails(t, err, fault.Invalid, "cursor")
}

func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	store, member := storage.NewPeople(db), people.Member
	first, second := newPerson(t, db, "a@example.com", people.Administrator), newPerson(t, db, "b@example.com", people.Administrator)
	succeeds(t, store.Disable(t.Context(), second.ID, did("x")))
	for _, err := range []error{
		store.Change(t.Context(), first.ID, people.Change{Role: &member}, did("x")),
		store.Disable(t.Context(), first.ID, did("x")),
		store.Remove(t.Context(), first.ID, did("x")),
	} {
		fails(t, err, fault.Conflict, "last administrator")
	}
	succeeds(t, store.Enable(t.Context(), second.ID, did("x")))
	succeeds(t, store.Remove(t.Context(), first.ID, did("x")))
	fails(t, store.Remove(t.Context(), first.ID, did("x")), fault.NotFound, "no such person")
}

func TestAdministratorsWhoRemoveOneAnotherAtOnceLeaveOne(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	store, member := storage.NewPeople(db), people.Member
	for round := range 10 {
		var left []*people.Person
		if round > 0 {
			found, _, err := store.People(t.Context(), people.Filter{Role: people.Administrator, Status: people.Enabled})
			if err != nil || len(found) != 1 {
				t.Fatalf("round %d left %d administrators, %v", round, len(found), err)
			}
			left = append(left, &found[0])
		}
		for i := range 5 {
			left = append(left, newPerson(t, db, fmt.Sprintf("a%d.%d@example.com", round, i), people.Administrator))
		}
		begin := make(chan struct{})
		var removers sync.WaitGroup
		for i, person := range left {
			removers.Go(func() {
				<-begin
				err := []func() error{
					func() error { return store.Remove(t.Context(), person.ID, did("x")) },
					func() error { return store.Disable(t.Context(), person.ID, did("x")) },
					func() error { return store.Change(t.Context(), person.ID, people.Change{Role: &member}, did("x")) },
				}[i%3]()
				if err != nil && fault.CodeOf(err) != fault.Conflict {
					t.Error(err)
				}
			})
		}
		close(begin)
		removers.Wait()
	}
}

func TestOfManyFirstAdministratorsOneIsMade(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	made := make([]bool, 8)
	var all sync.WaitGroup
	for i := range made {
		all.Go(func() {
			var err error
			made[i], err = storage.NewPeople(db).CreateFirst(t.Context(), people.New{Email: fmt.Sprintf("a%d@example.com", i), Role: people.Administrator}, did("x"))
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	n, err := storage.NewPeople(db).Count(t.Context())
	if won := slices.Index(made, true); err != nil || n != 1 || won < 0 || slices.Contains(made[won+1:], true) {
		t.Errorf("%d people, %v, %v", n, made, err)
	}
}

func TestWhoIsDisabledIsOutAtOnce(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	store, now := storage.NewPeople(db), time.Now()
	ann := newPerson(t, db, "ann@example.com", people.Member)
	_, err := storage.NewSessions(db).Start(t.Context(), people.Session{PersonID: ann.ID, Created: now, Expires: now.Add(time.Hour)}, []byte("s"), did("x"))
	succeeds(t, err)
	_, err = storage.NewTokens(db).Create(t.Context(), people.Token{PersonID: ann.ID, Name: "t", Scopes: people.Scopes}, []byte("t"), did("x"))
	succeeds(t, err)
	succeeds(t, store.Disable(t.Context(), ann.ID, did("x")))
	for _, again := range []bool{false, true} {
		_, err = storage.NewSessions(db).Actor(t.Context(), []byte("s"), now, now.Add(-time.Hour))
		fails(t, err, fault.NotFound, "session")
		_, err = storage.NewTokens(db).Actor(t.Context(), []byte("t"), now)
		fails(t, err, fault.NotFound, "token")
		_, err = store.Actor(t.Context(), ann.ID)
		if !again {
			fails(t, err, fault.NotFound, "person")
			succeeds(t, store.Enable(t.Context(), ann.ID, did("x")))
		} else if err != nil {
			t.Error(err)
		}
	}
}

func TestSetPasswordEndsTheOtherSessions(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	store, sessions, now := storage.NewPeople(db), storage.NewSessions(db), time.Now()
	ann := newPerson(t, db, "ann@example.com", people.Member)
	ids := []string{}
	for _, hash := range []string{"1", "2", "3"} {
		id, err := sessions.Start(t.Context(), people.Session{PersonID: ann.ID, Created: now, Expires: now.Add(time.Hour)}, []byte(hash), did("x"))
		succeeds(t, err)
		ids = append(ids, id)
	}
	left := func() (n int) {
		found, err := sessions.Sessions(t.Context(), ann.ID, now, now.Add(-time.Hour))
		succeeds(t, err)
		return len(found)
	}
	succeeds(t, store.SetPassword(t.Context(), ann.ID, "new", true, ids[1], did("x")))
	if kept, err := sessions.Actor(t.Context(), []byte("2"), now, now.Add(-time.Hour)); err != nil || left() != 1 || !kept.Temporary {
		t.Errorf("%+v, %v, %d left", kept, err, left())
	}
	succeeds(t, store.SetPassword(t.Context(), ann.ID, "newer", false, "", did("x")))
	if left() != 0 {
		t.Errorf("%d left", left())
	}
	succeeds(t, store.Rehash(t.Context(), ann.ID, "new", "lost"))
	succeeds(t, store.Rehash(t.Context(), ann.ID, "newer", "newest"))
	if c, err := store.Credentials(t.Context(), "ann@example.com"); err != nil || c.PasswordHash != "newest" || c.PersonID != ann.ID {
		t.Errorf("%+v, %v", c, err)
	}
}
