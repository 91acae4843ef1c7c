package load

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// The functions here walk JSON that is known to be valid.

func skipSpace(s []byte) []byte { return bytes.TrimLeft(s, " \t\r\n") }

// cutValue splits off the value that s begins with.
func cutValue(s []byte) (value, rest []byte) {
	switch s[0] {
	case '"':
		n := stringLength(s)
		return s[:n], s[n:]
	case '{', '[':
		n := nestedLength(s)
		return s[:n], s[n:]
	}
	n := bytes.IndexAny(s, ",}] \t\r\n")
	return s[:n], s[n:]
}

func stringLength(s []byte) int {
	for i := 1; ; i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}

func nestedLength(s []byte) int {
	depth := 0
	for i := 0; ; i++ {
		switch s[i] {
		case '"':
			i += stringLength(s[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

var errSurrogate = errors.New(`has half of a character: a \ud800…\udfff without its other half`)

// appendUnescaped appends the text of what stands between the quotes of a string.
func appendUnescaped(buf, s []byte) ([]byte, error) {
	for {
		plain, rest, escaped := bytes.Cut(s, []byte{'\\'})
		buf = append(buf, plain...)
		if !escaped {
			return buf, nil
		}
		if rest[0] != 'u' {
			buf, s = append(buf, escapes[rest[0]]), rest[1:]
			continue
		}
		char, n := codeUnit(rest[1:]), 5
		if utf16.IsSurrogate(char) {
			if len(rest) < 11 || rest[5] != '\\' || rest[6] != 'u' {
				return buf, errSurrogate
			}
			if char = utf16.DecodeRune(char, codeUnit(rest[7:])); char == utf8.RuneError {
				return buf, errSurrogate
			}
			n = 11
		}
		buf, s = utf8.AppendRune(buf, char), rest[n:]
	}
}

func codeUnit(s []byte) rune {
	n, _ := strconv.ParseUint(string(s[:4]), 16, 16)
	return rune(n)
}

var errTooLong = errors.New("too long")

// boundedReader ends with errTooLong when more is read than left, so that one object cannot take all memory.
type boundedReader struct {
	from io.Reader
	left int
}

func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
