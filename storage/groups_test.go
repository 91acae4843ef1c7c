package storage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/storage"
)

func TestWhatAPersonMayChooseIsWhatAnyOfTheirGroupsMay(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	groups := storage.NewGroups(db)
	ann, bob, free, root := newPerson(t, db, "ann@x.com", people.Member), newPerson(t, db, "bob@x.com", people.Analyst),
		newPerson(t, db, "free@x.com", people.Member), newPerson(t, db, "root@x.com", people.Administrator)
	for name, limits := range map[string]map[string][]string{
		"a":       {"partner": {"12", "15"}, "region": {"north"}},
		"b":       {"partner": {"15", "20"}},
		"nothing": {"city": {}},
		"free":    nil,
	} {
		group := newGroup(t, db, name, ann, root)
		if name == "b" {
			succeeds(t, groups.AddMember(t.Context(), group.ID, bob.ID, did("x")))
		}
		if name == "free" {
			succeeds(t, groups.AddMember(t.Context(), group.ID, free.ID, did("x")))
		}
		succeeds(t, groups.SetLimits(t.Context(), group.ID, map[string][]string{"old": {"gone"}}, did("x")))
		succeeds(t, groups.SetLimits(t.Context(), group.ID, limits, did("x")))
	}
	for person, want := range map[*people.Person]map[string][]string{
		ann:  {"partner": {"12", "15", "20"}, "region": {"north"}, "city": {}},
		bob:  {"partner": {"15", "20"}},
		free: {},
		root: nil,
	} {
		actor, err := storage.NewPeople(db).Actor(t.Context(), person.ID)
		succeeds(t, err)
		if diff := cmp.Diff(want, actor.Allowed); diff != "" {
			t.Errorf("%s: %s", person.Email, diff)
		}
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	groups := storage.NewGroups(db)
	ann, bob := newPerson(t, db, "ann@x.com", people.Member), newPerson(t, db, "bob@x.com", people.Member)
	sales := newGroup(t, db, "Sales", ann, ann, bob)
	_, err := groups.CreateGroup(t.Context(), "sales", did("x"))
	fails(t, err, fault.Conflict, "called sales already")
	other := newGroup(t, db, "other")
	fails(t, groups.RenameGroup(t.Context(), other.ID, "SALES", did("x")), fault.Conflict, "already")
	succeeds(t, groups.RenameGroup(t.Context(), other.ID, "Support", did("x")))
	fails(t, groups.AddMember(t.Context(), sales.ID, nowhere, did("x")), fault.NotFound, "no such")
	fails(t, groups.RemoveMember(t.Context(), other.ID, ann.ID, did("x")), fault.NotFound, "not in that group")
	succeeds(t, groups.RemoveMember(t.Context(), sales.ID, bob.ID, did("x")))
	members, err := groups.Members(t.Context(), sales.ID)
	if err != nil || len(members) != 1 || members[0].ID != ann.ID {
		t.Errorf("%v, %v", members, err)
	}
	succeeds(t, groups.SetLimits(t.Context(), sales.ID, map[string][]string{"partner": {"1"}}, did("x")))
	all, err := groups.Groups(t.Context())
	succeeds(t, err)
	want := []people.Group{
		{ID: sales.ID, Name: "Sales", Members: 1, Limits: map[string][]string{"partner": {"1"}}},
		{ID: other.ID, Name: "Support", Limits: map[string][]string{}},
	}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Error(diff)
	}
	succeeds(t, groups.RemoveGroup(t.Context(), sales.ID, did("x")))
	_, err = groups.Group(t.Context(), sales.ID)
	fails(t, err, fault.NotFound, "no such group")
}

func TestGroupsOfTheProviderReplaceThoseOfThePerson(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	groups, audit := storage.NewGroups(db), storage.NewAudit(db)
	ann := newPerson(t, db, "ann@x.com", people.Member)
	newGroup(t, db, "old", ann)
	newGroup(t, db, "kept", ann)
	newGroup(t, db, "new")
	for range 2 {
		succeeds(t, groups.SetGroupsOf(t.Context(), ann.ID, []string{"kept", "new", "unknown"}, did("groups.set")))
	}
	person, err := storage.NewPeople(db).Person(t.Context(), ann.ID)
	succeeds(t, err)
	if diff := cmp.Diff([]string{"kept", "new"}, person.Groups); diff != "" {
		t.Error(diff)
	}
	events, _, err := audit.Events(t.Context(), people.EventFilter{Action: "groups.set"})
	if err != nil || len(events) != 1 {
		t.Errorf("%d events, %v", len(events), err)
	}
	succeeds(t, groups.SetGroupsOf(t.Context(), ann.ID, nil, did("groups.set")))
	if person, err := storage.NewPeople(db).Person(t.Context(), ann.ID); err != nil || len(person.Groups) > 0 {
		t.Errorf("%v, %v", person, err)
	}
}
