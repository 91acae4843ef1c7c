// Package templates turns an analyst's text into bound statements and prose. In SQL no value ever becomes text: the parse tree is
// rewritten so that what an action yields is bound as a parameter. It is the only package that knows text/template and sprig.
package templates

// Statement is SQL with its values kept apart, for a driver to write in its own dialect. The texts are the analyst's alone.
type Statement struct {
	Parts []Part
}

// Part is one piece of a statement: exactly one of the three is set.
type Part struct {
	Text  string // analyst's SQL, verbatim
	Param *Param // a value
	Table string // the result of an earlier cell, by its name
}

// Param is one value, bound with a type that follows from Value:
//
//	string            String
//	int64             Int64
//	uint64            UInt64
//	float64           Float64
//	bool              Bool
//	decimal.Decimal   Decimal(38, 10), or wider where the value needs it
//	forms.Date        Date (Date32 outside of 1970–2149)
//	time.Time         DateTime64 with the value's zone
//	[]string, []int64, []uint64, []float64, []bool, []forms.Date, []decimal.Decimal, []time.Time   Array of these
//	nil               NULL, of the Nullable type in Null or as Nullable(String)
type Param struct {
	Value any
	Null  string // ClickHouse type of a NULL, such as "Nullable(Int64)"; empty when unknown
}
