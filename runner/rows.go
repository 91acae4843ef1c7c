package runner

import (
	"io"
	"time"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// ReadRows reads the first rows of a result, at most so many, as far as they begin within so many bytes. more tells that the result
// goes on behind them, and then it is not read to its end. Moments without a zone of their own are in the location.
func ReadRows(result io.Reader, location *time.Location, limit, bytes int64) (page Page, more bool, err error) {
	rows, err := rowbinary.NewReader(result)
	if err != nil {
		return page, false, err
	}
	rows.SetZone(location)
	page = Page{Columns: rows.Columns(), Rows: [][]any{}}
	for rows.Next() {
		if rows.Rows() > limit || rows.Offset() > bytes {
			return page, true, nil
		}
		page.Rows = append(page.Rows, plainRow(rows.Row(), location))
	}
	return page, false, rows.Err()
}
