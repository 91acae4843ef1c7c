package rowbinary_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// header is what stands before the rows: name, type, name, type.
func header(columns ...string) []byte {
	out := binary.AppendUvarint(nil, uint64(len(columns)/2))
	for part := range 2 {
		for i := part; i < len(columns); i += 2 {
			out = appendText(out, columns[i])
		}
	}
	return out
}

func appendText(dst []byte, text string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

// sample is a stream with a row of each sort of type.
const sample = `SELECT number::UInt8 AS a, toString(number) || 'ü' AS b, toDecimal128(number, 10) AS c, [number, NULL] AS d, map('k', (number, [1.5])) AS e,
	if(number % 2, NULL, toDateTime64(number, 3, 'Asia/Tokyo')) AS f, CAST(number AS Dynamic) AS g, repeat('x', 200) AS h FROM numbers(6)`

func TestTheSameRowsHoweverTheBytesCome(t *testing.T) {
	t.Parallel()
	data := ask(t, "RowBinaryWithNamesAndTypes", sample)
	want := texts(t, open(t, data))
	for name, src := range map[string]io.Reader{
		"byte by byte":     iotest.OneByteReader(bytes.NewReader(data)),
		"in halves":        iotest.HalfReader(bytes.NewReader(data)),
		"error with data":  iotest.DataErrReader(bytes.NewReader(data)),
		"with empty reads": &hesitant{from: bytes.NewReader(data)},
	} {
		r, err := rowbinary.NewReader(src)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, texts(t, r)); diff != "" || r.Rows() != 6 {
			t.Errorf("%s: %d rows %s", name, r.Rows(), diff)
		}
	}
}

// hesitant returns nothing every second time.
type hesitant struct {
	from io.Reader
	odd  bool
}

func (h *hesitant) Read(p []byte) (int, error) {
	if h.odd = !h.odd; h.odd {
		return 0, nil
	}
	return h.from.Read(p)
}

func TestAnEndWithinARowIsNeverSilent(t *testing.T) {
	t.Parallel()
	data := ask(t, "RowBinaryWithNamesAndTypes", sample)
	r := open(t, data)
	ends := map[int]int64{int(r.Offset()): 0}
	for r.Next() {
		if r.Rows() > 1 {
			ends[int(r.Offset())] = r.Rows() - 1
		}
	}
	ends[len(data)] = 6
	if int(r.Offset()) != len(data) {
		t.Errorf("the offset after the last row is %d of %d", r.Offset(), len(data))
	}
	for cut := range len(data) + 1 {
		r, err := rowbinary.NewReader(bytes.NewReader(data[:cut]))
		if err == nil {
			for r.Next() {
			}
			err = r.Err()
		}
		rows, whole := ends[cut]
		switch {
		case whole && (err != nil || r.Rows() != rows):
			t.Fatalf("cut at %d: %v", cut, err)
		case !whole && !errors.Is(err, io.ErrUnexpectedEOF):
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
}

func TestTheSourcesErrorComesThrough(t *testing.T) {
	t.Parallel()
	failed := fault.New(fault.Limit, "the server ran out of memory")
	data := append(header("a", "UInt8"), 1, 2, 3)
	r, err := rowbinary.NewReader(io.MultiReader(bytes.NewReader(data), iotest.ErrReader(failed)))
	if err != nil {
		t.Fatal(err)
	}
	for r.Next() {
	}
	if !errors.Is(r.Err(), failed) || r.Next() {
		t.Errorf("%v", r.Err())
	}
	if _, err := rowbinary.NewReader(iotest.ErrReader(failed)); !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
}

func TestDamagedBytesAreRefused(t *testing.T) {
	t.Parallel()
	huge := binary.AppendUvarint(nil, 1<<60)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"no columns":           {[]byte{0}, "it has 0 columns"},
		"a billion columns":    {binary.AppendUvarint(nil, 1e9), "beyond 256 MiB"},
		"a million columns":    {binary.AppendUvarint(nil, 1e6), "it has 1000000 columns"},
		"endless number":       {bytes.Repeat([]byte{0xff}, 40), "header is damaged"},
		"huge name":            {append([]byte{1}, huge...), "header is damaged"},
		"unknown type":         {header("col", "Whatever"), `column "col"`},
		"huge text":            {append(header("a", "String"), huge...), `row 1 of the result is damaged in column "a"`},
		"huge list":            {append(header("a", "Array(UInt64)"), binary.AppendUvarint(nil, 1<<27)...), "134217728 elements"},
		"huge list of nothing": {append(header("a", "Array(Tuple())"), binary.AppendUvarint(nil, 1<<20)...), "1048576 elements"},
		"bad null mark":        {append(header("a", "Nullable(UInt8)"), 7), "NULL mark is 7"},
		"unknown enum":         {append(header("a", "UInt8", "e", "Enum8('x' = 1)"), 0, 9), `damaged in column "e": 9 is not a number`},
		"unknown alternative":  {append(header("a", "Variant(UInt8)"), 5), "alternative 6 of 1"},
		"unknown dynamic":      {append(header("a", "Dynamic"), 0xEE), "0xEE"},
		"deep dynamic":         {append(header("a", "Dynamic"), bytes.Repeat([]byte{0x1E}, 300)...), "nested deeper"},
		"rows without bytes":   {append(header("a", "Tuple()"), 1), "rows without any bytes"},
	} {
		r, err := rowbinary.NewReader(bytes.NewReader(c.data))
		if err == nil {
			for r.Next() {
			}
			err = r.Err()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// A length in the data must not make the reader take memory the data does not fill.
func TestMemoryFollowsTheBytesThatCame(t *testing.T) {
	t.Parallel()
	data := append(header("a", "String"), binary.AppendUvarint(nil, 200<<20)...)
	allocated := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			r, err := rowbinary.NewReader(bytes.NewReader(data))
			if err != nil || r.Next() || !errors.Is(r.Err(), io.ErrUnexpectedEOF) {
				b.Fatal(err)
			}
		}
	}).AllocedBytesPerOp()
	if allocated > 1<<20 {
		t.Errorf("%d bytes for a row that never came", allocated)
	}
}

func TestALongRowIsRead(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", 1<<20)
	data := header("a", "String", "b", "UInt8")
	for range 3 {
		data = append(appendText(data, long), 7)
	}
	r, err := rowbinary.NewReader(iotest.HalfReader(bytes.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	for r.Next() {
		if row := r.Row(); string(row[0].Bytes()) != long || row[1].Uint() != 7 {
			t.Fatalf("row %d differs", r.Rows())
		}
	}
	if r.Err() != nil || r.Rows() != 3 {
		t.Errorf("%d rows, %v", r.Rows(), r.Err())
	}
}

func TestAnyIsWhatTemplatesTake(t *testing.T) {
	t.Parallel()
	r := rows(t, `SELECT NULL, 'a', -1::Int8, 18446744073709551615, 1.5, true, toDate('2024-02-29'), toDateTime('2024-02-29 12:00:00', 'UTC'),
		toDecimal64('1.50', 4), [1, 2], '5'::UInt128, toFloat32(0.5), toTime64('01:00:00', 0)`)
	if !r.Next() {
		t.Fatal(r.Err())
	}
	var got []any
	for _, value := range r.Row() {
		got = append(got, value.Any())
	}
	big := r.Row()[10].Big()
	want := []any{nil, "a", int64(-1), uint64(math.MaxUint64), 1.5, true, forms.Date{Year: 2024, Month: time.February, Day: 29},
		time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC), decimal.RequireFromString("1.5"), "[1,2]", big, 0.5, "01:00:00"}
	equal := cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) })
	if diff := cmp.Diff(want, got, equal, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) }), cmp.Comparer(sameBig)); diff != "" {
		t.Error(diff)
	}
}

func TestColumnsKeepTheirOrderAndNames(t *testing.T) {
	t.Parallel()
	r := rows(t, `SELECT 1 AS a, 2 AS "a b", 'x' AS "ю"`)
	var got []string
	for i, column := range r.Columns() {
		got = append(got, column.Name+" "+column.Type)
		if r.Types()[i].Name != column.Type {
			t.Errorf("%s is %s", column.Type, r.Types()[i].Name)
		}
	}
	if diff := cmp.Diff([]string{"a UInt8", "a b UInt8", "ю String"}, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(append(header("a", "Array(Tuple(x UInt8, y Nullable(String)))", "b", "Dynamic"), 1, 7, 0, 1, 'z', 0x1E, 0x01, 2, 3, 4))
	f.Add(append(header("a", "Map(String, Variant(UInt8, String))", "b", "Decimal(38, 10)"), 0))
	f.Add(append(header("a", "DateTime64(9, 'Asia/Tokyo')", "b", "Float32", "c", "Time64(3)", "d", "Date32"), bytes.Repeat([]byte{0x80}, 60)...))
	f.Add(append(header("a", "Dynamic"), 0x20, 1, 1, 'a', 0x17, 1, 1, 'e', 5, 5))
	f.Add(append(header("a", "JSON", "b", "IPv6", "c", "UUID", "d", "Int256"), bytes.Repeat([]byte{1}, 90)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := rowbinary.NewReader(bytes.NewReader(data))
		if err != nil {
			return
		}
		for r.Next() {
			for _, value := range r.Row() {
				_ = value.AppendText(nil)
				_ = value.AppendJSON(nil)
				_ = value.Any()
			}
		}
	})
}
