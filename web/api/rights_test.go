package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
	"github.com/vitrina-reports/vitrina/web/api"
	"github.com/vitrina-reports/vitrina/web/api/apitest"
)

const oneNumber = "---\ntitle: One number\n---\n```sql numbers\nSELECT 1 AS n\n```\n"

func TestEveryRouteAsEverybody(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	f.person("olga", people.Analyst)
	report := f.report("one-number", oneNumber)
	service := apitest.Service{Handler: f.handler, Report: report.ID, Run: f.run("root", "one-number", nil).string("id")}
	service.People = append(service.People, apitest.Person{Name: "nobody"})
	for _, who := range []apitest.Person{
		{Name: "eve", Role: people.Member},
		{Name: "olga", Role: people.Analyst},
		{Name: "rob", Role: people.Member, Level: people.Run},
		{Name: "vera", Role: people.Member, Level: people.ViewSQL},
		{Name: "anna", Role: people.Analyst, Level: people.Edit},
		{Name: "root", Role: people.Administrator, Level: people.Edit},
	} {
		who.Cookie = f.cookie(who.Name)
		service.People = append(service.People, who)
	}
	apitest.Rights(t, service)
}

// What is outside of the document is not in the table: it must be known, and tried by tests of its own.
func TestRoutesOutsideOfTheDocumentAreKnown(t *testing.T) {
	t.Parallel()
	f := newFront(t, func(o *api.Options) { o.SignOn = &provider{} })
	routes, err := api.Routes()
	f.must(err)
	known := map[string]bool{
		"GET /api/docs": true, "GET /api/docs/:file": true, "GET /auth/oidc/start": true, "GET /auth/oidc/callback": true,
		"GET /d/:token": true, "HEAD /d/:token": true, "GET /d/:token/:file": true, "HEAD /d/:token/:file": true,
	}
	for _, route := range routes {
		known[route.Method+" "+root+strings.NewReplacer("{", ":", "}", "").Replace(route.Path)] = true
	}
	for _, route := range f.handler.(*gin.Engine).Routes() {
		if !known[route.Method+" "+route.Path] {
			t.Errorf("%s %s is neither in the document nor known here", route.Method, route.Path)
		}
	}
}

func TestATokenNeedsTheScopeOfTheOperation(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	report := f.report("one-number", oneNumber)
	routes, err := api.Routes()
	f.must(err)
	for i, scope := range people.Scopes {
		secret, _, err := f.accounts.CreateToken(t.Context(), people.Command(), accounts.NewToken{
			PersonID: f.people["root"].ID, Name: "test", Scopes: []people.Scope{scope},
		})
		f.must(err)
		f.tokens["token"] = secret
		for _, route := range routes {
			if route.Scope == "" || slices.Index(people.Scopes, people.Scope(route.Scope)) <= i {
				continue
			}
			answer := f.ask("token", route.Method, apitest.Service{Report: report.ID, Run: uuid.NewString()}.Path(route), "{}")
			if answer.StatusCode != http.StatusForbidden || !strings.Contains(answer.string("detail"), "scope "+route.Scope) {
				t.Errorf("%s with %s: %d %s", route.ID, scope, answer.StatusCode, answer.text)
			}
		}
	}
}

func TestATemporaryPasswordOpensOnlyItsChange(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	given, err := f.accounts.ResetPassword(t.Context(), people.Command(), f.people["root"].ID)
	f.must(err)
	cookie := f.signIn("root", given)
	for path, status := range map[string]int{"/people": 403, "/me/sessions": 403, "/reports": 403, "/session": 200} {
		answer := f.want(status, nobody, "GET", root+path, nil, "Cookie", cookie)
		if status == 403 && !strings.Contains(answer.string("detail"), "password of your own") {
			t.Errorf("%s: %s", path, answer.text)
		}
	}
	f.want(http.StatusOK, "root", "GET", root+"/people", nil) // a token is no password
	f.want(http.StatusNoContent, nobody, "PUT", root+"/me/password", map[string]any{"current": given, "new": password}, "Cookie", cookie)
	f.want(http.StatusOK, nobody, "GET", root+"/people", nil, "Cookie", cookie)
}

func TestAServiceDoesNotStartWithARuleThatNobodyKnows(t *testing.T) {
	t.Parallel()
	if err := api.ReadDocument("", ""); err != nil {
		t.Fatal(err)
	}
	for after, want := range map[string]string{
		"x-access: everybody":             `unknown rule "everybody"`,
		"x-access: [analyst, report:see]": `unknown rule "report:see"`,
		"x-note: x":                       "no x-access",
	} {
		if err := api.ReadDocument("x-access: analyst", after); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", after, err)
		}
	}
}
