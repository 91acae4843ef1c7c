package help

import (
	"bytes"
	"fmt"
	"html/template"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// page is what page.html shows.
type page struct {
	Lang, TextLang, Title, Description string
	Words                              words
	Style, Script, Icon, Index         string
	Home, App                          string
	Languages                          []choice
	Sections                           []menu
	Heads                              []head
	Body                               template.HTML
	Previous, Next                     *choice
	NotTranslated                      bool
}

// choice is a link; Current is where one is.
type choice struct {
	Title, Href, Code string
	Current           bool
}

type menu struct {
	Title   string
	Choices []choice
}

func (b *builder) page(l language, e entry) (*page, error) {
	d, translated := b.docs[l.Folder+e.Slug+".md"], true
	if e.Slug == "" {
		d = b.docs[l.Folder+"README.md"]
	}
	if d == nil {
		d, translated = b.docs[e.Slug+".md"], false
	}
	body, err := b.render(l, e.Slug, d)
	if err != nil {
		return nil, err
	}
	p := b.frame(l, e.Slug)
	p.Title, p.Body, p.Description = d.title(), template.HTML(body), summary(d)
	if !translated {
		p.TextLang, p.NotTranslated = "en", true
	}
	for _, h := range d.heads[1:] {
		if h.Level <= 3 && e.Slug != "" {
			p.Heads = append(p.Heads, h)
		}
	}
	p.Previous, p.Next = b.neighbours(l, e.Slug)
	return p, nil
}

// frame is a page without its text.
func (b *builder) frame(l language, slug string) *page {
	from := l.Folder + slug
	to := func(path string) string { return b.site.address(from, path) }
	p := &page{
		Lang: l.Code, TextLang: l.Code, Words: l.Words,
		Style: to(b.style), Script: to(b.script), Icon: to(b.icon), Index: to(l.Folder + "search.json"), Home: to(l.Folder),
	}
	if b.site.options.Base != "" {
		p.App = "/"
	}
	for _, other := range languages {
		slug := slug
		if slug == missing {
			slug = ""
		}
		p.Languages = append(p.Languages, choice{other.Name, to(other.Folder + slug), other.Code, other.Code == l.Code})
	}
	for _, s := range b.contents[l.Code] {
		m := menu{Title: s.Title}
		for _, e := range s.Entries {
			m.Choices = append(m.Choices, choice{e.Title, to(l.Folder + e.Slug), "", e.Slug == slug})
		}
		p.Sections = append(p.Sections, m)
	}
	return p
}

func (b *builder) missing(l language) *page {
	p := b.frame(l, missing)
	w := l.Words
	p.Title = w.Missing
	p.Body = template.HTML(fmt.Sprintf("<h1>%s</h1>\n<p>%s</p>\n<p><a href=\"%s\">%s</a></p>\n", w.Missing, w.MissingText, p.Home, w.Home))
	return p
}

func (b *builder) neighbours(l language, slug string) (previous, next *choice) {
	all := append([]entry{{Slug: "", Title: l.Words.Contents}}, entriesOf(b.contents[l.Code])...)
	at := func(i int) *choice {
		if i < 0 || i >= len(all) {
			return nil
		}
		return &choice{Title: all[i].Title, Href: b.site.address(l.Folder+slug, l.Folder+all[i].Slug)}
	}
	for i, e := range all {
		if e.Slug == slug {
			return at(i - 1), at(i + 1)
		}
	}
	return nil, nil
}

// summary is the first paragraph.
func summary(d *document) string {
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindParagraph {
			return plain(n, d.source)
		}
	}
	return ""
}

// render writes a document for one page. A document that is not translated is rendered once for each language, since its links stay
// in the language of the reader.
func (b *builder) render(l language, slug string, d *document) (string, error) {
	var links []*ast.Link
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.Link); ok && entering {
			links = append(links, link)
		}
		return ast.WalkContinue, nil
	})
	written := make(map[*ast.Link][]byte, len(links))
	for _, link := range links {
		written[link] = link.Destination
		href, err := b.follow(l, slug, d, string(link.Destination))
		if err != nil {
			return "", err
		}
		link.Destination = []byte(href)
	}
	for _, h := range d.heads {
		h.node.SetAttributeString(anchorID, h.ID)
		h.node.SetAttributeString(anchorOwn, h.Own)
	}
	var out bytes.Buffer
	err := markdown.Renderer().Render(&out, d.source, d.root)
	for link, destination := range written {
		link.Destination = destination
	}
	return out.String(), err
}

// follow is where a link of a document leads in the site; empty for what the site does not have: files beside the documentation, and
// addresses of the product when it is not the product that serves the site.
func (b *builder) follow(l language, slug string, d *document, link string) (string, error) {
	name, anchor, _ := strings.Cut(link, "#")
	target := path.Join(path.Dir(d.file), name)
	switch {
	case strings.Contains(name, ":"):
		return link, nil
	case name == "":
		target = d.file
	case strings.HasPrefix(name, "/"):
		if b.site.options.Base == "" {
			return "", nil
		}
		return link, nil
	case strings.HasPrefix(target, "../"):
		return "", nil
	}
	to := b.docs[target]
	if to == nil {
		return "", fmt.Errorf("docs/%s links to %s, which is no page of it", d.file, link)
	}
	anchor, ok := to.anchor(anchor)
	if !ok {
		return "", fmt.Errorf("docs/%s links to %s, which is no heading of that page", d.file, link)
	}
	if name == "" {
		return anchor, nil
	}
	return b.site.address(l.Folder+slug, l.Folder+slugOf(target)) + anchor, nil
}

// anchor is what an address ends with, for the anchor that git hosts give a heading.
func (d *document) anchor(own string) (string, bool) {
	if own == "" {
		return "", true
	}
	for _, h := range d.heads {
		if h.Own == own {
			return "#" + h.ID, true
		}
	}
	return "", false
}
