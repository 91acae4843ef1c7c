package api_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/api"
)

// broken is accounts with one operation that goes wrong in the way of the test.
type broken struct {
	api.Accounts
	err   error
	panic any
}

func (b *broken) MySessions(context.Context, *people.Actor) ([]people.Session, error) {
	if b.panic != nil {
		panic(b.panic)
	}
	return nil, b.err
}

func TestWhatGoesWrongIsToldWithoutItsCause(t *testing.T) {
	t.Parallel()
	failing := &broken{}
	f := newFront(t, func(o *api.Options) { failing.Accounts, o.Accounts = o.Accounts, failing })
	secret := errors.New(`ERROR: relation "people" does not exist (SQLSTATE 42P01) at postgres://vitrina:s3cr3t@db/vitrina`)
	for name, test := range map[string]struct {
		err      error
		panic    any
		status   int
		code     string
		sentence string
	}{
		"any error":        {err: secret, status: 500, code: "failed", sentence: "Something went wrong."},
		"a panic":          {panic: secret.Error(), status: 500, code: "failed", sentence: "Something went wrong."},
		"nothing answers":  {err: fault.New(fault.Unavailable, "The database does not answer."), status: 503, code: "unavailable", sentence: "The database does not answer."},
		"with its cause":   {err: &fault.Error{Code: fault.Failed, Message: "The disk is full.", Cause: secret}, status: 500, code: "failed", sentence: "The disk is full."},
		"too many":         {err: fault.Later(90*time.Second, "Wait."), status: 429, code: "too_many", sentence: "Wait."},
		"a limit":          {err: fault.New(fault.Limit, "Too long."), status: 422, code: "limit", sentence: "Too long."},
		"a conflict":       {err: fault.New(fault.Conflict, "Taken."), status: 409, code: "conflict", sentence: "Taken."},
		"not there":        {err: fault.New(fault.NotFound, "There is none."), status: 404, code: "not_found", sentence: "There is none."},
		"refused":          {err: fault.New(fault.Forbidden, "No."), status: 403, code: "forbidden", sentence: "No."},
		"a request's flaw": {err: fault.New(fault.Invalid, "Wrong."), status: 422, code: "invalid", sentence: "Wrong."},
	} {
		failing.err, failing.panic = test.err, test.panic
		answer := f.want(test.status, "root", "GET", root+"/me/sessions", nil)
		if answer.string("code") != test.code || !strings.HasPrefix(answer.string("detail"), test.sentence) {
			t.Errorf("%s: %s", name, answer.text)
		}
		if strings.Contains(answer.text, "s3cr3t") || strings.Contains(answer.text, "SQLSTATE") || strings.Contains(answer.text, "goroutine") {
			t.Errorf("%s tells what nobody is to know: %s", name, answer.text)
		}
		number := answer.Header.Get("X-Request-Id")
		if number == "" || answer.string("request_id") != number {
			t.Errorf("%s: the request is %q in the header and %q in the body", name, number, answer.string("request_id"))
		}
		if test.status == 500 && !strings.Contains(f.log.String(), number) {
			t.Errorf("%s: the log does not know the request", name)
		}
	}
	if !strings.Contains(f.log.String(), "SQLSTATE 42P01") {
		t.Error("the log does not tell the cause")
	}
}

func TestHowLongToWaitIsTold(t *testing.T) {
	t.Parallel()
	failing := &broken{err: fault.Later(1500*time.Millisecond, "Wait.")}
	f := newFront(t, func(o *api.Options) { failing.Accounts, o.Accounts = o.Accounts, failing })
	answer := f.want(http.StatusTooManyRequests, "root", "GET", root+"/me/sessions", nil)
	if answer.Header.Get("Retry-After") != "2" || answer.at("retry_after") == nil {
		t.Errorf("Retry-After is %q: %s", answer.Header.Get("Retry-After"), answer.text)
	}
}

func TestBadInputIsAnsweredInWords(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	long := `{"name": "` + strings.Repeat("x", 1<<20) + `"}`
	for name, test := range map[string]struct {
		method, path, body string
		media              string
		status             int
		want               string // part of the answer
	}{
		"no JSON":              {"POST", "/groups", `{"name": `, "", 400, "it ends too early"},
		"a mistake in it":      {"POST", "/groups", `{"name": nobody}`, "", 400, "a mistake at byte 11"},
		"more than a value":    {"POST", "/groups", `{"name": "a"} {}`, "", 400, "something follows the value"},
		"an empty body":        {"POST", "/groups", ``, "", 400, "JSON is needed"},
		"a form":               {"POST", "/groups", `name=a`, "application/x-www-form-urlencoded", 415, "Send the body as application/json."},
		"text":                 {"POST", "/groups", `{"name": "a"}`, "text/plain", 415, "Send the body as application/json."},
		"an unknown field":     {"POST", "/groups", `{"nam": "a"}`, "", 422, "did you mean name?"},
		"a wrong type":         {"POST", "/groups", `{"name": 1}`, "", 422, "name must be text."},
		"too long":             {"POST", "/groups", long, "", 413, "at most 1 MB"},
		"a wrong parameter":    {"GET", "/people?limit=many", ``, "", 422, "limit must be a whole number."},
		"one twice":            {"GET", "/people?limit=1&limit=2", ``, "", 422, "limit must be given once."},
		"one that is missing":  {"GET", "/folder-grants", ``, "", 422, "folder is missing."},
		"no id in the path":    {"GET", "/people/me", ``, "", 404, "nothing at this address"},
		"nobody of that id":    {"GET", "/people/0197f3a2-5c1e-7d0b-8b1a-3f6f0a1c2d3e", ``, "", 404, "no such person"},
		"no such address":      {"GET", "/peeple", ``, "", 404, "nothing at this address"},
		"no such method":       {"PUT", "/people", `{}`, "", 405, "it takes GET, POST"},
		"NUL in the path":      {"GET", "/reports/a%00b/grants", ``, "", 404, "nothing at this address"},
		"no text in the path":  {"GET", "/reports/%ff", ``, "", 404, "nothing at this address"},
		"a path without end":   {"GET", "/reports/" + strings.Repeat("x", 5000), ``, "", 404, "nothing at this address"},
		"NUL in the query":     {"GET", "/reports?search=%00", ``, "", 422, "search must not contain the character NUL."},
		"no text in the query": {"GET", "/audit?search=%ff", ``, "", 422, "search must be UTF-8."},
		"NUL in the body":      {"POST", "/groups", `{"name": "a\u0000"}`, "", 422, "name must not contain the character NUL."},
		"nested without end":   {"POST", "/groups", strings.Repeat("[", 100_000), "", 400, "not JSON"},
		"not in the interface": {"GET", "/../../etc", ``, "", 404, "nothing at this address"},
	} {
		t.Run(name, func(t *testing.T) {
			headers := []string{}
			if test.media != "" {
				headers = []string{"Content-Type", test.media}
			}
			answer := f.ask("root", test.method, root+test.path, test.body, headers...)
			if answer.StatusCode != test.status || !strings.Contains(answer.text, test.want) || answer.string("title") == "" {
				t.Errorf("got %d %s", answer.StatusCode, answer.text)
			}
			if media := answer.Header.Get("Content-Type"); media != "application/problem+json" {
				t.Errorf("told as %s", media)
			}
		})
	}
}

func TestValuesThatPostgresCannotKeepFailInWords(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	f.report("texts", "---\ntitle: Texts\nform:\n  - {name: q, label: Text, type: input}\n---\n```sql texts\nSELECT {{ .q }} AS q\n```\n")
	for _, body := range []string{`{"values": {"q": "a\u0000b"}}`, `{"values": {"q": "\ud800"}}`, `{"values": {"a\u0000b": "x"}}`, `{"values": {"q": {"deep": 1}}}`} {
		for _, path := range []string{"/runs", "/form", "/options/q"} {
			answer := f.ask("rob", "POST", root+"/reports/texts"+path, body)
			if answer.StatusCode >= 500 {
				t.Errorf("%s %s: %d %s", path, body, answer.StatusCode, answer.text)
			}
		}
	}
}

func TestWhereARequestComesFromIsBelievedOfProxiesAlone(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		proxies []string
		want    string
	}{{nil, "127.0.0.1"}, {[]string{"127.0.0.0/8"}, "203.0.113.9"}} {
		f := newFront(t, func(o *api.Options) { o.Proxies = test.proxies })
		f.must(f.accounts.SetPassword(t.Context(), people.Command(), f.people["rob"].ID, password))
		f.want(http.StatusCreated, nobody, "POST", root+"/session", map[string]any{"email": "rob@example.com", "password": password}, "X-Forwarded-For", "203.0.113.9")
		events := f.want(http.StatusOK, "root", "GET", root+"/audit?action=session.started", nil)
		if got := events.string("items", 0, "address"); got != test.want {
			t.Errorf("with the proxies %v it is %s", test.proxies, got)
		}
	}
}

func TestEveryWrongFieldIsNamed(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	answer := f.want(http.StatusUnprocessableEntity, "root", "POST", root+"/people", map[string]any{"email": 1, "role": "boss", "nam": "x"})
	named := map[string]bool{}
	fields, _ := answer.at("fields").([]any)
	for i := range fields {
		named[answer.string("fields", i, "field")] = answer.string("fields", i, "message") != ""
	}
	if len(named) != 3 || !named["email"] || !named["role"] || !named["nam"] {
		t.Error(answer.text)
	}
}

func TestPagesOfOtherSitesCannotAct(t *testing.T) {
	t.Parallel()
	f := newFront(t, func(o *api.Options) { o.PublicURL = &url.URL{Scheme: "http", Host: "reports.example.com"} })
	cookie := f.cookie("root")
	name := map[string]any{"name": "group"}
	for _, header := range [][]string{
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site"},
		{"Origin", "https://evil.example"},
		{"Origin", "null"},
	} {
		answer := f.want(http.StatusForbidden, nobody, "POST", root+"/groups", name, append(header, "Cookie", cookie)...)
		if !strings.Contains(answer.text, "a page of another site") {
			t.Errorf("%v: %s", header, answer.text)
		}
		f.want(http.StatusForbidden, nobody, "POST", root+"/session", map[string]any{"email": "a", "password": "b"}, header...)
		f.want(http.StatusOK, nobody, "GET", root+"/groups", nil, append(header, "Cookie", cookie)...)
	}
	f.want(http.StatusCreated, nobody, "POST", root+"/groups", name, "Cookie", cookie, "Sec-Fetch-Site", "same-origin")
	f.want(http.StatusCreated, nobody, "POST", root+"/groups", map[string]any{"name": "other"}, "Cookie", cookie, "Origin", "http://reports.example.com")
	f.want(http.StatusCreated, "root", "POST", root+"/groups", map[string]any{"name": "third"}, "Origin", "https://elsewhere.example")
}

func TestRequestsArePerPersonAndTime(t *testing.T) {
	t.Parallel()
	var now time.Time
	f := newFront(t, func(o *api.Options) {
		now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		o.Rate, o.Now = 1, func() time.Time { return now }
	})
	for range 4 {
		f.want(http.StatusOK, "rob", "GET", root+"/session", nil)
	}
	answer := f.want(http.StatusTooManyRequests, "rob", "GET", root+"/session", nil)
	if answer.Header.Get("Retry-After") != "1" || answer.string("code") != "too_many" {
		t.Errorf("%q %s", answer.Header.Get("Retry-After"), answer.text)
	}
	f.want(http.StatusOK, "vera", "GET", root+"/session", nil)
	now = now.Add(time.Second)
	f.want(http.StatusOK, "rob", "GET", root+"/session", nil)
	f.want(http.StatusTooManyRequests, "rob", "GET", root+"/session", nil)
}

func TestTheLogHasNoSecrets(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	cookie := f.cookie("rob")
	f.want(http.StatusOK, nobody, "GET", root+"/reports?search=confidential-words", nil, "Cookie", cookie)
	f.ask(nobody, "GET", "/d/an-unguessable-token", nil)
	f.ask("rob", "GET", "/auth/oidc/callback?code=a-provider-code", nil)
	text := f.log.String()
	for _, secret := range []string{password, cookie[len(cookie)-20:], "confidential-words", "an-unguessable-token", "a-provider-code", f.tokens["rob"]} {
		if strings.Contains(text, secret) {
			t.Errorf("the log has %q", secret)
		}
	}
	if !strings.Contains(text, "path=/api/v1/reports ") || !strings.Contains(text, "person="+f.people["rob"].ID) {
		t.Errorf("the log does not tell who asked for what: %s", text)
	}
}

func TestAnswersAreSafeInABrowser(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	for _, path := range []string{root + "/session", root + "/nothing", "/api/docs"} {
		answer := f.ask("rob", "GET", path, nil)
		for header, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
			"Cache-Control": "no-store", "Content-Security-Policy": "frame-ancestors 'none'",
		} {
			if !strings.Contains(answer.Header.Get(header), want) {
				t.Errorf("%s: %s is %q", path, header, answer.Header.Get(header))
			}
		}
	}
}

func TestBrowsersThatCameEncryptedComeBackSo(t *testing.T) {
	t.Parallel()
	for scheme, want := range map[string]bool{"http": false, "https": true} {
		f := newFront(t, func(o *api.Options) { o.PublicURL = &url.URL{Scheme: scheme, Host: "reports.example.com"} })
		if got := f.ask(nobody, "GET", root+"/session/options", nil).Header.Get("Strict-Transport-Security"); (got != "") != want {
			t.Errorf("%s: %q", scheme, got)
		}
	}
}

func TestPagesGetWhatIsNotTheInterface(t *testing.T) {
	t.Parallel()
	f := newFront(t, func(o *api.Options) {
		o.Pages = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("page of " + r.URL.Path)) })
	})
	if answer := f.want(http.StatusOK, nobody, "GET", "/reports/sales", nil); answer.text != "page of /reports/sales" {
		t.Error(answer.text)
	}
	for _, path := range []string{"/api", "/api/v2/x", "/auth/x"} {
		f.want(http.StatusNotFound, nobody, "GET", path, nil)
	}
}

func TestAClientThatWentAwayIsNoFailure(t *testing.T) {
	t.Parallel()
	failing := &broken{err: &fault.Error{Code: fault.Unavailable, Message: "The database does not answer.", Cause: context.Canceled}}
	f := newFront(t, func(o *api.Options) { failing.Accounts, o.Accounts = o.Accounts, failing })
	request := httptest.NewRequestWithContext(t.Context(), "GET", root+"/me/sessions", nil)
	request.Header.Set("Authorization", "Bearer "+f.tokens["rob"])
	f.handler.ServeHTTP(httptest.NewRecorder(), request)
	if strings.Contains(f.log.String(), "a request failed") {
		t.Error(f.log)
	}
}

// Nobody has to sign in to send the body of a sign-in.
func TestABodyThatTricklesIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	f := newFront(t, func(o *api.Options) { o.Patience = 50 * time.Millisecond })
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(f.address, "http://"))
	f.must(err)
	t.Cleanup(func() { _ = connection.Close() })
	f.must(connection.SetDeadline(time.Now().Add(20 * time.Second)))
	_, err = io.WriteString(connection, "POST "+root+"/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
	f.must(err)
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	f.must(err)
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusBadRequest {
		t.Errorf("got %s", response.Status)
	}
}
