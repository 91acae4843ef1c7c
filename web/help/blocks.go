package help

import (
	"fmt"
	"html"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// blocks writes what goldmark writes otherwise than the pages need it: headings with a link to themselves, coloured code, tables
// that scroll by themselves on a narrow screen, and no link where there is nothing to lead to.
type blocks struct{}

func (b blocks) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(ast.KindHeading, b.heading)
	register.Register(ast.KindFencedCodeBlock, b.code)
	register.Register(extast.KindTable, b.table)
	register.Register(extast.KindTableCell, b.cell)
	register.Register(ast.KindLink, b.link)
}

const (
	anchorID  = "id"
	anchorOwn = "own"
)

func (blocks) heading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	h := n.(*ast.Heading)
	id, _ := h.AttributeString(anchorID)
	own, _ := h.AttributeString(anchorOwn)
	if !entering {
		if h.Level > 1 && id != nil {
			fmt.Fprintf(w, ` <a class="anchor" href="#%s" aria-hidden="true" tabindex="-1">#</a>`, html.EscapeString(id.(string)))
		}
		fmt.Fprintf(w, "</h%d>\n", h.Level)
		return ast.WalkContinue, nil
	}
	fmt.Fprintf(w, "<h%d", h.Level)
	if id != nil {
		fmt.Fprintf(w, ` id="%s"`, html.EscapeString(id.(string)))
	}
	fmt.Fprint(w, ">")
	if own != nil && own != id {
		fmt.Fprintf(w, `<span id="%s"></span>`, html.EscapeString(own.(string)))
	}
	return ast.WalkContinue, nil
}

func (blocks) code(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		language := string(n.(*ast.FencedCodeBlock).Language(source))
		fmt.Fprintf(w, "<div class=\"code\"><pre tabindex=\"0\"><code>%s</code></pre></div>\n", coloured(language, string(lines(n, source))))
	}
	return ast.WalkSkipChildren, nil
}

func (blocks) table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		fmt.Fprint(w, "<div class=\"table\" tabindex=\"0\"><table>\n")
	} else {
		fmt.Fprint(w, "</table></div>\n")
	}
	return ast.WalkContinue, nil
}

// cell writes an empty cell of the first row as one that heads nothing.
func (blocks) cell(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	tag, scope := "td", ""
	if n.Parent().Kind() == extast.KindTableHeader && n.HasChildren() {
		tag, scope = "th", ` scope="col"`
	}
	if entering {
		fmt.Fprintf(w, "<%s%s>", tag, scope)
	} else {
		fmt.Fprintf(w, "</%s>\n", tag)
	}
	return ast.WalkContinue, nil
}

func (blocks) link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	href := n.(*ast.Link).Destination
	switch {
	case len(href) == 0:
	case entering:
		fmt.Fprintf(w, `<a href="%s">`, util.EscapeHTML(util.URLEscape(href, true)))
	default:
		fmt.Fprint(w, "</a>")
	}
	return ast.WalkContinue, nil
}
