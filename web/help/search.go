package help

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// found is a part of a page as the search knows it: what stands below one heading.
type found struct {
	Page    string `json:"p"`
	Heading string `json:"h,omitempty"` // empty for what stands below the title
	Href    string `json:"u"`           // relative to the index, where the site has no base
	Text    string `json:"t"`
}

// indexOf cuts a page at its headings.
func (b *builder) indexOf(l language, e entry) []found {
	if e.Slug == "" {
		return nil
	}
	d := b.docs[l.Folder+e.Slug+".md"]
	if d == nil {
		d = b.docs[e.Slug+".md"]
	}
	href := b.site.address(l.Folder, l.Folder+e.Slug)
	parts := []found{{Page: d.title(), Href: href}}
	var text strings.Builder
	next := 1
	close := func() { parts[len(parts)-1].Text = strings.TrimSpace(text.String()); text.Reset() }
	for n := d.root.FirstChild().NextSibling(); n != nil; n = n.NextSibling() {
		if _, ok := n.(*ast.Heading); ok {
			close()
			h := d.heads[next]
			next++
			parts = append(parts, found{Page: d.title(), Heading: h.Title, Href: href + "#" + h.ID})
			continue
		}
		text.WriteString(plain(n, d.source) + " ")
	}
	close()
	return parts
}
