package infer

import (
	"bytes"
	"math"
)

// Column gathers what the values of one column are. Its size does not depend on how many there are.
type Column struct {
	count  [classes]int64
	blanks int64
	nulls  int64

	digits, scale    int    // the most before and behind the point
	low, high        uint64 // the greatest magnitudes of negative and other integers
	negative, beyond bool   // any negative; any integer beyond 64 bits
	uneven           bool   // a number that Float64 would change

	first, last int64 // days or seconds
	precision   int
	styles      boolStyle
}

// Add takes one more value into account.
func (c *Column) Add(cell Cell) {
	switch cell.Kind {
	case Blank:
		c.blanks++
		return
	case Null:
		c.nulls++
		return
	}
	if c.count[text] > 0 {
		c.count[text]++ // nothing can change the type any more
		return
	}
	v := classify(cell)
	switch v.class {
	case integer, fixed:
		c.addNumber(v)
	case day:
		c.addTime(v.days, 0)
	case clock, instant:
		c.addTime(v.seconds, v.precision)
	case boolean:
		c.styles |= v.style
	}
	c.count[v.class]++
}

// AddNulls counts rows in which the column is not there.
func (c *Column) AddNulls(n int64) { c.nulls += n }

// Blanks is how many values there are without any text, nulls included.
func (c *Column) Blanks() int64 { return c.blanks + c.nulls }

// Nulls is how many values are null rather than just without text.
func (c *Column) Nulls() int64 { return c.nulls }

func (c *Column) addNumber(v value) {
	c.digits = max(c.digits, len(v.whole))
	c.scale = max(c.scale, len(v.fraction))
	c.negative = c.negative || v.negative
	c.uneven = c.uneven || !survivesFloat(v)
	if v.class == fixed {
		return
	}
	n, ok := magnitude(v.whole)
	c.beyond = c.beyond || !ok
	if v.negative {
		c.low = max(c.low, n)
	} else {
		c.high = max(c.high, n)
	}
}

func (c *Column) addTime(at int64, precision int) {
	if c.values() == 0 {
		c.first, c.last = at, at
	}
	c.first, c.last = min(c.first, at), max(c.last, at)
	c.precision = max(c.precision, precision)
}

func (c *Column) values() int64 {
	var sum int64
	for _, n := range c.count {
		sum += n
	}
	return sum
}

// Type is the type for the values so far.
func (c *Column) Type() Type {
	if c.values() == 0 {
		return Type{Base: String, Nullable: true}
	}
	t := c.base()
	t.Nullable = c.nulls > 0 || c.blanks > 0 && t.Base != String
	return t
}

// IsClock tells whether values are days and times without a zone, kept as if they were UTC.
func (c *Column) IsClock() bool { return c.count[clock] > 0 && c.count[clock] == c.values() }

// IsInstant tells whether values are days and times with a zone.
func (c *Column) IsInstant() bool { return c.count[instant] > 0 && c.count[instant] == c.values() }

func (c *Column) base() Type {
	numbers := c.count[integer] + c.count[fixed] + c.count[float]
	switch c.values() {
	case numbers + c.count[special]:
		return c.number(numbers)
	case c.count[day]:
		if c.first >= 0 && c.last <= math.MaxUint16 {
			return Type{Base: Date}
		}
		return Type{Base: Date32}
	case c.count[clock]:
		if c.precision == 0 && c.first >= 0 && c.last <= math.MaxUint32 {
			return Type{Base: DateTime}
		}
		return c.dateTime64(c.precision)
	case c.count[instant]:
		return c.dateTime64(max(c.precision, 3))
	case c.count[identifier]:
		return Type{Base: UUID}
	case c.count[boolean]:
		if c.styles&(c.styles-1) == 0 {
			return Type{Base: Boolean}
		}
	}
	return Type{Base: String}
}

// number is the type of a column of numbers. One of nan and inf alone is text: there is no telling that it is about numbers.
func (c *Column) number(numbers int64) Type {
	switch width := c.digits + c.scale; {
	case numbers == 0:
	case c.count[float]+c.count[special] > 0:
		if !c.uneven {
			return Type{Base: Float64}
		}
	case c.count[fixed] > 0:
		if width <= 18 {
			return Type{Base: Decimal, Precision: 18, Scale: c.scale}
		}
		if width <= 38 {
			return Type{Base: Decimal, Precision: 38, Scale: c.scale}
		}
	case c.beyond:
	case c.high <= math.MaxInt64 && c.low <= 1<<63:
		return Type{Base: Int64}
	case !c.negative:
		return Type{Base: UInt64}
	}
	return Type{Base: String}
}

// dateTime64 holds nanoseconds from 1900 to April 2262 only.
func (c *Column) dateTime64(precision int) Type {
	if precision == 9 && c.last >= math.MaxInt64/1_000_000_000 {
		return Type{Base: String}
	}
	return Type{Base: DateTime64, Precision: precision}
}

var trueText = []byte("true")

func isTrue(s []byte) bool { return bytes.EqualFold(s, trueText) }
