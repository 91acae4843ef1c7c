// Package apitest tries every route of the API as everybody. The table is derived from the document, so that a new operation is tried
// without a word here, and one without a rule fails.
package apitest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/api"
)

// Person is somebody who tries, by a session of their own.
type Person struct {
	Name   string
	Cookie string // header Cookie; empty for nobody
	Role   people.Role
	Level  people.Level // on the report
}

// Service is what they try. People stand in the order of what they may. Report is the id of a report, on which nobody has rights but
// those that the people's levels tell, and Run that of an ended run of it by an administrator. Both may be gone afterwards.
type Service struct {
	Handler http.Handler
	People  []Person
	Report  string
	Run     string
}

// Rights fails for each answer that the document's rules do not tell.
func Rights(t *testing.T, s Service) {
	routes, err := api.Routes()
	if err != nil {
		t.Fatal(err)
	}
	if len(routes) < 80 {
		t.Fatalf("only %d routes are known", len(routes))
	}
	slices.SortStableFunc(routes, func(a, b api.Route) int { return slices.Index(last, a.ID) - slices.Index(last, b.ID) })
	for _, route := range routes {
		t.Run(route.ID, func(t *testing.T) {
			for _, who := range s.People {
				s.try(t, route, who)
			}
		})
	}
}

// last are operations that would leave nothing for those after them.
var last = []string{"undeleteReport", "deleteReport", "signOut"}

func (s Service) try(t *testing.T, route api.Route, who Person) {
	t.Helper()
	response := s.ask(t, route, who)
	got, want := response.Code, expected(route.Access, who)
	switch {
	case want != 0 && got != want:
		t.Errorf("%s (%s): %d, want %d: %s", who.Name, strings.Join(route.Access, " and "), got, want, response.Body)
	case want == 0 && (refusals[got] || got >= 500):
		t.Errorf("%s (%s): %d, but the rules let them through: %s", who.Name, strings.Join(route.Access, " and "), got, response.Body)
	case got >= 400 && response.Header().Get("Content-Type") != "application/problem+json":
		t.Errorf("%s: %d is told as %q", who.Name, got, response.Header().Get("Content-Type"))
	}
}

// refusals are what those who may are never told. That something does not exist may be true.
var refusals = map[int]bool{
	http.StatusUnauthorized: true, http.StatusForbidden: true, http.StatusMethodNotAllowed: true, http.StatusTooManyRequests: true,
}

// expected is the status of the first rule that is not met, and 0 when all are.
func expected(rules []string, who Person) int {
	for _, rule := range rules {
		if status := met(rule, who); status != 0 {
			return status
		}
	}
	return 0
}

func met(rule string, who Person) int {
	if rule == "public" {
		return 0
	}
	if who.Cookie == "" {
		return http.StatusUnauthorized
	}
	switch rule {
	case "signed-in":
		return 0
	case "analyst":
		return unless(who.Role != people.Member)
	case "administrator":
		return unless(who.Role == people.Administrator)
	case "report:run", "run":
		return onReport(who, people.Run)
	case "report:view_sql":
		return onReport(who, people.ViewSQL)
	case "report:edit", "run:manage":
		return onReport(who, people.Edit)
	}
	return -1 // a rule this table does not know is never met
}

func unless(may bool) int {
	if may {
		return 0
	}
	return http.StatusForbidden
}

// onReport keeps secret that there is a report from those who may nothing with it.
func onReport(who Person, least people.Level) int {
	if who.Level == people.None {
		return http.StatusNotFound
	}
	return unless(who.Level >= least)
}

// ask sends the least a request of the route can be: ids of nothing but the report and the run, and an empty body.
func (s Service) ask(t *testing.T, route api.Route, who Person) *httptest.ResponseRecorder {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var body *strings.Reader
	switch route.Body {
	case "":
		body = strings.NewReader("")
	case "application/json":
		body = strings.NewReader("{}")
	default:
		body = strings.NewReader("x")
	}
	request := httptest.NewRequestWithContext(ctx, route.Method, s.Path(route), body)
	if route.Body != "" {
		request.Header.Set("Content-Type", route.Body)
	}
	if who.Cookie != "" {
		request.Header.Set("Cookie", who.Cookie)
	}
	response := httptest.NewRecorder()
	s.Handler.ServeHTTP(response, request)
	return response
}

// Path of the route with the report and the run, and otherwise with ids of nothing.
func (s Service) Path(route api.Route) string {
	parts := strings.Split(api.Root+route.Path, "/")
	for i, part := range parts {
		switch part {
		case "{report}":
			parts[i] = s.Report
		case "{run}":
			parts[i] = s.Run
		case "{number}":
			parts[i] = "1"
		case "{name}", "{field}", "{cell}", "{source}":
			parts[i] = "nothing"
		default:
			if strings.HasPrefix(part, "{") {
				parts[i] = uuid.NewString()
			}
		}
	}
	return strings.Join(parts, "/")
}
