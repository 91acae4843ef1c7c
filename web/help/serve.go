package help

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	tags "golang.org/x/text/language"

	"github.com/vitrina-reports/vitrina/docs"
)

// Root is where the product serves the site.
const Root = "/help/"

// Policy lets pages use what the site itself serves, and nothing else. No page has a script or a style within it.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// finished is the product's site, made when it is first asked for.
var finished = sync.OnceValues(func() (*server, error) {
	site, err := New(docs.Files, Options{Base: Root})
	if err != nil {
		return nil, err
	}
	return newServer(site)
})

// Handler serves the documentation below [Root], to everybody. What it serves is made at the first request.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s, err := finished()
		if err != nil {
			http.Error(w, "The help could not be made: "+err.Error(), http.StatusInternalServerError)
			return
		}
		s.ServeHTTP(w, r)
	})
}

type server struct{ answers map[string]*answer }

// answer is a file, ready to be sent.
type answer struct {
	file
	tag    string
	packed []byte
}

func newServer(site *Site) (*server, error) {
	s := &server{answers: map[string]*answer{}}
	for path, f := range site.files {
		sum := sha256.Sum256(f.body)
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		if _, err := z.Write(f.body); err != nil {
			return nil, err
		}
		if err := z.Close(); err != nil {
			return nil, err
		}
		s.answers[path] = &answer{f, hex.EncodeToString(sum[:12]), packed.Bytes()}
	}
	return s, nil
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "The help can only be read.", http.StatusMethodNotAllowed)
		return
	}
	path, below := strings.CutPrefix(r.URL.Path, Root)
	if !below {
		h.Set("Vary", "Accept-Language")
		http.Redirect(w, r, Root+preferred(r), http.StatusFound)
		return
	}
	if name := elsewhere(path); name != path && s.answers[name] != nil {
		http.Redirect(w, r, Root+name, http.StatusMovedPermanently)
		return
	}
	folder := ""
	if strings.HasPrefix(path, "ru/") {
		folder = "ru/"
	}
	if a := s.answers[path]; a != nil && path != folder+missing {
		a.send(w, r, http.StatusOK)
		return
	}
	s.answers[folder+missing].send(w, r, http.StatusNotFound)
}

// elsewhere is the address of a page for one that names its file, or ends in a slash too many.
func elsewhere(path string) string {
	name := strings.TrimSuffix(path, ".md")
	if name == "README" || name == "ru/README" {
		return strings.TrimSuffix(name, "README")
	}
	if name == "ru" {
		return "ru/"
	}
	if name == "ru/" {
		return name
	}
	return strings.TrimSuffix(name, "/")
}

var supported = tags.NewMatcher([]tags.Tag{tags.English, tags.Russian})

// preferred is the folder of the language that the browser asks for first.
func preferred(r *http.Request) string {
	asked, _, err := tags.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return ""
	}
	_, index, _ := supported.Match(asked...)
	return languages[index].Folder
}

func (a *answer) send(w http.ResponseWriter, r *http.Request, status int) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if a.fixed {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	body, tag := a.body, a.tag
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		body, tag = a.packed, a.tag+"-gzip"
		h.Set("Content-Encoding", "gzip")
	}
	if status == http.StatusOK {
		h.Set("ETag", fmt.Sprintf("%q", tag))
		if strings.Contains(r.Header.Get("If-None-Match"), `"`+tag+`"`) {
			h.Del("Content-Encoding")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // whoever asked has left
	}
}
