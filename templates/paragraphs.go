package templates

import (
	"strings"
	"text/template/parse"
)

// Paragraphs takes a text of Markdown apart at its blank lines, so that each part is a template by itself: not within an action such
// as {{ if }}, nor in a fence or a comment. The parts together are the text; one that does not parse is a single part.
func Paragraphs(text string) []string {
	src := newSource(text)
	if src.tree == nil {
		return []string{text}
	}
	var parts []string
	from, blanks := 0, blankLines(text)
	for _, node := range src.tree.Root.Nodes {
		between, ok := node.(*parse.TextNode)
		if !ok {
			continue
		}
		start, end := int(between.Pos), int(between.Pos)+len(between.Text)
		for ; len(blanks) > 0 && blanks[0] <= end; blanks = blanks[1:] {
			if blanks[0] >= start {
				parts, from = append(parts, text[from:blanks[0]]), blanks[0]
			}
		}
	}
	return append(parts, text[from:])
}

// blankLines are the places behind the blank lines that stand in no fence and no comment.
func blankLines(text string) []int {
	var all []int
	var around surroundings
	at := 0
	for line := range strings.Lines(text) {
		at += len(line)
		around.pass(line)
		if !around.open() && strings.TrimSpace(line) == "" {
			all = append(all, at)
		}
	}
	return all
}
