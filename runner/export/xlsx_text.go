package export

import (
	"strings"
	"unicode/utf8"
)

// plainText are the bytes that stand for themselves in a cell's XML. An underscore is looked at, as _x0041_ would be read as A.
var plainText = func() (plain [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		plain[c] = c != '<' && c != '>' && c != '&' && c != '_'
	}
	plain['\n'], plain['\t'] = true, true
	return plain
}()

// cellText is what was found while a text was escaped.
type cellText struct {
	cut     bool // it was longer than a cell can hold
	invalid bool // it had bytes that are no UTF-8, which became U+FFFD
}

// appendCellText appends text as the content of an inline string, at most so many UTF-16 units of it. What XML cannot hold is
// written as Office Open XML has it (ST_Xstring): _x0001_ for U+0001, and _x005F_x0001_ for a text that looks like that.
func appendCellText(dst, text []byte, most int) ([]byte, cellText) {
	var found cellText
	if len(text) > most { // each unit takes at least a byte
		text, found.cut = cutText(text, most)
	}
	start := 0
	for i := 0; i < len(text); {
		c, size := text[i], 1
		if plainText[c] {
			i++
			continue
		}
		r := rune(c)
		if c >= utf8.RuneSelf {
			if r, size = utf8.DecodeRune(text[i:]); size > 1 && r != 0xFFFE && r != 0xFFFF {
				i += size
				continue
			}
		}
		dst = append(dst, text[start:i]...)
		switch {
		case c < utf8.RuneSelf:
			dst = appendSpecial(dst, text[i:])
		case size == 1:
			found.invalid = true
			dst = append(dst, "\uFFFD"...)
		default:
			dst = appendEscape(dst, uint16(r))
		}
		i += size
		start = i
	}
	return append(dst, text[start:]...), found
}

// appendSpecial writes the first byte of rest, which is ASCII and not plain.
func appendSpecial(dst, rest []byte) []byte {
	switch c := rest[0]; {
	case c == '<':
		return append(dst, "&lt;"...)
	case c == '>':
		return append(dst, "&gt;"...)
	case c == '&':
		return append(dst, "&amp;"...)
	case c == '\r': // as it is, XML would read it as a line feed
		return append(dst, "&#13;"...)
	case c != '_':
		return appendEscape(dst, uint16(c))
	case looksEscaped(rest):
		return append(dst, "_x005F_"...)
	}
	return append(dst, '_')
}

// looksEscaped tells whether the text begins with _xHHHH_.
func looksEscaped(text []byte) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	for _, c := range text[2:6] {
		if strings.IndexByte("0123456789abcdefABCDEF", c) < 0 {
			return false
		}
	}
	return true
}

func appendEscape(dst []byte, unit uint16) []byte {
	const digits = "0123456789ABCDEF"
	return append(dst, '_', 'x', digits[unit>>12], digits[unit>>8&15], digits[unit>>4&15], digits[unit&15], '_')
}

// cutText keeps whole characters up to so many UTF-16 units.
func cutText(text []byte, most int) (_ []byte, cut bool) {
	units := 0
	for i := 0; i < len(text); {
		size := 1
		units++
		if text[i] >= utf8.RuneSelf {
			var r rune
			if r, size = utf8.DecodeRune(text[i:]); r >= 0x10000 {
				units++
			}
		}
		if units > most {
			return text[:i], true
		}
		i += size
	}
	return text, false
}

// needsSpace tells whether a reader would trim the text without xml:space="preserve".
func needsSpace(text []byte) bool {
	return len(text) > 0 && (isSpace(text[0]) || isSpace(text[len(text)-1]))
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
