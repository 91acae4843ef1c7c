package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/people"
)

func (d *desk) rename(name, called string) {
	d.Helper()
	_, err := d.accounts.ChangePerson(d.Context(), people.Command(), d.people[name].ID, people.Change{Name: &called})
	d.must(err)
}

func TestPeopleAreCalledByTheirNames(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("one-number", oneNumber)
	d.rename("rob", "Robert Runner")
	d.rename("vera", "")
	run := d.run("rob", "one-number", nil)
	if run.string("person") != "rob@example.com" || run.string("person_name") != "Robert Runner" || run.string("cancelled_by_name") != "" {
		t.Errorf("got %s", run.text)
	}
	listed := d.want(http.StatusOK, "anna", "GET", root+"/runs", nil)
	if listed.string("items", 0, "person_name") != "Robert Runner" {
		t.Errorf("got %s", listed.text)
	}
	link := d.want(http.StatusCreated, "rob", "POST", root+"/runs/"+run.string("id")+"/links", map[string]any{"artifact": run.string("artifacts", 0, "id")})
	if link.string("person_name") != "Robert Runner" {
		t.Errorf("got %s", link.text)
	}
	report := d.want(http.StatusOK, "rob", "GET", root+"/reports/one-number", nil)
	if report.string("owner") != "root@example.com" || report.string("owner_name") != "root" || report.string("updated_by_name") != "root" {
		t.Errorf("got %s", report.text)
	}
	if saves := d.want(http.StatusOK, "anna", "GET", root+"/reports/one-number/revisions", nil); saves.string("items", 0, "author_name") != "root" {
		t.Errorf("got %s", saves.text)
	}
	if log := d.want(http.StatusOK, "root", "GET", root+"/audit?action=run.created", nil); log.string("items", 0, "person_name") != "Robert Runner" {
		t.Errorf("got %s", log.text)
	}
	for search, found := range map[string]int{"robert%20run": 1, "rob@": 1, "roberta": 0} {
		log := d.want(http.StatusOK, "root", "GET", root+"/audit?action=run.created&person="+search, nil)
		if items, _ := log.at("items").([]any); len(items) != found {
			t.Errorf("%s finds %s", search, log.text)
		}
	}
	grants := d.want(http.StatusOK, "anna", "GET", root+"/reports/one-number/grants", nil)
	for _, told := range []string{`"name":"rob@example.com","person_id":`, `"person_name":"Robert Runner"`, `"person_name":"vera@example.com"`} {
		if !strings.Contains(grants.text, told) {
			t.Errorf("%s is not in %s", told, grants.text)
		}
	}
}

func TestNamesThatSeveralHaveComeWithTheEmail(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("one-number", oneNumber)
	run := d.run("rob", "one-number", nil).string("id")
	called := func() string {
		t.Helper()
		return d.want(http.StatusOK, "anna", "GET", root+"/runs/"+run, nil).string("person_name")
	}
	d.rename("rob", "Alex Doe")
	d.rename("eve", "alex doe")
	if name := called(); name != "Alex Doe (rob@example.com)" {
		t.Errorf("got %q", name)
	}
	email := "robert@example.com"
	_, err := d.accounts.ChangePerson(t.Context(), people.Command(), d.people["rob"].ID, people.Change{Email: &email})
	d.must(err)
	if name := called(); name != "Alex Doe (robert@example.com)" {
		t.Errorf("got %q", name)
	}
	d.must(d.accounts.RemovePerson(t.Context(), people.Command(), d.people["rob"].ID))
	if name := called(); name != "rob@example.com" {
		t.Errorf("got %q for somebody who was removed", name)
	}
}
