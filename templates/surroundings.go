package templates

import (
	"regexp"
	"strings"
)

// surroundings are what a place in a text of Markdown stands in.
type surroundings struct {
	fence   string // the marks of the code block that is open
	comment bool
}

func (s *surroundings) open() bool { return s.fence != "" || s.comment }

var (
	fenceMarks = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})(.*)$")
	// settled is what opens nothing in a line: what is escaped, and whole spans of code.
	settled = regexp.MustCompile("\\\\.|`+[^`]*`+")
)

// pass goes on behind a line.
func (s *surroundings) pass(line string) {
	line = strings.TrimRight(line, "\r\n")
	if !s.comment {
		if marks := fenceMarks.FindStringSubmatch(line); marks != nil {
			s.fence = afterMarks(s.fence, marks[1], marks[2])
			return
		}
	}
	if s.fence != "" {
		return
	}
	for rest := settled.ReplaceAllString(line, ""); ; {
		mark := "<!--"
		if s.comment {
			mark = "-->"
		}
		_, after, found := strings.Cut(rest, mark)
		if !found {
			return
		}
		s.comment, rest = !s.comment, after
	}
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
