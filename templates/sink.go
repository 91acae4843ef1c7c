package templates

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

// sink gathers a statement. It is also what the template writes to, and takes nothing on that way: SQL comes from the analyst's
// literals and fragments alone, so that an action which slipped past the rewriting would fail instead of being written.
type sink struct {
	parts   []Part
	pending strings.Builder // text that follows the parts
	bytes   int
	params  int
}

// statement is all that was gathered.
func (s *sink) statement() []Part {
	if s.pending.Len() > 0 {
		s.parts = append(s.parts, Part{Text: s.pending.String()})
		s.pending.Reset()
	}
	return s.parts
}

func (s *sink) Write(p []byte) (int, error) {
	if len(p) > 0 {
		return 0, errors.New("a value was about to be written as SQL")
	}
	return 0, nil
}

// text adds the analyst's SQL.
func (s *sink) text(text string) error {
	if text == "" {
		return nil
	}
	if s.bytes += len(text); s.bytes > maxOutput {
		return fmt.Errorf("the SQL grows beyond %d KiB", maxOutput>>10)
	}
	if s.pending.Len() == 0 && len(s.parts) > 0 && wordByte(text[0]) {
		return errors.New("a value touches the word after it: put a space between")
	}
	s.pending.WriteString(text)
	return nil
}

// part adds a value or a table, which must stand apart from words.
func (s *sink) part(part Part) error {
	if part.Text != "" {
		return s.text(part.Text)
	}
	before := s.pending.String()
	switch {
	case before == "" && len(s.parts) > 0:
		return errors.New("two values touch each other: put a comma or an operator between")
	case before != "" && wordByte(before[len(before)-1]):
		return errors.New("it touches the word before it: put a space between; for a name, use {{ ident … }}")
	}
	if s.params++; s.params > maxParams {
		return fmt.Errorf("the statement has more than %d values: pass a list as one value, as in IN {{ .ids }}", maxParams)
	}
	s.parts = append(s.statement(), part)
	return nil
}

// bind adds what an action yielded: the analyst's fragments as SQL, everything else as a parameter.
func (s *sink) bind(null string, v any) error {
	switch v := v.(type) {
	case nil:
		return s.part(Part{Param: &Param{Null: null}})
	case fragment:
		return s.all(v.parts)
	case choice:
		if v.sql != "" {
			return s.text(v.sql)
		}
		return s.bind("", v.value)
	case choices:
		return s.commaSeparated(items(v))
	case []any:
		if len(v) > 0 && isSQL(v[0]) {
			return s.commaSeparated(v)
		}
	}
	value, err := parameter(v)
	if err != nil {
		return err
	}
	return s.part(Part{Param: &Param{Value: value}})
}

func (s *sink) all(parts []Part) error {
	for _, part := range parts {
		if err := s.part(part); err != nil {
			return err
		}
	}
	return nil
}

func isSQL(v any) bool {
	switch v.(type) {
	case choice, fragment:
		return true
	default:
		return false
	}
}

func (s *sink) commaSeparated(list []any) error {
	if len(list) == 0 {
		return errors.New("no option was chosen: make the field required, or put {{ if }} around it")
	}
	for i, item := range list {
		if i > 0 {
			if err := s.text(", "); err != nil {
				return err
			}
		}
		if err := s.bind("", item); err != nil {
			return err
		}
	}
	return nil
}

// parameter is a value in one of the types of Param.
func parameter(v any) (any, error) {
	switch v := v.(type) {
	case zeroDecimal:
		return decimal.Zero, nil
	case decimal.Decimal, forms.Date, time.Time, []string, []int64, []uint64, []float64, []bool, []forms.Date, []decimal.Decimal, []time.Time:
		return v, nil
	case period:
		return nil, errors.New("a date range is two values: write its .from and .to")
	}
	r := reflect.ValueOf(v)
	switch {
	case r.Kind() == reflect.String:
		return r.String(), nil
	case r.Kind() == reflect.Bool:
		return r.Bool(), nil
	case r.CanInt():
		return r.Int(), nil
	case r.CanUint():
		return r.Uint(), nil
	case r.CanFloat():
		return r.Float(), nil
	case r.Kind() == reflect.Slice:
		return array(r)
	default:
		return nil, fmt.Errorf("%s cannot be a value in SQL: write one part of it", describe(v))
	}
}

// array is a list of values of one sort.
func array(list reflect.Value) (any, error) {
	all := make([]any, list.Len())
	for i := range all {
		item := list.Index(i).Interface()
		if item == nil || isSQL(item) || reflect.TypeOf(item).Kind() == reflect.Slice {
			return nil, fmt.Errorf("a list of values holds %s", describe(item))
		}
		value, err := parameter(item)
		if err != nil {
			return nil, err
		}
		all[i] = value
	}
	if len(all) == 0 {
		return []string{}, nil
	}
	switch all[0].(type) {
	case string:
		return typed[string](all)
	case bool:
		return typed[bool](all)
	case forms.Date:
		return typed[forms.Date](all)
	case time.Time:
		return typed[time.Time](all)
	default:
		return numbers(all)
	}
}

var errMixed = errors.New("the list mixes values of several sorts: make them alike, as with toString")

func typed[T any](all []any) (any, error) {
	list := make([]T, len(all))
	for i, item := range all {
		v, ok := item.(T)
		if !ok {
			return nil, errMixed
		}
		list[i] = v
	}
	return list, nil
}

// numbers is a list of the narrowest type that holds all of them exactly; a float makes all of them floats.
func numbers(all []any) (any, error) {
	var decimals, floats, large, negative bool
	for _, item := range all {
		switch n := item.(type) {
		case int64:
			negative = negative || n < 0
		case uint64:
			large = large || n > math.MaxInt64
		case float64:
			floats = true
		case decimal.Decimal:
			decimals = true
		default:
			return nil, errMixed
		}
	}
	switch {
	case floats:
		return converted(all, asFloat), nil
	case decimals || large && negative:
		return converted(all, asDecimal), nil
	case large:
		return converted(all, func(v any) uint64 { return reflect.ValueOf(v).Convert(reflect.TypeFor[uint64]()).Uint() }), nil
	default:
		return converted(all, func(v any) int64 { return reflect.ValueOf(v).Convert(reflect.TypeFor[int64]()).Int() }), nil
	}
}

func converted[T any](all []any, convert func(any) T) []T {
	list := make([]T, len(all))
	for i, item := range all {
		list[i] = convert(item)
	}
	return list
}

func asFloat(v any) float64 {
	if d, ok := v.(decimal.Decimal); ok {
		return d.InexactFloat64()
	}
	return reflect.ValueOf(v).Convert(reflect.TypeFor[float64]()).Float()
}

func asDecimal(v any) decimal.Decimal {
	n, _ := numberOf(v)
	return n.decimal
}
