package postgres

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/templates"
)

// encode gives the type of a parameter and its value in Postgres's text form. A NULL has no value, and no type unless one is asked
// for.
func encode(p templates.Param) (typ string, value []byte, err error) {
	switch v := p.Value.(type) {
	case nil:
		return nullType(p.Null), nil, nil
	case string:
		err = checkText(v)
		return "text", []byte(v), err
	case int64:
		return "bigint", strconv.AppendInt(nil, v, 10), nil
	case uint64:
		return unsignedType(v), strconv.AppendUint(nil, v, 10), nil
	case float64:
		return "double precision", []byte(floatText(v)), nil
	case bool:
		return "boolean", strconv.AppendBool(nil, v), nil
	case decimal.Decimal:
		return "numeric", []byte(v.String()), nil
	case forms.Date:
		return "date", []byte(dateText(v)), nil
	case time.Time:
		return "timestamptz", []byte(timeText(v)), nil
	}
	return encodeList(p.Value)
}

func encodeList(value any) (typ string, text []byte, err error) {
	switch v := value.(type) {
	case []string:
		for _, s := range v {
			if err := checkText(s); err != nil {
				return "", nil, err
			}
		}
		return "text[]", list(v, quoteElement), nil
	case []int64:
		return "bigint[]", list(v, func(n int64) string { return strconv.FormatInt(n, 10) }), nil
	case []uint64:
		typ = "bigint"
		for _, n := range v {
			typ = max(typ, unsignedType(n)) // numeric comes after bigint
		}
		return typ + "[]", list(v, func(n uint64) string { return strconv.FormatUint(n, 10) }), nil
	case []float64:
		return "double precision[]", list(v, floatText), nil
	case []bool:
		return "boolean[]", list(v, strconv.FormatBool), nil
	case []decimal.Decimal:
		return "numeric[]", list(v, decimal.Decimal.String), nil
	case []forms.Date:
		return "date[]", list(v, func(d forms.Date) string { return quoteElement(dateText(d)) }), nil
	case []time.Time:
		return "timestamptz[]", list(v, func(t time.Time) string { return quoteElement(timeText(t)) }), nil
	}
	return "", nil, invalid("a value of Go type %T cannot be sent to Postgres", value)
}

func list[T any](values []T, text func(T) string) []byte {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, v := range values {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(text(v))
	}
	out.WriteByte('}')
	return out.Bytes()
}

var elementEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

func quoteElement(s string) string { return `"` + elementEscaper.Replace(s) + `"` }

// checkText finds what Postgres cannot hold before anything is sent.
func checkText(s string) error {
	if i := strings.IndexByte(s, 0); i >= 0 {
		return invalid("the value %q has a NUL character, which Postgres cannot hold: take it out", shorten(s))
	}
	if !utf8.ValidString(s) {
		return invalid("the value %q is not valid UTF-8, which Postgres asks for: type it again", shorten(s))
	}
	return nil
}

func shorten(s string) string {
	if len(s) > 60 {
		return s[:60] + "…"
	}
	return s
}

func unsignedType(n uint64) string {
	if n > math.MaxInt64 {
		return "numeric"
	}
	return "bigint"
}

func floatText(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// dateText and timeText write years before 1 as Postgres counts them: there is no year 0, 1 BC comes before 1.
func dateText(d forms.Date) string {
	return yearText(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC), "-01-02")
}

func timeText(t time.Time) string { return yearText(t.UTC(), "-01-02 15:04:05.999999999+00") }

func yearText(t time.Time, rest string) string {
	if t.Year() > 0 {
		return t.Format("2006" + rest)
	}
	bc := strconv.Itoa(1 - t.Year())
	return strings.Repeat("0", max(0, 4-len(bc))) + bc + t.Format(rest) + " BC"
}

// nullType is the type of a NULL whose ClickHouse type is known.
func nullType(name string) string {
	if name == "" {
		return ""
	}
	t, err := rowbinary.ParseType(name)
	if err != nil {
		return ""
	}
	return columnType(t)
}
