package help

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/docs"
)

func ask(t *testing.T, method, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "/help", nil)
	r.URL.Path = path
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func bodyOf(t *testing.T, r *http.Response) string {
	t.Helper()
	var from io.Reader = r.Body
	if r.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		from = z
	}
	body, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestPagesAreServed(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/help/": "<h1", "/help/ru/": "Справка Витрины", "/help/fields": "daterange", "/help/ru/fields": "daterange", "/help/ru/service": "не переведена",
	} {
		answer := ask(t, "GET", path)
		if body := bodyOf(t, answer); answer.StatusCode != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
		for name, value := range map[string]string{
			"Content-Security-Policy": Policy, "X-Content-Type-Options": "nosniff", "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache",
		} {
			if got := answer.Header.Get(name); got != value {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
}

func TestOldAndHalfAddressesLeadToPages(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/help/fields.md": "/help/fields", "/help/fields/": "/help/fields", "/help/ru/fields.md": "/help/ru/fields", "/help/README.md": "/help/",
		"/help/ru/README.md": "/help/ru/", "/help/ru": "/help/ru/",
	} {
		if answer := ask(t, "GET", path); answer.StatusCode != http.StatusMovedPermanently || answer.Header.Get("Location") != want {
			t.Errorf("%s: %d to %q", path, answer.StatusCode, answer.Header.Get("Location"))
		}
	}
}

func TestTheBrowserSaysInWhichLanguage(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]string{
		"": "/help/", "ru-RU,ru;q=0.9,en;q=0.8": "/help/ru/", "en-GB": "/help/", "de": "/help/", "fr,ru;q=0.5": "/help/ru/", "\xff;;;": "/help/",
	} {
		answer := ask(t, "GET", "/help", "Accept-Language", asked)
		if answer.StatusCode != http.StatusFound || answer.Header.Get("Location") != want || answer.Header.Get("Vary") != "Accept-Language" {
			t.Errorf("%q: %d to %q", asked, answer.StatusCode, answer.Header.Get("Location"))
		}
	}
}

// Whatever is asked for, the answer is a page that says in words that there is none, and nothing but the site is ever read.
func TestHostilePaths(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		"/help/nothing", "/help/404", "/help/../../etc/passwd", "/help/..%2f..%2fetc/passwd", "/help/./fields", "/help//fields", "/help/fields//",
		"/help/\x00", "/help/embed.go", "/help/ru/../fields", "/help/page.html", "/help/assets/", "/help/assets/help.css", "/help/<script>alert(1)</script>",
		"/help/" + strings.Repeat("a/", 5000), "/help//evil.example/", "/help//evil.example.md", "/help/ru/ru/fields", "/help/FIELDS",
	} {
		answer := ask(t, "GET", path)
		body := bodyOf(t, answer)
		if answer.StatusCode != http.StatusNotFound || !strings.Contains(body, "<h1>There is no such page</h1>") && !strings.Contains(body, "<h1>Такой страницы нет</h1>") {
			t.Errorf("%.60q: %d %.80s", path, answer.StatusCode, body)
		}
		if strings.Contains(body, "alert(1)") || answer.Header.Get("ETag") != "" || answer.Header.Get("Content-Security-Policy") != Policy {
			t.Errorf("%.60q: the answer repeats it, or has no policy", path)
		}
	}
	if body := bodyOf(t, ask(t, "GET", "/help/ru/нет")); !strings.Contains(body, "Такой страницы нет") {
		t.Error("a page that is not there is told of in another language")
	}
}

func TestOnlyReading(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE"} {
		if answer := ask(t, method, "/help/fields"); answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d", method, answer.StatusCode)
		}
	}
	answer := ask(t, "HEAD", "/help/fields")
	if body := bodyOf(t, answer); answer.StatusCode != http.StatusOK || body != "" || answer.Header.Get("Content-Length") == "0" {
		t.Errorf("HEAD: %d, %d bytes", answer.StatusCode, len(body))
	}
}

func TestWhatTheBrowserHasIsNotSentAgain(t *testing.T) {
	t.Parallel()
	for _, encoding := range []string{"", "gzip, br"} {
		first := ask(t, "GET", "/help/fields", "Accept-Encoding", encoding)
		again := ask(t, "GET", "/help/fields", "Accept-Encoding", encoding, "If-None-Match", `W/"x", `+first.Header.Get("ETag"))
		if first.Header.Get("ETag") == "" || again.StatusCode != http.StatusNotModified || bodyOf(t, again) != "" {
			t.Errorf("%q: %d", encoding, again.StatusCode)
		}
		if (first.Header.Get("Content-Encoding") == "gzip") != (encoding != "") || !strings.Contains(bodyOf(t, first), "daterange") {
			t.Errorf("%q was sent as %q", encoding, first.Header.Get("Content-Encoding"))
		}
		other := ask(t, "GET", "/help/running", "Accept-Encoding", encoding, "If-None-Match", first.Header.Get("ETag"))
		if other.StatusCode != http.StatusOK {
			t.Errorf("another page: %d", other.StatusCode)
		}
	}
	s, err := finished()
	if err != nil {
		t.Fatal(err)
	}
	for at, a := range s.answers {
		if cache := ask(t, "GET", Root+at).Header.Get("Cache-Control"); a.fixed != strings.Contains(cache, "immutable") {
			t.Errorf("%s: %s", at, cache)
		}
	}
}

// The search finds a page by what stands in any of its parts, in both languages.
func TestTheSearchKnowsEveryPart(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]found{
		"/help/search.json":    {Page: "Fields", Heading: "daterange", Href: "/help/fields#daterange", Text: "Two days"},
		"/help/ru/search.json": {Page: "Поля", Heading: "daterange", Href: "/help/ru/fields#daterange", Text: "Два дня"},
	} {
		var parts []found
		if err := json.Unmarshal([]byte(bodyOf(t, ask(t, "GET", path))), &parts); err != nil {
			t.Fatal(err)
		}
		have := false
		for _, part := range parts {
			have = have || part.Page == want.Page && part.Heading == want.Heading && part.Href == want.Href && strings.Contains(part.Text, want.Text)
		}
		if !have || len(parts) < 100 {
			t.Errorf("%s: %d parts, and %s is not among them", path, len(parts), want.Href)
		}
	}
}

func TestTheSiteAsFiles(t *testing.T) {
	t.Parallel()
	site, err := New(docs.Files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := site.Write(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "fields.html", "404.html", "search.json", "ru/index.html", "ru/fields.html", "ru/404.html"} {
		body, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(body) == 0 {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(string(body), `"/help`) || strings.Contains(string(body), `href="/`) {
			t.Errorf("%s has addresses of the product", name)
		}
	}
}
