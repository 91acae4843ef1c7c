package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

var (
	colsPart     = regexp.MustCompile(`(?s)<cols>.*?</cols>|<cols/>`)
	defaultWidth = regexp.MustCompile(`<sheetFormatPr\b[^>]*\bdefaultColWidth="([^"]*)"`)
)

// usualWidth is that of a column which nobody has sized.
const usualWidth = 8.43

// columnRange is a <col> of a sheet: the look of some columns.
type columnRange struct {
	from, to, style int
	width           float64 // 0 for the usual one
	sized           bool    // somebody chose the width, or hid the columns
	attrs           string  // of its width
	rest            string  // its other attributes
}

func readColumnRange(e xml.StartElement) columnRange {
	c := columnRange{from: max(1, number(e, "min")), style: number(e, "style"), sized: isTrue(e, "customWidth") || isTrue(e, "hidden")}
	c.to = max(c.from, number(e, "max"))
	if width, err := strconv.ParseFloat(attribute(e, "width"), 64); err == nil {
		c.width = width
	}
	for _, a := range e.Attr {
		written := fmt.Sprintf(` %s="%s"`, a.Name.Local, attributeText(a.Value))
		switch a.Name.Local {
		case "width", "customWidth", "bestFit":
			c.attrs += written
		case "style", "hidden", "outlineLevel", "collapsed", "phonetic":
			c.rest += written
		}
	}
	return c
}

// widen sets the width to so many characters.
func (c *columnRange) widen(width float64) {
	c.width, c.sized = width, true
	c.attrs = ` width="` + strconv.FormatFloat(width, 'f', -1, 64) + `" customWidth="1"`
}

func isTrue(e xml.StartElement, name string) bool {
	value := attribute(e, name)
	return value == "1" || value == "true"
}

// widened is the part of a sheet that stands before its rows, with the columns from left on at least as wide as their values need,
// save those that the template has sized.
func widened(prefix []byte, columns []columnRange, left int, widths []int) []byte {
	usual := usualWidth
	if m := defaultWidth.FindSubmatch(prefix); m != nil {
		if width, err := strconv.ParseFloat(string(m[1]), 64); err == nil {
			usual = width
		}
	}
	changed := false
	for i, width := range widths {
		var widen bool
		if columns, widen = widenColumn(columns, left+i, float64(width)+0.7109375, usual); widen {
			changed = true
		}
	}
	if !changed {
		return prefix
	}
	out := colsPart.ReplaceAll(prefix, nil)
	out = append(bytes.TrimSuffix(out, []byte("<sheetData>")), "<cols>"...)
	for _, c := range columns {
		out = fmt.Appendf(out, `<col min="%d" max="%d"%s/>`, c.from, c.to, c.attrs+c.rest)
	}
	return append(out, "</cols><sheetData>"...)
}

// widenColumn gives the column a range of its own if it is to be wider than it is.
func widenColumn(columns []columnRange, column int, width, usual float64) (_ []columnRange, changed bool) {
	at := slices.IndexFunc(columns, func(c columnRange) bool { return c.from <= column && column <= c.to })
	if at < 0 {
		if width <= usual {
			return columns, false
		}
		at = slices.IndexFunc(columns, func(c columnRange) bool { return c.from > column })
		if at < 0 {
			at = len(columns)
		}
		own := columnRange{from: column, to: column}
		own.widen(width)
		return slices.Insert(slices.Clone(columns), at, own), true
	}
	old := columns[at]
	if old.sized || width <= max(old.width, usual) {
		return columns, false
	}
	before, own, after := old, old, old
	before.to, after.from = column-1, column+1
	own.from, own.to = column, column
	own.widen(width)
	parts := slices.DeleteFunc([]columnRange{before, own, after}, func(c columnRange) bool { return c.from > c.to })
	return slices.Replace(slices.Clone(columns), at, at+1, parts...), true
}
