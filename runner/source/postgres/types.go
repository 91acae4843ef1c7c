package postgres

import (
	"fmt"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// columnType is the Postgres type that holds the values of a ClickHouse type: jsonb for whatever has elements, text where there is no
// match.
func columnType(t *rowbinary.Type) string {
	switch t.Code {
	case rowbinary.Decimal32, rowbinary.Decimal64, rowbinary.Decimal128, rowbinary.Decimal256:
		return fmt.Sprintf("numeric(%d,%d)", t.Precision, t.Scale)
	case rowbinary.Array, rowbinary.Map, rowbinary.Tuple, rowbinary.JSON:
		return "jsonb"
	}
	if name, ok := columnTypes[t.Code]; ok {
		return name
	}
	return "text"
}

var columnTypes = map[rowbinary.Code]string{
	rowbinary.Bool:       "boolean",
	rowbinary.Int8:       "smallint",
	rowbinary.UInt8:      "smallint",
	rowbinary.Int16:      "smallint",
	rowbinary.UInt16:     "integer",
	rowbinary.Int32:      "integer",
	rowbinary.UInt32:     "bigint",
	rowbinary.Int64:      "bigint",
	rowbinary.UInt64:     "numeric(20,0)",
	rowbinary.Int128:     "numeric(39,0)",
	rowbinary.UInt128:    "numeric(39,0)",
	rowbinary.Int256:     "numeric(77,0)",
	rowbinary.UInt256:    "numeric(78,0)",
	rowbinary.Float32:    "real",
	rowbinary.BFloat16:   "real",
	rowbinary.Float64:    "double precision",
	rowbinary.Date:       "date",
	rowbinary.Date32:     "date",
	rowbinary.DateTime:   "timestamptz",
	rowbinary.DateTime64: "timestamptz",
	rowbinary.UUID:       "uuid",
	rowbinary.IPv4:       "inet",
	rowbinary.IPv6:       "inet",
}
