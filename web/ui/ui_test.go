package ui

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func packed(t *testing.T, text string) *fstest.MapFile {
	t.Helper()
	var out strings.Builder
	writer := gzip.NewWriter(&out)
	if _, err := io.WriteString(writer, text); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: []byte(out.String())}
}

func build(t *testing.T) pages {
	return pages{fstest.MapFS{
		"index.html.gz":       packed(t, "<!doctype html>first"),
		"index.html.br":       {Data: []byte("brotli")},
		"before.js.gz":        packed(t, "before()"),
		"assets/a-1234.js.gz": packed(t, "a()"),
		"assets/a-1234.js.br": {Data: []byte("brotli of a")},
		"assets/f-1234.woff2": {Data: []byte("font")},
		"README.md":           {Data: []byte("a note")},
	}}
}

func ask(handler http.Handler, method, path string, headers ...string) *http.Response {
	request := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder.Result()
}

func text(t *testing.T, response *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestEveryPathOfAPageIsAnsweredWithTheFirstPage(t *testing.T) {
	for _, path := range []string{"/", "/r/partner-cards", "/runs/0199", "/r/a.b/edit", "/people/groups"} {
		response := ask(build(t), http.MethodGet, path)
		if got := text(t, response); response.StatusCode != http.StatusOK || got != "<!doctype html>first" {
			t.Errorf("%s: %d %q", path, response.StatusCode, got)
		}
		if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self';") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
	}
}

func TestAnAddressThatStandsForNothingIsNotFoundAndShowsAPage(t *testing.T) {
	for _, path := range []string{"/README.md", "/.git/config", "/..%2f..%2fetc/passwd", "/index.html", "/wp-admin/x.php"} {
		response := ask(build(t), http.MethodGet, path)
		if got := text(t, response); response.StatusCode != http.StatusNotFound || got != "<!doctype html>first" {
			t.Errorf("%s: %d %q", path, response.StatusCode, got)
		}
	}
}

func TestEveryPageOfTheRouterIsAnAddress(t *testing.T) {
	router, err := os.ReadFile("src/app/router.tsx")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`page\("/([^"]*)"`).FindAllSubmatch(router, -1)
	if len(found) < 10 {
		t.Fatalf("only %d pages were found in the router", len(found))
	}
	for _, page := range found {
		if name := firstPart(string(page[1])); !slices.Contains(roots, name) {
			t.Errorf("/%s is a page and no address of the service", name)
		}
	}
}

func TestAssetsAreKeptForGoodAndTheFirstPageIsNot(t *testing.T) {
	for path, expected := range map[string]string{"/assets/a-1234.js": "immutable", "/assets/f-1234.woff2": "immutable", "/": "no-cache", "/before.js": "max-age=3600"} {
		response := ask(build(t), http.MethodGet, path)
		if got := response.Header.Get("Cache-Control"); response.StatusCode != http.StatusOK || !strings.Contains(got, expected) {
			t.Errorf("%s: %d, Cache-Control %q", path, response.StatusCode, got)
		}
	}
}

func TestAnAssetOfAnotherVersionIsNotFoundRatherThanAPage(t *testing.T) {
	response := ask(build(t), http.MethodGet, "/assets/a-9999.js")
	if response.StatusCode != http.StatusNotFound || response.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d, Cache-Control %q", response.StatusCode, response.Header.Get("Cache-Control"))
	}
}

func TestTheBrowserGetsAFormItTakes(t *testing.T) {
	for accepted, expected := range map[string][2]string{
		"gzip, deflate, br": {"br", "brotli of a"}, "br;q=0": {"", "a()"}, "": {"", "a()"}, "identity": {"", "a()"},
	} {
		response := ask(build(t), http.MethodGet, "/assets/a-1234.js", "Accept-Encoding", accepted)
		if got := text(t, response); response.Header.Get("Content-Encoding") != expected[0] || got != expected[1] {
			t.Errorf("%q: %q as %q", accepted, got, response.Header.Get("Content-Encoding"))
		}
	}
	response := ask(build(t), http.MethodGet, "/assets/a-1234.js", "Accept-Encoding", "gzip")
	if response.Header.Get("Content-Encoding") != "gzip" || response.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("gzip: %v", response.Header)
	}
}

func TestWhatTheBrowserHasIsNotSentAgain(t *testing.T) {
	tag := ask(build(t), http.MethodGet, "/").Header.Get("ETag")
	response := ask(build(t), http.MethodGet, "/", "If-None-Match", tag)
	if tag == "" || response.StatusCode != http.StatusNotModified || text(t, response) != "" {
		t.Errorf("tag %q: %d", tag, response.StatusCode)
	}
}

func TestPagesAreOnlyRead(t *testing.T) {
	if response := ask(build(t), http.MethodPost, "/"); response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", response.StatusCode)
	}
	if response := ask(build(t), http.MethodHead, "/"); response.StatusCode != http.StatusOK || text(t, response) != "" {
		t.Errorf("HEAD: %d", response.StatusCode)
	}
}

func TestABinaryWithoutPagesSaysHowToGetThem(t *testing.T) {
	response := ask(pages{fstest.MapFS{}}, http.MethodGet, "/")
	if got := text(t, response); response.StatusCode != http.StatusOK || !strings.Contains(got, "make build") {
		t.Errorf("%d %q", response.StatusCode, got)
	}
}
