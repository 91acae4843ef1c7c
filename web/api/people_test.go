package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/web/api"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func TestSomebodyAddedSignsInWithThePasswordOfTheAnswer(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	group := f.want(http.StatusCreated, "root", "POST", root+"/groups", map[string]any{"name": "North", "limits": map[string]any{"partner": []string{"12"}}})
	made := f.want(http.StatusCreated, "root", "POST", root+"/people",
		map[string]any{"email": "New@Example.com", "role": "analyst", "groups": []string{group.string("id")}})
	if made.string("person", "email") != "new@example.com" || made.string("person", "groups", 0) != "North" || made.at("person", "temporary") != true {
		t.Error(made.text)
	}
	session := f.want(http.StatusOK, nobody, "GET", root+"/session", nil, "Cookie", f.signIn("new", made.string("password")))
	if session.string("limits", "partner", 0) != "12" {
		t.Error(session.text)
	}
	f.want(http.StatusConflict, "root", "POST", root+"/people", map[string]any{"email": "new@example.com", "role": "member"})
	without := f.want(http.StatusCreated, "root", "POST", root+"/people", map[string]any{"email": "sso@example.com", "role": "member", "password": false})
	if without.string("password") != "" || without.at("person", "password") != false {
		t.Error(without.text)
	}
}

func TestWhatTheServiceFindsWrongIsInItsField(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	for _, test := range []struct {
		path, field string
		body        map[string]any
	}{
		{"/people", "email", map[string]any{"email": "no address", "role": "member"}},
		{"/groups", "name", map[string]any{"name": "   "}},
		{"/groups", "limits", map[string]any{"name": "West", "limits": map[string]any{"No Field": []string{}}}},
	} {
		answer := f.want(http.StatusUnprocessableEntity, "root", "POST", root+test.path, test.body)
		if answer.string("fields", 0, "field") != test.field || answer.string("fields", 0, "message") != answer.string("detail") {
			t.Error(answer.text)
		}
	}
}

func TestPeopleAreListedInPages(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	var emails []string
	cursor := ""
	for {
		page := f.want(http.StatusOK, "root", "GET", root+"/people?limit=2&cursor="+cursor, nil)
		items, _ := page.at("items").([]any)
		for i := range items {
			emails = append(emails, page.string("items", i, "email"))
		}
		if cursor = page.string("next"); cursor == "" {
			break
		}
	}
	if got := strings.Join(emails, " "); got != "anna@example.com eve@example.com rob@example.com root@example.com vera@example.com" {
		t.Error(got)
	}
	f.want(http.StatusUnprocessableEntity, "root", "GET", root+"/people?cursor=made-up", nil)
	if found := f.want(http.StatusOK, "root", "GET", root+"/people?role=analyst&status=enabled&search=ANN", nil); found.string("items", 0, "name") != "anna" || found.at("items", 1) != nil {
		t.Error(found.text)
	}
}

func TestWhoIsDisabledIsOutAtOnce(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	cookie, path := f.cookie("rob"), root+"/people/"+f.people["rob"].ID
	changed := f.want(http.StatusOK, "root", "PATCH", path, map[string]any{"disabled": true, "name": "Robert"})
	if changed.string("disabled") == "" || changed.string("name") != "Robert" {
		t.Error(changed.text)
	}
	f.want(http.StatusUnauthorized, nobody, "GET", root+"/session", nil, "Cookie", cookie)
	f.want(http.StatusUnauthorized, "rob", "GET", root+"/session", nil)
	f.want(http.StatusUnauthorized, nobody, "POST", root+"/session", map[string]any{"email": "rob@example.com", "password": password})
	f.want(http.StatusOK, "root", "PATCH", path, map[string]any{"disabled": false})
	f.signIn("rob", password)
}

func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	path := root + "/people/" + f.people["root"].ID
	for _, change := range []map[string]any{{"role": "member"}, {"disabled": true}} {
		if answer := f.want(http.StatusConflict, "root", "PATCH", path, change); !strings.Contains(answer.string("detail"), "last administrator") {
			t.Error(answer.text)
		}
	}
}

func TestASessionEndedByTheAdministratorAndANewPassword(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	cookie, path := f.cookie("rob"), root+"/people/"+f.people["rob"].ID
	f.want(http.StatusNoContent, "root", "DELETE", path+"/sessions", nil)
	f.want(http.StatusUnauthorized, nobody, "GET", root+"/session", nil, "Cookie", cookie)
	given := f.want(http.StatusCreated, "root", "POST", path+"/password", nil)
	f.want(http.StatusUnauthorized, nobody, "POST", root+"/session", map[string]any{"email": "rob@example.com", "password": password})
	f.signIn("rob", given.string("password"))
}

func TestGroupsAndTheirLimits(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	id := f.want(http.StatusCreated, "root", "POST", root+"/groups", map[string]any{"name": "North"}).string("id")
	path := root + "/groups/" + id
	f.want(http.StatusConflict, "root", "POST", root+"/groups", map[string]any{"name": "north"})
	f.want(http.StatusNoContent, "root", "PUT", path+"/members/"+f.people["rob"].ID, nil)
	f.want(http.StatusNoContent, "root", "PUT", path+"/members/"+f.people["rob"].ID, nil)
	changed := f.want(http.StatusOK, "root", "PATCH", path, map[string]any{"name": "South", "limits": map[string]any{"partner": []string{"12", "15"}}})
	if changed.string("name") != "South" || changed.string("limits", "partner", 1) != "15" {
		t.Error(changed.text)
	}
	f.want(http.StatusUnprocessableEntity, "root", "PATCH", path, map[string]any{"limits": map[string]any{"No Field": []string{}}})
	f.want(http.StatusUnprocessableEntity, "root", "POST", root+"/groups", map[string]any{"name": "West", "limits": map[string]any{"No Field": []string{}}})
	f.want(http.StatusCreated, "root", "POST", root+"/groups", map[string]any{"name": "West"})
	if session := f.want(http.StatusOK, "rob", "GET", root+"/session", nil); session.string("limits", "partner", 0) != "12" || session.string("person", "groups", 0) != "South" {
		t.Error(session.text)
	}
	if detail := f.want(http.StatusOK, "root", "GET", path, nil); detail.string("people", 0, "email") != "rob@example.com" {
		t.Error(detail.text)
	}
	f.want(http.StatusNoContent, "root", "DELETE", path+"/members/"+f.people["rob"].ID, nil)
	f.want(http.StatusNoContent, "root", "DELETE", path, nil)
	f.want(http.StatusNotFound, "root", "GET", path, nil)
}

func TestPrincipalsAreFoundByAnalysts(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	f.want(http.StatusCreated, "root", "POST", root+"/groups", map[string]any{"name": "Robots"})
	found := f.want(http.StatusOK, "anna", "GET", root+"/principals?search=rob", nil)
	if found.string("items", 0, "name") != "Robots" || found.string("items", 0, "kind") != "group" ||
		found.string("items", 1, "detail") != "rob@example.com" || found.at("items", 2) != nil {
		t.Error(found.text)
	}
}

func TestSharingAReport(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	f.report("one-number", oneNumber)
	other := f.report("another", oneNumber)
	path := root + "/reports/one-number"
	f.want(http.StatusNotFound, "eve", "GET", path, nil)
	given := f.want(http.StatusCreated, "anna", "POST", path+"/grants", map[string]any{"person_id": f.people["eve"].ID, "level": "run"})
	if given.string("name") != "eve@example.com" || given.string("created_by") != "anna@example.com" {
		t.Error(given.text)
	}
	f.want(http.StatusOK, "eve", "GET", path, nil)
	f.want(http.StatusForbidden, "eve", "GET", path+"/document", nil)
	f.want(http.StatusForbidden, "rob", "POST", path+"/grants", map[string]any{"person_id": f.people["eve"].ID, "level": "edit"})
	f.want(http.StatusNotFound, "root", "DELETE", root+"/reports/"+other.ID+"/grants/"+given.string("id"), nil)
	if listed := f.want(http.StatusOK, "anna", "GET", path+"/grants", nil); !strings.Contains(listed.text, given.string("id")) {
		t.Error(listed.text)
	}
	f.want(http.StatusNoContent, "anna", "DELETE", path+"/grants/"+given.string("id"), nil)
	f.want(http.StatusNotFound, "eve", "GET", path, nil)
	f.want(http.StatusNotFound, "anna", "POST", path+"/grants", map[string]any{"person_id": "0197f3a2-5c1e-7d0b-8b1a-3f6f0a1c2d3e", "level": "run"})
}

func TestSharingAFolder(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	f.report("one-number", oneNumber)
	f.want(http.StatusOK, "root", "PATCH", root+"/reports/one-number", map[string]any{"folder": "sales/north"})
	grant := map[string]any{"folder": "sales", "level": "run"}
	f.want(http.StatusForbidden, "anna", "POST", root+"/folder-grants", grant)
	given := f.want(http.StatusCreated, "root", "POST", root+"/folder-grants", grant)
	f.want(http.StatusOK, "eve", "GET", root+"/reports/one-number", nil)
	f.want(http.StatusForbidden, "anna", "GET", root+"/folder-grants?folder=sales", nil)
	if listed := f.want(http.StatusOK, "root", "GET", root+"/folder-grants?folder=sales", nil); listed.string("items", 0, "folder") != "sales" {
		t.Error(listed.text)
	}
	f.want(http.StatusForbidden, "anna", "DELETE", root+"/folder-grants/"+given.string("id"), nil)
	f.want(http.StatusNoContent, "root", "DELETE", root+"/folder-grants/"+given.string("id"), nil)
	f.want(http.StatusNotFound, "eve", "GET", root+"/reports/one-number", nil)
}

func TestAnalystsSeeTheSourcesGrantedToThem(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	f.want(http.StatusCreated, "root", "POST", root+"/sources", map[string]any{"name": "billing", "driver": "postgres", "dsn": "postgres://db/shop"})
	if listed := f.want(http.StatusOK, "anna", "GET", root+"/sources", nil); strings.Contains(listed.text, "billing") {
		t.Error(listed.text)
	}
	missing := f.want(http.StatusUnprocessableEntity, "root", "POST", root+"/source-grants", map[string]any{"source": "biling", "person_id": f.people["anna"].ID})
	if missing.string("fields", 0, "field") != "source" {
		t.Error(missing.text)
	}
	given := f.want(http.StatusCreated, "root", "POST", root+"/source-grants", map[string]any{"source": "billing", "person_id": f.people["anna"].ID})
	if listed := f.want(http.StatusOK, "anna", "GET", root+"/sources", nil); !strings.Contains(listed.text, "billing") {
		t.Error(listed.text)
	}
	if listed := f.want(http.StatusOK, "root", "GET", root+"/source-grants", nil); !strings.Contains(listed.text, given.string("id")) {
		t.Error(listed.text)
	}
	f.want(http.StatusNoContent, "root", "DELETE", root+"/source-grants/"+given.string("id"), nil)
	if listed := f.want(http.StatusOK, "anna", "GET", root+"/sources", nil); strings.Contains(listed.text, "billing") {
		t.Error(listed.text)
	}
}

func TestASourceIsConnectedAndItsAddressNeverShown(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	const dsn = "postgres://reader:s3cr3t-w0rd@db:5432/shop"
	made := f.want(http.StatusCreated, "root", "POST", root+"/sources", map[string]any{
		"name": "billing", "driver": "postgres", "dsn": dsn, "limits": map[string]any{"time": 60, "rows": 1000, "overflow": "cut"},
	})
	changed := f.want(http.StatusOK, "root", "PUT", root+"/sources/billing", map[string]any{"driver": "postgres", "limits": map[string]any{"runs": 2}, "version": 1})
	if made.at("version") == nil || changed.string("limits", "overflow") != "fail" {
		t.Error(made.text, changed.text)
	}
	f.want(http.StatusConflict, "root", "PUT", root+"/sources/billing", map[string]any{"driver": "postgres", "version": 1})
	test := f.want(http.StatusOK, "root", "POST", root+"/sources/billing/test", nil)
	if test.at("ok") != false || !strings.Contains(test.string("message"), "has no such database") || test.at("found") != nil ||
		test.string("trouble", "kind") != "no_database" || test.string("trouble", "product") != "Postgres" ||
		test.string("trouble", "address") != "db:5432" || test.string("trouble", "detail") != "there is no billing" {
		t.Error(test.text)
	}
	answer := f.want(http.StatusOK, "root", "POST", root+"/sources/warehouse/test", nil)
	if answer.at("ok") != true || answer.string("found", "product") != "ClickHouse" || answer.at("trouble") != nil {
		t.Error(answer.text)
	}
	tried := f.want(http.StatusOK, "root", "POST", root+"/source-test", map[string]any{"driver": "postgres", "name": "billing"})
	if tried.at("ok") != true || tried.string("message") != "postgres at db:5432 answers. Its user may read 2 tables." {
		t.Errorf("the address that is kept is not tried: %s", tried.text)
	}
	listed := f.want(http.StatusOK, "root", "GET", root+"/sources", nil)
	audit := f.want(http.StatusOK, "root", "GET", root+"/audit?kind=source&object=billing", nil)
	for _, text := range []string{made.text, changed.text, listed.text, audit.text, test.text, tried.text, f.log.String()} {
		if strings.Contains(text, "s3cr3t-w0rd") {
			t.Errorf("the address is shown: %s", text)
		}
	}
	f.want(http.StatusConflict, "root", "POST", root+"/sources", map[string]any{"name": "billing", "driver": "postgres", "dsn": dsn})
	f.want(http.StatusNoContent, "root", "DELETE", root+"/sources/billing", nil)
	f.want(http.StatusNotFound, "root", "POST", root+"/sources/billing/test", nil)
}

func TestEveryTroubleOfASourceIsInTheDocument(t *testing.T) {
	t.Parallel()
	for _, kind := range source.Kinds() {
		if !wire.SourceTroubleKind(kind).Valid() {
			t.Errorf("openapi.yaml does not know %s", kind)
		}
	}
}

func TestASourceIsTriedBeforeItIsConnected(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	const path, dsn = root + "/source-test", "http://reader:s3cr3t-w0rd@ch:8123/shop"
	for name, c := range map[string]struct {
		status int
		body   map[string]any
		says   string
	}{
		"an address":         {http.StatusOK, map[string]any{"driver": "clickhouse", "dsn": dsn}, "clickhouse at ch:8123 answers. Its user may read 2 tables."},
		"no address":         {http.StatusUnprocessableEntity, map[string]any{"driver": "clickhouse"}, "Give the address"},
		"of nobody":          {http.StatusNotFound, map[string]any{"driver": "clickhouse", "name": "nobody"}, "no source of that name"},
		"configured":         {http.StatusForbidden, map[string]any{"driver": "clickhouse", "name": "warehouse"}, "not connected here"},
		"what is no address": {http.StatusOK, map[string]any{"driver": "clickhouse", "dsn": "http://u:s3cr3t-w0rd@%zz"}, "That is no address."},
	} {
		t.Run(name, func(t *testing.T) {
			answer := f.want(c.status, "root", "POST", path, c.body)
			if !strings.Contains(answer.text, c.says) || strings.Contains(answer.text+f.log.String(), "s3cr3t-w0rd") {
				t.Errorf("got %s", answer.text)
			}
		})
	}
	f.want(http.StatusForbidden, "anna", "POST", path, map[string]any{"driver": "clickhouse", "dsn": dsn})
	audit := f.want(http.StatusOK, "root", "GET", root+"/audit?kind=source", nil)
	if !strings.Contains(audit.text, `"source.tested"`) || !strings.Contains(audit.text, `"host":"ch:8123"`) || strings.Contains(audit.text, "s3cr3t-w0rd") {
		t.Errorf("in the audit log: %s", audit.text)
	}
}

func TestSourcesOfTheConfigurationFileStayAsTheyAre(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	f.want(http.StatusConflict, "root", "POST", root+"/sources", map[string]any{"name": "warehouse", "driver": "postgres", "dsn": "postgres://db"})
	for _, answer := range []answer{
		f.want(http.StatusForbidden, "root", "PUT", root+"/sources/warehouse", map[string]any{"driver": "postgres"}),
		f.want(http.StatusForbidden, "root", "DELETE", root+"/sources/warehouse", nil),
	} {
		if !strings.Contains(answer.string("detail"), "configuration file") {
			t.Error(answer.text)
		}
	}
}

func TestTheAuditLogIsSearched(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	f.cookie("rob")
	group := f.want(http.StatusCreated, "root", "POST", root+"/groups", map[string]any{"name": "North"}).string("id")
	for query, want := range map[string]string{
		"object=" + group:                                    "group.created",
		"action=session.&person=rob@ex":                      "session.started",
		"action=group.created&person=" + f.people["root"].ID: "group.created",
		"search=North":                                       "group.created",
	} {
		found := f.want(http.StatusOK, "root", "GET", root+"/audit?"+query, nil)
		if found.string("items", 0, "action") != want || found.string("items", 0, "at") == "" {
			t.Errorf("%s: %s", query, found.text)
		}
	}
	none := f.want(http.StatusOK, "root", "GET", root+"/audit?since=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z", nil)
	if items, ok := none.at("items").([]any); !ok || len(items) != 0 {
		t.Error(none.text)
	}
	first := f.want(http.StatusOK, "root", "GET", root+"/audit?limit=1", nil)
	second := f.want(http.StatusOK, "root", "GET", root+"/audit?limit=1&cursor="+first.string("next"), nil)
	if second.string("items", 0, "id") == "" || second.string("items", 0, "id") == first.string("items", 0, "id") {
		t.Error(second.text)
	}
}

func TestTheSystemPage(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	state := f.want(http.StatusOK, "root", "GET", root+"/system", nil)
	if state.string("version") != "1.2.3" || state.string("parts", 0, "message") != "Postgres 17" || state.string("processes", 0, "host") != "here" ||
		state.at("queue", "oldest") != nil || !strings.Contains(state.text, `"queued":2`) {
		t.Error(state.text)
	}
	if figure := `"figures":[{"name":"size","unit":"bytes","value":1099511627776}]`; strings.Count(state.text, "figures") != 1 || !strings.Contains(state.text, figure) {
		t.Errorf("the figures of the database are not told: %s", state.text)
	}
}

func TestTheDocumentIsServedWithAPageForIt(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	if doc := f.want(http.StatusOK, nobody, "GET", root+"/openapi.json", nil); doc.string("openapi") != "3.0.3" || doc.at("paths", "/session") == nil {
		t.Error(doc.text[:200])
	}
	if doc := f.want(http.StatusOK, nobody, "GET", root+"/openapi.yaml", nil); !strings.HasPrefix(doc.text, "openapi: 3.0.3\n") {
		t.Error(doc.text[:200])
	}
	page := f.want(http.StatusOK, nobody, "GET", "/api/docs", nil)
	if strings.Contains(page.text, "://") || strings.Contains(page.text, "<script>") || strings.Contains(page.text, "style=") {
		t.Errorf("the page needs another host or a script within: %s", page.text)
	}
	for _, file := range []string{"swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon-32x32.png"} {
		if !strings.Contains(page.text, "/api/docs/"+file) {
			t.Errorf("the page does not need %s", file)
		}
		f.want(http.StatusOK, nobody, "GET", "/api/docs/"+file, nil)
	}
	f.want(http.StatusNotFound, nobody, "GET", "/api/docs/index.html", nil)
}

func TestAnAddressOfAProxyThatIsNoneIsTold(t *testing.T) {
	t.Parallel()
	if _, err := api.New(api.Options{Proxies: []string{"no address"}}); err == nil {
		t.Error("proxies of no address are taken")
	}
}
