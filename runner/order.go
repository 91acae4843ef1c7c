package runner

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// Sorting says by which column kept rows are looked at.
type Sorting struct {
	Column     int // its number, from 0
	Descending bool
}

// Order are the numbers of all kept rows, from 0, the first of them first.
type Order []uint32

// maxSortedBytes bounds what the values of a column take while they are sorted.
const maxSortedBytes = 256 << 20

// SortKept tells the order of what Output.Keep was given: as ClickHouse has it, NULL last of all and nan before it either way, and rows
// with the same value as they came. Meanwhile the values of that column alone are in memory, about as long as they are among the kept
// rows, and 16 bytes more for each row.
func SortKept(kept io.Reader, by Sorting) (Order, error) {
	rows, done, err := openKept(kept)
	if err != nil {
		return nil, err
	}
	defer done()
	if columns := len(rows.Columns()); by.Column < 0 || by.Column >= columns {
		return nil, fault.New(fault.Invalid, "The result has %d columns, which are numbered from 0: there is none of number %d to sort by.", columns, by.Column)
	}
	values, err := sortedValues(rows, by)
	if err != nil {
		return nil, err
	}
	return values.order(by.Descending), nil
}

// columnValues are the values of one column, by row, as [rowbinary.Order] writes them.
type columnValues struct {
	ranks []rowbinary.Rank
	ends  []int // in bytes
	bytes []byte
}

func sortedValues(rows *rowbinary.Reader, by Sorting) (values columnValues, err error) {
	of, column := rowbinary.Order{Descending: by.Descending}, rows.Types()[by.Column]
	for rows.Next() {
		var rank rowbinary.Rank
		values.bytes, rank = of.Append(values.bytes, column, &rows.Row()[by.Column])
		values.ranks, values.ends = append(values.ranks, rank), append(values.ends, len(values.bytes))
		if len(values.bytes) > maxSortedBytes {
			return values, fault.New(fault.Limit, "The values of the column %s are too long to be sorted here: download the file, or let the query sort.",
				rows.Columns()[by.Column].Name)
		}
	}
	if err := rows.Err(); err != nil {
		return values, keptDamaged(err)
	}
	return values, nil
}

func (v columnValues) order(descending bool) Order {
	order := make(Order, len(v.ends))
	for row := range order {
		order[row] = uint32(row)
	}
	sign := 1
	if descending {
		sign = -1
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(v.ranks[a], v.ranks[b]), sign*bytes.Compare(v.of(a), v.of(b)), cmp.Compare(a, b))
	})
	return order
}

func (v columnValues) of(row uint32) []byte {
	start := 0
	if row > 0 {
		start = v.ends[row-1]
	}
	return v.bytes[start:v.ends[row]]
}

// ReadSorted is ReadPage of rows in that order.
func ReadSorted(kept io.Reader, location *time.Location, order Order, offset, limit int64) (Page, error) {
	rows, done, err := openKept(kept)
	if err != nil {
		return Page{}, err
	}
	defer done()
	rows.SetZone(location)
	offset = min(offset, int64(len(order)))
	wanted := order[offset:min(offset+limit, int64(len(order)))]
	places := make(map[uint32]int, len(wanted))
	for place, row := range wanted {
		places[row] = place
	}
	page := Page{Columns: rows.Columns(), Rows: make([][]any, len(wanted))}
	found := 0
	for found < len(wanted) && rows.Next() {
		if place, ok := places[uint32(rows.Rows()-1)]; ok {
			page.Rows[place] = plainRow(rows.Row(), location)
			found++
		}
	}
	if err := rows.Err(); err != nil {
		return Page{}, keptDamaged(err)
	}
	if found < len(wanted) {
		return Page{}, fault.New(fault.Failed, "The kept rows are fewer than they were.")
	}
	return page, nil
}
