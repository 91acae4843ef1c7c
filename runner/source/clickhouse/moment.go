package clickhouse

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// clock is how moments are sent: as a count of milli-, micro- or nanoseconds since 1970, which leaves nothing to be mistaken.
type clock struct {
	digits int
	zone   string
}

// clockFor has the zone of the first value and as many digits of the second as the values need, in steps of three.
func clockFor(values ...time.Time) (clock, error) {
	c := clock{digits: 3, zone: "UTC"}
	for i, t := range values {
		if i == 0 {
			c.zone = zoneName(t)
		}
		for t.Nanosecond()%c.tick() != 0 {
			c.digits += 3
		}
	}
	for _, t := range values {
		if low, high := c.span(); t.Before(low) || t.After(high) {
			return c, invalid("the moment %s is outside of what ClickHouse holds with %d digits of the second, %s to %s",
				t.Format(time.RFC3339Nano), c.digits, low.Format(time.DateOnly), high.Format(time.DateOnly))
		}
	}
	return c, nil
}

// tick is the unit in nanoseconds.
func (c clock) tick() int { return map[int]int{3: 1_000_000, 6: 1000, 9: 1}[c.digits] }

func (c clock) ticks(t time.Time) string {
	perSecond := int64(time.Second) / int64(c.tick())
	return strconv.FormatInt(t.Unix()*perSecond+int64(t.Nanosecond()/c.tick()), 10)
}

// span is what a DateTime64 holds; nanoseconds leave less room.
func (c clock) span() (low, high time.Time) {
	high = time.Date(2299, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	if c.digits == 9 {
		high = time.Date(2262, 4, 11, 23, 47, 16, 0, time.UTC)
	}
	return time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), high
}

func (c clock) bind(text string) bound {
	return bound{
		typ:     fmt.Sprintf("DateTime64(%d, '%s')", c.digits, c.zone),
		text:    text,
		param:   "Int64",
		convert: "fromUnixTimestamp64" + map[int]string{3: "Milli", 6: "Micro", 9: "Nano"}[c.digits],
		args:    ", '" + c.zone + "'",
	}
}

var zonePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_+/-]*$`)

// zoneName is the value's zone if it has a name that ClickHouse knows too.
func zoneName(t time.Time) string {
	name := t.Location().String()
	if _, err := time.LoadLocation(name); err != nil || name == "Local" || !zonePattern.MatchString(name) {
		return "UTC"
	}
	return name
}
