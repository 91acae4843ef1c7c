package clickhouse

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/templates"
)

// bound is a value on its way into a statement.
type bound struct {
	typ  string // of the value in the statement
	text string // of the parameter, as ClickHouse parses it: texts escaped as in TSV, elements of lists quoted
	// param is the parameter's type if it differs, and convert the function that makes the value of it, with its further arguments:
	// ClickHouse reads neither floats nor moments before 1970 exactly.
	param, convert, args string
}

// expression is what stands in the SQL for the value bound to the name.
func (b bound) expression(name string) string {
	if b.convert == "" {
		return "{" + name + ":" + b.typ + "}"
	}
	if strings.HasPrefix(b.typ, "Array(") {
		return fmt.Sprintf("arrayMap(x -> %s(x%s), {%s:Array(%s)})", b.convert, b.args, name, b.param)
	}
	return fmt.Sprintf("%s({%s:%s}%s)", b.convert, name, b.param, b.args)
}

func encode(p templates.Param) (bound, error) {
	switch v := p.Value.(type) {
	case nil:
		return bound{typ: nullType(p.Null), text: `\N`}, nil
	case string:
		return bound{typ: "String", text: textEscaper.Replace(v)}, nil
	case int64:
		return bound{typ: "Int64", text: strconv.FormatInt(v, 10)}, nil
	case uint64:
		return bound{typ: "UInt64", text: strconv.FormatUint(v, 10)}, nil
	case float64:
		return floats(floatBits(v)), nil
	case bool:
		return bound{typ: "Bool", text: strconv.FormatBool(v)}, nil
	case decimal.Decimal:
		typ, err := decimalType(v)
		return bound{typ: typ, text: v.String()}, err
	case forms.Date:
		typ, err := dateType(v)
		return bound{typ: typ, text: dateText(v)}, err
	case time.Time:
		clock, err := clockFor(v)
		return clock.bind(clock.ticks(v)), err
	}
	b, err := encodeList(p.Value)
	b.typ = "Array(" + b.typ + ")"
	return b, err
}

// encodeList has the type of the elements.
func encodeList(value any) (bound, error) {
	switch v := value.(type) {
	case []string:
		return bound{typ: "String", text: list(v, sqltext.ClickHouse.Literal)}, nil
	case []int64:
		return bound{typ: "Int64", text: list(v, func(n int64) string { return strconv.FormatInt(n, 10) })}, nil
	case []uint64:
		return bound{typ: "UInt64", text: list(v, func(n uint64) string { return strconv.FormatUint(n, 10) })}, nil
	case []float64:
		return floats(list(v, floatBits)), nil
	case []bool:
		return bound{typ: "Bool", text: list(v, strconv.FormatBool)}, nil
	case []decimal.Decimal:
		typ, err := decimalType(v...)
		return bound{typ: typ, text: list(v, decimal.Decimal.String)}, err
	case []forms.Date:
		typ, err := dateType(v...)
		return bound{typ: typ, text: list(v, func(d forms.Date) string { return "'" + dateText(d) + "'" })}, err
	case []time.Time:
		clock, err := clockFor(v...)
		return clock.bind(list(v, clock.ticks)), err
	}
	return bound{}, invalid("a value of Go type %T cannot be sent to ClickHouse", value)
}

func list[T any](values []T, text func(T) string) string {
	var out strings.Builder
	out.WriteByte('[')
	for i, v := range values {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(text(v))
	}
	out.WriteByte(']')
	return out.String()
}

// textEscaper is for a whole parameter, which ends at a raw tab or line end.
var textEscaper = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "\x00", `\0`)

// floats are sent as their bits.
func floats(text string) bound {
	return bound{typ: "Float64", text: text, param: "UInt64", convert: "reinterpretAsFloat64"}
}

func floatBits(f float64) string { return strconv.FormatUint(math.Float64bits(f), 10) }

// maxDigits is how many a Decimal has room for.
const maxDigits = 76

// usualDigits and usualScale are of the type that decimals have, so that a division by one does not depend on its digits.
const usualDigits, usualScale = 38, 10

// decimalType is the same for all values it has room for, else as much wider as they need.
func decimalType(values ...decimal.Decimal) (string, error) {
	whole, least := 1, 0
	for _, d := range values {
		whole = max(whole, d.NumDigits()+int(d.Exponent()))
		least = max(least, -int(d.Exponent()))
	}
	digits, scale := usualDigits, max(least, usualScale)
	if whole+scale > maxDigits {
		scale = least
	}
	if whole+scale > digits {
		digits = maxDigits
	}
	if whole+scale > digits {
		return "", invalid("the number needs %d digits; ClickHouse's decimals have %d", whole+scale, maxDigits)
	}
	return fmt.Sprintf("Decimal(%d, %d)", digits, scale), nil
}

// dateType is Date where it suffices, since that is what columns mostly are.
func dateType(values ...forms.Date) (string, error) {
	typ := "Date"
	for _, d := range values {
		if d.Year < 1900 || d.Year > 2299 {
			return "", invalid("the date %s is outside of what ClickHouse holds, the years 1900 to 2299", dateText(d))
		}
		if d.Year < 1970 || dateText(d) > "2149-06-06" {
			typ = "Date32"
		}
	}
	return typ, nil
}

func dateText(d forms.Date) string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// nullType is the type of a NULL; only a Nullable can be one.
func nullType(name string) string {
	if strings.HasPrefix(name, "Nullable(") && strings.HasSuffix(name, ")") {
		return name
	}
	return "Nullable(String)"
}

func invalid(format string, args ...any) error { return fault.New(fault.Invalid, format, args...) }
