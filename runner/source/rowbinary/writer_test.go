package rowbinary_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// TestWriterBytes has the bytes as ClickHouse writes them for the same values.
func TestWriterBytes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typ   string
		value any
		want  string
	}{
		{"String", "héy", "0468c3a979"},
		{"String", []byte{}, "00"},
		{"FixedString(4)", "ab", "61620000"},
		{"Bool", true, "01"},
		{"Int8", -1, "ff"},
		{"UInt16", 258, "0201"},
		{"Int32", int64(-2), "feffffff"},
		{"UInt64", uint64(math.MaxUint64), "ffffffffffffffff"},
		{"Int128", -2, "feffffffffffffffffffffffffffffff"},
		{"UInt256", new(big.Int).Lsh(big.NewInt(1), 255), strings.Repeat("00", 31) + "80"},
		{"Float32", 1.5, "0000c03f"},
		{"Float64", -2.0, "00000000000000c0"},
		{"Decimal(9, 2)", decimal.RequireFromString("12.5"), "e2040000"},
		{"Decimal(9, 2)", decimal.RequireFromString("-0.01"), "ffffffff"},
		{"Decimal(18, 0)", decimal.New(1, 3), "e803000000000000"},
		{"Decimal(38, 2)", decimal.RequireFromString("-1"), "9cffffffffffffffffffffffffffffff"},
		{"Date", forms.Date{Year: 1970, Month: 1, Day: 2}, "0100"},
		{"Date32", forms.Date{Year: 1969, Month: 12, Day: 31}, "ffffffff"},
		{"DateTime('Asia/Tokyo')", time.Unix(1, 0), "01000000"},
		{"DateTime64(3)", time.UnixMilli(-1), "ffffffffffffffff"},
		{"DateTime64(9, 'UTC')", time.Unix(0, 5), "0500000000000000"},
		{"UUID", uuid.MustParse("00112233-4455-6677-8899-aabbccddeeff"), "7766554433221100ffeeddccbbaa9988"},
		{"Nullable(Int8)", nil, "01"},
		{"Nullable(Int8)", 5, "0005"},
		{"LowCardinality(Nullable(String))", "x", "000178"},
		{"Array(Nullable(UInt8))", []any{1, nil}, "02000101"},
		{"Array(String)", []string{"a", ""}, "02016100"},
		{"Tuple(a Int8, b String)", []any{1, "x"}, "010178"},
		{"Map(String, Int8)", map[string]int{"k": 2}, "01016b02"},
	} {
		t.Run(c.typ, func(t *testing.T) {
			t.Parallel()
			columns := []source.Column{{Name: "v", Type: c.typ}}
			got, err := write(columns, []any{c.value})
			if err != nil {
				t.Fatal(err)
			}
			header := rowbinary.AppendHeader(nil, columns)
			if !bytes.HasPrefix(got, header) {
				t.Fatalf("the header is missing: %x", got)
			}
			if row := hex.EncodeToString(got[len(header):]); row != c.want {
				t.Errorf("got %s, want %s", row, c.want)
			}
		})
	}
}

func TestWriterRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		typ   string
		value any
	}{
		{"String", 1},
		{"Int8", 128},
		{"Int8", "1"},
		{"UInt8", -1},
		{"Int64", uint64(math.MaxUint64)},
		{"Bool", 1},
		{"FixedString(2)", "abc"},
		{"Decimal(9, 2)", decimal.RequireFromString("0.001")},
		{"Decimal(9, 2)", decimal.RequireFromString("10000000")},
		{"Decimal(9, 2)", decimal.New(1, math.MaxInt32)},
		{"Decimal(9, 2)", 1.5},
		{"Date", forms.Date{Year: 1969, Month: 12, Day: 31}},
		{"Date", time.Now()},
		{"DateTime", time.Unix(-1, 0)},
		{"DateTime", time.Unix(0, 1)},
		{"DateTime64(3)", time.Unix(0, 1)},
		{"DateTime64(9)", time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC)},
		{"UUID", "00112233-4455-6677-8899-aabbccddeeff"},
		{"Int8", nil},
		{"Array(Int8)", []any{1, nil}},
		{"Array(Int8)", 1},
		{"Tuple(Int8, Int8)", []any{1}},
		{"Map(String, Int8)", map[string]int{"k": 300}},
	} {
		columns := []source.Column{{Name: "price", Type: c.typ}}
		_, err := write(columns, []any{c.value})
		if err == nil || !strings.Contains(err.Error(), "price") {
			t.Errorf("%v as %s: got %v, want an error that names the column", c.value, c.typ, err)
		}
	}
	for _, typ := range []string{"", "Nope", "Dynamic", "AggregateFunction(sum, UInt8)", "Array(Dynamic)", "Tuple(Dynamic)", "Map(String, Dynamic)", "Enum8('a' = 1)"} {
		if _, err := rowbinary.NewWriter(&bytes.Buffer{}, []source.Column{{Name: "x", Type: typ}}); err == nil {
			t.Errorf("a writer of type %q", typ)
		}
	}
}

func TestWriterKeepsWholeRows(t *testing.T) {
	t.Parallel()
	columns := []source.Column{{Name: "a", Type: "Int8"}, {Name: "b", Type: "Int8"}}
	var out bytes.Buffer
	w, err := rowbinary.NewWriter(&out, columns)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]any{{1, 2}, {3, 1000}, {4}, {5, 6}} {
		_ = w.WriteRow(row...)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	r, err := rowbinary.NewReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	var sum int64
	for r.Next() {
		sum += r.Row()[0].Int() + r.Row()[1].Int()
	}
	if r.Err() != nil || r.Rows() != 2 || sum != 14 {
		t.Errorf("%d rows with the sum %d, %v", r.Rows(), sum, r.Err())
	}
}

func TestWriterPassesOnErrors(t *testing.T) {
	t.Parallel()
	full := errors.New("the disk is full")
	w, err := rowbinary.NewWriter(broken{full}, []source.Column{{Name: "a", Type: "String"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WriteRow(strings.Repeat("x", 1<<20)); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if err := w.WriteRow("x"); !errors.Is(err, full) {
		t.Errorf("the next row: got %v", err)
	}
	if err := w.Flush(); !errors.Is(err, full) {
		t.Errorf("the end: got %v", err)
	}
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

func write(columns []source.Column, rows ...[]any) ([]byte, error) {
	var out bytes.Buffer
	w, err := rowbinary.NewWriter(&out, columns)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if err := w.WriteRow(row...); err != nil {
			return nil, err
		}
	}
	err = w.Flush()
	return out.Bytes(), err
}
