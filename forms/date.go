package forms

import (
	"cmp"
	"fmt"
	"time"
)

// Dates and times are taken from these years, which ClickHouse's Date32 and DateTime64 can hold.
const (
	minYear = 1900
	maxYear = 2299
)

// Date is a day of the calendar, without a zone. The zero Date is no day at all.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Range is a period of days, both ends included. An open end is the zero Date (see Date.IsZero).
type Range struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// DateOf is the day that clocks in t's zone show.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// ParseDate reads 2025-01-31 and nothing else.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("%s is not a date such as 2025-01-31", quoted(text))
	}
	return DateOf(t), nil
}

// String is ISO 8601, as in 2025-01-31; empty for the zero Date.
func (d Date) String() string { return d.Format(time.DateOnly) }

// Format takes a layout of package time; the zero Date gives the empty text.
func (d Date) Format(layout string) string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(layout)
}

func (d Date) IsZero() bool { return d == Date{} }

// Compare is -1, 0 or 1 as d is before, on or after the other.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

func (d Date) AddDays(n int) Date { return DateOf(d.utc().AddDate(0, 0, n)) }

// AddMonths goes to the same day of another month, or to its last day where it is shorter: 31 January + 1 is 28 February.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return Date{first.Year(), first.Month(), min(d.Day, DateOf(first).monthEnd().Day)}
}

func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// In is the first moment of the day in a zone: midnight, unless the clocks skip it.
func (d Date) In(zone *time.Location) time.Time {
	at, _ := instant(d.utc(), zone)
	return at
}

// MarshalText is String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is ParseDate; the empty text gives the zero Date.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

func (d Date) exists() bool { return DateOf(d.utc()) == d }

func (d Date) monthStart() Date { return Date{d.Year, d.Month, 1} }

func (d Date) monthEnd() Date { return DateOf(time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC)) }

func (d Date) quarterStart() Date { return Date{d.Year, d.Month - (d.Month-1)%3, 1} }

// weekStart is the Monday of the ISO week.
func (d Date) weekStart() Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// String is the period as people write it.
func (r Range) String() string {
	switch {
	case r.From.IsZero() && r.To.IsZero():
		return ""
	case r.From.IsZero():
		return "until " + r.To.String()
	case r.To.IsZero():
		return "from " + r.From.String()
	case r.From == r.To:
		return r.From.String()
	}
	return r.From.String() + " – " + r.To.String()
}
