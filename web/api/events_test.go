package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

const slow = "---\ntitle: Slow\nexports: [{cells: [c], format: csv}]\n---\n```sql c\nSELECT number, sleep(0.02) AS s FROM numbers(1000000000)\n```\n"

// stream is a connection on which events come.
type stream struct {
	*testing.T
	*http.Response
	lines *bufio.Scanner
}

// event is one of them; comments have no name.
type event struct {
	name, id, data, comment, retry string
}

func (d *desk) watch(token, run string) *stream {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.Context(), time.Minute)
	d.Cleanup(cancel)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.address+root+"/runs/"+run+"/events", nil)
	d.must(err)
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Accept-Encoding", "gzip")
	response, err := plainTransport.RoundTrip(request)
	d.must(err)
	d.Cleanup(func() { _ = response.Body.Close() })
	if response.StatusCode != http.StatusOK {
		d.Fatalf("got %d", response.StatusCode)
	}
	return &stream{T: d.T, Response: response, lines: bufio.NewScanner(response.Body)}
}

// next is the next event; ok is false behind the last.
func (s *stream) next() (e event, ok bool) {
	for s.lines.Scan() {
		name, value, _ := strings.Cut(s.lines.Text(), ": ")
		switch name {
		case "event":
			e.name = value
		case "id":
			e.id = value
		case "data":
			e.data = value
		case "retry":
			e.retry = value
		case "":
			if value != "" {
				e.comment = value
				continue
			}
			return e, true
		}
	}
	return e, false
}

// until is the first event that is wanted.
func (s *stream) until(wanted func(event) bool) event {
	s.Helper()
	var last event
	for {
		e, ok := s.next()
		if !ok {
			s.Fatalf("the stream ended behind %+v: %v", last, s.lines.Err())
		}
		if last = e; wanted(e) {
			return e
		}
	}
}

func TestARunIsWatchedToItsEnd(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	ordered := d.want(http.StatusCreated, "rob", "POST", root+"/reports/partner-cards/runs", map[string]any{"values": map[string]any{"partner": 7}})
	s := d.watch(d.tokens["rob"], ordered.string("id"))
	for name, want := range map[string]string{
		"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no", "Cache-Control": "no-store, no-transform", "Content-Encoding": "",
	} {
		if got := s.Header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if first, _ := s.next(); first.retry != "2000" {
		t.Errorf("got %+v", first)
	}
	var last, ids = event{}, map[string]bool{}
	for e, ok := s.next(); ok; e, ok = s.next() {
		if e.comment != "" {
			continue
		}
		if e.id == "" || last.name == "done" {
			t.Errorf("got %+v after %+v", e, last)
		}
		last, ids[e.id] = e, true
	}
	var run struct {
		ID, Status string
		Artifacts  []struct{ URL string }
	}
	if err := json.Unmarshal([]byte(last.data), &run); err != nil || last.name != "done" || run.ID != ordered.string("id") || run.Status != "succeeded" || len(run.Artifacts) != 2 {
		t.Errorf("got %+v, %v", last, err)
	}
	if len(ids) < 2 {
		t.Errorf("got only %v", ids)
	}
}

func TestProgressComesWhileARunIsCancelled(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("slow", slow)
	ordered := d.want(http.StatusCreated, "rob", "POST", root+"/reports/slow/runs", map[string]any{})
	one := root + "/runs/" + ordered.string("id")
	s := d.watch(d.tokens["rob"], ordered.string("id"))
	s.until(func(e event) bool { return e.name == "progress" && strings.Contains(e.data, `"status":"running"`) })
	s.until(func(e event) bool { return e.comment == "still here" })
	d.want(http.StatusForbidden, "vera", "POST", one+"/cancel", nil)
	d.want(http.StatusOK, "rob", "POST", one+"/cancel", nil)
	done := s.until(func(e event) bool { return e.name == "done" })
	if !strings.Contains(done.data, `"status":"cancelled"`) || !strings.Contains(done.data, `"cancelled_by":"rob@example.com"`) {
		t.Errorf("got %s", done.data)
	}
	if e, ok := s.next(); ok {
		t.Errorf("got %+v after the end", e)
	}
}

// A token that was revoked, like a session that was ended, closes what it has opened.
func TestAStreamEndsWithTheSession(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("slow", slow)
	ordered := d.want(http.StatusCreated, "rob", "POST", root+"/reports/slow/runs", map[string]any{})
	secret, token, err := d.accounts.CreateToken(t.Context(), people.Command(), accounts.NewToken{
		PersonID: d.people["rob"].ID, Name: "watch", Scopes: []people.Scope{people.ScopeRead},
	})
	d.must(err)
	s := d.watch(secret, ordered.string("id"))
	s.until(func(e event) bool { return e.name == "progress" })
	d.must(d.accounts.RevokeToken(t.Context(), people.Command(), token.ID))
	for e, ok := s.next(); ok; e, ok = s.next() {
		if e.name == "done" {
			t.Errorf("got %+v", e)
		}
	}
	if err := s.lines.Err(); err != nil {
		t.Errorf("the stream broke: %v", err)
	}
	d.want(http.StatusOK, "rob", "POST", root+"/runs/"+ordered.string("id")+"/cancel", nil)
	d.ended("rob", ordered.string("id"))
}
