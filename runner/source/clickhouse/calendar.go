package clickhouse

import (
	"bytes"
	"io"
	"strings"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// Days since 1970 that ClickHouse's Date32 and DateTime64 reach: 1900-01-01 to 2299-12-31. It does not refuse what lies beyond, it
// moves it to the nearest end.
const (
	firstDay = -25567
	lastDay  = 120529
)

// hasCalendar tells whether the table's rows can hold days that ClickHouse would change.
func hasCalendar(columns []source.Column) bool {
	for _, c := range columns {
		if strings.Contains(c.Type, "Date32") || strings.Contains(c.Type, "DateTime64") {
			return true
		}
	}
	return false
}

// copyChecked copies rows, which have no header, and refuses days that ClickHouse would change.
func copyChecked(out io.Writer, table external, rows io.Reader) error {
	header := bytes.NewReader(rowbinary.AppendHeader(nil, table.columns))
	in, err := rowbinary.NewReader(io.MultiReader(header, io.TeeReader(rows, out)))
	if err != nil {
		return err
	}
	for in.Next() {
		for i := range in.Row() {
			v := &in.Row()[i]
			if day, ok := dayOf(v); ok && (day < firstDay || day > lastDay) {
				return invalid("column %q of the result of cell %q has the date %s, which ClickHouse cannot hold: it ends at the years 1900 and 2299",
					table.columns[i].Name, table.name, v.AppendText(nil))
			}
		}
	}
	return in.Err()
}

func dayOf(v *rowbinary.Value) (day int64, ok bool) {
	switch v.Kind() {
	case rowbinary.KindDate:
		return v.Days(), true
	case rowbinary.KindDateTime:
		seconds, _ := v.Wall()
		return seconds / 86400, true
	}
	return 0, false
}
