package reports

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// span finds where each byte of a scalar's value stands in the document, by reading its source along with the value. When the two
// part ways, which a faithful reading never does, the span is opaque.
func (t *tree) span(n *yaml.Node) span {
	start := t.offset(n)
	r := &scalarReader{data: t.doc.data[:t.part.end], at: start, value: n.Value}
	r.skipProperties()
	ok := false
	switch {
	case r.at >= len(r.data):
	case n.Style&yaml.LiteralStyle != 0, n.Style&yaml.FoldedStyle != 0:
		ok = r.block()
	case n.Style&yaml.DoubleQuotedStyle != 0:
		r.at++
		ok = r.flow((*scalarReader).escape)
	case n.Style&yaml.SingleQuotedStyle != 0:
		r.at++
		ok = r.flow((*scalarReader).doubledQuote)
	default:
		ok = r.flow(func(*scalarReader) bool { return false })
	}
	if !ok {
		return span{text: n.Value, start: start, opaque: true}
	}
	return span{text: n.Value, start: start, offsets: append(r.offsets, r.at), shared: n.Anchor != ""}
}

// scalarReader pairs the source of a scalar, from at on, with its value.
type scalarReader struct {
	data    []byte
	at      int
	value   string
	offsets []int // of the bytes of value read so far
}

func (r *scalarReader) done() bool { return len(r.offsets) == len(r.value) }

func (r *scalarReader) left() string { return r.value[len(r.offsets):] }

// take says that the next bytes of the value are text, written in the next width bytes of the source.
func (r *scalarReader) take(text string, width int) bool {
	if !strings.HasPrefix(r.left(), text) {
		return false
	}
	for i := range len(text) {
		if len(text) == width {
			r.offsets = append(r.offsets, r.at+i)
		} else {
			r.offsets = append(r.offsets, r.at)
		}
	}
	r.at += width
	return true
}

// skipProperties passes over the tag and anchor of a scalar.
func (r *scalarReader) skipProperties() {
	for r.at < len(r.data) && (r.data[r.at] == '!' || r.data[r.at] == '&') {
		for r.at < len(r.data) && !isSpace(r.data[r.at]) {
			r.at++
		}
		for r.at < len(r.data) && isSpace(r.data[r.at]) {
			r.at++
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// flow reads a plain or quoted scalar. special reads what only this style of quoting has, if that is what comes next.
func (r *scalarReader) flow(special func(*scalarReader) bool) bool {
	for !r.done() {
		if r.at >= len(r.data) {
			return false
		}
		if special(r) || r.fold() {
			continue
		}
		if !r.take(string(r.data[r.at:r.at+1]), 1) {
			return false
		}
	}
	return true
}

// fold reads a line break with the spaces around it, which stands for a space, or for one line break less than there are.
func (r *scalarReader) fold() bool {
	end, breaks := r.at, 0
	for end < len(r.data) && isSpace(r.data[end]) {
		if r.data[end] == '\n' {
			breaks++
		}
		end++
	}
	switch breaks {
	case 0:
		return false
	case 1:
		return r.take(" ", end-r.at)
	}
	return r.take(strings.Repeat("\n", breaks-1), end-r.at)
}

func (r *scalarReader) doubledQuote() bool {
	return bytes.HasPrefix(r.data[r.at:], []byte("''")) && r.take("'", 2)
}

var escapeWidths = map[byte]int{'x': 4, 'u': 6, 'U': 10}

// escape reads a backslash sequence. What it stands for need not be known: it is the next character of the value. A backslash at the
// end of a line joins it with the next one.
func (r *scalarReader) escape() bool {
	if r.data[r.at] != '\\' || r.at+1 >= len(r.data) {
		return false
	}
	next := r.data[r.at+1]
	if next == '\n' || next == '\r' {
		r.at++
		for r.at < len(r.data) && isSpace(r.data[r.at]) {
			r.at++
		}
		return true
	}
	width := escapeWidths[next]
	if width == 0 {
		width = 2
	}
	_, size := utf8.DecodeRuneInString(r.left())
	return r.take(r.left()[:size], min(width, len(r.data)-r.at))
}

// block reads a literal or folded scalar.
func (r *scalarReader) block() bool {
	r.at += len(r.line())
	indent := r.indent()
	for !r.done() {
		line := r.line()
		if len(line) == 0 {
			return false
		}
		margin := 0
		for margin < indent && margin < len(line) && line[margin] == ' ' {
			margin++
		}
		r.at += margin
		content := bytes.TrimRight(line[margin:], "\r\n")
		if !r.take(string(content), len(content)) || !r.breaks(indent) {
			return false
		}
	}
	return true
}

// breaks reads the line break at the end of a line of a block and all empty lines that follow: as many line breaks as the value has
// here, or the space that a folded one has.
func (r *scalarReader) breaks(indent int) bool {
	text := r.left()[:len(r.left())-len(strings.TrimLeft(r.left(), "\n"))]
	if text == "" && !r.done() {
		text = " "
	}
	if !r.take(text, 0) {
		return false
	}
	r.at += len(r.line())
	for r.at < len(r.data) {
		line := r.line()
		text := bytes.TrimRight(line, "\r\n")
		if len(text) > indent || len(bytes.TrimLeft(text, " ")) > 0 {
			break
		}
		r.at += len(line)
	}
	return true
}

func (r *scalarReader) line() []byte {
	if i := bytes.IndexByte(r.data[r.at:], '\n'); i >= 0 {
		return r.data[r.at : r.at+i+1]
	}
	return r.data[r.at:]
}

// indent is the margin of a block: the spaces before its first line that is not blank, less those that its value has there too.
func (r *scalarReader) indent() int {
	rest := r.data[r.at:]
	for len(rest) > 0 {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		if text := bytes.TrimLeft(line, " "); len(bytes.TrimSpace(text)) > 0 {
			return len(line) - len(text) - r.ownSpaces()
		}
		rest = after
	}
	return 0
}

// ownSpaces counts the spaces that the value's first line that is not blank begins with: they are content, not margin.
func (r *scalarReader) ownSpaces() int {
	text := strings.TrimLeft(r.value, "\n")
	return len(text) - len(strings.TrimLeft(text, " "))
}
