// Package placement tells where in a statement a value stands, since a list is written in one way after IN and in another elsewhere.
package placement

import (
	"strings"

	"github.com/vitrina-reports/vitrina/templates"
)

// Place is where a value stands.
type Place int

const (
	// Elsewhere is any place that takes an expression.
	Elsewhere Place = iota
	// AfterIn is right after the keyword: id IN {{ .ids }}.
	AfterIn
	// WithinIn is alone in the brackets of IN: id IN ({{ .ids }}).
	WithinIn
)

// Dialect is what differs in how databases read quotes and comments.
type Dialect struct {
	Backslash   bool // \' within '…' is a quote
	HashComment bool // # begins a comment
	Nested      bool // /* /* */ is still open
}

// Of is the place of each part of the statement; that of a text or a table means nothing.
func Of(s templates.Statement, d Dialect) []Place {
	places := make([]Place, len(s.Parts))
	code := scanner{dialect: d}
	text := ""
	for i, part := range s.Parts {
		if part.Param == nil && part.Table == "" {
			text += part.Text
			continue
		}
		code.read(text)
		text = ""
		if part.Param != nil {
			places[i] = code.place(following(s.Parts[i+1:]))
		}
		code.word("?")
	}
	return places
}

// TrimEnd takes semicolons and comments off the end of a statement, so that it can stand in brackets.
func TrimEnd(sql string, d Dialect) string {
	s := scanner{dialect: d}
	end := 0
	for rest := sql; rest != ""; {
		s.last = ""
		rest = s.step(rest)
		if s.last != "" && s.last != ";" {
			end = len(sql) - len(rest)
		}
	}
	return sql[:end]
}

// following is the text up to the next value.
func following(parts []templates.Part) string {
	var text strings.Builder
	for _, part := range parts {
		if part.Param != nil || part.Table != "" {
			break
		}
		text.WriteString(part.Text)
	}
	return text.String()
}

// scanner keeps the last two words of SQL, quotes and comments left out.
type scanner struct {
	dialect      Dialect
	before, last string
}

func (s *scanner) place(rest string) Place {
	if s.last == "in" {
		return AfterIn
	}
	if s.before != "in" || s.last != "(" {
		return Elsewhere
	}
	next := scanner{dialect: s.dialect}
	if next.first(rest) == ")" {
		return WithinIn
	}
	return Elsewhere
}

func (s *scanner) word(w string) { s.before, s.last = s.last, strings.ToLower(w) }

func (s *scanner) read(text string) {
	for text != "" {
		text = s.step(text)
	}
}

// first is the first word of the text.
func (s *scanner) first(text string) string {
	for text != "" && s.last == "" {
		text = s.step(text)
	}
	return s.last
}

// step reads one word, quoted text, comment or run of spaces and returns what follows it.
func (s *scanner) step(text string) string {
	switch {
	case strings.ContainsRune(" \t\r\n\f\v", rune(text[0])):
		return text[1:]
	case strings.HasPrefix(text, "--"), s.dialect.HashComment && text[0] == '#':
		_, rest, _ := strings.Cut(text, "\n")
		return rest
	case strings.HasPrefix(text, "/*"):
		return s.comment(text)
	case text[0] == '\'' || text[0] == '"' || text[0] == '`':
		s.word("?")
		return s.quoted(text)
	case text[0] == '$':
		s.word("?")
		return dollarQuoted(text)
	}
	n := 0
	for n < len(text) && isWord(text[n]) {
		n++
	}
	n = max(n, 1)
	s.word(text[:n])
	return text[n:]
}

func (s *scanner) comment(text string) string {
	depth, i := 1, 2
	for ; i < len(text) && depth > 0; i++ {
		switch {
		case strings.HasPrefix(text[i:], "*/"):
			depth--
			i++
		case s.dialect.Nested && strings.HasPrefix(text[i:], "/*"):
			depth++
			i++
		}
	}
	return text[min(i, len(text)):]
}

// quoted skips to the closing quote; a doubled one begins the next quoted text, which is as good.
func (s *scanner) quoted(text string) string {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && s.dialect.Backslash:
			i++
		case text[i] == text[0]:
			return text[i+1:]
		}
	}
	return ""
}

// dollarQuoted skips $tag$…$tag$; any other dollar is skipped alone.
func dollarQuoted(text string) string {
	end := strings.IndexByte(text[1:], '$') + 2
	if end < 2 || strings.ContainsFunc(text[1:end-1], func(r rune) bool { return r < 0x80 && !isWord(byte(r)) }) {
		return text[1:]
	}
	tag, rest := text[:end], text[end:]
	_, after, _ := strings.Cut(rest, tag)
	return after
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
