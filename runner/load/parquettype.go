package load

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
)

// maxDepth bounds how deep types are nested.
const maxDepth = 32

// parquetType is the ClickHouse type of a column. Lists and maps that are missing arrive empty: ClickHouse has no other way.
func parquetType(c *parquet.Column) (string, error) {
	if c.Depth() > maxDepth {
		return "", fmt.Errorf("it is nested more than %d deep", maxDepth)
	}
	t, err := elementType(c)
	switch {
	case err != nil:
		return "", err
	case c.Repeated():
		return "Array(" + t + ")", nil
	case c.Optional() && c.Leaf():
		return "Nullable(" + t + ")", nil
	}
	return t, nil
}

// elementType leaves out whether the column is optional or repeated.
func elementType(c *parquet.Column) (string, error) {
	if c.Leaf() {
		return leafType(c.Type())
	}
	children := c.Columns()
	if len(children) == 0 {
		return "", errors.New("it has no fields, and there is no such type")
	}
	if logical := c.Type().LogicalType(); logical != nil {
		switch logical.Value.(type) {
		case *format.ListType:
			return listType(children[0])
		case *format.MapType:
			return mapType(children[0])
		}
	}
	return tupleType(children)
}

// listType takes the repeated group that a list consists of. Old writers have the element itself repeated.
func listType(repeated *parquet.Column) (string, error) {
	if repeated.Leaf() || len(repeated.Columns()) != 1 {
		return parquetType(repeated)
	}
	element, err := parquetType(repeated.Columns()[0])
	return "Array(" + element + ")", err
}

func mapType(entries *parquet.Column) (string, error) {
	if len(entries.Columns()) != 2 {
		return "", errors.New("it is a map without a key and a value")
	}
	key, err := elementType(entries.Columns()[0])
	if err != nil {
		return "", err
	}
	value, err := parquetType(entries.Columns()[1])
	return "Map(" + key + ", " + value + ")", err
}

func tupleType(fields []*parquet.Column) (string, error) {
	list := make([]string, len(fields))
	for i, field := range fields {
		t, err := parquetType(field)
		if err != nil {
			return "", fmt.Errorf("%s: %w", field.Name(), err)
		}
		list[i] = sqltext.ClickHouse.Name(field.Name()) + " " + t
	}
	return "Tuple(" + strings.Join(list, ", ") + ")", nil
}

func leafType(t parquet.Type) (string, error) {
	if logical := t.LogicalType(); logical != nil {
		switch l := logical.Value.(type) {
		case *format.IntType:
			if l.IsSigned {
				return fmt.Sprintf("Int%d", l.BitWidth), nil
			}
			return fmt.Sprintf("UInt%d", l.BitWidth), nil
		case *format.DecimalType:
			if l.Precision < 1 || l.Precision > 76 || l.Scale < 0 || l.Scale > l.Precision {
				return "", fmt.Errorf("there is no Decimal(%d, %d)", l.Precision, l.Scale)
			}
			return fmt.Sprintf("Decimal(%d, %d)", l.Precision, l.Scale), nil
		case *format.DateType:
			return "Date32", nil
		case *format.TimestampType:
			return fmt.Sprintf("DateTime64(%d, 'UTC')", fractionDigits(l.Unit)), nil
		case *format.TimeType:
			return "", errors.New("it is a time of day, which cannot be loaded; write it as text or as a number")
		case *format.UUIDType:
			return "UUID", nil
		case *format.Float16Type:
			return "Float32", nil
		}
	}
	return physicalType(t)
}

func fractionDigits(unit format.TimeUnit) int {
	return int(math.Round(-math.Log10(unit.Value.Duration().Seconds())))
}

func physicalType(t parquet.Type) (string, error) {
	switch t.Kind() {
	case parquet.Boolean:
		return "Bool", nil
	case parquet.Int32:
		return "Int32", nil
	case parquet.Int64:
		return "Int64", nil
	case parquet.Int96:
		return "DateTime64(9, 'UTC')", nil
	case parquet.Float:
		return "Float32", nil
	case parquet.Double:
		return "Float64", nil
	case parquet.ByteArray:
		return "String", nil
	case parquet.FixedLenByteArray:
		return fmt.Sprintf("FixedString(%d)", t.Length()), nil
	}
	return "", fmt.Errorf("its type %s is not known", t)
}
