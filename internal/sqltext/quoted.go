package sqltext

import "strings"

// quoted reads to the closing quote; a doubled one does not close.
func (s *scanner) quoted(escapes bool) string {
	quote := s.text[s.pos]
	var text strings.Builder
	for s.pos++; s.pos < len(s.text); s.pos++ {
		c := s.text[s.pos]
		switch {
		case c == '\\' && escapes && s.pos+1 < len(s.text):
			s.pos++
			s.escape(&text)
			continue
		case c == quote && s.pos+1 < len(s.text) && s.text[s.pos+1] == quote:
			s.pos++
		case c == quote && escapes && s.goesOn():
			continue
		case c == quote:
			s.pos++
			return text.String()
		}
		text.WriteByte(c)
	}
	return text.String()
}

// goesOn tells whether the string that the quote here closes goes on in another on a line below, and if so goes to its quote.
// Only Postgres joins strings so, and it matters only where the first has backslashes, which the second then has too.
func (s *scanner) goesOn() bool {
	if s.dialect != Postgres || s.text[s.pos] != '\'' {
		return false
	}
	ahead := scanner{dialect: s.dialect, text: s.text, pos: s.pos + 1}
	for ahead.pos < len(ahead.text) {
		switch {
		case ahead.space() > 0:
			ahead.pos++
		case ahead.at("--"):
			ahead.skipLine()
		case ahead.at("'") && strings.ContainsAny(s.text[s.pos:ahead.pos], "\r\n"):
			s.pos = ahead.pos
			return true
		default:
			return false
		}
	}
	return false
}

// escape writes what the escape at the position stands for.
func (s *scanner) escape(text *strings.Builder) {
	c := s.text[s.pos]
	switch n := strings.IndexByte("bfnrt0av", c); {
	case s.dialect == Postgres:
		text.WriteString(s.text[s.pos-1 : s.pos+1])
	case c == 'x' && s.pos+2 < len(s.text):
		text.WriteByte(hex(s.text[s.pos+1])<<4 | hex(s.text[s.pos+2]))
		s.pos += 2
	case n >= 0:
		text.WriteByte("\b\f\n\r\t\x00\a\v"[n])
	default:
		text.WriteByte(c)
	}
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

// heredoc reads $tag$ … $tag$, if that is what stands here. One that is never closed is none in ClickHouse.
func (s *scanner) heredoc() (text string, ok bool) {
	size := s.tagAt(s.pos)
	if size == 0 || s.dialect == ClickHouse && s.lastTag(s.text[s.pos:s.pos+size]) < s.pos+size {
		return "", false
	}
	tag := s.text[s.pos : s.pos+size]
	text, _, closed := strings.Cut(s.text[s.pos+size:], tag)
	s.pos += size + len(text)
	if closed {
		s.pos += size
	}
	return text, true
}

// tagAt is how long the tag $…$ is whose first dollar sign stands there; 0 if it is none. In Postgres $1$2 are two placeholders.
func (s *scanner) tagAt(start int) int {
	end := start + 1
	for end < len(s.text) && s.isWord(s.text[end]) {
		end++
	}
	number := s.dialect == Postgres && end > start+1 && s.text[start+1] <= '9'
	if end == len(s.text) || s.text[end] != '$' || number {
		return 0
	}
	return end + 1 - start
}

// lastTag is where the tag stands for the last time. All are noted at once, so that many which are never closed cost one pass.
func (s *scanner) lastTag(tag string) int {
	if s.tags == nil {
		s.tags = map[string]int{}
		for i := s.pos; i < len(s.text); i++ {
			if s.text[i] != '$' {
				continue
			}
			if size := s.tagAt(i); size > 0 {
				s.tags[s.text[i:i+size]] = i
			}
		}
	}
	return s.tags[tag]
}

// typographic reads a string or name in quotes that have no escapes, if it is closed. A quote that is not closed is the last of its
// kind to be looked for.
func (s *scanner) typographic(open, end string) (text string, ok bool) {
	if s.unclosed[open] {
		return "", false
	}
	text, _, ok = strings.Cut(s.text[s.pos+len(open):], end)
	if !ok {
		if s.unclosed == nil {
			s.unclosed = map[string]bool{}
		}
		s.unclosed[open] = true
		return "", false
	}
	s.pos += len(open) + len(text) + len(end)
	return text, true
}
