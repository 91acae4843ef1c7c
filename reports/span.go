package reports

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a piece of text together with where each of its bytes stands in the document.
type span struct {
	text  string
	start int
	// offsets has an entry per byte of text and one for its end; nil when the text stands in the document byte for byte.
	offsets []int
	// opaque: the way the text is written could not be followed, so that every byte of it is at start.
	opaque bool
	shared bool // YAML uses the text elsewhere too, by an alias
}

func (s span) at(i int) int {
	i = min(max(i, 0), len(s.text))
	switch {
	case s.opaque:
		return s.start
	case s.offsets == nil:
		return s.start + i
	}
	return s.offsets[i]
}

// place is the offset of a line and column of the text, both from 1; a place beyond the text is its end.
func (s span) place(line, column int) int {
	i := 0
	for ; line > 1; line-- {
		next := strings.IndexByte(s.text[i:], '\n')
		if next < 0 {
			return s.at(len(s.text))
		}
		i += next + 1
	}
	for ; column > 1 && i < len(s.text) && s.text[i] != '\n'; column-- {
		_, size := utf8.DecodeRuneInString(s.text[i:])
		i += size
	}
	return s.at(i)
}

// verbatim is the part of data that holds text[from:to], provided that it is written there byte for byte.
func (s span) verbatim(data []byte, from, to int) (start, end int, ok bool) {
	if s.opaque || s.shared || from < 0 || to > len(s.text) || from >= to {
		return 0, 0, false
	}
	start = s.at(from)
	end = start + to - from
	return start, end, end <= len(data) && string(data[start:end]) == s.text[from:to]
}

// trimmed is the span without the white space at its ends.
func (s span) trimmed() span {
	from := len(s.text) - len(strings.TrimLeftFunc(s.text, unicode.IsSpace))
	text := strings.TrimSpace(s.text)
	switch {
	case s.opaque:
	case s.offsets == nil:
		s.start += from
	default:
		s.offsets = s.offsets[from : from+len(text)+1]
	}
	s.text = text
	return s
}
