package templates

import (
	"regexp"
	"strings"
	"text/template/parse"
)

// Paragraphs takes a text of Markdown apart at its blank lines, so that each part is a template by itself: not within an action such
// as {{ if }}, nor in a fence. The parts together are the text; one that does not parse is a single part.
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

var fenceMarks = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})(.*)$")

// blankLines are the places behind the blank lines that stand in no fence.
func blankLines(text string) []int {
	var all []int
	at, fence := 0, ""
	for line := range strings.Lines(text) {
		at += len(line)
		line = strings.TrimRight(line, "\r\n")
		if marks := fenceMarks.FindStringSubmatch(line); marks != nil {
			fence = afterMarks(fence, marks[1], marks[2])
			continue
		}
		if fence == "" && strings.TrimSpace(line) == "" {
			all = append(all, at)
		}
	}
	return all
}

// afterMarks is the fence that is open behind a line of marks: the same kind, no shorter and with nothing after them, closes one.
func afterMarks(open, marks, rest string) string {
	switch {
	case open == "":
		return marks
	case marks[0] == open[0] && len(marks) >= len(open) && strings.TrimSpace(rest) == "":
		return ""
	}
	return open
}
