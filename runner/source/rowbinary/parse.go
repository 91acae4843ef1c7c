package rowbinary

import (
	"strconv"
	"strings"
)

// maxDepth of types within types; deeper ones are no result anybody wants to see.
const maxDepth = 100

// ParseType reads the name of a type as ClickHouse writes it, such as "Array(Tuple(id UInt64, `my name` Nullable(String)))".
func ParseType(name string) (*Type, error) {
	p := typeParser{text: name}
	t, err := p.parse(0)
	if err != nil {
		return nil, err
	}
	if p.skipSpace(); p.pos != len(p.text) {
		return nil, p.errorf("%q is left over", p.text[p.pos:])
	}
	return t, nil
}

type typeParser struct {
	text string
	pos  int
}

func (p *typeParser) parse(depth int) (*Type, error) {
	if depth > maxDepth {
		return nil, p.errorf("it is nested deeper than %d types", maxDepth)
	}
	p.skipSpace()
	start := p.pos
	word := p.word()
	if word == "" {
		return nil, p.errorf("a type is missing")
	}
	t := &Type{}
	if err := p.body(word, t, depth+1); err != nil {
		return nil, err
	}
	t.Name = strings.TrimSpace(p.text[start:p.pos])
	t.clock.zone = t.Zone
	return t, nil
}

// plain are the types that are a word and nothing else.
var plain = map[string]Code{
	"Bool": Bool, "String": String, "UUID": UUID, "IPv4": IPv4, "IPv6": IPv6, "Nothing": Nothing,
	"UInt8": UInt8, "UInt16": UInt16, "UInt32": UInt32, "UInt64": UInt64, "UInt128": UInt128, "UInt256": UInt256,
	"Int8": Int8, "Int16": Int16, "Int32": Int32, "Int64": Int64, "Int128": Int128, "Int256": Int256,
	"Float32": Float32, "Float64": Float64, "BFloat16": BFloat16, "Date": Date, "Date32": Date32, "Time": Time,
}

// body reads what follows a type's name and fills t.
func (p *typeParser) body(word string, t *Type, depth int) error {
	if code, ok := plain[word]; ok {
		t.Code = code
		return nil
	}
	if meaning, ok := geometry[word]; ok {
		inner, err := (&typeParser{text: meaning}).parse(depth)
		if err == nil {
			*t = *inner
		}
		return err
	}
	switch word {
	case "FixedString":
		return p.fixedString(t)
	case "DateTime":
		return p.dateTime(t)
	case "DateTime64":
		return p.dateTime64(t)
	case "Time64":
		return p.time64(t)
	case "Decimal":
		return p.decimal(t)
	case "Decimal32":
		return p.decimalOf(t, 9)
	case "Decimal64":
		return p.decimalOf(t, 18)
	case "Decimal128":
		return p.decimalOf(t, 38)
	case "Decimal256":
		return p.decimalOf(t, 76)
	case "Enum8":
		return p.enum(t, Enum8, 8)
	case "Enum16":
		return p.enum(t, Enum16, 16)
	case "Dynamic":
		return p.lenient(t, Dynamic)
	case "JSON", "Object":
		return p.lenient(t, JSON)
	case "AggregateFunction":
		return p.lenient(t, AggregateFunction)
	}
	return p.composite(word, t, depth)
}

// composite reads types made of types.
func (p *typeParser) composite(word string, t *Type, depth int) error {
	switch word {
	case "Nullable":
		return p.nullable(t, depth)
	case "LowCardinality":
		return p.only(t, depth)
	case "Array":
		return p.args(depth, 1, 1, func(args []*Type) { t.Code, t.Args = Array, args })
	case "Map":
		return p.args(depth, 2, 2, func(args []*Type) { t.Code, t.Args = Map, args })
	case "Variant": // in ClickHouse's order, which is that of the discriminants
		return p.args(depth, 1, 255, func(args []*Type) { t.Code, t.Args = Variant, args })
	case "Tuple":
		return p.tuple(t, depth)
	case "Nested":
		return p.nested(t, depth)
	case "QBit":
		return p.qbit(t, depth)
	case "SimpleAggregateFunction":
		return p.simpleAggregate(t, depth)
	}
	if strings.HasPrefix(word, "Interval") {
		t.Code = Interval
		return nil
	}
	return p.errorf("the type %s is not known here; cast the column to another type, such as String", word)
}

// geometry are the types that are only names for others.
var geometry = map[string]string{
	"Point":           "Tuple(Float64, Float64)",
	"Ring":            "Array(Point)",
	"LineString":      "Array(Point)",
	"MultiLineString": "Array(LineString)",
	"Polygon":         "Array(Ring)",
	"MultiPolygon":    "Array(Polygon)",
	"Geometry":        "Variant(LineString, MultiLineString, MultiPolygon, Point, Polygon, Ring)",
}

// lenient takes whatever stands in brackets as it is.
func (p *typeParser) lenient(t *Type, code Code) error {
	t.Code = code
	if !p.take('(') {
		return nil
	}
	for !p.take(')') {
		if err := p.skipArgument(); err != nil {
			return err
		}
		p.take(',')
	}
	return nil
}

func (p *typeParser) fixedString(t *Type) (err error) {
	t.Code = FixedString
	t.Length, err = p.bracketed(1, 1<<24)
	return err
}

func (p *typeParser) dateTime(t *Type) error {
	t.Code = DateTime
	if !p.take('(') {
		return nil
	}
	return p.zone(t)
}

func (p *typeParser) dateTime64(t *Type) (err error) {
	t.Code = DateTime64
	if !p.take('(') {
		return p.errorf("DateTime64 needs its precision")
	}
	if t.Precision, err = p.number(0, 9); err != nil {
		return err
	}
	if p.take(',') {
		return p.zone(t)
	}
	return p.expect(')')
}

func (p *typeParser) time64(t *Type) (err error) {
	t.Code = Time64
	t.Precision, err = p.bracketed(0, 9)
	return err
}

// zone reads the quoted time zone and the closing bracket.
func (p *typeParser) zone(t *Type) error {
	name, err := p.quoted('\'')
	if err != nil {
		return err
	}
	if t.Zone, err = loadZone(name); err != nil {
		return p.errorf("%w", err)
	}
	return p.expect(')')
}

func (p *typeParser) decimal(t *Type) (err error) {
	if err = p.expect('('); err != nil {
		return err
	}
	if t.Precision, err = p.number(1, 76); err != nil {
		return err
	}
	if p.take(',') {
		if t.Scale, err = p.number(0, t.Precision); err != nil {
			return err
		}
	}
	t.Code = decimalCode(t.Precision)
	return p.expect(')')
}

func (p *typeParser) decimalOf(t *Type, precision int) (err error) {
	t.Code, t.Precision = decimalCode(precision), precision
	t.Scale, err = p.bracketed(0, precision)
	return err
}

func decimalCode(precision int) Code {
	switch {
	case precision <= 9:
		return Decimal32
	case precision <= 18:
		return Decimal64
	case precision <= 38:
		return Decimal128
	}
	return Decimal256
}

func (p *typeParser) enum(t *Type, code Code, bits int) error {
	t.Code, t.Enum, t.names = code, map[int16]string{}, map[int16][]byte{}
	return p.list(func() error {
		name, err := p.quoted('\'')
		if err != nil {
			return err
		}
		if err = p.expect('='); err != nil {
			return err
		}
		value, err := strconv.ParseInt(p.signed(), 10, bits)
		if err != nil {
			return p.errorf("%q has no number that fits", name)
		}
		t.Enum[int16(value)], t.names[int16(value)] = name, []byte(name)
		return nil
	})
}

func (p *typeParser) nullable(t *Type, depth int) error {
	if err := p.only(t, depth); err != nil {
		return err
	}
	if t.Nullable {
		return p.errorf("a Nullable within a Nullable")
	}
	t.Nullable = true
	return nil
}

// only makes t what the one type in brackets is.
func (p *typeParser) only(t *Type, depth int) error {
	return p.args(depth, 1, 1, func(args []*Type) { *t = *args[0] })
}

func (p *typeParser) args(depth, least, most int, use func([]*Type)) error {
	var args []*Type
	err := p.list(func() error {
		arg, err := p.parse(depth)
		args = append(args, arg)
		return err
	})
	if err != nil {
		return err
	}
	if len(args) < least || len(args) > most {
		return p.errorf("%d types in brackets", len(args))
	}
	use(args)
	return nil
}

// qbit is read as the array of floats it stands for.
func (p *typeParser) qbit(t *Type, depth int) error {
	if err := p.expect('('); err != nil {
		return err
	}
	element, err := p.parse(depth)
	if err != nil {
		return err
	}
	t.Code, t.Args = Array, []*Type{element}
	for !p.take(')') {
		p.take(',')
		if err := p.skipArgument(); err != nil {
			return err
		}
	}
	return nil
}

// simpleAggregate is its value's type: SimpleAggregateFunction(sum, UInt64) is a UInt64.
func (p *typeParser) simpleAggregate(t *Type, depth int) error {
	if err := p.expect('('); err != nil {
		return err
	}
	if err := p.skipArgument(); err != nil {
		return err
	}
	if err := p.expect(','); err != nil {
		return err
	}
	inner, err := p.parse(depth)
	if err != nil {
		return err
	}
	*t = *inner
	for p.take(',') {
		if err := p.skipArgument(); err != nil {
			return err
		}
	}
	return p.expect(')')
}

// tuple takes "Tuple(UInt8, String)", "Tuple(a UInt8, `b c` String)", "Tuple()" and "Tuple".
func (p *typeParser) tuple(t *Type, depth int) error {
	t.Code = Tuple
	if p.skipSpace(); p.pos == len(p.text) || p.text[p.pos] != '(' {
		return nil
	}
	return p.list(func() error {
		name, named, err := p.fieldName()
		if err != nil {
			return err
		}
		if named != (len(t.Fields) > 0) && len(t.Args) > 0 {
			return p.errorf("some elements of a Tuple have names and some have none")
		}
		if named {
			t.Fields = append(t.Fields, name)
		}
		arg, err := p.parse(depth)
		t.Args = append(t.Args, arg)
		return err
	})
}

// nested is an array of named tuples.
func (p *typeParser) nested(t *Type, depth int) error {
	row := &Type{}
	if err := p.tuple(row, depth); err != nil {
		return err
	}
	if row.Fields == nil {
		return p.errorf("a Nested without names")
	}
	t.Code, t.Args = Array, []*Type{row}
	return nil
}

// fieldName reads a name if one stands before the type; a word followed by another word is a name.
func (p *typeParser) fieldName() (name string, named bool, err error) {
	p.skipSpace()
	start := p.pos
	if p.pos < len(p.text) && (p.text[p.pos] == '`' || p.text[p.pos] == '"') {
		name, err = p.quoted(p.text[p.pos])
		return name, true, err
	}
	name = p.word()
	p.skipSpace()
	if name != "" && p.pos < len(p.text) && !strings.ContainsRune(",()", rune(p.text[p.pos])) {
		return name, true, nil
	}
	p.pos = start
	return "", false, nil
}
