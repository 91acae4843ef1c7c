package forms

// Raw is what came from outside, by field name: string, bool, json.Number, int, int64, uint64, float64, time.Time, a list of these
// ([]string, []any, []int64, []uint64), or for a date range a map with from and to (map[string]any, map[string]string) or the
// string "from..to". A name that is absent takes the field's default; an empty string or list, or nil, says "nothing", whatever
// the default. A float64 beyond 2^53 is refused, being inexact; a whole number within is an integer.
type Raw map[string]any

// Values are the checked values of a form, by field name. Every field of the form has an entry, given or not.
type Values map[string]Value

// Value is one field's checked, typed and resolved value.
type Value struct {
	Field *Field
	// Data is nil when nothing was given; else it is
	//	text                          string
	//	integer                       int64, or uint64 where int64 does not hold it
	//	decimal                       decimal.Decimal
	//	date                          Date
	//	datetime                      time.Time in the report's zone
	//	daterange                     Range
	//	boolean                       bool
	//	list, checkbox of text        []string
	//	list, checkbox of integer     []int64, or []uint64 where int64 does not hold one of them
	//	select                        string, int64 or uint64
	Data any
	// Chosen are the options picked (select: one); nil for input. Those of a checkbox come in the order of the declaration, or
	// with a query in the order given.
	Chosen []Option
	// Repeated counts the values of a list that were dropped because they had come before.
	Repeated int
}

// Given tells an explicit value, also 0 or false, from nothing.
func (v Value) Given() bool { return v.Data != nil }
