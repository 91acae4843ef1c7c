package forms

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	dateForm = regexp.MustCompile(`^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))$`)
	timeForm = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|z|[+-]\d{2}:?\d{2}))?$`)
)

const (
	maxDateLength = 200 // bytes, relative dates with all their offsets

	dateExample = "a date such as 2025-01-31, 31.01.2025, today-7d or month_start"
	timeExample = "a date and time such as 2025-01-31 10:00, 2025-01-31T10:00:00+03:00 or now-2h"
)

var dates = measure[Date]{
	compare: Date.Compare,
	show:    Date.String,
	low:     "min_date",
	high:    "max_date",
}

var moments = measure[time.Time]{
	compare: time.Time.Compare,
	show:    timeLabel,
	low:     dates.low,
	high:    dates.high,
}

func (e Env) zone() *time.Location {
	if e.Location == nil {
		return time.UTC
	}
	return e.Location
}

// now is in the report's zone, to the microsecond, as times that are written may be.
func (e Env) now() time.Time { return e.Now.Round(0).Truncate(time.Microsecond).In(e.zone()) }

// date reads ISO dates, dates with dots, day first, and relative ones. Slashes are refused: they do not say which number is the day.
func (e Env) date(text string) (Date, error) {
	text = strings.TrimSpace(text)
	if isRelative(text) {
		r, err := parseRelative(text, "date")
		if err != nil {
			return Date{}, err
		}
		day, err := r.date(DateOf(e.now()), text)
		if err != nil {
			return Date{}, err
		}
		return day, inCalendar(day.Year, text)
	}
	return calendarDate(text, "date")
}

func calendarDate(text, code string) (Date, error) {
	m := matchShort(dateForm, text)
	if m == nil {
		return Date{}, mistakef(code, text)
	}
	day := Date{number(m[1] + m[6]), time.Month(number(m[2] + m[5])), number(m[3] + m[4])}
	if day.Month < 1 || day.Month > 12 {
		return Date{}, mistakef("date_month", text, int(day.Month))
	}
	if !day.exists() {
		return Date{}, mistakef("date_missing", text, day.Day, day.Month, day.Year)
	}
	return day, inCalendar(day.Year, text)
}

// matchShort spares patterns a text that is far too long for a date.
func matchShort(pattern *regexp.Regexp, text string) []string {
	if len(text) > maxDateLength {
		return nil
	}
	return pattern.FindStringSubmatch(text)
}

func inCalendar(year int, text string) error {
	if year < minYear || year > maxYear {
		return mistakef("date_year", text, minYear, maxYear)
	}
	return nil
}

// number is of digits that a pattern has matched, at most nine.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// datetime reads RFC 3339 with an offset; without one it is a time in the report's zone, the earlier where clocks show it twice
// and a mistake where they skip it. A date alone is its first moment.
func (e Env) datetime(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	at, err := e.anyTime(text)
	if err != nil {
		return at, err
	}
	at = at.In(e.zone())
	if err := inCalendar(at.Year(), text); err != nil {
		return at, err
	}
	return at, inCalendar(at.UTC().Year(), text)
}

func (e Env) anyTime(text string) (time.Time, error) {
	if isRelative(text) {
		r, err := parseRelative(text, "datetime")
		if err != nil {
			return time.Time{}, err
		}
		return r.time(e.now(), text)
	}
	datePart, timePart := cutTime(text)
	day, err := calendarDate(datePart, "datetime")
	if err != nil || timePart == "" {
		return day.In(e.zone()), err
	}
	m := matchShort(timeForm, timePart)
	if m == nil {
		return time.Time{}, mistakef("datetime", text)
	}
	clock, err := clockTime(m, text)
	if err != nil {
		return time.Time{}, err
	}
	return e.place(day.utc().Add(clock), m[5], text)
}

func cutTime(text string) (datePart, timePart string) {
	if at := strings.IndexAny(text, "Tt "); at >= 0 {
		return text[:at], strings.TrimLeft(text[at+1:], " ")
	}
	return text, ""
}

func clockTime(m []string, text string) (time.Duration, error) {
	hour, minute, second := number(m[1]), number(m[2]), number(m[3])
	if hour > 23 || minute > 59 || second > 59 {
		return 0, mistakef("time_of_day", text)
	}
	nanos := number((m[4] + "000000000")[:9])
	if nanos%1000 != 0 {
		return 0, mistakef("time_exact", text)
	}
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second +
		time.Duration(nanos), nil
}

// place puts a clock reading on the time line, by its offset or in the report's zone.
func (e Env) place(wall time.Time, zoneOffset, text string) (time.Time, error) {
	switch zoneOffset {
	case "":
		at, gap := instant(wall, e.zone())
		if gap != nil {
			return at, mistakef("time_missing", text, e.zone(), gap.before.Format("15:04"), gap.after.Format("15:04"))
		}
		return at, nil
	case "Z", "z":
		return wall, nil
	}
	digits := strings.ReplaceAll(zoneOffset[1:], ":", "")
	hours, minutes := number(digits[:2]), number(digits[2:])
	if hours > 23 || minutes > 59 {
		return wall, mistakef("time_offset", text)
	}
	east := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if zoneOffset[0] == '-' {
		east = -east
	}
	return wall.Add(-east), nil
}

// timeLabel leaves out seconds that are zero.
func timeLabel(t time.Time) string {
	switch {
	case t.Nanosecond() != 0:
		return t.Format("2006-01-02 15:04:05.999999")
	case t.Second() != 0:
		return t.Format("2006-01-02 15:04:05")
	}
	return t.Format("2006-01-02 15:04")
}

// dateRange reads "from..to", one date for a single day, or a map. An end may stay open unless the field is required or
// bounded on that side; both open mean nothing given.
func (e Env) dateRange(f *Field, raw any) (any, error) {
	from, to, err := rangeEnds(raw)
	if err != nil || from == "" && to == "" {
		return nil, err
	}
	limits, err := readBounds(f, dates, e.date)
	if err != nil {
		return nil, err
	}
	var period Range
	if period.From, err = e.rangeEnd(from, f.Required || limits.min != nil, limits, "range_from"); err != nil {
		return nil, err
	}
	if period.To, err = e.rangeEnd(to, f.Required || limits.max != nil, limits, "range_to"); err != nil {
		return nil, err
	}
	if !period.From.IsZero() && !period.To.IsZero() && period.To.Before(period.From) {
		return nil, mistakef("range_order", period.From, period.To)
	}
	return period, nil
}

func (e Env) rangeEnd(text string, needed bool, limits bounds[Date], missing string) (Date, error) {
	if text == "" {
		if needed {
			return Date{}, mistakef(missing)
		}
		return Date{}, nil
	}
	day, err := e.date(text)
	if err != nil {
		return Date{}, err
	}
	return day, limits.check(day)
}

func rangeEnds(raw any) (from, to string, err error) {
	if ends, ok := rangeMap(raw); ok {
		return mapEnds(ends)
	}
	text, err := dateText(raw)
	if err != nil {
		return "", "", err
	}
	from, to, ok := strings.Cut(text, "..")
	if !ok {
		to = from
	}
	return strings.TrimSpace(from), strings.TrimSpace(to), nil
}

func rangeMap(raw any) (map[string]any, bool) {
	switch ends := raw.(type) {
	case map[string]any:
		return ends, true
	case map[string]string:
		all := make(map[string]any, len(ends))
		for key, end := range ends {
			all[key] = end
		}
		return all, true
	}
	return nil, false
}

func mapEnds(ends map[string]any) (from, to string, err error) {
	for _, key := range slices.Sorted(maps.Keys(ends)) {
		if key != "from" && key != "to" {
			return "", "", mistakef("range_parts", key)
		}
	}
	if from, err = dateText(ends["from"]); err != nil {
		return "", "", err
	}
	to, err = dateText(ends["to"])
	return from, to, err
}

func dateText(raw any) (string, error) {
	text, err := one(dayOfTime(raw))
	return strings.TrimSpace(text), err
}

// dayOfTime takes a time at midnight, as YAML libraries make of a date, for the day.
func dayOfTime(raw any) any {
	if t, ok := raw.(time.Time); ok && t.Equal(DateOf(t).In(t.Location())) {
		return DateOf(t).String()
	}
	return raw
}
