package rowbinary

import (
	"encoding/binary"
	"math"
)

// Rank is where a value stands whichever way a column is sorted: behind all values come nan and then NULL, as ClickHouse has it.
type Rank uint8

const (
	Ordered Rank = iota
	NaN
	NullLast
)

// Order writes values of a column as bytes that compare as ClickHouse compares the values. Descending tells that the greatest is to come
// first, which changes nothing but where NULL and nan within lists are: they are last of all either way.
type Order struct{ Descending bool }

// Append appends the bytes of a value of a column of that type, and tells its rank, which goes before them. Enums are in the order of
// their numbers, UUIDs in that of their second half, texts in that of their bytes; an Array, Map or Tuple goes by its elements, what a
// Variant or Dynamic holds by its type first, a JSON by its text.
func (o Order) Append(dst []byte, t *Type, v *Value) ([]byte, Rank) {
	switch {
	case v.kind == Null:
		return dst, NullLast
	case v.kind == KindFloat && math.IsNaN(v.Float()):
		return dst, NaN
	case t.Code == Variant || t.Code == Dynamic:
		dst = appendOrderedText(dst, []byte(v.typ.Name))
	}
	if v.kind == KindString && v.typ.Enum == nil || v.kind == KindJSON {
		return append(dst, v.raw...), Ordered
	}
	return o.value(dst, v), Ordered
}

func (o Order) value(dst []byte, v *Value) []byte {
	switch v.kind {
	case KindString, KindJSON:
		if v.typ.Enum != nil {
			return appendSigned(dst, int64(int16(v.num)))
		}
		return appendOrderedText(dst, v.raw)
	case KindUint, KindBool, KindIP:
		if v.raw != nil {
			return append(dst, v.raw...)
		}
		return binary.BigEndian.AppendUint64(dst, v.num)
	case KindFloat:
		return o.float(dst, v.Float())
	case KindBig, KindDecimal, KindUUID:
		if v.raw != nil {
			return v.appendWide(dst)
		}
	case KindDateTime:
		if v.typ.Code == DateTime {
			return binary.BigEndian.AppendUint64(dst, v.num)
		}
	case KindComposite:
		w := v.decode()
		return o.composite(dst, &w, v.typ)
	}
	return appendSigned(dst, int64(v.num))
}

// appendSigned moves the negative numbers below the others.
func appendSigned(dst []byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(dst, uint64(n)^1<<63)
}

// appendWide is a little-endian integer of 128 or 256 bits, the highest byte first.
func (v *Value) appendWide(dst []byte) []byte {
	start := len(dst)
	for i := len(v.raw) - 1; i >= 0; i-- {
		dst = append(dst, v.raw[i])
	}
	if v.typ.Code != UInt128 && v.typ.Code != UInt256 && v.typ.Code != UUID {
		dst[start] ^= 0x80
	}
	return dst
}

// float has one zero, and nan beyond everything.
func (o Order) float(dst []byte, f float64) []byte {
	bits := math.Float64bits(f)
	switch {
	case math.IsNaN(f) && o.Descending:
		bits = 0
	case math.IsNaN(f):
		bits = math.MaxUint64
	case f == 0:
		bits = 1 << 63
	case math.Signbit(f):
		bits = ^bits
	default:
		bits |= 1 << 63
	}
	return binary.BigEndian.AppendUint64(dst, bits)
}

// appendOrderedText is a text with an end, so that something may follow it.
func appendOrderedText(dst, text []byte) []byte {
	for _, b := range text {
		if dst = append(dst, b); b == 0 {
			dst = append(dst, 1)
		}
	}
	return append(dst, 0, 0)
}

// What stands before each element of a list, and at its end.
const (
	endOfList byte = iota
	nullLeast
	element
	nullGreatest
)

func (o Order) composite(dst []byte, w *walker, t *Type) []byte {
	if t.Code == Tuple {
		return o.elements(dst, w, t.Args)
	}
	n, pos := w.length(w.pos)
	w.pos = pos
	for range n {
		dst = o.elements(dst, w, t.Args)
	}
	return append(dst, endOfList)
}

// elements goes through one value of each of the types.
func (o Order) elements(dst []byte, w *walker, types []*Type) []byte {
	for _, t := range types {
		v := w.next(t)
		switch {
		case v.kind == Null && o.Descending:
			dst = append(dst, nullLeast)
			continue
		case v.kind == Null:
			dst = append(dst, nullGreatest)
			continue
		}
		dst = append(dst, element)
		if t.Code == Variant || t.Code == Dynamic {
			dst = appendOrderedText(dst, []byte(v.typ.Name))
		}
		dst = o.value(dst, &v)
	}
	return dst
}
