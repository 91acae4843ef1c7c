package sqltext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type scanner struct {
	dialect Dialect
	text    string
	pos     int
	depth   int

	tags     map[string]int  // where each tag of a heredoc stands last; nil before the first
	unclosed map[string]bool // typographic quotes that nothing closes from here on
}

func (s *scanner) at(prefix string) bool { return strings.HasPrefix(s.text[s.pos:], prefix) }

// skip goes to the next token, or to the end of the text.
func (s *scanner) skip() {
	for s.pos < len(s.text) {
		switch size := s.space(); {
		case size > 0:
			s.pos += size
		case s.at("--"), s.dialect == ClickHouse && (s.at("//") || s.at("# ") || s.at("#!")):
			s.skipLine()
		case s.at("/*"):
			s.skipComment()
		default:
			return
		}
	}
}

// space is how many bytes of white space stand here. ClickHouse takes that of Unicode too, as it is pasted from documents.
func (s *scanner) space() int {
	c := s.text[s.pos]
	if c == ' ' || c >= '\t' && c <= '\r' || c == 0 {
		return 1
	}
	if c < utf8.RuneSelf || s.dialect != ClickHouse {
		return 0
	}
	r, size := utf8.DecodeRuneInString(s.text[s.pos:])
	if unicode.IsSpace(r) || r == '\u180e' || r >= '\u200b' && r <= '\u200d' || r == '\u2060' || r == '\ufeff' {
		return size
	}
	return 0
}

func (s *scanner) skipLine() {
	ends := "\n"
	if s.dialect == Postgres {
		ends = "\r\n"
	}
	if n := strings.IndexAny(s.text[s.pos:], ends); n >= 0 {
		s.pos += n
		return
	}
	s.pos = len(s.text)
}

// skipComment skips a comment with the comments nested in it.
func (s *scanner) skipComment() {
	level := 0
	for s.pos < len(s.text) {
		switch {
		case s.at("/*"):
			level++
			s.pos += 2
		case s.at("*/"):
			level--
			s.pos += 2
		default:
			s.pos++
		}
		if level == 0 {
			return
		}
	}
}

// next reads the token that stands here.
func (s *scanner) next() Token {
	t := Token{Start: s.pos, Depth: s.depth}
	t.Kind, t.Text = s.read()
	t.End = s.pos
	if t.Kind != Sign {
		return t
	}
	switch t.Text {
	case "(", "[", "{":
		s.depth++
	case ")", "]", "}":
		s.depth = max(s.depth-1, 0)
		t.Depth = s.depth
	}
	return t
}

func (s *scanner) read() (kind Kind, text string) {
	switch c := s.text[s.pos]; {
	case c == '\'':
		return String, s.quoted(s.dialect == ClickHouse)
	case c == '"', c == '`' && s.dialect == ClickHouse:
		return Quoted, s.quoted(s.dialect == ClickHouse)
	case s.dialect == Postgres && (s.at("e'") || s.at("E'")):
		s.pos++
		return String, s.quoted(true)
	case s.isWord(c):
		return Word, s.word()
	case c == '$':
		if text, ok := s.heredoc(); ok {
			return String, text
		}
	case s.dialect == ClickHouse && s.at("‘"):
		if text, ok := s.typographic("‘", "’"); ok {
			return String, text
		}
	case s.dialect == ClickHouse && s.at("“"):
		if text, ok := s.typographic("“", "”"); ok {
			return Quoted, text
		}
	}
	s.pos++
	return Sign, s.text[s.pos-1 : s.pos]
}

// isWord tells whether a word can begin with the byte; it can go on with a dollar sign too.
func (s *scanner) isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf && s.dialect == Postgres
}

func (s *scanner) word() string {
	start := s.pos
	for s.pos < len(s.text) && (s.isWord(s.text[s.pos]) || s.text[s.pos] == '$') {
		s.pos++
	}
	return s.text[start:s.pos]
}
