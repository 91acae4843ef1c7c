package reports

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/vitrina-reports/vitrina/templates"
)

// fence is a fenced code block that claims to be a cell.
type fence struct {
	info   extent // the words after the opening marks
	body   extent // the lines between the marks
	whole  extent // from the opening line to the closing one, both included
	closed bool
	nested bool // inside a list or quote
}

// blocksOnly finds the blocks of Markdown and leaves alone what is inside of them, where templates would confuse it.
func blocksOnly() parser.Parser {
	return parser.NewParser(parser.WithBlockParsers(
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	))
}

// maxCells is more than a page that people read has. maxNesting is that of lists and quotes begun on one line, which take the
// Markdown parser time that grows with its square.
const (
	maxCells   = 500
	maxNesting = 100
)

var deepLine = regexp.MustCompile(`(?m)^(?:[ \t]*(?:>|(?:[-+*]|[0-9]{1,9}[.)])[ \t])){` + strconv.Itoa(maxNesting) + `}`)

func (d *Document) readBody(part extent) {
	if deep := deepLine.FindIndex(d.data[part.start:part.end]); deep != nil {
		d.find(part.start+deep[0], fmt.Sprintf("more than %d lists or quotes within each other begin on this line", maxNesting))
		return
	}
	at := part.start
	for i, f := range d.fences(part) {
		if i == maxCells {
			d.find(f.info.start, fmt.Sprintf("a report has at most %d cells: split it", maxCells))
			return
		}
		if f.nested {
			d.find(f.info.start, "a cell must start at the left margin, outside of lists and quotes")
			continue
		}
		d.readProse(extent{at, f.whole.start})
		d.readCell(f)
		at = f.whole.end
	}
	d.readProse(extent{at, part.end})
}

func (d *Document) readProse(part extent) {
	prose := string(d.data[part.start:part.end])
	if strings.TrimSpace(prose) == "" {
		return
	}
	index := len(d.Report.Blocks)
	d.Report.Blocks = append(d.Report.Blocks, Block{Text: prose})
	d.site(site{span: span{text: prose, start: part.start}, fields: everything, cells: everything,
		text: func(c *Compiled, t *templates.Text) { c.Texts[index] = t }})
}

// fences finds the cells of a part in their order. A fenced block in another language is prose.
func (d *Document) fences(part extent) []fence {
	src := d.data[part.start:part.end]
	var fences []fence
	_ = ast.Walk(blocksOnly().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if block, ok := n.(*ast.FencedCodeBlock); ok && entering && block.Info != nil {
			if f := d.fence(block, part.start); d.isCell(f) {
				fences = append(fences, f)
			}
		}
		return ast.WalkContinue, nil
	})
	return fences
}

func (d *Document) fence(block *ast.FencedCodeBlock, base int) fence {
	info := block.Info.Segment
	f := fence{info: extent{base + info.Start, base + info.Stop}, nested: block.Parent().Kind() != ast.KindDocument}
	opening := bytes.LastIndexByte(d.data[:f.info.start], '\n') + 1
	f.body.start = d.line(f.info.end).end
	f.body.end = f.body.start
	if lines := block.Lines(); lines.Len() > 0 {
		f.body.end = min(base+lines.At(lines.Len()-1).Stop, len(d.data))
	}
	f.closed = f.body.end < len(d.data)
	f.whole = extent{opening, d.line(f.body.end).end}
	return f
}

// isCell tells cells from samples of code: a kind and a name, or at the left margin just a kind, whose name is forgotten.
func (d *Document) isCell(f fence) bool {
	words := strings.Fields(string(d.data[f.info.start:f.info.end]))
	kinds := []string{string(SQLCell), string(CohortCell), string(ChartCell)}
	switch {
	case len(words) == 0:
		return false
	case len(words) == 1:
		return !f.nested && slices.Contains(kinds, words[0])
	}
	return slices.Contains(kinds, strings.ToLower(words[0]))
}

// readCell reads one cell. Without a usable name it is still a cell, so that its body is checked too.
func (d *Document) readCell(f fence) {
	words := d.infoWords(f.info)
	cell := &Cell{Kind: Kind(strings.ToLower(words[0].text)), Attrs: map[string]string{}, Body: string(d.data[f.body.start:f.body.end])}
	d.here.advance(f.body.start)
	cell.Line = d.here.line
	d.Report.Blocks = append(d.Report.Blocks, Block{Cell: cell})
	if !f.closed {
		d.find(f.info.start, fmt.Sprintf("the %s cell does not end: close it with the marks it starts with, on a line of their own", cell.Kind))
	}
	attributes := words[1:]
	if len(attributes) > 0 && !strings.Contains(attributes[0].text, "=") {
		d.nameCell(cell, attributes[0])
		attributes = attributes[1:]
	} else {
		d.find(f.info.start, fmt.Sprintf("the cell has no name: write ```%s name", cell.Kind))
	}
	for _, word := range attributes {
		d.readAttribute(cell, word)
	}
	d.readCellBody(cell, f.body)
}

func (d *Document) nameCell(cell *Cell, word span) {
	cell.Name = word.text
	twin, exists := d.cells[cell.Name]
	switch {
	case !isName(cell.Name):
		d.find(word.start, fmt.Sprintf("a cell cannot be called %q: %s", cell.Name, nameRule))
	case exists:
		line := d.Report.Blocks[twin].Cell.Line
		d.find(word.start, fmt.Sprintf("there is a cell %q already, its body starts on line %d", cell.Name, line))
	default:
		d.cells[cell.Name] = len(d.Report.Blocks) - 1
	}
	d.mention(mention{target: cellName, span: word, declares: true})
}

func (d *Document) readAttribute(cell *Cell, word span) {
	known := map[Kind][]string{SQLCell: {"source"}}[cell.Kind]
	key, value, found := strings.Cut(word.text, "=")
	switch _, twice := cell.Attrs[key]; {
	case !found:
		d.find(word.start, fmt.Sprintf("%q is no attribute: after a cell's name come key=value pairs", key))
		return
	case !slices.Contains(known, key):
		d.find(word.start, fmt.Sprintf("a %s cell has no attribute %q%s", cell.Kind, key, suggest(key, known)))
		return
	case twice:
		d.find(word.start, fmt.Sprintf("%s is written twice", key))
	case unquote(value) == "":
		d.find(word.start, fmt.Sprintf("%s has no value: write %s=name", key, key))
	}
	cell.Attrs[key] = unquote(value)
	if key == "source" {
		d.sources = append(d.sources, span{text: unquote(value), start: word.start + len(key) + 1})
	}
}

// infoWords splits a fence line at its spaces, except for those between quotes.
func (d *Document) infoWords(part extent) []span {
	var words []span
	line := string(d.data[part.start:part.end])
	start, quote := -1, rune(0)
	for i, c := range line + " " {
		switch {
		case quote == 0 && unicode.IsSpace(c):
			if start >= 0 {
				words = append(words, span{text: line[start:i], start: part.start + start})
			}
			start = -1
			continue
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == c:
			quote = 0
		}
		if start < 0 {
			start = i
		}
	}
	if quote != 0 {
		d.find(part.start+start, "the quote on the fence line does not end")
		words = append(words, span{text: line[start:], start: part.start + start})
	}
	return words
}

func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}
