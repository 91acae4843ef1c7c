package export

import (
	"bytes"
	"strconv"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// maxChosenScale is the largest scale that somebody may have declared on purpose. A larger one stands for "as many digits as it
// takes", as the numeric of Postgres has it: there 1/3 has 20 digits, and is to be a number all the same.
const maxChosenScale = 30

// decimalLook is how a Decimal is shown in a cell.
type decimalLook struct {
	number   bool // otherwise it is text, with all its digits
	rounded  bool // to the digits that a number holds
	fraction int  // digits after the point; more than maxDecimals for as many as fit
}

// lookAt decides by the value, written without zeros at the end of its fraction. The text is changed when it must be rounded.
func lookAt(text []byte, scale int) (decimalLook, []byte) {
	whole, fraction, significant := countDigits(text)
	look := decimalLook{number: significant <= maxDigits, fraction: scale}
	if !look.number && scale > maxChosenScale && whole <= maxDigits {
		text = roundDigits(text)
		_, fraction, _ = countDigits(text)
		look.number, look.rounded = true, true
	}
	if scale > maxDecimals {
		look.fraction = fraction
	}
	return look, text
}

// countDigits counts those before and after the point, and those from the first to the last that is not 0.
func countDigits(text []byte) (whole, fraction, significant int) {
	before, after, _ := bytes.Cut(bytes.TrimPrefix(text, []byte("-")), []byte("."))
	first, last, at := -1, -1, 0
	for _, part := range [2][]byte{before, after} {
		for _, c := range part {
			if c != '0' {
				last = at
				if first < 0 {
					first = at
				}
			}
			at++
		}
	}
	if first >= 0 {
		significant = last - first + 1
	}
	return len(before), len(after), significant
}

func roundDigits(text []byte) []byte {
	exact, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		return text
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(exact, 'e', maxDigits-1, 64), 64)
	if err != nil {
		return text
	}
	return strconv.AppendFloat(text[:0], rounded, 'f', -1, 64)
}

func (g *grid) appendDecimal(dst []byte, c *gridColumn, v *rowbinary.Value) []byte {
	var look decimalLook
	scale := v.Type().Scale
	look, g.scratch = lookAt(v.AppendText(g.scratch[:0]), scale)
	if !look.number {
		return g.appendText(dst, c, c.text, g.scratch)
	}
	if look.rounded {
		c.rounded++
	}
	var style []byte
	if scale > maxDecimals {
		style = g.fractionStyle(c, look.fraction)
	} else {
		style = g.numberStyle(c, v)
	}
	dst = append(append(append(dst, c.open...), g.row...), '"')
	dst = append(append(append(dst, style...), `><v>`...), g.scratch...)
	return append(dst, `</v></c>`...)
}

// fractionStyle shows so many digits after the point; more than maxDecimals are left to Excel, which shows what fits.
func (g *grid) fractionStyle(c *gridColumn, digits int) []byte {
	if digits > maxDecimals {
		return styleAttribute(c.base)
	}
	if c.fractions == nil {
		c.fractions = make([][]byte, maxDecimals+1)
	}
	if c.fractions[digits] == nil {
		id, err := g.styles.number(c.base, formatInteger+fraction(digits))
		if err != nil {
			g.err = err
		}
		c.fractions[digits] = styleAttribute(id)
	}
	return c.fractions[digits]
}

// generalWidth is how many characters a number takes whose format is General.
const generalWidth = 11

// decimalWidth is how many characters the value takes as lookAt shows it.
func decimalWidth(text []byte, scale int) int {
	look, text := lookAt(text, scale)
	whole, _, _ := countDigits(text)
	switch {
	case !look.number:
		return len(text)
	case look.fraction > maxDecimals:
		return min(len(text), generalWidth)
	case look.fraction > 0:
		whole += 1 + look.fraction
	}
	if len(text) > 0 && text[0] == '-' {
		whole++
	}
	return whole
}
