package storage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/storage"
)

func TestTheAuditLogIsSearched(t *testing.T) {
	t.Parallel()
	audit := storage.NewAudit(migrated(t))
	noon := time.Date(2025, 5, 1, 12, 0, 0, 0, time.UTC)
	ann := &people.Actor{Person: people.Person{ID: nowhere, Email: "Ann@x.com"}, Via: people.BySession, Address: "192.0.2.7"}
	for i, event := range []people.Event{
		ann.Did("report.saved", "report", "r1", "Sales 100%", map[string]any{"message": "Größe"}),
		ann.Did("report.shared", "report", "r2", "Costs", nil),
		people.Command().Did("person.created", "person", "p1", "bob@x.com", nil),
		people.System().Did("run.failed", "run", "r1", "Sales", map[string]any{"values": map[string]any{"partner": "Acme"}}),
	} {
		event.At = noon.Add(time.Duration(i) * time.Hour)
		succeeds(t, audit.Record(t.Context(), event))
	}
	for name, c := range map[string]struct {
		filter people.EventFilter
		want   []string
	}{
		"all, newest first": {people.EventFilter{}, []string{"run.failed", "person.created", "report.shared", "report.saved"}},
		"person by id":      {people.EventFilter{PersonID: nowhere}, []string{"report.shared", "report.saved"}},
		"nobody's id":       {people.EventFilter{PersonID: "ann"}, nil},
		"part of an email":  {people.EventFilter{Person: "aNN"}, []string{"report.shared", "report.saved"}},
		"action":            {people.EventFilter{Action: "report.saved"}, []string{"report.saved"}},
		"kind of action":    {people.EventFilter{Action: "report."}, []string{"report.shared", "report.saved"}},
		"object":            {people.EventFilter{ObjectKind: "report", ObjectID: "r1"}, []string{"report.saved"}},
		"since":             {people.EventFilter{Since: noon.Add(2 * time.Hour)}, []string{"run.failed", "person.created"}},
		"until":             {people.EventFilter{Until: noon.Add(2 * time.Hour)}, []string{"report.shared", "report.saved"}},
		"values":            {people.EventFilter{Text: "acme"}, []string{"run.failed"}},
		"name, literally":   {people.EventFilter{Text: "100%"}, []string{"report.saved"}},
		"address":           {people.EventFilter{Text: "192.0.2"}, []string{"report.shared", "report.saved"}},
		"all at once":       {people.EventFilter{Person: "ann", Action: "report.", Text: "größe", Since: noon}, []string{"report.saved"}},
	} {
		filter := c.filter
		filter.Limit = 1
		var got []string
		for {
			events, next, err := audit.Events(t.Context(), filter)
			succeeds(t, err)
			for _, event := range events {
				got = append(got, event.Action)
			}
			if filter.Cursor = next; next == "" {
				break
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	_, _, err := audit.Events(t.Context(), people.EventFilter{Page: people.Page{Cursor: "WyJ4Il0"}})
	fails(t, err, fault.Invalid, "cursor")
}

func TestNothingChangesWithoutItsEvent(t *testing.T) {
	t.Parallel()
	db := migrated(t)
	store := storage.NewPeople(db)
	ann := newPerson(t, db, "ann@x.com", people.Administrator)
	newPerson(t, db, "bob@x.com", people.Administrator)
	unkept := did("x")
	unkept.Via = "nowhere"
	name := "Changed"
	for what, err := range map[string]error{
		"change":  store.Change(t.Context(), ann.ID, people.Change{Name: &name}, unkept),
		"disable": store.Disable(t.Context(), ann.ID, unkept),
		"remove":  store.Remove(t.Context(), ann.ID, unkept),
		"group":   storage.NewGroups(db).RemoveGroup(t.Context(), newGroup(t, db, "g").ID, unkept),
	} {
		if err == nil {
			t.Errorf("%s without an event", what)
		}
	}
	groups, err := storage.NewGroups(db).Groups(t.Context())
	succeeds(t, err)
	if left, err := store.Person(t.Context(), ann.ID); err != nil || left.Name != "" || left.Disabled != nil || len(groups) != 1 {
		t.Errorf("%+v, %v, %v", left, groups, err)
	}
}
