package infer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// Base is the family of an inferred type.
type Base uint8

const (
	String Base = iota
	Int64
	UInt64
	Decimal
	Float64
	Date
	Date32
	DateTime
	DateTime64
	Boolean
	UUID
)

// Type is a ClickHouse type that values are loaded as.
type Type struct {
	Base             Base
	Precision, Scale int // Decimal: digits in all and behind the point; DateTime64: Precision digits of the second
	Nullable         bool
}

// ErrMisfit: the cell is none of those that the type was inferred from.
var ErrMisfit = errors.New("the value does not fit the type of its column")

// String is the type as ClickHouse writes it.
func (t Type) String() string {
	if t.Nullable {
		return "Nullable(" + t.name() + ")"
	}
	return t.name()
}

func (t Type) name() string {
	switch t.Base {
	case Decimal:
		return fmt.Sprintf("Decimal(%d, %d)", t.Precision, t.Scale)
	case DateTime:
		return "DateTime('UTC')"
	case DateTime64:
		return fmt.Sprintf("DateTime64(%d, 'UTC')", t.Precision)
	}
	return [...]string{String: "String", Int64: "Int64", UInt64: "UInt64", Float64: "Float64", Date: "Date", Date32: "Date32",
		Boolean: "Bool", UUID: "UUID"}[t.Base]
}

// Append adds the cell to a row of RowBinary.
func (t Type) Append(row []byte, cell Cell) ([]byte, error) {
	missing := cell.Kind == Blank || cell.Kind == Null
	switch {
	case missing && t.Nullable:
		return rowbinary.AppendNull(row), nil
	case missing && t.Base != String:
		return row, ErrMisfit
	}
	if t.Nullable {
		row = rowbinary.AppendNotNull(row)
	}
	if t.Base == String {
		return rowbinary.AppendString(row, cell.Text), nil
	}
	return t.appendValue(row, classify(cell), cell.Text)
}

func (t Type) appendValue(row []byte, v value, s []byte) ([]byte, error) {
	switch t.Base {
	case Int64, UInt64, Decimal:
		return t.appendExact(row, v)
	case Float64:
		return appendFloat(row, v, s)
	case Date, Date32:
		return t.appendDay(row, v)
	case DateTime, DateTime64:
		return t.appendMoment(row, v)
	case Boolean:
		return appendBool(row, v, s)
	case UUID:
		if v.class == identifier {
			id, _ := parseUUID(s)
			return rowbinary.AppendUUID(row, id), nil
		}
	}
	return row, ErrMisfit
}

func (t Type) appendExact(row []byte, v value) ([]byte, error) {
	switch {
	case v.class == integer && t.Base != Decimal:
		n, ok := magnitude(v.whole)
		if t.Base == UInt64 && (!ok || v.negative) || t.Base == Int64 && (!ok || !fitsInt64(v.negative, n)) {
			return row, ErrMisfit
		}
		if v.negative {
			n = -n
		}
		return binary.LittleEndian.AppendUint64(row, n), nil
	case (v.class == integer || v.class == fixed) && t.Base == Decimal:
		if len(v.fraction) > t.Scale || len(v.whole)+t.Scale > t.Precision {
			return row, ErrMisfit
		}
		high, low := unscaled(v, t.Scale)
		row = binary.LittleEndian.AppendUint64(row, low)
		if rowbinary.DecimalBytes(t.Precision) > 8 {
			row = binary.LittleEndian.AppendUint64(row, high)
		}
		return row, nil
	}
	return row, ErrMisfit
}

func fitsInt64(negative bool, n uint64) bool {
	return n <= math.MaxInt64 || negative && n == 1<<63
}

func appendFloat(row []byte, v value, s []byte) ([]byte, error) {
	var f float64
	switch v.class {
	case special:
		f, _ = parseSpecial(s)
	case integer, fixed, float:
		f, _ = strconv.ParseFloat(string(s), 64)
	default:
		return row, ErrMisfit
	}
	return binary.LittleEndian.AppendUint64(row, math.Float64bits(f)), nil
}

func (t Type) appendDay(row []byte, v value) ([]byte, error) {
	switch {
	case v.class != day:
		return row, ErrMisfit
	case t.Base == Date32:
		return binary.LittleEndian.AppendUint32(row, uint32(v.days)), nil
	case v.days < 0 || v.days > math.MaxUint16:
		return row, ErrMisfit
	}
	return binary.LittleEndian.AppendUint16(row, uint16(v.days)), nil
}

func (t Type) appendMoment(row []byte, v value) ([]byte, error) {
	if v.class != clock && v.class != instant {
		return row, ErrMisfit
	}
	if t.Base == DateTime {
		if v.precision > 0 || v.seconds < 0 || v.seconds > math.MaxUint32 {
			return row, ErrMisfit
		}
		return binary.LittleEndian.AppendUint32(row, uint32(v.seconds)), nil
	}
	if v.precision > t.Precision || t.Precision == 9 && v.seconds >= math.MaxInt64/1_000_000_000 {
		return row, ErrMisfit
	}
	perSecond := int64(math.Pow10(t.Precision))
	ticks := v.seconds*perSecond + v.nanos/(1e9/perSecond)
	return binary.LittleEndian.AppendUint64(row, uint64(ticks)), nil
}

func appendBool(row []byte, v value, s []byte) ([]byte, error) {
	switch {
	case v.class != boolean:
		return row, ErrMisfit
	case isTrue(s):
		return append(row, 1), nil
	}
	return append(row, 0), nil
}
