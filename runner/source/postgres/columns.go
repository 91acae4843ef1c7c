package postgres

import (
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// Formats in which Postgres sends values.
const (
	textFormat   int16 = 0
	binaryFormat int16 = 1
)

// Precision and scale of the Decimal that a numeric without its own becomes.
const (
	openPrecision = 76
	openScale     = 38
)

// column is a column of a result and the way its values take to RowBinary.
type column struct {
	source.Column
	format int16
	scalar scalar
	array  bool
}

// scalar turns a value that is not NULL from Postgres's form to RowBinary.
type scalar func(buf, wire []byte) ([]byte, error)

func columnsOf(fields []pgconn.FieldDescription, zone string) []column {
	columns := make([]column, len(fields))
	for i, field := range fields {
		columns[i] = columnOf(field, zone)
	}
	return columns
}

func columnOf(field pgconn.FieldDescription, zone string) column {
	c := column{format: binaryFormat}
	oid := field.DataTypeOID
	if element, ok := elements[oid]; ok {
		oid, c.array = element, true
	}
	name, convert := scalarOf(oid, int(field.TypeModifier), zone)
	if convert == nil {
		name, convert = "String", copyText
		c.format, c.array = textFormat, false
	}
	c.scalar = convert
	c.Column = source.Column{Name: field.Name, Type: "Nullable(" + name + ")"}
	if c.array {
		c.Type = "Array(" + c.Type + ")"
	}
	return c
}

// scalarOf is the ClickHouse type of a Postgres type and the way to it, or no way when there is no match. modifier is what
// was declared in brackets, such as a precision; -1 when nothing was.
func scalarOf(oid uint32, modifier int, zone string) (string, scalar) {
	switch oid {
	case pgtype.NumericOID:
		precision, scale := numericModifier(modifier)
		return fmt.Sprintf("Decimal(%d, %d)", precision, scale), decimalScalar(precision, scale)
	case pgtype.TimestampOID, pgtype.TimestamptzOID:
		digits := 6
		if modifier >= 0 && modifier < 6 {
			digits = modifier
		}
		if oid == pgtype.TimestampOID {
			zone = "UTC" // in which the clock shows what Postgres shows
		}
		return fmt.Sprintf("DateTime64(%d, '%s')", digits, zone), momentScalar(digits)
	}
	s := scalars[oid]
	return s.name, s.convert
}

// numericModifier takes a declaration apart. What ClickHouse's Decimal has no room for is treated as if nothing was declared.
func numericModifier(modifier int) (precision, scale int) {
	if modifier < 4 {
		return openPrecision, openScale
	}
	precision = (modifier - 4) >> 16
	scale = ((modifier - 4) & 0x7ff) ^ 1024 - 1024 // eleven bits with a sign
	if precision > 76 || scale < 0 || scale > precision {
		return openPrecision, openScale
	}
	return precision, scale
}

var scalars = map[uint32]struct {
	name    string
	convert scalar
}{
	pgtype.BoolOID:    {"Bool", copyBytes(1)},
	pgtype.Int2OID:    {"Int16", reversed(2)},
	pgtype.Int4OID:    {"Int32", reversed(4)},
	pgtype.Int8OID:    {"Int64", reversed(8)},
	pgtype.OIDOID:     {"UInt32", reversed(4)},
	pgtype.Float4OID:  {"Float32", reversed(4)},
	pgtype.Float8OID:  {"Float64", reversed(8)},
	pgtype.TextOID:    {"String", copyText},
	pgtype.VarcharOID: {"String", copyText},
	pgtype.BPCharOID:  {"String", copyText},
	pgtype.NameOID:    {"String", copyText},
	pgtype.ByteaOID:   {"String", byteaScalar},
	pgtype.UUIDOID:    {"UUID", uuidScalar},
	pgtype.DateOID:    {"Date32", dateScalar},
}

// elements is the element type of each array type that becomes an Array.
var elements = map[uint32]uint32{
	pgtype.BoolArrayOID:        pgtype.BoolOID,
	pgtype.Int2ArrayOID:        pgtype.Int2OID,
	pgtype.Int4ArrayOID:        pgtype.Int4OID,
	pgtype.Int8ArrayOID:        pgtype.Int8OID,
	pgtype.OIDArrayOID:         pgtype.OIDOID,
	pgtype.Float4ArrayOID:      pgtype.Float4OID,
	pgtype.Float8ArrayOID:      pgtype.Float8OID,
	pgtype.TextArrayOID:        pgtype.TextOID,
	pgtype.VarcharArrayOID:     pgtype.VarcharOID,
	pgtype.BPCharArrayOID:      pgtype.BPCharOID,
	pgtype.NameArrayOID:        pgtype.NameOID,
	pgtype.ByteaArrayOID:       pgtype.ByteaOID,
	pgtype.UUIDArrayOID:        pgtype.UUIDOID,
	pgtype.DateArrayOID:        pgtype.DateOID,
	pgtype.NumericArrayOID:     pgtype.NumericOID,
	pgtype.TimestampArrayOID:   pgtype.TimestampOID,
	pgtype.TimestamptzArrayOID: pgtype.TimestamptzOID,
}

// append adds one value as Postgres sent it; wire is nil for NULL.
func (c *column) append(buf, wire []byte) ([]byte, error) {
	if c.array {
		return c.appendArray(buf, wire)
	}
	return c.appendNullable(buf, wire)
}

func (c *column) appendNullable(buf, wire []byte) ([]byte, error) {
	if wire == nil {
		return rowbinary.AppendNull(buf), nil
	}
	return c.scalar(rowbinary.AppendNotNull(buf), wire)
}
