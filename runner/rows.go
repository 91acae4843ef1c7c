package runner

import (
	"encoding/json"
	"io"
	"time"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// ReadRows reads the first rows of a result, at most so many, as far as they are within so many bytes: as they travel, and as they are
// for people, which may be many times as much. more tells that the result goes on behind them, and then it is not read to its end.
// Moments without a zone of their own are in the location.
func ReadRows(result io.Reader, location *time.Location, limit, bytes int64) (page Page, more bool, err error) {
	rows, err := rowbinary.NewReader(result)
	if err != nil {
		return page, false, err
	}
	rows.SetZone(location)
	page = Page{Columns: rows.Columns(), Rows: [][]any{}}
	for left := bytes; rows.Next(); {
		if rows.Rows() > limit || rows.Offset() > bytes || mostOf(rows.Row()) > farTooLong*bytes {
			return page, true, nil
		}
		row := plainRow(rows.Row(), location)
		if left -= sizeOf(row); left < 0 {
			return page, true, nil
		}
		page.Rows = append(page.Rows, row)
	}
	return page, false, rows.Err()
}

// farTooLong is how many times too long a row may be that is looked at to see how long it is.
const farTooLong = 8

// mostOf is more than what the values of a row can take for people. Names of elements and of an Enum's values do not travel, but are
// told each time.
func mostOf(row []rowbinary.Value) (most int64) {
	for i := range row {
		v := &row[i]
		most += int64(8 + len(v.Bytes()))
		if v.Kind() == rowbinary.KindComposite {
			most += int64(len(v.Bytes())) * int64(8+len(v.Type().Name))
		}
	}
	return most
}

// plainValue is what a value takes besides its text, about.
const plainValue = 32

// sizeOf is what a plain row takes in memory, about.
func sizeOf(row []any) (size int64) {
	for _, value := range row {
		size += plainValue
		switch v := value.(type) {
		case string:
			size += int64(len(v))
		case json.RawMessage:
			size += int64(len(v))
		}
	}
	return size
}
