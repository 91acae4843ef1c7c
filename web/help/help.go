// Package help shows the documentation as a site: pages, a search and nothing from elsewhere. It is served by the product and written
// as files for other hosts.
package help

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
)

//go:embed page.html
var pageText string

//go:embed assets
var assets embed.FS

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// Options say where a site stands.
type Options struct {
	// Base is the path the site begins with, "/help/". Empty for files that may lie anywhere: their links are relative.
	Base string
}

// Site is the documentation in all languages, finished. It never changes.
type Site struct {
	options Options
	files   map[string]file // by what follows the base: "", "reports", "ru/reports", "search.json", "assets/…"
}

type file struct {
	kind  string // of content
	body  []byte
	fixed bool // the address changes with what it holds
}

// New makes a site of a folder as docs has it. An error says what is wrong with the documentation.
func New(docs fs.FS, options Options) (*Site, error) {
	b := builder{site: &Site{options: options, files: map[string]file{}}, docs: map[string]*document{}}
	for _, step := range []func() error{func() error { return b.read(docs) }, b.assets, b.pages} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("the documentation: %w", err)
		}
	}
	return b.site, nil
}

type builder struct {
	site     *Site
	docs     map[string]*document // by file
	contents map[string][]section // by language
	style    string               // addresses of the assets
	script   string
	icon     string
}

// read parses every file, gives translations the anchors of what they translate, and reads the tables of contents.
func (b *builder) read(docs fs.FS) error {
	for _, l := range languages {
		names, err := fs.Glob(docs, l.Folder+"*.md")
		if err != nil {
			return err
		}
		for _, name := range names {
			if b.docs[name], err = readDocument(docs, name); err != nil {
				return err
			}
		}
	}
	for name, d := range b.docs {
		if original := b.docs[strings.TrimPrefix(name, "ru/")]; original == nil {
			return fmt.Errorf("docs/%s translates no page", name)
		} else if err := d.follow(original); err != nil {
			return err
		}
	}
	return b.readContents()
}

func (b *builder) readContents() (err error) {
	b.contents = map[string][]section{}
	for _, l := range languages {
		readme := b.docs[l.Folder+"README.md"]
		if readme == nil {
			return fmt.Errorf("there is no docs/%sREADME.md, the table of contents", l.Folder)
		}
		if b.contents[l.Code], err = contentsOf(readme); err != nil {
			return err
		}
	}
	if err := sameOrder(b.contents["en"], b.contents["ru"]); err != nil {
		return err
	}
	listed := map[string]bool{"": true}
	for _, e := range entriesOf(b.contents["en"]) {
		if b.docs[e.Slug+".md"] == nil {
			return fmt.Errorf("the contents lead to %s.md, which is not there", e.Slug)
		}
		listed[e.Slug] = true
	}
	for name := range b.docs {
		if !listed[slugOf(name)] {
			return fmt.Errorf("no contents lead to docs/%s", name)
		}
	}
	return nil
}

func entriesOf(sections []section) []entry {
	var all []entry
	for _, s := range sections {
		all = append(all, s.Entries...)
	}
	return all
}

// pages renders every page in every language, with what the search looks through.
func (b *builder) pages() error {
	for _, l := range languages {
		var index []found
		for _, e := range append([]entry{{Slug: "", Title: l.Words.Help}}, entriesOf(b.contents[l.Code])...) {
			p, err := b.page(l, e)
			if err != nil {
				return err
			}
			if err := b.put(l, e.Slug, p); err != nil {
				return err
			}
			index = append(index, b.indexOf(l, e)...)
		}
		if err := b.put(l, missing, b.missing(l)); err != nil {
			return err
		}
		data, err := json.Marshal(index)
		if err != nil {
			return err
		}
		b.site.files[l.Folder+"search.json"] = file{kind: "application/json", body: data}
	}
	return nil
}

// missing is what the page that tells that there is none is called.
const missing = "404"

func (b *builder) put(l language, slug string, p *page) error {
	var body bytes.Buffer
	if err := pageTemplate.Execute(&body, p); err != nil {
		return err
	}
	b.site.files[l.Folder+slug] = file{kind: "text/html; charset=utf-8", body: body.Bytes()}
	return nil
}
