package rowbinary

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// dynamic decodes a value that brings its type along, in the encoding of
// https://clickhouse.com/docs/sql-reference/data-types/data-types-binary-encoding.
func (d *decoder) dynamic(t *Type, pos int, v *Value) int {
	if pos >= len(d.buf) {
		return d.short(pos + 1)
	}
	if d.buf[pos] == 0 { // Nothing: NULL
		return pos + 1
	}
	names := typeNamer{decoder: d, pos: pos}
	names.write(0)
	if names.pos < 0 {
		return -1
	}
	held, err := t.heldType(names.out.String())
	if err != nil {
		return d.damaged("%v", err)
	}
	if held.Code == AggregateFunction {
		return d.damaged("it holds an unfinished aggregation, %s", shorten(held.Name))
	}
	return d.value(held, names.pos, v)
}

// heldType parses the type of a Dynamic's value; a Dynamic seldom holds many types.
func (t *Type) heldType(name string) (*Type, error) {
	if held, ok := t.held[name]; ok {
		return held, nil
	}
	held, err := ParseType(name)
	if err != nil {
		return nil, err
	}
	held.setZone(t.clock.zone)
	if t.held == nil || len(t.held) > 1000 {
		t.held = map[string]*Type{}
	}
	t.held[name] = held
	return held, nil
}

// typeNamer turns the binary encoding of a type into its name. A pos of -1 is the decoder's: too short, or damaged.
type typeNamer struct {
	*decoder
	pos int
	out strings.Builder
}

var binaryPlain = [...]string{
	0x00: "Nothing", 0x01: "UInt8", 0x02: "UInt16", 0x03: "UInt32", 0x04: "UInt64", 0x05: "UInt128", 0x06: "UInt256",
	0x07: "Int8", 0x08: "Int16", 0x09: "Int32", 0x0A: "Int64", 0x0B: "Int128", 0x0C: "Int256", 0x0D: "Float32", 0x0E: "Float64",
	0x0F: "Date", 0x10: "Date32", 0x11: "DateTime", 0x15: "String", 0x1D: "UUID", 0x28: "IPv4", 0x29: "IPv6", 0x2D: "Bool",
	0x31: "BFloat16", 0x32: "Time",
}

func (n *typeNamer) write(depth int) {
	code := n.byte()
	if n.pos >= 0 && depth > maxDepth {
		n.pos = n.damaged("its type is nested deeper than %d types", maxDepth)
	}
	if n.pos < 0 {
		return
	}
	if int(code) < len(binaryPlain) && binaryPlain[code] != "" {
		n.out.WriteString(binaryPlain[code])
		return
	}
	switch code {
	case 0x12:
		n.call("DateTime", n.quotedName)
	case 0x13:
		n.call("DateTime64", n.byteNumber)
	case 0x14:
		n.call("DateTime64", n.byteNumber, n.quotedName)
	case 0x16:
		n.call("FixedString", n.count)
	case 0x17:
		n.call("Enum8", n.enumOf(1))
	case 0x18:
		n.call("Enum16", n.enumOf(2))
	case 0x19, 0x1A, 0x1B, 0x1C:
		n.call("Decimal", n.byteNumber, n.byteNumber)
	case 0x33, 0x34:
		n.call("Time64", n.byteNumber)
	case 0x22:
		n.byte()
		n.out.WriteString("IntervalSecond")
	case 0x2C:
		n.out.WriteString(n.text())
	default:
		n.nested(code, depth+1)
	}
}

func (n *typeNamer) nested(code byte, depth int) {
	inner := func() { n.write(depth) }
	switch code {
	case 0x1E:
		n.call("Array", inner)
	case 0x1F:
		n.call("Tuple", n.each(inner))
	case 0x20, 0x2F:
		name := map[byte]string{0x20: "Tuple", 0x2F: "Nested"}[code]
		n.call(name, n.each(func() {
			n.out.WriteString("`" + escapeName(n.text(), '`') + "` ")
			inner()
		}))
	case 0x23:
		n.call("Nullable", inner)
	case 0x26:
		n.call("LowCardinality", inner)
	case 0x27:
		n.call("Map", inner, inner)
	case 0x2A:
		n.call("Variant", n.each(inner))
	case 0x2B:
		n.byte()
		n.out.WriteString("Dynamic")
	case 0x30:
		n.json(depth)
	default:
		n.pos = n.damaged("it holds a value of a type (0x%02X) that cannot be read here", code)
	}
}

// json steps over the parameters of a JSON type, which do not matter when values come as text.
func (n *typeNamer) json(depth int) {
	n.byte()
	n.number()
	n.byte()
	skipped := n.out.Len()
	n.each(func() { n.text(); n.write(depth) })()
	n.each(func() { n.text() })()
	n.each(func() { n.text() })()
	kept := n.out.String()[:skipped]
	n.out.Reset()
	n.out.WriteString(kept + "JSON")
}

func (n *typeNamer) call(name string, args ...func()) {
	n.out.WriteString(name + "(")
	for i, arg := range args {
		if i > 0 {
			n.out.WriteString(", ")
		}
		if n.pos >= 0 {
			arg()
		}
	}
	n.out.WriteByte(')')
}

// each writes a counted list.
func (n *typeNamer) each(item func()) func() {
	return func() {
		for i := range n.number() {
			if n.pos < 0 {
				return
			}
			if i > 0 {
				n.out.WriteString(", ")
			}
			item()
		}
	}
}

func (n *typeNamer) enumOf(size int) func() {
	return n.each(func() {
		n.quotedName()
		low := n.byte()
		value := int16(int8(low))
		if size == 2 {
			value = int16(binary.LittleEndian.Uint16([]byte{low, n.byte()}))
		}
		n.out.WriteString(" = " + strconv.Itoa(int(value)))
	})
}

func (n *typeNamer) quotedName() { n.out.WriteString("'" + escapeName(n.text(), '\'') + "'") }

func (n *typeNamer) byteNumber() { n.out.WriteString(strconv.Itoa(int(n.byte()))) }

func (n *typeNamer) count() { n.out.WriteString(strconv.Itoa(n.number())) }

func (n *typeNamer) byte() byte {
	if n.pos < 0 {
		return 0
	}
	if n.pos >= len(n.buf) {
		n.pos = n.short(n.pos + 1)
		return 0
	}
	n.pos++
	return n.buf[n.pos-1]
}

func (n *typeNamer) number() int {
	if n.pos < 0 {
		return 0
	}
	value, next := n.length(n.pos)
	n.pos = next
	return value
}

func (n *typeNamer) text() string {
	size := n.number()
	if n.pos < 0 {
		return ""
	}
	if len(n.buf)-n.pos < size {
		n.pos = n.short(n.pos + size)
		return ""
	}
	n.pos += size
	return string(n.buf[n.pos-size : n.pos])
}

func escapeName(name string, quote byte) string {
	return strings.NewReplacer(`\`, `\\`, string(quote), `\`+string(quote)).Replace(name)
}
