// Package rowbinary reads and writes rows as ClickHouse's RowBinaryWithNamesAndTypes, the form in which results travel inside
// Vitrina. Values are decoded in place: a row costs no allocation.
package rowbinary

import (
	"time"
)

// Code is the family of a type, after Nullable, LowCardinality and SimpleAggregateFunction are taken off.
type Code uint8

const (
	Nothing Code = iota
	UInt8
	UInt16
	UInt32
	UInt64
	UInt128
	UInt256
	Int8
	Int16
	Int32
	Int64
	Int128
	Int256
	Float32
	Float64
	BFloat16
	Bool
	String
	FixedString
	Date
	Date32
	DateTime
	DateTime64
	Time
	Time64
	Decimal32
	Decimal64
	Decimal128
	Decimal256
	UUID
	IPv4
	IPv6
	Enum8
	Enum16
	Interval
	Array
	Tuple
	Map
	Variant
	Dynamic
	JSON
	AggregateFunction
)

// Type is a parsed ClickHouse type. It must not be changed.
type Type struct {
	Name     string // as ClickHouse writes it
	Code     Code
	Nullable bool
	// Args are Array: its element; Map: key and value; Tuple: its elements; Variant: its alternatives by discriminant.
	Args []*Type
	// Fields are the element names of a named Tuple, else nil.
	Fields []string
	// Enum holds the name of each number of an Enum.
	Enum      map[int16]string
	Precision int            // Decimal: digits in all; DateTime64 and Time64: digits of the fraction
	Scale     int            // Decimal: digits of the fraction
	Length    int            // FixedString: bytes
	Zone      *time.Location // DateTime and DateTime64 with a zone of their own, else nil

	clock clock
	names map[int16][]byte // Enum, as bytes
	held  map[string]*Type // Dynamic: the types met so far
}

// width is the encoded size in bytes of fixed-width types, without the byte of Nullable.
var width = [...]int{
	UInt8: 1, Int8: 1, Bool: 1, Enum8: 1,
	UInt16: 2, Int16: 2, Date: 2, Enum16: 2, BFloat16: 2,
	UInt32: 4, Int32: 4, Float32: 4, Date32: 4, DateTime: 4, Time: 4, Decimal32: 4, IPv4: 4,
	UInt64: 8, Int64: 8, Float64: 8, DateTime64: 8, Time64: 8, Decimal64: 8, Interval: 8,
	UInt128: 16, Int128: 16, Decimal128: 16, UUID: 16, IPv6: 16,
	UInt256: 32, Int256: 32, Decimal256: 32,
	AggregateFunction: 0,
}

// fixed is the encoded size of every value of the type, or 0 when values differ.
func (t *Type) fixed() int {
	if t.Nullable {
		return 0
	}
	if t.Code == FixedString {
		return t.Length
	}
	return width[t.Code]
}

// least is the smallest encoded size of a value; it bounds how many elements a number of bytes can hold.
func (t *Type) least() int {
	switch {
	case t.Nullable:
		return 1
	case t.Code == FixedString:
		return t.Length
	case t.Code == Tuple:
		sum := 0
		for _, arg := range t.Args {
			sum += arg.least()
		}
		return sum
	case t.Code == Nothing:
		return 0
	}
	return max(width[t.Code], 1)
}

// Numeric tells whether values are numbers: integers, floats and decimals.
func (t *Type) Numeric() bool {
	return t.Code >= UInt8 && t.Code <= BFloat16 || t.Code >= Decimal32 && t.Code <= Decimal256 || t.Code == Interval
}

// Temporal tells whether values are days or moments.
func (t *Type) Temporal() bool { return t.Code >= Date && t.Code <= DateTime64 }

// setZone tells all moments within the type which zone they are in, unless they have one of their own.
func (t *Type) setZone(zone *time.Location) {
	t.each(func(t *Type) {
		if t.Zone == nil {
			t.clock = clock{zone: zone}
		}
	})
}

// each calls f for the type and all types within it.
func (t *Type) each(f func(*Type)) {
	f(t)
	for _, arg := range t.Args {
		arg.each(f)
	}
}
