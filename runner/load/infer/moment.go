package infer

import "time"

// The years that Date32 and DateTime64 hold.
const (
	firstYear = 1900
	lastYear  = 2299
)

const secondsPerDay = 24 * 60 * 60

// classifyTime takes YYYY-MM-DD, and with [ T]HH:MM[:SS[.f]] a clock, and with Z, ±HH, ±HHMM or ±HH:MM behind that an instant.
func classifyTime(s []byte) value {
	v, ok := parseDay(s[:10])
	if !ok {
		return value{class: text}
	}
	if s = s[10:]; len(s) == 0 {
		return v
	}
	if s[0] != ' ' && s[0] != 'T' || len(s) < len(" 15:04") {
		return value{class: text}
	}
	v.class = clock
	if s, ok = parseClock(&v, s[1:]); !ok {
		return value{class: text}
	}
	if len(s) == 0 {
		return v
	}
	offset, ok := parseOffset(s)
	v.class, v.seconds = instant, v.seconds-offset
	if year := time.Unix(v.seconds, 0).UTC().Year(); !ok || year < firstYear || year > lastYear {
		return value{class: text}
	}
	return v
}

func parseDay(s []byte) (value, bool) {
	year, ok1 := number(s[0:4])
	month, ok2 := number(s[5:7])
	date, ok3 := number(s[8:10])
	if !ok1 || !ok2 || !ok3 || year < firstYear || year > lastYear {
		return value{}, false
	}
	t := time.Date(year, time.Month(month), date, 0, 0, 0, 0, time.UTC)
	if t.Day() != date || t.Month() != time.Month(month) {
		return value{}, false
	}
	return value{class: day, days: t.Unix() / secondsPerDay, seconds: t.Unix()}, true
}

// parseClock adds HH:MM[:SS[.f]] to the day and returns what stands behind it.
func parseClock(v *value, s []byte) ([]byte, bool) {
	hour, ok1 := number(s[0:2])
	minute, ok2 := number(s[3:5])
	if !ok1 || !ok2 || s[2] != ':' || hour > 23 || minute > 59 {
		return nil, false
	}
	v.seconds += int64(hour*3600 + minute*60)
	if s = s[5:]; len(s) < 3 || s[0] != ':' {
		return s, true
	}
	second, ok := number(s[1:3])
	if !ok || second > 59 {
		return nil, false
	}
	v.seconds += int64(second)
	if s = s[3:]; len(s) == 0 || s[0] != '.' {
		return s, true
	}
	fraction, rest := digits(s[1:])
	v.precision = len(fraction)
	if v.precision < 1 || v.precision > 9 {
		return nil, false
	}
	for i := range 9 {
		v.nanos *= 10
		if i < len(fraction) {
			v.nanos += int64(fraction[i] - '0')
		}
	}
	return rest, true
}

// parseOffset reads the seconds east of UTC.
func parseOffset(s []byte) (int64, bool) {
	if string(s) == "Z" {
		return 0, true
	}
	sign := int64(1)
	switch s[0] {
	case '-':
		sign = -1
	case '+':
	default:
		return 0, false
	}
	switch s = s[1:]; {
	case len(s) == 2:
		s = append(s[:2:2], '0', '0')
	case len(s) == 5 && s[2] == ':':
		s = append(s[:2:2], s[3:]...)
	case len(s) != 4:
		return 0, false
	}
	hours, ok1 := number(s[:2])
	minutes, ok2 := number(s[2:])
	if !ok1 || !ok2 || hours > 15 || minutes > 59 {
		return 0, false
	}
	return sign * int64(hours*3600+minutes*60), true
}

// number reads digits alone.
func number(s []byte) (int, bool) {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
