package rowbinary

import (
	"unicode/utf8"
)

// maxExact is the largest integer up to which every integer is a float64, as most readers of JSON take numbers for.
const maxExact = 1 << 53

// AppendJSON appends the value as JSON: an Array as a list, a Map and a named Tuple as an object, other Tuples as a list, NULL as
// null. Numbers that a float64 does not hold exactly, nan and inf are strings.
func (v *Value) AppendJSON(dst []byte) []byte {
	switch v.kind {
	case Null:
		return append(dst, "null"...)
	case KindJSON:
		return append(dst, v.raw...)
	case KindBool:
		return v.AppendText(dst)
	case KindInt, KindUint, KindBig, KindDecimal, KindFloat:
		if v.exact() {
			return v.AppendText(dst)
		}
	case KindComposite:
		next := v.decode()
		return next.appendComposite(dst, v.typ, appendJSON)
	case KindString:
		return appendQuoted(dst, v.raw)
	}
	dst = append(dst, '"')
	dst = v.AppendText(dst)
	return append(dst, '"')
}

// exact tells whether a reader of JSON will hold the number as it is.
func (v *Value) exact() bool {
	switch v.kind {
	case KindInt:
		return int64(v.num) >= -maxExact && int64(v.num) <= maxExact
	case KindUint:
		return v.num <= maxExact
	case KindFloat:
		f := v.Float()
		return f-f == 0 // neither nan nor inf
	case KindBig:
		n, ok := small(v.raw, v.typ.Code == Int128 || v.typ.Code == Int256)
		return ok && n >= -maxExact && n <= maxExact
	}
	return v.Digits() <= 15
}

// Digits is how many significant digits a Decimal has.
func (v *Value) Digits() int {
	var buf [96]byte
	digits := 0
	text := v.appendUnscaled(buf[:0])
	for len(text) > 1 && text[len(text)-1] == '0' {
		text = text[:len(text)-1]
	}
	for _, c := range text {
		if c != '-' {
			digits++
		}
	}
	return digits
}

func appendJSON(dst []byte, v *Value) []byte { return v.AppendJSON(dst) }

// walker goes through the encoding of a composite that was found sound before.
type walker struct {
	decoder
	pos int
}

func (v *Value) decode() walker { return walker{decoder: decoder{buf: v.raw}} }

func (w *walker) next(t *Type) Value {
	var v Value
	w.pos = w.value(t, w.pos, &v)
	return v
}

// appendComposite writes what it holds as JSON, each value by the function.
func (w *walker) appendComposite(dst []byte, t *Type, value func([]byte, *Value) []byte) []byte {
	switch t.Code {
	case Array:
		return w.appendArray(dst, t.Args[0], value)
	case Map:
		return w.appendMap(dst, t, value)
	}
	if t.Fields == nil {
		dst = append(dst, '[')
	} else {
		dst = append(dst, '{')
	}
	for i, arg := range t.Args {
		if i > 0 {
			dst = append(dst, ',')
		}
		if t.Fields != nil {
			dst = append(appendQuoted(dst, []byte(t.Fields[i])), ':')
		}
		v := w.next(arg)
		dst = value(dst, &v)
	}
	if t.Fields == nil {
		return append(dst, ']')
	}
	return append(dst, '}')
}

func (w *walker) appendArray(dst []byte, element *Type, value func([]byte, *Value) []byte) []byte {
	dst = append(dst, '[')
	n, pos := w.length(w.pos)
	w.pos = pos
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		v := w.next(element)
		dst = value(dst, &v)
	}
	return append(dst, ']')
}

func (w *walker) appendMap(dst []byte, t *Type, value func([]byte, *Value) []byte) []byte {
	dst = append(dst, '{')
	n, pos := w.length(w.pos)
	w.pos = pos
	var key []byte
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		v := w.next(t.Args[0])
		key = v.AppendText(key[:0])
		dst = append(appendQuoted(dst, key), ':')
		v = w.next(t.Args[1])
		dst = value(dst, &v)
	}
	return append(dst, '}')
}

// appendQuoted appends a JSON string; bytes that are no UTF-8 become U+FFFD.
func appendQuoted(dst, text []byte) []byte {
	const hexDigits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case c == '\r':
			dst = append(dst, '\\', 'r')
		case c < 0x20:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, size := utf8.DecodeRune(text[i:])
			dst = utf8.AppendRune(dst, r)
			i += size
			continue
		}
		i++
	}
	return append(dst, '"')
}
