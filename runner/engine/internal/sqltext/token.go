// Package sqltext reads ClickHouse SQL just far enough to know where a statement ends, what kind it is and which words in it
// are names: for what the engine would otherwise do on its client side, where no access right is checked.
package sqltext

import "strings"

// Kind of a token.
type Kind int

const (
	// Word is a bare identifier, keyword or number.
	Word Kind = iota
	// Quoted is an identifier in backticks or double quotes; Text is what is inside, unescaped.
	Quoted
	// String is a string literal or heredoc.
	String
	// Sign is a single character of punctuation.
	Sign
)

// Token is a piece of SQL at bytes Start to End. Depth counts the brackets around it; a bracket has the depth outside it.
type Token struct {
	Kind       Kind
	Text       string
	Start, End int
	Depth      int
}

// Is tells whether the token is this keyword, in any case.
func (t Token) Is(keyword string) bool { return t.Kind == Word && strings.EqualFold(t.Text, keyword) }

// IsName tells whether the token names this, quoted or not.
func (t Token) IsName(name string) bool {
	return (t.Kind == Word || t.Kind == Quoted) && strings.EqualFold(t.Text, name)
}

// IsSign tells whether the token is this character.
func (t Token) IsSign(sign string) bool { return t.Kind == Sign && t.Text == sign }

// Tokens splits the text; white space and comments are dropped. What is not closed reaches to the end of the text.
func Tokens(text string) []Token {
	s := scanner{text: text}
	for s.pos < len(text) {
		s.next()
	}
	return s.tokens
}

type scanner struct {
	text   string
	pos    int
	depth  int
	tokens []Token
}

func (s *scanner) next() {
	c := s.text[s.pos]
	switch {
	case isSpace(c):
		s.pos++
	case s.at("--"), s.at("#!"), s.at("# "), s.at("//"):
		s.skipLine()
	case s.at("/*"):
		s.skipComment()
	case c == '\'':
		s.quoted(c, String)
	case c == '`', c == '"':
		s.quoted(c, Quoted)
	case c == '$' && s.heredoc():
	case isWord(c):
		s.word()
	case s.curlyQuote():
	default:
		s.sign(c)
	}
}

func (s *scanner) at(prefix string) bool { return strings.HasPrefix(s.text[s.pos:], prefix) }

func (s *scanner) add(kind Kind, text string, start int) {
	s.tokens = append(s.tokens, Token{Kind: kind, Text: text, Start: start, End: s.pos, Depth: s.depth})
}

func (s *scanner) skipLine() {
	if n := strings.IndexByte(s.text[s.pos:], '\n'); n >= 0 {
		s.pos += n + 1
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

func (s *scanner) quoted(quote byte, kind Kind) {
	start := s.pos
	var text strings.Builder
	for s.pos++; s.pos < len(s.text); s.pos++ {
		c := s.text[s.pos]
		switch {
		case c == '\\' && s.pos+1 < len(s.text):
			s.pos++
			s.escape(&text)
			continue
		case c == quote && s.pos+1 < len(s.text) && s.text[s.pos+1] == quote:
			s.pos++
		case c == quote:
			s.pos++
			s.add(kind, text.String(), start)
			return
		}
		text.WriteByte(s.text[s.pos])
	}
	s.pos = len(s.text)
	s.add(kind, text.String(), start)
}

// escape writes what the escape at the position stands for.
func (s *scanner) escape(text *strings.Builder) {
	c := s.text[s.pos]
	if c == 'x' && s.pos+2 < len(s.text) {
		text.WriteByte(hex(s.text[s.pos+1])<<4 | hex(s.text[s.pos+2]))
		s.pos += 2
		return
	}
	if n := strings.IndexByte("bfnrt0av", c); n >= 0 {
		text.WriteByte("\b\f\n\r\t\x00\a\v"[n])
		return
	}
	text.WriteByte(c)
}

func hex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return (c | 0x20) - 'a' + 10
	}
	return 0
}

// heredoc reads $tag$ … $tag$, if that is what stands here.
func (s *scanner) heredoc() bool {
	end := strings.IndexByte(s.text[s.pos+1:], '$')
	if end < 0 {
		return false
	}
	tag := s.text[s.pos : s.pos+end+2]
	for i := 1; i < len(tag)-1; i++ {
		if !isWord(tag[i]) {
			return false
		}
	}
	size := strings.Index(s.text[s.pos+len(tag):], tag)
	if size < 0 {
		return false
	}
	start := s.pos
	s.pos += len(tag) + size + len(tag)
	s.add(String, s.text[start+len(tag):s.pos-len(tag)], start)
	return true
}

func (s *scanner) word() {
	start := s.pos
	for s.pos < len(s.text) && (isWord(s.text[s.pos]) || s.text[s.pos] == '$') {
		s.pos++
	}
	s.add(Word, s.text[start:s.pos], start)
}

// curlyQuote reads a string in typographic quotes, which ClickHouse takes for straight ones.
func (s *scanner) curlyQuote() bool {
	for open, kind := range map[string]Kind{"\u2018": String, "\u201c": Quoted} {
		if !s.at(open) {
			continue
		}
		start, rest := s.pos, s.text[s.pos+len(open):]
		closing := map[Kind]string{String: "\u2019", Quoted: "\u201d"}[kind]
		size := strings.Index(rest, closing)
		if size < 0 {
			return false
		}
		s.pos += len(open) + size + len(closing)
		s.add(kind, rest[:size], start)
		return true
	}
	return false
}

func (s *scanner) sign(c byte) {
	s.pos++
	if strings.IndexByte(")]}", c) >= 0 && s.depth > 0 {
		s.depth--
	}
	s.add(Sign, string(c), s.pos-1)
	if strings.IndexByte("([{", c) >= 0 {
		s.depth++
	}
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' || c == 0 }

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}
