package api_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/people"
)

// file is a link to the csv of a run, which opens for anyone, and what is in it.
func (d *desk) file() (link answer, run answer, content string) {
	d.Helper()
	d.reports()
	run = d.run("rob", "partner-cards", map[string]any{"partner": 7})
	link = d.want(http.StatusCreated, "rob", "POST", root+"/runs/"+run.string("id")+"/links", map[string]any{"artifact": run.string("artifacts", 0, "id"), "anyone": true})
	content = d.want(http.StatusOK, "rob", "GET", run.string("artifacts", 0, "url"), nil).text
	if len(content) < 5000 {
		d.Fatalf("the file has %d bytes", len(content))
	}
	return link, run, content
}

func TestRangesOfAFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	link, run, content := d.file()
	size := len(content)
	for _, url := range []string{link.string("url"), run.string("artifacts", 0, "url")} {
		for _, c := range []struct {
			wanted       string
			status       int
			text, range_ string
		}{
			{"bytes=0-99", 206, content[:100], fmt.Sprintf("bytes 0-99/%d", size)},
			{"bytes=1000-1999", 206, content[1000:2000], fmt.Sprintf("bytes 1000-1999/%d", size)},
			{"bytes=-100", 206, content[size-100:], fmt.Sprintf("bytes %d-%d/%d", size-100, size-1, size)},
			{"bytes=2000-", 206, content[2000:], fmt.Sprintf("bytes 2000-%d/%d", size-1, size)},
			{"bytes=0-", 206, content, fmt.Sprintf("bytes 0-%d/%d", size-1, size)},
			{"bytes=10-999999", 206, content[10:], fmt.Sprintf("bytes 10-%d/%d", size-1, size)},
			{"lines=1-2", 416, "", ""},
		} {
			got := d.want(c.status, "rob", "GET", url, nil, "Range", c.wanted, "Accept-Encoding", "gzip")
			if c.status == 206 && (got.text != c.text || got.Header.Get("Content-Range") != c.range_ || got.Header.Get("Content-Encoding") != "") {
				t.Errorf("%s: got %d bytes, %v", c.wanted, len(got.text), got.Header)
			}
		}
		beyond := d.want(http.StatusRequestedRangeNotSatisfiable, "rob", "GET", url, nil, "Range", "bytes=999999-")
		if beyond.Header.Get("Content-Range") != fmt.Sprintf("bytes */%d", size) {
			t.Errorf("got %v", beyond.Header)
		}
	}
}

func TestSeveralRangesAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	link, _, content := d.file()
	got := d.want(http.StatusPartialContent, nobody, "GET", link.string("url"), nil, "Range", "bytes=0-9,1000-1009,-10")
	kind, parameters, err := mime.ParseMediaType(got.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/byteranges" {
		t.Fatalf("got %v, %v", got.Header, err)
	}
	parts := multipart.NewReader(strings.NewReader(got.text), parameters["boundary"])
	for _, want := range []string{content[:10], content[1000:1010], content[len(content)-10:]} {
		part, err := parts.NextPart()
		d.must(err)
		text, err := io.ReadAll(part)
		d.must(err)
		if string(text) != want {
			t.Errorf("got %q, want %q", text, want)
		}
	}
}

// What was begun goes on only with the same file.
func TestConditionsOfADownload(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	link, run, content := d.file()
	url, tag := link.string("url"), `"`+run.string("artifacts", 0, "sha256")+`"`
	whole := d.want(http.StatusOK, nobody, "GET", url, nil)
	if whole.Header.Get("ETag") != tag || whole.Header.Get("Last-Modified") == "" || whole.Header.Get("Accept-Ranges") != "bytes" ||
		whole.ContentLength != int64(len(content)) || whole.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("got %v", whole.Header)
	}
	for _, c := range []struct {
		headers []string
		status  int
	}{
		{[]string{"Range", "bytes=10-19", "If-Range", tag}, http.StatusPartialContent},
		{[]string{"Range", "bytes=10-19", "If-Range", `"another"`}, http.StatusOK},
		{[]string{"Range", "bytes=10-19", "If-Range", "W/" + tag}, http.StatusOK},
		{[]string{"Range", "bytes=10-19", "If-Range", whole.Header.Get("Last-Modified")}, http.StatusPartialContent},
		{[]string{"If-None-Match", tag}, http.StatusNotModified},
		{[]string{"If-None-Match", "W/" + tag, "Accept-Encoding", "gzip"}, http.StatusNotModified},
		{[]string{"If-None-Match", `"another"`}, http.StatusOK},
		{[]string{"If-Match", `"another"`}, http.StatusPreconditionFailed},
		{[]string{"If-Modified-Since", whole.Header.Get("Last-Modified")}, http.StatusNotModified},
	} {
		got := d.ask(nobody, "GET", url, nil, c.headers...)
		if got.StatusCode != c.status {
			t.Errorf("%v: got %d, want %d", c.headers, got.StatusCode, c.status)
		}
		if c.status == http.StatusPartialContent && got.text != content[10:20] || c.status == http.StatusOK && got.text != content {
			t.Errorf("%v: got %d bytes", c.headers, len(got.text))
		}
		if c.status >= 300 && (got.text != "" || got.Header.Get("Content-Encoding") != "") {
			t.Errorf("%v: got %v %q", c.headers, got.Header, got.text)
		}
	}
}

func TestTextIsPackedForWhoTakesIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	link, run, content := d.file()
	url := link.string("url")
	for accepted, packed := range map[string]bool{
		"gzip": true, "br, GZIP;q=0.5": true, "*": true, "": false, "br": false, "gzip;q=0": false, "*, gzip;q=0.0": false, "identity": false,
	} {
		got := d.want(http.StatusOK, nobody, "GET", url, nil, "Accept-Encoding", accepted)
		text := got.text
		if (got.Header.Get("Content-Encoding") == "gzip") != packed {
			t.Errorf("%q: got %v", accepted, got.Header)
			continue
		}
		if packed {
			unpacker, err := gzip.NewReader(strings.NewReader(text))
			d.must(err)
			data, err := io.ReadAll(unpacker)
			d.must(err)
			if len(text)*2 > len(content) || !strings.HasPrefix(got.Header.Get("ETag"), `W/"`) || got.Header.Get("Accept-Ranges") != "" {
				t.Errorf("%q: got %d of %d bytes, %v", accepted, len(text), len(content), got.Header)
			}
			text = string(data)
		}
		if text != content {
			t.Errorf("%q: got another file", accepted)
		}
	}
	book := d.want(http.StatusOK, "rob", "GET", run.string("artifacts", 1, "url"), nil, "Accept-Encoding", "gzip")
	if book.Header.Get("Content-Encoding") != "" || !strings.HasPrefix(book.text, "PK") {
		t.Errorf("a workbook was packed again: %v", book.Header)
	}
}

func TestALookAtTheHeaders(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	link, _, content := d.file()
	for accepted, length := range map[string]int64{"": int64(len(content)), "gzip": -1} {
		head := d.want(http.StatusOK, nobody, "HEAD", link.string("url"), nil, "Accept-Encoding", accepted)
		full := d.want(http.StatusOK, nobody, "GET", link.string("url"), nil, "Accept-Encoding", accepted)
		for _, name := range []string{"Content-Type", "Content-Disposition", "ETag", "Last-Modified", "Cache-Control", "Content-Encoding", "Vary"} {
			if head.Header.Get(name) != full.Header.Get(name) {
				t.Errorf("%s: got %q, and %q with the file", name, head.Header.Get(name), full.Header.Get(name))
			}
		}
		if head.text != "" || head.ContentLength != length {
			t.Errorf("%q: got %d %q", accepted, head.ContentLength, head.text)
		}
	}
}

func TestPrivateFilesAreNotStoredOnTheWay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	link, run, _ := d.file()
	for url, want := range map[string]string{link.string("url"): "private, no-cache", run.string("artifacts", 0, "url"): "private, no-store"} {
		who := "rob"
		if want == "private, no-cache" {
			who = nobody
		}
		if got := d.want(http.StatusOK, who, "GET", url, nil); got.Header.Get("Cache-Control") != want {
			t.Errorf("got %v", got.Header)
		}
	}
}

// People read a page with the sentence and the way on; programs read a problem.
func TestALinkThatDoesNotOpen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, run, _ := d.file()
	own := d.want(http.StatusCreated, "rob", "POST", root+"/runs/"+run.string("id")+"/links", map[string]any{"artifact": run.string("artifacts", 0, "id")})
	url := own.string("url")
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"
	page := d.want(http.StatusUnauthorized, nobody, "GET", url, nil, "Accept", browser)
	if !strings.Contains(page.text, "Sign in to open this file.") || !strings.Contains(page.text, `<a href="/sign-in?next=%2Fd%2F`) ||
		page.Header.Get("Content-Type") != "text/html; charset=utf-8" || page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %v %s", page.Header, page.text)
	}
	if problem := d.want(http.StatusUnauthorized, nobody, "GET", url, nil, "Accept", "*/*"); problem.string("code") != "unauthenticated" {
		t.Errorf("got %s", problem.text)
	}
	d.want(http.StatusNoContent, "rob", "DELETE", root+"/links/"+own.string("id"), nil)
	for _, wrong := range []string{url, url[:len(url)-3], "/d/x", "/d/" + strings.Repeat("A", 32) + "." + strings.Repeat("A", 43)} {
		page := d.want(http.StatusNotFound, "rob", "GET", wrong, nil, "Accept", browser)
		if !strings.Contains(page.text, "This link does not lead to a file") || strings.Contains(page.text, "<a ") {
			t.Errorf("%s: got %s", wrong, page.text)
		}
	}
}

func TestDownloadsAreInTheAuditLog(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	link, run, _ := d.file() // downloads it once
	url := run.string("artifacts", 0, "url")
	d.want(http.StatusOK, "rob", "HEAD", url, nil)
	d.want(http.StatusPartialContent, "rob", "GET", url, nil, "Range", "bytes=1-")
	d.want(http.StatusPartialContent, nobody, "GET", link.string("url"), nil, "Range", "bytes=2-")
	events, _, err := d.accounts.Events(t.Context(), people.Command(), people.EventFilter{Action: "file.downloaded"})
	d.must(err)
	got := []string{}
	for _, event := range events {
		if event.ObjectID != run.string("id") || event.Details["file"] != run.string("artifacts", 0, "id") {
			t.Errorf("got %+v", event)
		}
		got = append(got, fmt.Sprint(event.Person, " ", event.Details["range"]))
	}
	want := []string{"anyone with the link bytes=2-", "rob@example.com bytes=1-", "rob@example.com <nil>"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// A right that was taken away holds for files that were made before.
func TestFilesCloseWithTheRights(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	link, run, _ := d.file()
	grants, err := d.accounts.GrantsOnReport(t.Context(), d.people["root"], run.string("report_id"))
	d.must(err)
	for _, grant := range grants {
		if grant.PersonID == d.people["rob"].ID {
			d.must(d.accounts.Revoke(t.Context(), d.people["root"], grant.ID))
		}
	}
	d.want(http.StatusNotFound, nobody, "GET", link.string("url"), nil)
	d.want(http.StatusForbidden, "rob", "GET", run.string("artifacts", 0, "url"), nil)
	if own := d.want(http.StatusOK, "rob", "GET", root+"/runs/"+run.string("id"), nil); own.string("text") != "" {
		t.Errorf("got %s", own.text)
	}
}
