package rowbinary

import (
	"fmt"
	"strconv"
	"strings"
)

func (p *typeParser) errorf(format string, args ...any) error {
	return fmt.Errorf("cannot read the type %q: %w", shorten(p.text), fmt.Errorf(format, args...))
}

// shorten keeps a name fit for a sentence.
func shorten(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	return s[:most] + "…"
}

func (p *typeParser) skipSpace() {
	for p.pos < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
}

// take steps over the character if it comes next.
func (p *typeParser) take(c byte) bool {
	p.skipSpace()
	if p.pos < len(p.text) && p.text[p.pos] == c {
		p.pos++
		return true
	}
	return false
}

func (p *typeParser) expect(c byte) error {
	if !p.take(c) {
		return p.errorf("there is no %q at character %d", string(c), p.pos+1)
	}
	return nil
}

// word is letters, digits and underscores; empty when something else comes next.
func (p *typeParser) word() string {
	start := p.pos
	for p.pos < len(p.text) && isWord(p.text[p.pos]) {
		p.pos++
	}
	return p.text[start:p.pos]
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func (p *typeParser) signed() string {
	p.skipSpace()
	start := p.pos
	if p.pos < len(p.text) && p.text[p.pos] == '-' {
		p.pos++
	}
	for p.pos < len(p.text) && p.text[p.pos] >= '0' && p.text[p.pos] <= '9' {
		p.pos++
	}
	return p.text[start:p.pos]
}

func (p *typeParser) number(least, most int) (int, error) {
	n, err := strconv.Atoi(p.signed())
	if err != nil || n < least || n > most {
		return 0, p.errorf("a number from %d to %d is missing at character %d", least, most, p.pos+1)
	}
	return n, nil
}

// bracketed reads "(n)".
func (p *typeParser) bracketed(least, most int) (int, error) {
	if err := p.expect('('); err != nil {
		return 0, err
	}
	n, err := p.number(least, most)
	if err != nil {
		return 0, err
	}
	return n, p.expect(')')
}

// list reads "(item, item, …)", also empty.
func (p *typeParser) list(item func() error) error {
	if err := p.expect('('); err != nil {
		return err
	}
	if p.take(')') {
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		if !p.take(',') {
			return p.expect(')')
		}
	}
}

// quoted reads text in the quote, which stands for itself when doubled or after a backslash.
func (p *typeParser) quoted(quote byte) (string, error) {
	if err := p.expect(quote); err != nil {
		return "", err
	}
	var out []byte
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		p.pos++
		switch {
		case c == '\\' && p.pos < len(p.text):
			out = append(out, p.escape())
		case c != quote:
			out = append(out, c)
		case p.pos < len(p.text) && p.text[p.pos] == quote:
			out = append(out, c)
			p.pos++
		default:
			return string(out), nil
		}
	}
	return "", p.errorf("a quote is not closed")
}

// escape reads what follows a backslash.
func (p *typeParser) escape() byte {
	c := p.text[p.pos]
	p.pos++
	if c == 'x' && p.pos+2 <= len(p.text) {
		if n, err := strconv.ParseUint(p.text[p.pos:p.pos+2], 16, 8); err == nil {
			p.pos += 2
			return byte(n)
		}
	}
	if i := strings.IndexByte("abfnrtv0e", c); i >= 0 {
		return "\a\b\f\n\r\t\v\x00\x1b"[i]
	}
	return c
}

// skipArgument steps over anything up to the comma or bracket that ends it.
func (p *typeParser) skipArgument() error {
	for depth := 0; p.pos < len(p.text); {
		switch c := p.text[p.pos]; c {
		case '\'', '`', '"':
			if _, err := p.quoted(c); err != nil {
				return err
			}
			continue
		case '(', '[':
			depth++
		case ')', ']', ',':
			if depth == 0 {
				return nil
			}
			if c != ',' {
				depth--
			}
		}
		p.pos++
	}
	return p.errorf("a bracket is not closed")
}
