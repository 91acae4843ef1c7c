package runner

import (
	"strings"

	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/templates"
)

// The opening of a report is its text before the first cell. What of it needs no result stands above the form.

// openingOf are the paragraphs of the opening as they are written, each a template by itself.
func openingOf(report *reports.Report) []string {
	if len(report.Blocks) == 0 || report.Blocks[0].Cell != nil {
		return nil
	}
	return templates.Paragraphs(report.Blocks[0].Text)
}

// mostMissed bounds the searches for paragraphs that are not there, each of which goes through the whole text.
const mostMissed = 100

// opening takes the rendered opening apart, by looking for its constant paragraphs. Those that are not found, because an action has
// trimmed them, are as any other text, and so is all that comes after too many of them.
func (a *arrangement) opening(paragraphs []string, rendered string) {
	constant := make([]bool, len(paragraphs))
	for i, paragraph := range paragraphs {
		constant[i] = isConstant(paragraph)
	}
	dropBareHeadings(paragraphs, constant)
	for i, missed := 0, 0; i < len(paragraphs) && missed < mostMissed; i++ {
		if !constant[i] {
			continue
		}
		from := i
		for i+1 < len(paragraphs) && (constant[i+1] || isBlank(paragraphs[i+1])) {
			i++
		}
		found := strings.Join(paragraphs[from:i+1], "")
		at := paragraphsAt(rendered, found, i+1 == len(paragraphs))
		if at < 0 {
			missed++
			continue
		}
		a.text(rendered[:at], false)
		a.text(found, true)
		rendered = rendered[at+len(found):]
	}
	a.text(rendered, false)
}

// dropBareHeadings clears the marks of headings without a marked paragraph under them: a heading goes with what it stands above.
func dropBareHeadings(paragraphs []string, marked []bool) {
	for i, paragraph := range paragraphs {
		level := headingLevel(paragraph)
		if !marked[i] || !isBareHeading(paragraph) {
			continue
		}
		marked[i] = false
		for j := i + 1; j < len(paragraphs) && !marked[i]; j++ {
			if l := headingLevel(paragraphs[j]); l > 0 && l <= level {
				break
			}
			marked[i] = marked[j] && !isBareHeading(paragraphs[j])
		}
	}
}

// headingLevel is that of the heading the paragraph begins with, or 0.
func headingLevel(paragraph string) int {
	line, _, _ := strings.Cut(strings.TrimSpace(paragraph), "\n")
	name := strings.TrimLeft(line, "#")
	if level := len(line) - len(name); level <= 6 && (name == "" || strings.ContainsAny(name[:1], " \t\r")) {
		return level
	}
	return 0
}

// isBareHeading is true of a heading without text right under it.
func isBareHeading(paragraph string) bool {
	return headingLevel(paragraph) > 0 && !strings.Contains(strings.TrimSpace(paragraph), "\n")
}

// isConstant is true of text that is rendered as it is written.
func isConstant(paragraph string) bool {
	return !isBlank(paragraph) && !strings.Contains(paragraph, "{{")
}

func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

// paragraphsAt is where some paragraphs begin in a text, as paragraphs of their own, or -1. The last ones are its end.
func paragraphsAt(text, paragraphs string, last bool) int {
	from := 0
	if last {
		from = max(0, len(text)-len(paragraphs))
	}
	for {
		at := strings.Index(text[from:], paragraphs)
		if at < 0 {
			return -1
		}
		if from += at; beginsParagraph(text[:from]) {
			return from
		}
		from++
	}
}

// beginsParagraph tells whether a paragraph can begin behind the text: at the start, or below a blank line.
func beginsParagraph(before string) bool {
	lines, ok := strings.CutSuffix(before, "\n")
	return before == "" || ok && isBlank(lines[strings.LastIndexByte(lines, '\n')+1:])
}
