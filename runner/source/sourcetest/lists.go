package sourcetest

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

func testLists(t *testing.T, d Driver) {
	s := d.Open(t)
	for _, c := range []struct {
		name  string
		value any
		want  []string
	}{
		{"texts", []string{"a", "b'c", ""}, []string{"a", "b'c", ""}},
		{"integers", []int64{-1, 0, 9223372036854775807}, []string{"-1", "0", "9223372036854775807"}},
		{"unsigned integers", []uint64{0, 18446744073709551615}, []string{"0", "18446744073709551615"}},
		{"floats", []float64{0.1, -1e300}, []string{"0.1", "-1e300"}},
		{"booleans", []bool{true, false}, []string{"true", "false"}},
		{"decimals", []decimal.Decimal{decimal.RequireFromString("1.5"), decimal.RequireFromString("-100")}, []string{"1.5", "-100"}},
		{"dates", []forms.Date{{Year: 2025, Month: 1, Day: 31}, {Year: 1950, Month: 2, Day: 1}}, []string{"2025-01-31", "1950-02-01"}},
		{"moments", []time.Time{time.Date(1969, 12, 31, 23, 59, 59, 250_000_000, time.UTC)}, []string{"1969-12-31 23:59:59.25"}},
		{"no texts", []string{}, nil},
		{"no integers", []int64{}, nil},
		{"no decimals", []decimal.Decimal{}, nil},
		{"no dates", []forms.Date{}, nil},
		{"no moments", []time.Time{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			query := Query(d.Each[0], Value{Value: c.value}, d.Each[1])
			query.Timezone = "UTC"
			got := read(t, s, query)
			if len(got) != len(c.want) {
				t.Fatalf("got %v, want %v", got, c.want)
			}
			for i, want := range c.want {
				if text := got[i][0]; text != want && (c.name != "moments" || text[:len(want)] != want) {
					t.Errorf("element %d: got %q, want %q", i, text, want)
				}
			}
		})
	}
	t.Run("places", func(t *testing.T) { testPlaces(t, d) })
	t.Run("a million", func(t *testing.T) { testMillion(t, d) })
}

// testPlaces writes lists of all lengths wherever a statement takes one.
func testPlaces(t *testing.T, d Driver) {
	t.Parallel()
	s := d.Open(t)
	numbers := " FROM (" + d.Numbers(100) + ") AS x "
	for _, size := range []int{0, 1, 3, 50, 30_000} {
		ids := make([]int64, size)
		for i := range ids {
			ids[i] = int64(2 * i)
		}
		in := min(size, 50)
		for _, c := range []struct {
			before, after string
			want          int
		}{
			{"SELECT count(*) AS v" + numbers + "WHERE n IN ", "", in},
			{"SELECT count(*) AS v" + numbers + "WHERE n NOT IN ", "", 100 - in},
			{"SELECT count(*) AS v" + numbers + "WHERE n IN (", ")", in},
			{"SELECT count(*) AS v" + numbers + "WHERE n IN /* these */ ", " AND n < 50", min(size, 25)},
			{"SELECT count(*) AS v" + numbers + "WHERE n NOT IN ( ", " ) -- but those", 100 - in},
		} {
			if got := one(t, s, Query(c.before, Value{Value: ids}, c.after)); got != strconv.Itoa(c.want) {
				t.Errorf("%d ids: %s…%s: got %s, want %d", size, c.before, c.after, got, c.want)
			}
		}
		if got := len(read(t, s, Query(d.Each[0], Value{Value: ids}, d.Each[1]))); got != size {
			t.Errorf("%d ids as rows: got %d", size, got)
		}
	}
}

// testMillion is the length of a pasted column at its largest.
func testMillion(t *testing.T, d Driver) {
	t.Parallel()
	s := d.Open(t)
	const size = 1_000_000
	ids, names := make([]int64, size), make([]string, size)
	for i := range size {
		ids[i] = int64(i) * 3
		names[i] = fmt.Sprintf("it's \\ %d", i)
	}
	numbers := "SELECT count(*) AS v FROM (" + d.Numbers(3_000_000) + ") AS x WHERE n IN "
	if got := one(t, s, Query(numbers, Value{Value: ids})); got != "1000000" {
		t.Errorf("a million integers: got %s", got)
	}
	quoted := Query("SELECT count(*) AS v FROM (SELECT concat('it''s ', ", Value{Value: `\`}, ", ' ', n) AS name FROM ("+d.Numbers(1_500_000)+") AS x) AS y WHERE name IN (", Value{Value: names}, ")")
	if got := one(t, s, quoted); got != "1000000" {
		t.Errorf("a million texts: got %s", got)
	}
}
