package runner_test

import (
	"bytes"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

var sortable = []source.Column{
	{Name: "row", Type: "UInt32"}, {Name: "number", Type: "Nullable(Int64)"}, {Name: "large", Type: "Nullable(Int256)"}, {Name: "share", Type: "Nullable(Float64)"},
	{Name: "price", Type: "Decimal(38, 4)"}, {Name: "text", Type: "Nullable(String)"}, {Name: "moment", Type: "DateTime64(3)"}, {Name: "list", Type: "Array(Int8)"},
}

// randomRow has few different values in each column, so that many rows are the same there.
func randomRow(r *rand.Rand, row int) []any {
	pick := func(values ...any) any { return values[r.IntN(len(values))] }
	return []any{
		uint32(row),
		pick(nil, int64(0), int64(-1), int64(math.MinInt64), int64(math.MaxInt64), r.Int64N(10)),
		pick(nil, big.NewInt(-5), big.NewInt(5), new(big.Int).Lsh(big.NewInt(-3), uint(r.IntN(250))), new(big.Int).Lsh(big.NewInt(1), uint(r.IntN(250)))),
		pick(nil, math.NaN(), math.Inf(1), math.Inf(-1), 0.0, math.Copysign(0, -1), r.NormFloat64()),
		decimal.New(r.Int64N(2000)-1000, -4),
		pick(nil, "", "a", "A", "ab", "a\x00", "я", "a\xff", fmt.Sprint(r.IntN(20))),
		time.UnixMilli(r.Int64N(2000) - 1000).UTC(),
		pick([]int8{}, []int8{-1}, []int8{1}, []int8{1, -1}, []int8{int8(r.IntN(256) - 128), 1}),
	}
}

func keptOf(t *testing.T, rows [][]any) []byte {
	t.Helper()
	var packed bytes.Buffer
	packer, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	w, err := rowbinary.NewWriter(packer, sortable)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.WriteRow(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := packer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// rankOf and less are the reference: what a person would write down who knows the rules.
func rankOf(value any) int {
	f, ok := value.(float64)
	switch {
	case value == nil:
		return 2
	case ok && math.IsNaN(f):
		return 1
	}
	return 0
}

func compare(a, b any) int {
	switch a := a.(type) {
	case uint32:
		return int(a) - int(b.(uint32))
	case int64:
		return big.NewInt(a).Cmp(big.NewInt(b.(int64)))
	case *big.Int:
		return a.Cmp(b.(*big.Int))
	case float64:
		return big.NewFloat(a).Cmp(big.NewFloat(b.(float64)))
	case decimal.Decimal:
		return a.Cmp(b.(decimal.Decimal))
	case string:
		return bytes.Compare([]byte(a), []byte(b.(string)))
	case time.Time:
		return a.Compare(b.(time.Time))
	case []int8:
		return slices.Compare(a, b.([]int8))
	}
	panic(fmt.Sprintf("%T", a))
}

func reference(rows [][]any, by runner.Sorting) runner.Order {
	order := runner.Order{}
	for row := range rows {
		at := len(order)
		for at > 0 && before(rows[row][by.Column], rows[order[at-1]][by.Column], by.Descending) {
			at--
		}
		order = slices.Insert(order, at, uint32(row))
	}
	return order
}

func before(a, b any, descending bool) bool {
	switch ra, rb := rankOf(a), rankOf(b); {
	case ra != rb || ra > 0:
		return ra < rb
	case descending:
		return compare(a, b) > 0
	}
	return compare(a, b) < 0
}

func TestKeptRowsAreSortedByAnyColumn(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		rows := make([][]any, r.IntN(400))
		for i := range rows {
			rows[i] = randomRow(r, i)
		}
		kept := keptOf(t, rows)
		for column := range sortable {
			for _, descending := range []bool{false, true} {
				by := runner.Sorting{Column: column, Descending: descending}
				order, err := runner.SortKept(bytes.NewReader(kept), by)
				if diff := cmp.Diff(reference(rows, by), order); err != nil || diff != "" {
					t.Fatalf("seed %d, %s, descending %v: %v\n%s", seed, sortable[column].Name, descending, err, diff)
				}
				inPages(t, kept, order, r.Int64N(100)+1)
			}
		}
	}
}

// inPages reads all pages of sorted rows: together they are the rows in that order.
func inPages(t *testing.T, kept []byte, order runner.Order, size int64) {
	t.Helper()
	read := runner.Order{}
	for offset := int64(0); ; offset += size {
		page, err := runner.ReadSorted(bytes.NewReader(kept), time.UTC, order, offset, size)
		if err != nil || page.Rows == nil || len(page.Columns) != len(sortable) {
			t.Fatalf("%+v, %v", page, err)
		}
		for _, row := range page.Rows {
			read = append(read, uint32(row[0].(uint64)))
		}
		if len(page.Rows) == 0 {
			break
		}
	}
	if diff := cmp.Diff(order, read); diff != "" {
		t.Fatal(diff)
	}
}

func TestWhatCannotBeSorted(t *testing.T) {
	t.Parallel()
	kept := keptOf(t, [][]any{randomRow(rand.New(rand.NewPCG(1, 1)), 0)})
	for _, column := range []int{-1, len(sortable)} {
		if _, err := runner.SortKept(bytes.NewReader(kept), runner.Sorting{Column: column}); !fault.IsInvalid(err) {
			t.Errorf("column %d: %v", column, err)
		}
	}
	if _, err := runner.SortKept(bytes.NewReader(kept[:len(kept)-8]), runner.Sorting{}); err == nil || fault.CodeOf(err) != fault.Failed {
		t.Errorf("damaged: %v", err)
	}
	if _, err := runner.ReadSorted(bytes.NewReader(kept), time.UTC, runner.Order{0, 1}, 0, 10); err == nil || fault.CodeOf(err) != fault.Failed {
		t.Errorf("of other rows: %v", err)
	}
}
