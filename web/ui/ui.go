// Package ui serves the pages, which Vite builds from this folder and Go embeds. With the build tag noui they are left out.
package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

// policy lets the pages load from their own origin alone. Mantine and CodeMirror write their style sheets from script.
const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
	"connect-src 'self'; worker-src 'self' blob:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

const absent = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Vitrina</title>
<p>This binary was built without the pages. The <a href="/api/docs">API</a> is complete; <code>make build</code> builds with pages and needs Node.</p></html>
`

// roots are how the addresses of pages begin; src/app/router.tsx has the pages themselves.
var roots = []string{"", "sign-in", "signed-in", "r", "new", "runs", "account", "schema", "snippets", "people", "connections", "audit", "system"}

// Handler answers with the files of the build, and for every other path with the first page, which shows what the address stands for;
// with 404 where it can stand for nothing. Paths of the build's assets carry a hash of their content and are kept by browsers for good.
func Handler() http.Handler {
	files, err := fs.Sub(built, "dist")
	if err != nil {
		files = built
	}
	return pages{files}
}

type pages struct{ files fs.FS }

func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Pages are only to be read.", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Content-Security-Policy", policy)
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	switch {
	case strings.HasPrefix(name, "assets/"):
		p.asset(w, r, name)
	case name != "index.html" && !strings.Contains(name, "/") && p.has(name):
		w.Header().Set("Cache-Control", "public, max-age=3600")
		p.send(w, r, name, http.StatusOK)
	case slices.Contains(roots, firstPart(name)):
		p.first(w, r, http.StatusOK)
	default:
		p.first(w, r, http.StatusNotFound)
	}
}

func firstPart(name string) string {
	first, _, _ := strings.Cut(name, "/")
	return first
}

func (p pages) has(name string) bool {
	_, err := fs.Stat(p.files, name+".gz")
	return err == nil
}

// asset is a file whose name changes with its content. One that is gone belongs to pages of an earlier version, which load anew.
func (p pages) asset(w http.ResponseWriter, r *http.Request, name string) {
	if !p.has(name) {
		if data, err := fs.ReadFile(p.files, name); err == nil {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
			p.write(w, r, data, http.StatusOK)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, "There is no such file in this version.", http.StatusNotFound)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	p.send(w, r, name, http.StatusOK)
}

func (p pages) first(w http.ResponseWriter, r *http.Request, status int) {
	w.Header().Set("Cache-Control", "no-cache")
	if !p.has("index.html") {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, absent) // whoever went away needs no page
		return
	}
	p.send(w, r, "index.html", status)
}

// send writes the form of the file that the browser takes.
func (p pages) send(w http.ResponseWriter, r *http.Request, name string, status int) {
	h := w.Header()
	h.Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	h.Add("Vary", "Accept-Encoding")
	accepted := r.Header.Get("Accept-Encoding")
	form, encoding := ".gz", "gzip"
	if takes(accepted, "br") {
		form, encoding = ".br", "br"
	}
	data, err := fs.ReadFile(p.files, name+form)
	if err != nil {
		http.Error(w, "There is nothing at this address.", http.StatusNotFound)
		return
	}
	if !takes(accepted, encoding) {
		if data, err = unpacked(data); err != nil {
			http.Error(w, "The page is damaged: the binary has to be built anew.", http.StatusInternalServerError)
			return
		}
		encoding = ""
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	sum := sha256.Sum256(data)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h.Set("ETag", tag)
	if status == http.StatusOK && r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	p.write(w, r, data, status)
}

func (p pages) write(w http.ResponseWriter, r *http.Request, data []byte, status int) {
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(data) // whoever went away needs no file
}

// takes tells whether an Accept-Encoding names the encoding without refusing it.
func takes(accepted, encoding string) bool {
	for part := range strings.SplitSeq(accepted, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			return strings.TrimSpace(weight) != "q=0"
		}
	}
	return false
}

func unpacked(packed []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}
