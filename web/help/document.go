package help

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// document is one file of the documentation, parsed.
type document struct {
	file   string // as in the folder: reports.md, ru/reports.md
	source []byte
	root   ast.Node
	heads  []head
}

// head is a heading. Own is the anchor that git hosts give it; ID is that of the English page, so that an address with an anchor
// means the same in every language.
type head struct {
	Level          int
	Title, ID, Own string
	node           *ast.Heading
}

var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(blocks{}, 100))),
)

func readDocument(files fs.FS, file string) (*document, error) {
	source, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, err
	}
	d := &document{file: file, source: source, root: markdown.Parser().Parse(text.NewReader(source))}
	seen := map[string]int{}
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			title := plain(h, source)
			id := anchorOf(title, seen)
			d.heads = append(d.heads, head{Level: h.Level, Title: title, ID: id, Own: id, node: h})
		}
	}
	if len(d.heads) == 0 || d.heads[0].Level != 1 {
		return nil, fmt.Errorf("docs/%s does not begin with a heading of the first level", file)
	}
	return d, nil
}

func (d *document) title() string { return d.heads[0].Title }

// follow takes over the anchors of the page that this one translates.
func (d *document) follow(original *document) error {
	if len(d.heads) != len(original.heads) {
		return fmt.Errorf("docs/%s has %d headings and %s has %d: translate them one by one", d.file, len(d.heads), original.file, len(original.heads))
	}
	for i := range d.heads {
		if d.heads[i].Level != original.heads[i].Level {
			return fmt.Errorf("docs/%s: %q stands on another level than %q of %s", d.file, d.heads[i].Title, original.heads[i].Title, original.file)
		}
		d.heads[i].ID = original.heads[i].ID
	}
	return nil
}

// anchorOf is the anchor git hosts give a heading: small letters, digits and hyphens, and a number for the second of a kind.
func anchorOf(title string, seen map[string]int) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '_', r == '-':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, title)
	seen[id]++
	if n := seen[id]; n > 1 {
		return fmt.Sprintf("%s-%d", id, n-1)
	}
	return id
}

// plain is the text of a node as people read it, words of neighbouring blocks apart.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	write(&b, n, source)
	return strings.Join(strings.Fields(b.String()), " ")
}

func write(b *strings.Builder, n ast.Node, source []byte) {
	switch n := n.(type) {
	case *ast.Text:
		b.Write(util.UnescapePunctuations(n.Segment.Value(source)))
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.WriteByte(' ')
		}
	case *ast.String:
		b.Write(n.Value)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		b.Write(lines(n, source))
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		write(b, child, source)
	}
	if n.Type() == ast.TypeBlock {
		b.WriteByte(' ')
	}
}

func lines(n ast.Node, source []byte) []byte {
	var b bytes.Buffer
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(source))
	}
	return b.Bytes()
}
