package export

import (
	"math"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// maxDigits is how many significant digits of a number Excel keeps.
const maxDigits = 15

// maxWholeNumber has that many digits.
const maxWholeNumber = 999_999_999_999_999

// grid encodes rows as cells of a sheet.
type grid struct {
	columns []gridColumn
	styles  *styles
	units   int // at most so many UTF-16 units in a cell
	row     []byte
	scratch []byte
	err     error
}

type gridColumn struct {
	name  string
	open  []byte // <c r="AB
	base  int    // a style of the template
	head  int    // a style of the template for the header
	text  []byte // attribute of the style of text cells
	typ   *rowbinary.Type
	style []byte // attribute of the style of typ's numbers

	fractions [][]byte // attributes of the styles of decimals, by digits after the point

	cut, invalid   int64 // texts shortened, texts with bytes that are no UTF-8
	finer, rounded int64 // moments with digits past the millisecond, decimals with more digits than a number holds
}

// leaveTemplate moves the cells to column A, without the template's styles: a sheet that follows a full one is a blank one.
func (g *grid) leaveTemplate() error {
	for i := range g.columns {
		c := &g.columns[i]
		blank, err := newGridColumn(c.name, i+1, 0, g.styles)
		if err != nil {
			return err
		}
		c.open, c.base, c.head, c.text, c.typ, c.style, c.fractions = blank.open, 0, 0, blank.text, nil, nil, nil
	}
	return nil
}

// newGrid places the columns from the first one on, which is counted from 1. bases are styles of the template per column, or nil.
func newGrid(columns []source.Column, first int, bases []int, styles *styles, units int) (*grid, error) {
	g := &grid{styles: styles, units: units}
	for i, column := range columns {
		base := 0
		if i < len(bases) {
			base = bases[i]
		}
		c, err := newGridColumn(column.Name, first+i, base, styles)
		if err != nil {
			return nil, err
		}
		g.columns = append(g.columns, c)
	}
	return g, nil
}

func newGridColumn(name string, at, base int, styles *styles) (gridColumn, error) {
	letters, err := excelize.ColumnNumberToName(at)
	if err != nil {
		return gridColumn{}, unexpected(err)
	}
	text, err := styles.number(base, formatText)
	return gridColumn{name: name, open: []byte(`<c r="` + letters), base: base, text: styleAttribute(text)}, err
}

func styleAttribute(id int) []byte {
	if id == 0 {
		return nil
	}
	return []byte(` s="` + strconv.Itoa(id) + `"`)
}

// appendHeader appends the names of the columns as cells.
func (g *grid) appendHeader(dst []byte, row int) ([]byte, error) {
	id, err := g.styles.header()
	if err != nil {
		return nil, err
	}
	style := styleAttribute(id)
	g.row = strconv.AppendInt(g.row[:0], int64(row), 10)
	for i := range g.columns {
		c := &g.columns[i]
		if c.head != 0 {
			dst = g.appendText(dst, c, styleAttribute(c.head), []byte(c.name))
			continue
		}
		dst = g.appendText(dst, c, style, []byte(c.name))
	}
	return dst, nil
}

// appendCells appends the values as cells of the row.
func (g *grid) appendCells(dst []byte, row int, values []rowbinary.Value) []byte {
	g.row = strconv.AppendInt(g.row[:0], int64(row), 10)
	for i := range g.columns {
		dst = g.appendCell(dst, &g.columns[i], &values[i])
	}
	return dst
}

func (g *grid) appendCell(dst []byte, c *gridColumn, v *rowbinary.Value) []byte {
	switch v.Kind() {
	case rowbinary.Null:
		if c.base == 0 {
			return dst
		}
		dst = append(append(append(dst, c.open...), g.row...), `" s="`...)
		return append(strconv.AppendInt(dst, int64(c.base), 10), `"/>`...)
	case rowbinary.KindString, rowbinary.KindJSON:
		return g.appendText(dst, c, c.text, v.Bytes())
	case rowbinary.KindBool:
		dst = append(append(append(dst, c.open...), g.row...), '"')
		dst = append(append(dst, g.numberStyle(c, v)...), ` t="b"><v>`...)
		return append(append(dst, '0'+byte(v.Uint()&1)), `</v></c>`...)
	case rowbinary.KindDecimal:
		return g.appendDecimal(dst, c, v)
	}
	if isNumber(v) {
		if isFiner(v) {
			c.finer++
		}
		dst = append(append(append(dst, c.open...), g.row...), '"')
		dst = append(append(dst, g.numberStyle(c, v)...), `><v>`...)
		return append(appendNumber(dst, v), `</v></c>`...)
	}
	g.scratch = v.AppendText(g.scratch[:0])
	return g.appendText(dst, c, c.text, g.scratch)
}

func (g *grid) appendText(dst []byte, c *gridColumn, style, text []byte) []byte {
	dst = append(append(append(dst, c.open...), g.row...), '"')
	dst = append(dst, style...)
	if needsSpace(text) {
		dst = append(dst, ` t="inlineStr"><is><t xml:space="preserve">`...)
	} else {
		dst = append(dst, ` t="inlineStr"><is><t>`...)
	}
	dst, found := appendCellText(dst, text, g.units)
	if found.cut {
		c.cut++
	}
	if found.invalid {
		c.invalid++
	}
	return append(dst, `</t></is></c>`...)
}

// numberStyle is the style for numbers of the value's type, which is the column's unless that is a Variant or Dynamic.
func (g *grid) numberStyle(c *gridColumn, v *rowbinary.Value) []byte {
	if v.Type() == c.typ {
		return c.style
	}
	id, err := g.styles.number(c.base, formatOf(v.Type()))
	if err != nil {
		g.err = err
	}
	c.typ, c.style = v.Type(), styleAttribute(id)
	return c.style
}

// isNumber tells whether the value is a number or day that Excel holds exactly, or a moment, which it holds to the millisecond.
func isNumber(v *rowbinary.Value) bool {
	switch v.Kind() {
	case rowbinary.KindInt:
		return v.Int() >= -maxWholeNumber && v.Int() <= maxWholeNumber
	case rowbinary.KindUint:
		return v.Uint() <= maxWholeNumber
	case rowbinary.KindBig:
		n, ok := v.Small()
		return ok && n >= -maxWholeNumber && n <= maxWholeNumber
	case rowbinary.KindFloat:
		f := math.Abs(v.Float())
		return f == 0 || f >= 0x1p-1022 && f <= math.MaxFloat64 // no nan, no inf, and nothing Excel takes for 0
	case rowbinary.KindDate:
		return inCalendar(v.Days())
	case rowbinary.KindDateTime:
		seconds, _ := v.Wall()
		return inCalendar(floorDays(seconds))
	case rowbinary.KindTime:
		seconds, nanos := v.Wall()
		return seconds >= 0 && nanos >= 0
	}
	return false
}

// isFiner tells whether the value is a moment with digits past the millisecond. It is cut there all the same: a column in which
// some moments are texts can be neither sorted nor drawn.
func isFiner(v *rowbinary.Value) bool {
	if kind := v.Kind(); kind != rowbinary.KindDateTime && kind != rowbinary.KindTime || v.Type().Precision <= maxPrecision {
		return false
	}
	_, nanos := v.Wall()
	return nanos%1e6 != 0
}

// Excel's calendar counts days from 1899-12-30 and has a 29 February 1900, so that it is right from 1 March 1900 on.
const (
	excelEpoch = 25_569 // days from 1899-12-30 to 1970-01-01
	firstDay   = 61 - excelEpoch
	lastDay    = 2_958_465 - excelEpoch // 9999-12-31
)

func inCalendar(days int64) bool { return days >= firstDay && days <= lastDay }

func floorDays(seconds int64) int64 {
	days := seconds / secondsPerDay
	if seconds%secondsPerDay < 0 {
		days--
	}
	return days
}

const secondsPerDay = 86_400

func appendNumber(dst []byte, v *rowbinary.Value) []byte {
	switch v.Kind() {
	case rowbinary.KindDate:
		return strconv.AppendInt(dst, v.Days()+excelEpoch, 10)
	case rowbinary.KindDateTime:
		seconds, nanos := v.Wall()
		days := floorDays(seconds)
		return appendSerial(dst, days+excelEpoch, (seconds-days*secondsPerDay)*1000+nanos/1e6)
	case rowbinary.KindTime:
		seconds, nanos := v.Wall()
		return appendSerial(dst, seconds/secondsPerDay, seconds%secondsPerDay*1000+nanos/1e6)
	}
	return v.AppendText(dst)
}

// appendSerial appends days and the milliseconds of a day as one number, the nearest that a float64 is. Fewer digits would be
// shown as a second less by programs that cut seconds off.
func appendSerial(dst []byte, days, millis int64) []byte {
	const perDay = secondsPerDay * 1000
	if millis == 0 {
		return strconv.AppendInt(dst, days, 10)
	}
	return strconv.AppendFloat(dst, float64(days*perDay+millis)/perDay, 'f', -1, 64)
}
