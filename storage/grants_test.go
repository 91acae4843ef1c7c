package storage_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/storage"
)

// office is a database with a person of each kind and a report in each of some folders.
type office struct {
	db      *storage.DB
	people  map[string]*people.Person
	reports map[string]string // ids by folder
	staff   *people.Group
}

func newOffice(t *testing.T) office {
	t.Helper()
	o := office{db: migrated(t), people: map[string]*people.Person{}, reports: map[string]string{}}
	for name, role := range map[string]people.Role{
		"admin": people.Administrator, "owner": people.Analyst, "analyst": people.Analyst, "member": people.Member, "former": people.Member, "gone": people.Administrator,
	} {
		o.people[name] = newPerson(t, o.db, name+"@x.com", role)
	}
	o.staff = newGroup(t, o.db, "staff", o.people["analyst"], o.people["member"])
	for folder, owner := range map[string]string{"": "owner", "sales": "owner", "sales/partners": "owner", "salesforce": "owner", "old": "former"} {
		o.reports[folder] = uuid.NewString()
		_, err := storage.NewCatalog(o.db).Create(t.Context(), catalog.NewReport{ID: o.reports[folder], Slug: "r", Folder: folder,
			OwnerID: o.people[owner].ID, Draft: catalog.Draft{Title: "T", Document: []byte("T"), Author: "x"}}, did("x"))
		succeeds(t, err)
	}
	succeeds(t, storage.NewPeople(o.db).Disable(t.Context(), o.people["gone"].ID, did("x")))
	return o
}

func (o office) grant(t *testing.T, grant people.Grant) *people.Grant {
	t.Helper()
	kept, err := storage.NewGrants(o.db).Put(t.Context(), grant, did("grant.given"))
	succeeds(t, err)
	return kept
}

// levels are what everybody may on each report, by folder; none is left out.
func (o office) levels(t *testing.T) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	for name, person := range o.people {
		for folder, report := range o.reports {
			level, err := storage.NewGrants(o.db).Level(t.Context(), person.ID, report)
			succeeds(t, err)
			if level == people.None {
				continue
			}
			if all[name] == nil {
				all[name] = map[string]string{}
			}
			all[name][folder] = level.String()
		}
	}
	return all
}

func TestLevels(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	everything := map[string]string{"": "edit", "sales": "edit", "sales/partners": "edit", "salesforce": "edit", "old": "edit"}
	own := map[string]string{"": "edit", "sales": "edit", "sales/partners": "edit", "salesforce": "edit"}
	check := func(what string, want map[string]map[string]string) {
		t.Helper()
		want["admin"] = everything
		if diff := cmp.Diff(want, o.levels(t)); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	// An owner who is no analyst (any more) has nothing of it; a disabled administrator has nothing at all.
	check("without grants", map[string]map[string]string{"owner": own})
	o.grant(t, people.Grant{GroupID: o.staff.ID, Folder: "sales", Level: people.Run})
	check("a folder to a group", map[string]map[string]string{
		"owner":   own,
		"analyst": {"sales": "run", "sales/partners": "run"},
		"member":  {"sales": "run", "sales/partners": "run"},
	})
	for _, name := range []string{"analyst", "member"} {
		o.grant(t, people.Grant{PersonID: o.people[name].ID, ReportID: o.reports["sales"], Level: people.Edit})
	}
	check("the highest counts, members never edit", map[string]map[string]string{
		"owner":   own,
		"analyst": {"sales": "edit", "sales/partners": "run"},
		"member":  {"sales": "view_sql", "sales/partners": "run"},
	})
	o.grant(t, people.Grant{Level: people.Run})
	all := map[string]string{"": "run", "sales": "run", "sales/partners": "run", "salesforce": "run", "old": "run"}
	check("everything to everyone", map[string]map[string]string{
		"owner":   {"": "edit", "sales": "edit", "sales/partners": "edit", "salesforce": "edit", "old": "run"},
		"analyst": {"": "run", "sales": "edit", "sales/partners": "run", "salesforce": "run", "old": "run"},
		"member":  {"": "run", "sales": "view_sql", "sales/partners": "run", "salesforce": "run", "old": "run"},
		"former":  all,
	})
}

func TestLevelsOfFolders(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	grants := storage.NewGrants(o.db)
	o.grant(t, people.Grant{GroupID: o.staff.ID, Folder: "sales", Level: people.Edit})
	o.grant(t, people.Grant{PersonID: o.people["owner"].ID, ReportID: o.reports["sales"], Level: people.Edit})
	for _, c := range []struct {
		who, folder string
		want        people.Level
	}{
		{"admin", "", people.Edit}, {"admin", "anything", people.Edit}, {"gone", "", people.None},
		{"analyst", "sales", people.Edit}, {"analyst", "sales/partners", people.Edit}, {"analyst", "sales/new/deep", people.Edit}, {"analyst", "", people.None}, {"analyst", "salesforce", people.None},
		{"member", "sales", people.ViewSQL}, {"owner", "sales", people.None},
	} {
		if got, err := grants.FolderLevel(t.Context(), o.people[c.who].ID, c.folder); err != nil || got != c.want {
			t.Errorf("%s on %q: %s, %v", c.who, c.folder, got, err)
		}
	}
	for _, id := range []string{"", nowhere} {
		if got, err := grants.FolderLevel(t.Context(), id, "sales"); err != nil || got != people.None {
			t.Errorf("%q: %s, %v", id, got, err)
		}
	}
}

func TestGrantsAreListedWhereTheyCount(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	grants := storage.NewGrants(o.db)
	member, report := o.people["member"], o.reports["sales/partners"]
	own := o.grant(t, people.Grant{PersonID: member.ID, ReportID: report, Level: people.Run, CreatedBy: "admin@x.com"})
	again := o.grant(t, people.Grant{PersonID: member.ID, ReportID: report, Level: people.ViewSQL, CreatedBy: "admin@x.com"})
	if again.ID != own.ID || again.Level != people.ViewSQL || again.Name != "member@x.com" || again.Title != "T" || again.CreatedBy != "admin@x.com" {
		t.Errorf("%+v", again)
	}
	above := o.grant(t, people.Grant{GroupID: o.staff.ID, Folder: "sales", Level: people.Run})
	root := o.grant(t, people.Grant{Level: people.Run})
	o.grant(t, people.Grant{PersonID: o.people["owner"].ID, Folder: "old", Level: people.Run})
	for what, c := range map[string]struct {
		list func() ([]people.Grant, error)
		want []string
	}{
		"report": {func() ([]people.Grant, error) { return grants.OnReport(t.Context(), report) }, []string{own.ID, above.ID, root.ID}},
		"folder": {func() ([]people.Grant, error) { return grants.OnFolder(t.Context(), "sales") }, []string{above.ID, root.ID}},
		"person": {func() ([]people.Grant, error) { return grants.OfPerson(t.Context(), member.ID) }, []string{root.ID, above.ID, own.ID}},
	} {
		found, err := c.list()
		succeeds(t, err)
		var got []string
		for _, grant := range found {
			got = append(got, grant.ID)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	succeeds(t, grants.Remove(t.Context(), own.ID, did("x")))
	fails(t, grants.Remove(t.Context(), own.ID, did("x")), fault.NotFound, "no such grant")
	_, err := grants.Put(t.Context(), people.Grant{PersonID: nowhere, Folder: "sales", Level: people.Run}, did("x"))
	fails(t, err, fault.NotFound, "no such person")
	_, err = grants.Put(t.Context(), people.Grant{Folder: "Sales", Level: people.Run}, did("x"))
	fails(t, err, fault.NotFound, "no folder Sales")
	_, err = grants.Put(t.Context(), people.Grant{ReportID: "1' OR true", Level: people.Run}, did("x"))
	fails(t, err, fault.NotFound, "report")
}

func TestSourcesAreForAdministratorsAndTheAnalystsTheyWereGrantedTo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	grants := storage.NewGrants(o.db)
	may := func(want ...string) {
		t.Helper()
		got := []string{}
		for _, name := range []string{"admin", "owner", "analyst", "member", "former", "gone"} {
			ok, err := grants.MaySource(t.Context(), o.people[name].ID, "warehouse")
			succeeds(t, err)
			if ok {
				got = append(got, name)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	put := func(grant people.SourceGrant) *people.SourceGrant {
		t.Helper()
		kept, err := grants.PutSource(t.Context(), grant, did("x"))
		succeeds(t, err)
		return kept
	}
	put(people.SourceGrant{Source: "billing"})
	may("admin")
	staff := put(people.SourceGrant{Source: "warehouse", GroupID: o.staff.ID})
	if again := put(people.SourceGrant{Source: "warehouse", GroupID: o.staff.ID}); again.ID != staff.ID || again.Name != "staff" {
		t.Errorf("%+v", again)
	}
	may("admin", "analyst")
	everyone := put(people.SourceGrant{Source: "warehouse"})
	may("admin", "owner", "analyst")
	succeeds(t, grants.RemoveSource(t.Context(), everyone.ID, did("x")))
	may("admin", "analyst")
	if all, err := grants.SourceGrants(t.Context(), ""); err != nil || len(all) != 2 {
		t.Errorf("%v, %v", all, err)
	}
}
