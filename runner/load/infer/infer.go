// Package infer finds the ClickHouse type that holds every value of a column exactly, and writes the values as that type. What it
// promises: a value is stored as the number, day or moment that its text says, or else the column stays text.
//
//	integers                     Int64; UInt64 when one needs it
//	fixed-point numbers          Decimal(18, s) or Decimal(38, s), s the longest fraction
//	with exponent, nan or inf    Float64, if the other numbers of the column survive it
//	2024-05-17                   Date; Date32 outside of 1970–2149
//	2024-05-17 10:00[:00[.000]]  DateTime('UTC') or DateTime64(s, 'UTC'): the clock as written, whatever zone a reader is in
//	the same with Z or +03:00    DateTime64(3 or more, 'UTC'): the moment
//	true, false                  Bool
//	0b7e…-… in lower case        UUID
//	anything else                String: leading zeros, plus signs, thousands separators, mixtures
//
// A column with blanks is Nullable, except that a blank in a CSV column of text is the empty text.
package infer

// Kind says what a cell is known to be before its text is looked at.
type Kind uint8

const (
	Bare   Kind = iota // a CSV value: its text alone tells
	Blank              // a CSV value without any text
	Null               // JSON null, or a key that is not there
	Text               // a JSON string, unescaped
	Number             // a JSON number as written
	Bool               // JSON true or false
	Nested             // the JSON text of an object or array
)

// Cell is one value of one row.
type Cell struct {
	Kind Kind
	Text []byte
}

// class is what a value looks like. A column whose values are of one class, or all numbers, gets its type; others are text.
type class uint8

const (
	text class = iota
	integer
	fixed
	float
	special // nan and inf
	day
	clock   // day and time without a zone
	instant // day and time with a zone
	boolean
	identifier // UUID
	classes
)

// value is a classified text with what the column's type depends on.
type value struct {
	class class

	negative bool
	whole    []byte // digits before the point, without the zero of 0.5
	fraction []byte // digits behind the point

	days      int64 // since 1970
	seconds   int64 // since 1970
	nanos     int64
	precision int // digits of the fraction of a second

	style boolStyle
}

func classify(cell Cell) value {
	switch cell.Kind {
	case Bare:
		return classifyText(cell.Text)
	case Number:
		v, _ := parseNumber(cell.Text)
		return v
	case Bool:
		return classifyBool(cell.Text)
	case Text:
		// A JSON string is no number, whatever it looks like. Days, moments and UUIDs have no other way to be written.
		switch v := classifyText(cell.Text); v.class {
		case day, clock, instant, identifier:
			return v
		}
	}
	return value{class: text}
}

func classifyText(s []byte) value {
	if len(s) == 0 {
		return value{class: text}
	}
	if len(s) >= len("2006-01-02") && s[4] == '-' && s[7] == '-' {
		return classifyTime(s)
	}
	if len(s) == 36 && s[8] == '-' {
		if _, ok := parseUUID(s); ok {
			return value{class: identifier}
		}
		return value{class: text}
	}
	if c := s[0]; c == '-' || c >= '0' && c <= '9' {
		if v, ok := parseNumber(s); ok {
			return v
		}
		return classifySpecial(s)
	}
	if v := classifyBool(s); v.class == boolean {
		return v
	}
	return classifySpecial(s)
}

// boolStyle is how true and false are spelt. A column keeps to one, or it is text.
type boolStyle uint8

const (
	lowerCase boolStyle = 1 << iota
	titleCase
	upperCase
)

func classifyBool(s []byte) value {
	switch string(s) {
	case "true", "false":
		return value{class: boolean, style: lowerCase}
	case "True", "False":
		return value{class: boolean, style: titleCase}
	case "TRUE", "FALSE":
		return value{class: boolean, style: upperCase}
	}
	return value{class: text}
}
