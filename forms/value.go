package forms

import (
	"time"

	"github.com/shopspring/decimal"
)

// Raw is what came from outside, by field name: string, bool, json.Number, int, int64, float64, a list of these ([]string or
// []any), or for a date range a map with from and to (map[string]any, map[string]string) or the string "from..to".
// A name that is absent takes the field's default; an empty string or list says "nothing", whatever the default.
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
	// Chosen are the options picked, in the order of the declaration (select: one); nil for input.
	Chosen []Option
}

// Given tells an explicit value, also 0 or false, from nothing.
func (v Value) Given() bool { return v.Data != nil }

// Date is a day of the calendar, without a zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Range is a period of days, both ends included. An open end is the zero Date (see Date.IsZero).
type Range struct{ From, To Date }

var _ decimal.Decimal // the type of decimal values
