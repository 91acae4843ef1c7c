package templates

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf8"
)

// treeName stands in messages of text/template, from which places are read back.
const treeName = "text"

// source is a template's text, its tree (nil when it does not parse) and the problems found so far.
type source struct {
	text     string
	tree     *parse.Tree
	problems []Problem
}

// newSource parses a text. Functions are not looked up: the checker does it, for all of them and with their places.
func newSource(text string) *source {
	s := &source{text: text}
	if len(text) > maxTemplate {
		s.problem(0, "the template is longer than %d KiB: load the data into a table instead", maxTemplate>>10)
		return s
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		s.problem(i, "a NUL byte cannot be part of a template: remove it")
		return s
	}
	tree := parse.New(treeName)
	tree.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	if _, err := tree.Parse(text, "", "", trees); err != nil {
		s.syntax(err)
		return s
	}
	if len(trees) != 1 || trees[treeName] != tree {
		s.problem(s.find(definition, 0), "templates within templates are not available: make it a snippet")
		return s
	}
	s.tree = tree
	return s
}

var definition = regexp.MustCompile(`\{\{-?\s*(define|block)\b`)

// find is the place of the first match at or after from, or from.
func (s *source) find(pattern *regexp.Regexp, from int) int {
	if m := pattern.FindStringIndex(s.text[from:]); m != nil {
		return from + m[0]
	}
	return from
}

// problem notes a mistake at a byte offset; the same one at the same place is noted once.
func (s *source) problem(offset int, format string, args ...any) {
	if s.full() {
		return
	}
	p := placed(s.text, offset, fmt.Sprintf(format, args...))
	if !slices.Contains(s.problems, p) {
		s.problems = append(s.problems, p)
	}
}

// full tells that more problems would help nobody.
func (s *source) full() bool { return len(s.problems) >= maxProblems }

// sorted are the problems in the order of the text.
func (s *source) sorted() []Problem {
	slices.SortStableFunc(s.problems, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return s.problems
}

func placed(text string, offset int, message string) Problem {
	before := text[:min(max(offset, 0), len(text))]
	line := strings.LastIndexByte(before, '\n') + 1
	return Problem{
		Line:    strings.Count(before, "\n") + 1,
		Column:  utf8.RuneCountInString(before[line:]) + 1,
		Message: message,
	}
}

// lineStart is the offset at which a line (from 1) begins.
func (s *source) lineStart(line int) int {
	at := 0
	for ; line > 1; line-- {
		next := strings.IndexByte(s.text[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return at
}

// opening is the offset of the {{ that begins the action at pos.
func (s *source) opening(pos parse.Pos) int {
	at := min(int(pos)+1, len(s.text))
	if i := strings.LastIndex(s.text[:at], "{{"); i >= 0 {
		return i
	}
	return int(pos)
}

var parseError = regexp.MustCompile(`(?s)^template: ` + treeName + `:(\d+): (.*)$`)

// syntax notes the parser's error, which knows the line alone, as a sentence with a place.
func (s *source) syntax(err error) {
	m := parseError.FindStringSubmatch(err.Error())
	if m == nil {
		s.problem(0, "the template does not parse: %v", err)
		return
	}
	line, _ := strconv.Atoi(m[1])
	start := s.lineStart(line)
	unclosed, surplus := s.unbalanced()
	switch {
	case m[2] == "unexpected EOF" && unclosed >= 0:
		word := control.FindStringSubmatch(s.text[unclosed:])[1]
		s.problem(unclosed, "{{ %s }} has no {{ end }}", word)
		return
	case m[2] == "unexpected {{end}}" && surplus >= 0:
		start = surplus
	}
	s.problem(s.suspect(start, m[2]), "%s", syntaxSentence(m[2]))
}

var quotedToken = regexp.MustCompile(`"(?:[^"\\]|\\.)+"`)

// suspect guesses the column: the token the message quotes, else the last action that begins on the line or before it.
func (s *source) suspect(start int, message string) int {
	line := s.text[start:]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	first := strings.Index(line, "{{")
	if first < 0 {
		return max(strings.LastIndex(s.text[:start], "{{"), 0)
	}
	if token, err := strconv.Unquote(quotedToken.FindString(message)); err == nil {
		if i := strings.Index(line[first:], token); i >= 0 {
			return start + first + i
		}
	}
	return start + first
}

const singleQuotes = `texts in actions stand in double quotes, as in eq .kind "card"`

var syntaxMends = []struct{ part, sentence string }{
	{"unclosed action", "the action is not closed: }} is missing"},
	{"unterminated quoted string", `a text in double quotes is not closed: " is missing`},
	{"unterminated raw quoted string", "a text in backquotes is not closed: ` is missing"},
	{"character constant", singleQuotes},
	{`unexpected "{" in`, "the action before it is not closed: }} is missing"},
	{"unclosed left paren", "a parenthesis is not closed: ) is missing"},
	{"unexpected right paren", "there is a ) without a ("},
	{"unexpected {{end}}", "{{ end }} without an {{ if }}, {{ range }} or {{ with }} before it"},
	{"unexpected {{else}}", "{{ else }} without an {{ if }}, {{ range }} or {{ with }} before it"},
	{"unclosed comment", "a comment {{/* … is not closed: */}} is missing"},
	{"comment ends before closing delimiter", "nothing may stand between */ and }}"},
	{"missing value for command", "the action is empty: name a field, as in {{ .partner }}"},
	{"missing value for", "the condition is missing, as in {{ if .partner }}"},
	{"{{break}} outside", "{{ break }} outside of {{ range }}"},
	{"{{continue}} outside", "{{ continue }} outside of {{ range }}"},
	{"max expression depth", "the parentheses are nested too deeply"},
}

func syntaxSentence(message string) string {
	for _, mend := range syntaxMends {
		if strings.Contains(message, mend.part) {
			return mend.sentence
		}
	}
	return "the template does not parse: " + message
}

var control = regexp.MustCompile(`\{\{-?\s*(if|range|with|end)\b`)

// unbalanced finds the innermost {{ if }}, {{ range }} or {{ with }} that no {{ end }} closes, and the first {{ end }} that closes
// none; -1 for what a plain search does not find.
func (s *source) unbalanced() (unclosed, surplus int) {
	var stack []int
	surplus = -1
	for _, m := range control.FindAllStringSubmatchIndex(s.text, -1) {
		switch {
		case s.text[m[2]:m[3]] != "end":
			stack = append(stack, m[0])
		case len(stack) > 0:
			stack = stack[:len(stack)-1]
		case surplus < 0:
			surplus = m[0]
		}
	}
	if len(stack) == 0 {
		return -1, surplus
	}
	return stack[len(stack)-1], surplus
}

// shown quotes an action in a message, shortened.
func shown(pipe *parse.PipeNode) string {
	text := []rune(pipe.String())
	if len(text) > 60 {
		text = append(text[:57], []rune("…")...)
	}
	return "{{ " + string(text) + " }}"
}
