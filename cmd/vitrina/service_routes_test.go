package main

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/api/apitest"
)

// everybody are people with a session each: nobody, without the grant, an analyst without rights on the report, and an administrator.
func (i *installation) everybody() []apitest.Person {
	i.Helper()
	all := []apitest.Person{{Name: "nobody"}}
	for _, who := range []apitest.Person{
		{Name: "member", Role: people.Member},
		{Name: "analyst", Role: people.Analyst},
		{Name: "granted", Role: people.Member, Level: people.Run},
		{Name: "administrator", Role: people.Administrator, Level: people.Edit},
	} {
		c := i.staff(who.Role, who.Name)[0]
		const password = "a password of theirs"
		if got := vitrinaWith(i.Context(), strings.NewReader(password+"\n"), "user", "password", c.email, "--data", i.data, "--config", i.config); got.code != exitDone {
			i.Fatalf("%+v", got)
		}
		signed, got, err := i.signIn(c.email, password)
		if err != nil || got.status != http.StatusCreated {
			i.Fatalf("%s cannot sign in: %v %+v", c.email, err, got)
		}
		who.Cookie = signed.cookie
		all = append(all, who)
	}
	return all
}

// Every operation of the document, on a process that was put together as it is served.
func TestEveryRouteOfTheServiceAsEverybody(t *testing.T) {
	i := install(t, false, "")
	p := i.serve()
	address, err := url.Parse(p.address)
	i.must(err)
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(address) }}
	service := apitest.Service{Handler: proxy, People: i.everybody()}
	admin := &client{installation: i, cookie: service.People[4].Cookie, email: "administrator", http: &http.Client{}}
	slug := admin.keep("Numbers", "exports: [{cells: [c], format: csv}]", cell("c", "SELECT number AS n FROM numbers(3)"))
	var report struct{ ID string }
	admin.do(http.MethodGet, "/reports/"+slug, nil, http.StatusOK, &report)
	var granted struct{ Items []struct{ ID string } }
	admin.do(http.MethodGet, "/people?search=granted", nil, http.StatusOK, &granted)
	admin.do(http.MethodPost, "/reports/"+slug+"/grants", map[string]string{"person_id": granted.Items[0].ID, "level": "run"}, http.StatusCreated, nil)
	run := admin.ended(admin.order(slug, map[string]any{}).ID)
	service.Report, service.Run = report.ID, run.ID
	i.outside(service.People, run)
	apitest.Rights(t, service)
	if strings.Contains(p.told(), "panic") {
		t.Errorf("a panic: %s", last(p.told(), 3000))
	}
}

// outside tries what is not in the document of the API.
func (i *installation) outside(everybody []apitest.Person, run served) {
	i.Helper()
	link := "/d/" + strings.Repeat("A", 32) + "." + strings.Repeat("A", 43)
	for path, want := range map[string][5]int{ // nobody, member, analyst, granted, administrator
		"/healthz": {200, 200, 200, 200, 200}, "/readyz": {200, 200, 200, 200, 200}, "/metrics": {200, 200, 200, 200, 200},
		"/api/docs": {200, 200, 200, 200, 200}, "/help": {302, 302, 302, 302, 302}, "/help/ru/fields": {200, 200, 200, 200, 200},
		// Who could run the same may see what it found.
		run.Files[0].URL:              {401, 404, 404, 200, 200},
		link:                          {404, 404, 404, 404, 404},
		"/d/" + run.ID + "/" + run.ID: {401, 404, 404, 404, 404},
		"/auth/oidc/start":            {404, 404, 404, 404, 404}, "/auth/oidc/callback?code=x&state=y": {404, 404, 404, 404, 404},
		"/api/v1/nothing": {404, 404, 404, 404, 404}, "/api/v2": {404, 404, 404, 404, 404}, "/debug/pprof/": {404, 404, 404, 404, 404},
		"/.git/config": {404, 404, 404, 404, 404},
	} {
		for n, who := range everybody {
			c := &client{installation: i, cookie: who.Cookie, http: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
			got, err := c.ask(i.deadline(time.Minute), http.MethodGet, c.base()+path, nil)
			if err != nil || got.status != want[n] {
				i.Errorf("GET %s as %s: %d, not %d: %.200s, %v", path, who.Name, got.status, want[n], got.body, err)
			}
			for _, told := range []string{"goroutine ", "pgx", "SQLSTATE", "secrets.key"} {
				if strings.Contains(string(got.body), told) {
					i.Errorf("GET %s as %s tells %q", path, who.Name, told)
				}
			}
		}
	}
}

// A worker shows how it is and nothing else.
func TestAWorkerServesItsHealthAlone(t *testing.T) {
	i := install(t, false, "")
	p := i.serve("--role", "worker")
	for path, want := range map[string]int{
		"/healthz": 200, "/readyz": 200, "/metrics": 200, "/": 404, "/api/v1/session": 404, "/api/v1/reports": 404, "/d/x": 404, "/api/docs": 404,
	} {
		c := &client{installation: i, http: &http.Client{}}
		if got, err := c.ask(t.Context(), http.MethodGet, p.address+path, nil); err != nil || got.status != want {
			t.Errorf("%s: %d, not %d, %v", path, got.status, want, err)
		}
	}
}
