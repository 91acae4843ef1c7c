package rowbinary

import (
	"encoding/binary"
	"fmt"
)

// MaxRow is the largest encoded row, in bytes. It bounds what a damaged length can make a Reader hold.
const MaxRow = 256 << 20

// maxEmpty is how many elements without any bytes a list may have.
const maxEmpty = 1 << 16

// decoder finds values in a buffer. A position of -1 says that it could not: either need is the length at which the buffer would do
// to go on, or err tells what is wrong with the bytes.
type decoder struct {
	buf  []byte
	need int
	err  error
}

func (d *decoder) short(need int) int {
	d.need = need
	return -1
}

func (d *decoder) damaged(format string, args ...any) int {
	d.err = fmt.Errorf(format, args...)
	return -1
}

// value decodes the value of type t at pos into v and returns the position after it.
func (d *decoder) value(t *Type, pos int, v *Value) int {
	if t.Nullable {
		if pos >= len(d.buf) {
			return d.short(pos + 1)
		}
		switch d.buf[pos] {
		case 0:
			pos++
		case 1:
			*v = Value{typ: t}
			return pos + 1
		default:
			return d.damaged("its NULL mark is %d", d.buf[pos])
		}
	}
	n := width[t.Code]
	if n == 0 {
		return d.sized(t, pos, v)
	}
	if len(d.buf)-pos < n {
		return d.short(pos + n)
	}
	*v = Value{typ: t}
	return d.fixed(t, d.buf[pos:pos+n:pos+n], pos+n, v)
}

// fixed decodes the value whose encoding is exactly b.
func (d *decoder) fixed(t *Type, b []byte, next int, v *Value) int {
	switch t.Code {
	case UInt8:
		v.kind, v.num = KindUint, uint64(b[0])
	case UInt16:
		v.kind, v.num = KindUint, uint64(binary.LittleEndian.Uint16(b))
	case UInt32:
		v.kind, v.num = KindUint, uint64(binary.LittleEndian.Uint32(b))
	case UInt64:
		v.kind, v.num = KindUint, binary.LittleEndian.Uint64(b)
	case Int8:
		v.kind, v.num = KindInt, uint64(int8(b[0]))
	case Int16:
		v.kind, v.num = KindInt, uint64(int16(binary.LittleEndian.Uint16(b)))
	case Int32:
		v.kind, v.num = KindInt, uint64(int32(binary.LittleEndian.Uint32(b)))
	case Int64, Interval:
		v.kind, v.num = KindInt, binary.LittleEndian.Uint64(b)
	case UInt128, UInt256, Int128, Int256:
		v.kind, v.raw = KindBig, b
	case Float32:
		v.kind, v.num = KindFloat, uint64(binary.LittleEndian.Uint32(b))
	case BFloat16:
		v.kind, v.num = KindFloat, uint64(binary.LittleEndian.Uint16(b))<<16
	case Float64:
		v.kind, v.num = KindFloat, binary.LittleEndian.Uint64(b)
	case Bool:
		v.kind, v.num = KindBool, uint64(b[0])
	case Enum8, Enum16:
		return d.enum(t, b, next, v)
	case Decimal32:
		v.kind, v.num = KindDecimal, uint64(int32(binary.LittleEndian.Uint32(b)))
	case Decimal64:
		v.kind, v.num = KindDecimal, binary.LittleEndian.Uint64(b)
	case Decimal128, Decimal256:
		v.kind, v.raw = KindDecimal, b
	case UUID:
		v.kind, v.raw = KindUUID, b
	case IPv4:
		v.kind, v.num = KindIP, uint64(binary.LittleEndian.Uint32(b))
	case IPv6:
		v.kind, v.raw = KindIP, b
	default:
		fixedTime(t, b, v)
	}
	return next
}

func fixedTime(t *Type, b []byte, v *Value) {
	switch t.Code {
	case Date:
		v.kind, v.num = KindDate, uint64(binary.LittleEndian.Uint16(b))
	case Date32:
		v.kind, v.num = KindDate, uint64(int32(binary.LittleEndian.Uint32(b)))
	case DateTime:
		v.kind, v.num = KindDateTime, uint64(binary.LittleEndian.Uint32(b))
	case DateTime64:
		v.kind, v.num = KindDateTime, binary.LittleEndian.Uint64(b)
	case Time:
		v.kind, v.num = KindTime, uint64(int32(binary.LittleEndian.Uint32(b)))
	case Time64:
		v.kind, v.num = KindTime, binary.LittleEndian.Uint64(b)
	}
}

func (d *decoder) enum(t *Type, b []byte, next int, v *Value) int {
	number := int16(int8(b[0]))
	if t.Code == Enum16 {
		number = int16(binary.LittleEndian.Uint16(b))
	}
	name, ok := t.names[number]
	if !ok {
		return d.damaged("%d is not a number of %s", number, shorten(t.Name))
	}
	v.kind, v.raw, v.num = KindString, name, uint64(number)
	return next
}

// sized decodes values that say themselves how long they are.
func (d *decoder) sized(t *Type, pos int, v *Value) int {
	*v = Value{typ: t}
	switch t.Code {
	case Nothing:
		return pos
	case FixedString:
		return d.bytes(KindString, pos, t.Length, v)
	case String, JSON:
		n, next := d.length(pos)
		if next < 0 {
			return -1
		}
		kind := KindString
		if t.Code == JSON {
			kind = KindJSON
		}
		return d.bytes(kind, next, n, v)
	case Variant:
		return d.variant(t, pos, v)
	case Dynamic:
		return d.dynamic(t, pos, v)
	}
	next := d.composite(t, pos)
	if next >= 0 {
		v.kind, v.raw = KindComposite, d.buf[pos:next:next]
	}
	return next
}

func (d *decoder) bytes(kind Kind, pos, n int, v *Value) int {
	if len(d.buf)-pos < n {
		return d.short(pos + n)
	}
	v.kind, v.raw = kind, d.buf[pos:pos+n:pos+n]
	return pos + n
}

// length reads a LEB128 number that counts bytes or elements.
func (d *decoder) length(pos int) (n, next int) {
	if pos < len(d.buf) && d.buf[pos] < 0x80 {
		return int(d.buf[pos]), pos + 1
	}
	size, used := binary.Uvarint(d.buf[min(pos, len(d.buf)):])
	switch {
	case used == 0:
		return 0, d.short(len(d.buf) + 1)
	case used < 0 || size > MaxRow:
		return 0, d.damaged("a length in it is beyond %d MiB", MaxRow>>20)
	}
	return int(size), pos + used
}

// composite finds the end of an Array, Tuple or Map.
func (d *decoder) composite(t *Type, pos int) int {
	switch t.Code {
	case Tuple:
		var v Value
		for _, arg := range t.Args {
			if pos = d.value(arg, pos, &v); pos < 0 {
				return -1
			}
		}
		return pos
	case Array, Map:
		return d.elements(t.Args, pos)
	}
	return d.damaged("values of type %s cannot be read", shorten(t.Name))
}

// elements finds the end of a counted list whose every element is one value of each of the types.
func (d *decoder) elements(types []*Type, pos int) int {
	n, pos := d.length(pos)
	if pos < 0 {
		return -1
	}
	least, fixed := 0, 0
	for _, t := range types {
		least += t.least()
		if size := t.fixed(); size > 0 && fixed >= 0 {
			fixed += size
		} else {
			fixed = -1
		}
	}
	switch {
	case least == 0 && n > maxEmpty, least*n > MaxRow:
		return d.damaged("a list in it has %d elements", n)
	case len(d.buf)-pos < least*n:
		return d.short(pos + least*n)
	case fixed == least && !hasEnum(types):
		return pos + fixed*n
	}
	var v Value
	for range n {
		for _, t := range types {
			if pos = d.value(t, pos, &v); pos < 0 {
				return -1
			}
		}
	}
	return pos
}

// hasEnum tells whether values must be looked at to know that they are sound.
func hasEnum(types []*Type) bool {
	for _, t := range types {
		if t.Enum != nil {
			return true
		}
	}
	return false
}

func (d *decoder) variant(t *Type, pos int, v *Value) int {
	if pos >= len(d.buf) {
		return d.short(pos + 1)
	}
	which := int(d.buf[pos])
	switch {
	case which == 255:
		return pos + 1
	case which >= len(t.Args):
		return d.damaged("it is alternative %d of %d", which+1, len(t.Args))
	}
	return d.value(t.Args[which], pos+1, v)
}
