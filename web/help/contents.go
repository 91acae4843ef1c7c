package help

import (
	"fmt"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// section is a part of the table of contents.
type section struct {
	Title   string
	Entries []entry
}

// entry is one page in the table of contents. Slug is the name of its file without .md.
type entry struct{ Slug, Title string }

// contentsOf reads the table of contents: its headings of the second level, and the pages that the lists below them lead to.
func contentsOf(d *document) ([]section, error) {
	var sections []section
	err := ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 2 {
				sections = append(sections, section{Title: plain(n, d.source)})
			}
		case *ast.ListItem:
			link := firstLink(n)
			if link == nil || len(sections) == 0 {
				return ast.WalkStop, fmt.Errorf("docs/%s: every item of the contents begins with a link to its page, below a heading", d.file)
			}
			last := &sections[len(sections)-1]
			last.Entries = append(last.Entries, entry{slugOf(path.Base(string(link.Destination))), plain(link, d.source)})
		}
		return ast.WalkContinue, nil
	})
	return sections, err
}

func firstLink(item ast.Node) *ast.Link {
	block := item.FirstChild()
	if block == nil {
		return nil
	}
	link, _ := block.FirstChild().(*ast.Link)
	return link
}

// slugOf is the last part of a page's address, for its file: "" for the table of contents.
func slugOf(file string) string {
	slug := strings.TrimSuffix(strings.TrimPrefix(file, "ru/"), ".md")
	if slug == "README" {
		return ""
	}
	return slug
}

// sameOrder compares two tables of contents by the pages they lead to.
func sameOrder(a, b []section) error {
	if len(a) != len(b) {
		return fmt.Errorf("the tables of contents have %d and %d sections", len(a), len(b))
	}
	for i := range a {
		if len(a[i].Entries) != len(b[i].Entries) {
			return fmt.Errorf("the sections %q and %q have different pages", a[i].Title, b[i].Title)
		}
		for j, e := range a[i].Entries {
			if other := b[i].Entries[j]; other.Slug != e.Slug {
				return fmt.Errorf("in the section %q, %s stands where the translation has %s", a[i].Title, e.Slug, other.Slug)
			}
		}
	}
	return nil
}
