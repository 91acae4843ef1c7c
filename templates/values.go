package templates

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

// The types below carry values through a template's functions. None has an exported field or a method that a template could reach
// (the checker refuses names that begin with a capital), and no function makes a choice or a fragment from a value.

// fragment is SQL that the analyst wrote, with the parameters bound within: a snippet, an identifier of a list, an earlier cell.
type fragment struct{ parts []Part }

// choice is an option whose declaration gives SQL. In SQL it stands for that SQL; to every function it is its value.
type choice struct {
	value any    // string, int64 or uint64
	sql   string // empty: this option gives none, and its value is bound
}

func (c choice) String() string { return plainText(c.value) }

func (c choice) MarshalJSON() ([]byte, error) { return json.Marshal(c.value) }

// choices are the picked options of a field whose options give SQL; empty when none was picked.
type choices []choice

// period is a date range: from and to, nil at an open end. It is empty when no period was given, so that if finds it false.
type period map[string]any

// zeroDecimal is the decimal 0. if and its kin look at the kind of a value, and take every struct for true.
type zeroDecimal int

func (zeroDecimal) String() string { return "0" }

func (zeroDecimal) MarshalJSON() ([]byte, error) { return []byte("0"), nil }

// Decimals beyond these bounds would fill the memory when written out.
const (
	maxDigits   = 400
	maxExponent = 400
)

// settle gives a function's result, or a value on its way in, the form in which templates hold it.
func settle(v any) (any, error) {
	d, ok := v.(decimal.Decimal)
	if !ok {
		return v, nil
	}
	if exp := d.Exponent(); exp > maxExponent || exp < -maxExponent || d.Coefficient().BitLen() > maxDigits*4 {
		return nil, fmt.Errorf("the number has more than %d digits", maxDigits)
	}
	if d.IsZero() {
		return zeroDecimal(0), nil
	}
	return d, nil
}

// bare takes the wrappings off a single value: choices become their values, an empty choice nothing.
func bare(v any) any {
	switch v := v.(type) {
	case choice:
		return v.value
	case choices:
		if len(v) == 0 {
			return nil
		}
	case zeroDecimal:
		return decimal.Zero
	}
	return v
}

// describe names a value's type in a sentence.
func describe(v any) string {
	switch v := bare(v).(type) {
	case nil:
		return "nothing"
	case fragment:
		return "SQL text"
	case period:
		return "a date range"
	case forms.Date:
		return "a date"
	case time.Time:
		return "a time"
	case decimal.Decimal:
		return "a number"
	default:
		return describeKind(reflect.TypeOf(v).Kind())
	}
}

func describeKind(kind reflect.Kind) string {
	switch kind {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Float32, reflect.Float64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "a number"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map:
		return "a group of values"
	default:
		return "a value of another kind"
	}
}

// truth is what if takes a value for.
func truth(v any) bool {
	if v == nil {
		return false
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map, reflect.String:
		return r.Len() > 0
	default:
		return r.Kind() == reflect.Struct || !r.IsZero()
	}
}

// plainText writes a value for people: ISO dates, plain numbers, lists with commas; nothing for nil.
func plainText(v any) string {
	switch v := bare(v).(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time:
		return v.Format("2006-01-02 15:04:05.999999999")
	case period:
		if len(v) == 0 {
			return ""
		}
		return strings.Trim(plainText(v["from"])+" – "+plainText(v["to"]), " ")
	case float32, float64:
		return plainFloat(reflect.ValueOf(v).Float())
	case fmt.Stringer:
		return v.String()
	default:
		return plainList(v)
	}
}

func plainList(v any) string {
	list := reflect.ValueOf(v)
	if list.Kind() != reflect.Slice {
		return fmt.Sprint(v)
	}
	if raw, ok := v.([]byte); ok {
		return string(raw)
	}
	items := make([]string, list.Len())
	for i := range items {
		items[i] = plainText(list.Index(i).Interface())
	}
	return strings.Join(items, ", ")
}

// plainFloat is the shortest form that reads back as f, without an exponent as long as that stays readable.
func plainFloat(f float64) string {
	if abs := math.Abs(f); abs >= 1e21 || abs < 1e-9 && abs > 0 {
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// midnight is a date as a time, to be formatted and compared.
func midnight(d forms.Date) time.Time { return d.In(time.UTC) }
