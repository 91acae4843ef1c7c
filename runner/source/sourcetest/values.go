package sourcetest

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// testValues sends a value of every type and reads it back.
func testValues(t *testing.T, d Driver) {
	s := d.Open(t)
	for _, c := range []struct {
		name  string
		value any
		want  string
	}{
		{"text", "Café", "Café"},
		{"no text", "", ""},
		{"integer", int64(-42), "-42"},
		{"largest integer", int64(math.MaxInt64), "9223372036854775807"},
		{"smallest integer", int64(math.MinInt64), "-9223372036854775808"},
		{"unsigned integer", uint64(7), "7"},
		{"largest unsigned integer", uint64(math.MaxUint64), "18446744073709551615"},
		{"float", 0.1, "0.1"},
		{"float with an exponent", 1e-300, "1e-300"},
		{"largest float", math.MaxFloat64, "1.7976931348623157e308"},
		{"smallest float", 5e-324, "5e-324"},
		{"not a number", math.NaN(), "nan"},
		{"infinity", math.Inf(-1), "-inf"},
		{"true", true, "true"},
		{"false", false, "false"},
		{"decimal", decimal.RequireFromString("12.50"), "12.5"},
		{"decimal below one", decimal.RequireFromString("-0.0000000001"), "-0.0000000001"},
		{"decimal with an exponent", decimal.New(3, 5), "300000"},
		{"wide decimal", decimal.RequireFromString("1234567890123456789012345678.0123456789"), "1234567890123456789012345678.0123456789"},
		{"decimal zero", decimal.Decimal{}, "0"},
		{"date", forms.Date{Year: 2025, Month: 1, Day: 31}, "2025-01-31"},
		{"date before 1970", forms.Date{Year: 1900, Month: 1, Day: 1}, "1900-01-01"},
		{"date after 2149", forms.Date{Year: 2299, Month: 12, Day: 31}, "2299-12-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := one(t, s, Query("SELECT ", Value{Value: c.value}, " AS v")); got != c.want {
				t.Errorf("sent %v, got %s, want %s", c.value, got, c.want)
			}
			if strings.HasPrefix(c.want, "n") {
				return
			}
			again := Query("SELECT count(*) AS v WHERE ", Value{Value: c.value}, " = ", Value{Value: c.value})
			if got := one(t, s, again); got != "1" {
				t.Errorf("%v does not equal itself", c.value)
			}
		})
	}
	t.Run("moments", func(t *testing.T) { testMoments(t, d) })
	t.Run("null", func(t *testing.T) { testNull(t, d) })
}

// testMoments are exact to the microsecond, in any zone.
func testMoments(t *testing.T, d Driver) {
	t.Parallel()
	s := d.Open(t)
	tokyo, _ := time.LoadLocation("Asia/Tokyo")
	moscow, _ := time.LoadLocation("Europe/Moscow")
	utc := time.UTC
	for _, moment := range []time.Time{
		time.Date(2025, 7, 1, 12, 0, 0, 0, utc),
		time.Date(2025, 7, 1, 12, 0, 0, 123_456_000, tokyo),
		time.Date(2025, 7, 1, 12, 0, 0, 120_000_000, time.FixedZone("", 3600)),
		time.Date(1969, 12, 31, 23, 59, 59, 500_000_000, utc),
		time.Date(1969, 12, 31, 23, 59, 59, 0, utc),
		time.Date(1970, 1, 1, 0, 0, 0, 0, utc),
		time.Date(1930, 3, 4, 5, 6, 7, 1000, moscow),
		time.Date(1900, 1, 1, 0, 0, 0, 0, utc),
		time.Date(2299, 12, 30, 23, 59, 59, 999_999_000, utc),
		// The hour that Moscow had twice: an hour lies between the two, which show the same clock.
		time.Date(2010, 10, 30, 22, 30, 0, 0, utc).In(moscow),
		time.Date(2010, 10, 30, 23, 30, 0, 0, utc).In(moscow),
	} {
		var got time.Time
		err := scan(t.Context(), s, Query("SELECT ", Value{Value: moment}, " AS v"), func(row []rowbinary.Value) { got = row[0].Time() })
		if err != nil {
			t.Fatal(err)
		}
		if !got.Equal(moment) {
			t.Errorf("sent %s, got %s", moment, got)
		}
	}
}

func testNull(t *testing.T, d Driver) {
	t.Parallel()
	s := d.Open(t)
	if got := one(t, s, Query("SELECT count(*) AS v WHERE ", Value{}, " IS NULL")); got != "1" {
		t.Error("NULL is not NULL")
	}
	for _, typ := range []string{"Nullable(String)", "Nullable(Int64)", "Nullable(Date)", "Nullable(DateTime64(3, 'UTC'))", "Nullable(Decimal(10, 2))"} {
		if got := one(t, s, Query("SELECT ", Value{Null: typ}, " AS v")); got != "␀" {
			t.Errorf("NULL of type %s: got %q", typ, got)
		}
	}
	if got := one(t, s, Query("SELECT coalesce(", Value{Null: "Nullable(Int64)"}, ", 7) AS v")); got != "7" {
		t.Errorf("coalesce: got %s", got)
	}
}
