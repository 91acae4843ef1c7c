package sourcetest

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

func testTables(t *testing.T, d Driver) {
	for name, test := range map[string]func(*testing.T, Driver){
		"every type": testTableTypes, "empty": testEmptyTable, "odd names": testTableNames, "one name twice": testNamesTwice, "large": testLargeTable,
		"texts": testTableTexts, "a failing one": testFailingTable, "a result": testResultAsTable, "several": testSeveralTables,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, d)
		})
	}
}

// typed are columns of a result, with a value and its text.
var typed = []struct {
	column source.Column
	value  any
	want   string
}{
	{source.Column{Name: "i8", Type: "Int8"}, -128, "-128"},
	{source.Column{Name: "u8", Type: "UInt8"}, 255, "255"},
	{source.Column{Name: "i16", Type: "Nullable(Int16)"}, -32768, "-32768"},
	{source.Column{Name: "u16", Type: "UInt16"}, 65535, "65535"},
	{source.Column{Name: "i32", Type: "Int32"}, math.MinInt32, "-2147483648"},
	{source.Column{Name: "u32", Type: "UInt32"}, uint32(math.MaxUint32), "4294967295"},
	{source.Column{Name: "i64", Type: "Nullable(Int64)"}, int64(math.MinInt64), "-9223372036854775808"},
	{source.Column{Name: "u64", Type: "UInt64"}, uint64(math.MaxUint64), "18446744073709551615"},
	{source.Column{Name: "f32", Type: "Float32"}, float32(0.25), "0.25"},
	{source.Column{Name: "f64", Type: "Float64"}, 0.1, "0.1"},
	{source.Column{Name: "nan", Type: "Float64"}, math.NaN(), "nan"},
	{source.Column{Name: "dec", Type: "Decimal(38, 10)"}, decimal.RequireFromString("-1234567890123456789012345678.0123456789"), "-1234567890123456789012345678.0123456789"},
	{source.Column{Name: "money", Type: "Decimal(9, 2)"}, decimal.RequireFromString("12.5"), "12.5"},
	{source.Column{Name: "bool", Type: "Bool"}, true, "true"},
	{source.Column{Name: "text", Type: "String"}, "O'Brien\t\\N\n", "O'Brien\t\\N\n"},
	{source.Column{Name: "low", Type: "LowCardinality(String)"}, "x", "x"},
	{source.Column{Name: "fixed", Type: "FixedString(3)"}, "abc", "abc"},
	{source.Column{Name: "none", Type: "Nullable(String)"}, nil, "␀"},
	{source.Column{Name: "empty", Type: "Nullable(String)"}, "", ""},
	{source.Column{Name: "day", Type: "Date"}, forms.Date{Year: 2025, Month: 2, Day: 28}, "2025-02-28"},
	{source.Column{Name: "day32", Type: "Date32"}, forms.Date{Year: 1900, Month: 1, Day: 1}, "1900-01-01"},
	{source.Column{Name: "id", Type: "UUID"}, uuid.MustParse("123e4567-e89b-12d3-a456-426614174000"), "123e4567-e89b-12d3-a456-426614174000"},
}

func testTableTypes(t *testing.T, d Driver) {
	s := d.Open(t)
	columns, row := make([]source.Column, len(typed)), make([]any, len(typed))
	for i, c := range typed {
		columns[i], row[i] = c.column, c.value
	}
	moment := time.Date(1969, 7, 20, 20, 17, 40, 250_000_000, time.UTC)
	columns = append(columns, source.Column{Name: "moment", Type: "DateTime64(6, 'Asia/Tokyo')"}, source.Column{Name: "second", Type: "DateTime('UTC')"})
	row = append(row, moment, time.Unix(1_700_000_000, 0))
	q := Query("SELECT * FROM ", Name("all_types"))
	q.Tables = map[string]source.Table{"all_types": table(t, columns, row)}
	err := scan(t.Context(), s, q, func(got []rowbinary.Value) {
		for i, c := range typed {
			text := "␀"
			if !got[i].IsNull() {
				text = string(got[i].AppendText(nil))
			}
			if text != c.want {
				t.Errorf("%s %s: got %q, want %q", c.column.Name, c.column.Type, text, c.want)
			}
		}
		if at := got[len(typed)].Time(); !at.Equal(moment) {
			t.Errorf("moment: got %s", at)
		}
		if at := got[len(typed)+1].Time(); at.Unix() != 1_700_000_000 {
			t.Errorf("second: got %s", at)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

func testEmptyTable(t *testing.T, d Driver) {
	q := Query("SELECT count(*) AS v FROM ", Name("nobody"))
	q.Tables = map[string]source.Table{"nobody": table(t, []source.Column{{Name: "id", Type: "Int64"}})}
	if got := one(t, d.Open(t), q); got != "0" {
		t.Errorf("got %s", got)
	}
}

func testTableNames(t *testing.T, d Driver) {
	s := d.Open(t)
	columns := []source.Column{{Name: "select", Type: "Int64"}, {Name: `it's "odd" ` + "`\\", Type: "String"}, {Name: "имя", Type: "String"}, {Name: "last", Type: "Int8"}}
	for _, name := range []string{"t", "select", "query", "input", "max_threads", "user", "a_format"} {
		q := Query("SELECT * FROM ", Name(name), " AS x")
		q.Tables = map[string]source.Table{name: table(t, columns, []any{1, "a", "b", 4})}
		if got := read(t, s, q); len(got) != 1 || !slices.Equal(got[0], []string{"1", "a", "b", "4"}) {
			t.Errorf("%s: got %v", name, got)
		}
		q = Query("SELECT ", name, ".last AS v FROM ", Name(name))
		if name == "select" || name == "user" {
			continue // names that have to be quoted are the analyst's to quote
		}
		q.Tables = map[string]source.Table{name: table(t, columns, []any{1, "a", "b", 4})}
		if got := one(t, s, q); got != "4" {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

// testNamesTwice is a result that no table could be made of with its own names.
func testNamesTwice(t *testing.T, d Driver) {
	columns := []source.Column{{Name: "x", Type: "Int64"}, {Name: "x", Type: "Int64"}, {Name: "x_2", Type: "Int64"}, {Name: "e", Type: "Nullable(Nothing)"}}
	q := Query("SELECT x, x_3, x_2, e FROM ", Name("twice"))
	q.Tables = map[string]source.Table{"twice": {Columns: columns, Open: func() (io.ReadCloser, error) {
		rows := rowbinary.AppendHeader(nil, columns)
		for i := range 3 {
			rows = append(rows, byte(i+1), 0, 0, 0, 0, 0, 0, 0)
		}
		return io.NopCloser(bytes.NewReader(rowbinary.AppendNull(rows))), nil
	}}}
	if got := read(t, d.Open(t), q); len(got) != 1 || !slices.Equal(got[0], []string{"1", "2", "3", "␀"}) {
		t.Errorf("got %v", got)
	}
}

func testLargeTable(t *testing.T, d Driver) {
	const size = 1_000_000
	columns := []source.Column{{Name: "id", Type: "Int64"}, {Name: "name", Type: "String"}}
	q := Query("SELECT count(*) AS n, sum(id) AS s, count(DISTINCT name) AS d FROM ", Name("people"))
	q.Tables = map[string]source.Table{"people": {Columns: columns, Open: func() (io.ReadCloser, error) {
		out, in := io.Pipe()
		go func() {
			w, err := rowbinary.NewWriter(in, columns)
			for i := 0; i < size && err == nil; i++ {
				err = w.WriteRow(i, strconv.Itoa(i%1000))
			}
			if err == nil {
				err = w.Flush()
			}
			in.CloseWithError(err)
		}()
		return out, nil
	}}}
	if got := read(t, d.Open(t), q); !slices.Equal(got[0], []string{"1000000", "499999500000", "1000"}) {
		t.Errorf("got %v", got)
	}
}

func testTableTexts(t *testing.T, d Driver) {
	s := d.Open(t)
	columns := []source.Column{{Name: "id", Type: "Int64"}, {Name: "name", Type: "String"}}
	var rows [][]any
	for i, text := range hostile {
		if d.HoldsText == nil || d.HoldsText(text) {
			rows = append(rows, []any{i, text})
			continue
		}
		q := Query("SELECT name AS v FROM ", Name("one"))
		q.Tables = map[string]source.Table{"one": table(t, columns, []any{1, text})}
		if err := failure(t, s, q, fault.Invalid); !strings.Contains(err.Error(), `"name"`) {
			t.Errorf("the error does not name the column: %v", err)
		}
	}
	q := Query("SELECT id, name FROM ", Name("texts"), " ORDER BY id")
	q.Tables = map[string]source.Table{"texts": table(t, columns, rows...)}
	for i, row := range read(t, s, q) {
		if row[1] != rows[i][1] {
			t.Errorf("sent %q, got %q", rows[i][1], row[1])
		}
	}
}

// testFailingTable is an earlier result that cannot be read to its end.
func testFailingTable(t *testing.T, d Driver) {
	s := d.Open(t)
	broken := fault.New(fault.Failed, "the disk is gone")
	columns := []source.Column{{Name: "id", Type: "Int64"}}
	header := rowbinary.AppendHeader(nil, columns)
	for name, c := range map[string]struct {
		opening error
		rows    io.Reader
	}{
		"opening":   {broken, nil},
		"reading":   {nil, io.MultiReader(bytes.NewReader(header), bytes.NewReader(make([]byte, 80_000)), failing{broken})},
		"cut short": {nil, bytes.NewReader(append(header, 1, 2, 3))},
	} {
		q := Query("SELECT count(*) AS v FROM ", Name("people"))
		q.Tables = map[string]source.Table{"people": {Columns: columns, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(c.rows), c.opening
		}}}
		if err := failure(t, s, q, fault.Failed); name != "cut short" && !errors.Is(err, broken) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	one(t, s, Query("SELECT 'x' AS v"))
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// testResultAsTable sends along what the driver itself yielded.
func testResultAsTable(t *testing.T, d Driver) {
	s := d.Open(t)
	first := Query(d.Numbers(1000))
	columns, err := s.Describe(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	q := Query("SELECT sum(n) AS v FROM ", Name("numbers"))
	q.Tables = map[string]source.Table{"numbers": {Columns: columns, Open: func() (io.ReadCloser, error) { return s.Query(t.Context(), first) }}}
	if got := one(t, s, q); got != "499500" {
		t.Errorf("got %s", got)
	}
}

func testSeveralTables(t *testing.T, d Driver) {
	columns := []source.Column{{Name: "id", Type: "Int64"}}
	q := Query("SELECT count(*) AS v FROM ", Name("a"), " AS x JOIN ", Name("b"), " AS y ON x.id = y.id JOIN ", Name("a"), " AS z ON z.id = y.id WHERE x.id IN ", Value{Value: make([]int64, 20_000)}, " OR x.id = 2")
	q.Tables = map[string]source.Table{"a": table(t, columns, []any{1}, []any{2}), "b": table(t, columns, []any{2}, []any{3})}
	if got := one(t, d.Open(t), q); got != "1" {
		t.Errorf("got %s", got)
	}
}
