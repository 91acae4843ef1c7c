package rowbinary

import (
	"fmt"
	"math"
	"time"
)

// clock turns moments into the wall-clock time of one zone. It remembers the offset between two changes, so that most values cost
// an addition; for that reason it is not for several goroutines at once.
type clock struct {
	zone        *time.Location // UTC when nil
	from, until int64          // unix seconds in which offset holds
	offset      int64
}

// wall is the number of seconds since 1970-01-01 00:00:00 that a clock on the wall shows.
func (c *clock) wall(unix int64) int64 {
	if unix < c.from || unix >= c.until {
		c.look(unix)
	}
	return unix + c.offset
}

func (c *clock) look(unix int64) {
	if c.zone == nil {
		c.zone = time.UTC
	}
	t := time.Unix(unix, 0).In(c.zone)
	_, offset := t.Zone()
	from, until := t.ZoneBounds()
	c.offset, c.from, c.until = int64(offset), math.MinInt64, math.MaxInt64
	if !from.IsZero() {
		c.from = from.Unix()
	}
	if !until.IsZero() {
		c.until = until.Unix()
	}
}

// loadZone also knows the names ClickHouse gives to plain offsets, such as "Fixed/UTC+05:30:00".
func loadZone(name string) (*time.Location, error) {
	var sign byte
	var h, m, s int
	if n, _ := fmt.Sscanf(name, "Fixed/UTC%c%02d:%02d:%02d", &sign, &h, &m, &s); n == 4 && (sign == '+' || sign == '-') {
		offset := h*3600 + m*60 + s
		if sign == '-' {
			offset = -offset
		}
		return time.FixedZone(name, offset), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, fmt.Errorf("the time zone %q is not known on this computer", name)
	}
	return zone, nil
}

// civil is the day of the proleptic Gregorian calendar that many days after 1970-01-01. It counts from 1 March, so that leap days
// end a year, in eras of 400 years.
func civil(days int64) (year, month, day int64) {
	const perEra, toEpoch = 146097, 719468 // days of 400 years; days from 0000-03-01 to 1970-01-01
	days += toEpoch
	era := floorDiv(days, perEra)
	inEra := days - era*perEra
	yearOfEra := (inEra - inEra/1460 + inEra/36524 - inEra/146096) / 365
	dayOfYear := inEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	fromMarch := (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*fromMarch+2)/5 + 1
	month = fromMarch + 3
	year = yearOfEra + era*400
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
