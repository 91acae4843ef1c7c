package forms

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A relative date is an anchor and any number of offsets, as in "today", "month_start -1M" or "year_start+1y-1d". It is resolved
// against Env.Now in Env.Location.
//
// Anchors are today, yesterday, tomorrow; monday to sunday, the day of the current week, which begins on Monday, so that sunday
// is yet to come on any other day; week_start, week_end, month_start, month_end, quarter_start, quarter_end, year_start, year_end;
// and for a datetime now. Every other anchor of a datetime is the first moment of the day.
//
// Offsets count d days, w weeks, M months, q quarters, y years, and for a datetime h hours, m minutes, s seconds; they apply
// from left to right. Months, quarters and years lead to the same day, or the last one of a shorter month. The end of a month
// stays one: on 28 February, month_end-1M is 31 January. A datetime keeps what clocks show when days and more are added, and
// moves past a time that the clocks skip.

// anchors give the day for today.
var anchors = map[string]func(Date) Date{
	"today":         func(d Date) Date { return d },
	"yesterday":     func(d Date) Date { return d.AddDays(-1) },
	"tomorrow":      func(d Date) Date { return d.AddDays(1) },
	"monday":        Date.weekStart,
	"tuesday":       func(d Date) Date { return d.weekStart().AddDays(1) },
	"wednesday":     func(d Date) Date { return d.weekStart().AddDays(2) },
	"thursday":      func(d Date) Date { return d.weekStart().AddDays(3) },
	"friday":        func(d Date) Date { return d.weekStart().AddDays(4) },
	"saturday":      func(d Date) Date { return d.weekStart().AddDays(5) },
	"sunday":        func(d Date) Date { return d.weekStart().AddDays(6) },
	"week_start":    Date.weekStart,
	"week_end":      func(d Date) Date { return d.weekStart().AddDays(6) },
	"month_start":   Date.monthStart,
	"month_end":     Date.monthEnd,
	"quarter_start": Date.quarterStart,
	"quarter_end":   func(d Date) Date { return d.quarterStart().AddMonths(2).monthEnd() },
	"year_start":    func(d Date) Date { return Date{d.Year, time.January, 1} },
	"year_end":      func(d Date) Date { return Date{d.Year, time.December, 31} },
}

var (
	relativeForm = regexp.MustCompile(`^([A-Za-z_]+)((?:\s*[+-]\s*[0-9]{1,6}\s*[A-Za-z])*)$`)
	offsetForm   = regexp.MustCompile(`([+-])\s*([0-9]+)\s*([A-Za-z])`)
)

// relative is a relative date taken apart.
type relative struct {
	anchor  string
	offsets []offset
}

type offset struct {
	count int
	unit  string
}

// isRelative tells a relative date, right or wrong, from one of the calendar.
func isRelative(text string) bool {
	return text != "" && (text[0]|0x20 >= 'a' && text[0]|0x20 <= 'z')
}

func parseRelative(text, code string) (relative, error) {
	m := matchShort(relativeForm, text)
	if m == nil {
		return relative{}, mistakef(code, text)
	}
	r := relative{anchor: strings.ToLower(m[1])}
	if anchors[r.anchor] == nil && r.anchor != "now" {
		if near := nearest(r.anchor, slices.Sorted(maps.Keys(anchors))); len(near) > 0 {
			return r, mistakef("date_near", text, near[0])
		}
		return r, mistakef(code, text)
	}
	for _, part := range offsetForm.FindAllStringSubmatch(m[2], -1) {
		count, err := strconv.Atoi(part[1] + part[2])
		if err != nil {
			return r, mistakef(code, text)
		}
		r.offsets = append(r.offsets, offset{count, part[3]})
	}
	return r, nil
}

// date resolves to a day.
func (r relative) date(today Date, text string) (Date, error) {
	if r.anchor == "now" {
		return Date{}, mistakef("date_now", text)
	}
	day := anchors[r.anchor](today)
	atEnd := r.endsMonth()
	for _, o := range r.offsets {
		if strings.Contains("hms", o.unit) {
			return Date{}, mistakef("date_clock", text)
		}
		next, err := o.move(day, atEnd, text)
		if err != nil {
			return Date{}, err
		}
		day, atEnd = next, atEnd && !strings.Contains("dw", o.unit)
	}
	return day, nil
}

// time resolves to a moment; now has its zone.
func (r relative) time(now time.Time, text string) (time.Time, error) {
	at, atEnd := now, r.endsMonth()
	if r.anchor != "now" {
		at = anchors[r.anchor](DateOf(now)).In(now.Location())
	}
	for _, o := range r.offsets {
		if unit := clockUnits[o.unit]; unit != 0 {
			at, atEnd = at.Add(time.Duration(o.count)*unit), false
			continue
		}
		day, err := o.move(DateOf(at), atEnd, text)
		if err != nil {
			return at, err
		}
		at, _ = instant(clockOf(at).AddDate(0, 0, daysBetween(DateOf(at), day)), now.Location())
		atEnd = atEnd && !strings.Contains("dw", o.unit)
	}
	return at, nil
}

var clockUnits = map[string]time.Duration{"h": time.Hour, "m": time.Minute, "s": time.Second}

func (r relative) endsMonth() bool {
	return r.anchor == "month_end" || r.anchor == "quarter_end" || r.anchor == "year_end"
}

// move applies an offset of days or more; atEnd keeps the last day of a month the last.
func (o offset) move(day Date, atEnd bool, text string) (Date, error) {
	switch o.unit {
	case "d":
		day = day.AddDays(o.count)
	case "w":
		day = day.AddDays(7 * o.count)
	case "M", "q", "y":
		day = day.AddMonths(o.count * map[string]int{"M": 1, "q": 3, "y": 12}[o.unit])
		if atEnd {
			day = day.monthEnd()
		}
	default:
		return day, mistakef("date_unit", text, o.unit)
	}
	if day.Year < 1 || day.Year > 9999 {
		return day, mistakef("date_year", text, minYear, maxYear)
	}
	return day, nil
}

func daysBetween(a, b Date) int { return int(b.utc().Sub(a.utc()) / (24 * time.Hour)) }
