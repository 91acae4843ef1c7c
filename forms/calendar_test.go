package forms

import (
	"testing"
	"time"
)

func TestDate(t *testing.T) {
	t.Parallel()
	testReadings(t, thursday(t), Field{Type: Input, Kind: DateKind, Label: "Day"}, map[string]reading{
		"ISO":              {raw: "2025-01-31", data: Date{2025, 1, 31}},
		"short":            {raw: "2025-1-5", data: Date{2025, 1, 5}},
		"dots, day first":  {raw: " 05.01.2025 ", data: Date{2025, 1, 5}},
		"29 February":      {raw: "2024-02-29", data: Date{2024, 2, 29}},
		"first":            {raw: "1900-01-01", data: Date{1900, 1, 1}},
		"last":             {raw: "2299-12-31", data: Date{2299, 12, 31}},
		"midnight of YAML": {raw: time.Date(2025, 1, 31, 0, 0, 0, 0, time.UTC), data: Date{2025, 1, 31}},
		"nothing":          {raw: " "},

		"no such day":     {raw: "2025-02-31", mistake: `Day cannot be "2025-02-31": 31 February 2025 does not exist.`},
		"no leap year":    {raw: "29.02.2100", mistake: `Day cannot be "29.02.2100": 29 February 2100 does not exist.`},
		"day nought":      {raw: "2025-01-00", mistake: `Day cannot be "2025-01-00": 0 January 2025 does not exist.`},
		"no such month":   {raw: "2025-13-01", mistake: `Day cannot be "2025-13-01": there is no month 13.`},
		"before calendar": {raw: "1899-12-31", mistake: `Day cannot be "1899-12-31": years go from 1900 to 2299.`},
		"after calendar":  {raw: "2300-01-01", mistake: `Day cannot be "2300-01-01": years go from 1900 to 2299.`},
		"slashes":         {raw: "01/02/2025", mistake: `Day must be a date such as 2025-01-31, 31.01.2025, today-7d or month_start, not "01/02/2025".`},
		"number":          {raw: 20250131, mistake: `Day must be a date such as 2025-01-31, 31.01.2025, today-7d or month_start, not "20250131".`},
		"with time":       {raw: "2025-01-31 10:00", mistake: `Day must be a date such as 2025-01-31, 31.01.2025, today-7d or month_start, not "2025-01-31 10:00".`},
		"now":             {raw: "now", mistake: `Day cannot be "now": a date has no time, so write today.`},
		"hours":           {raw: "today-2h", mistake: `Day cannot be "today-2h": a date has no time; units are d, w, M (months), q and y.`},
		"slip":            {raw: "yestreday", mistake: `Day cannot be "yestreday": did you mean yesterday?`},
		"unknown word":    {raw: "whenever", mistake: `Day must be a date such as 2025-01-31, 31.01.2025, today-7d or month_start, not "whenever".`},
		"unknown unit":    {raw: "today-1D", mistake: `Day cannot be "today-1D": there is no unit D; units are d, w, M (months), q and y, and with a time h, m (minutes) and s.`},
		"far away":        {raw: "today+9999y", mistake: `Day cannot be "today+9999y": years go from 1900 to 2299.`},
		"there and back":  {raw: "today+999999y-999999y", mistake: `Day cannot be "today+999999y-999999y": years go from 1900 to 2299.`},
	})
}

func TestDateBounds(t *testing.T) {
	t.Parallel()
	testReadings(t, thursday(t), Field{Type: Input, Kind: DateKind, Label: "Day", Min: "today-1y", Max: "2025-06-30"}, map[string]reading{
		"at min": {raw: "2024-02-13", data: Date{2024, 2, 13}},
		"before": {raw: "2024-02-12", mistake: "Day must not be before 2024-02-13, but is 2024-02-12."},
		"after":  {raw: "2025-07-01", mistake: "Day must not be after 2025-06-30, but is 2025-07-01."},
	})
}

func TestRelativeDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ now, text, want string }{
		{"2025-02-13", "today", "2025-02-13"},
		{"2025-02-13", "Yesterday", "2025-02-12"},
		{"2025-02-28", "tomorrow", "2025-03-01"},
		{"2025-02-13", "today-30d", "2025-01-14"},
		{"2025-02-13", "today + 1d - 2w", "2025-01-31"},
		{"2025-02-13", "today -1M+1q -1y", "2024-04-13"},
		{"2025-02-13", "monday", "2025-02-10"},
		{"2025-02-10", "monday", "2025-02-10"},
		{"2025-02-16", "monday", "2025-02-10"},
		{"2025-02-13", "thursday", "2025-02-13"},
		{"2025-02-13", "sunday", "2025-02-16"},
		{"2025-02-13", "friday-1w", "2025-02-07"},
		{"2025-02-16", "week_start", "2025-02-10"},
		{"2025-02-16", "week_end", "2025-02-16"},
		{"2025-02-17", "week_end", "2025-02-23"},
		{"2025-01-01", "week_start", "2024-12-30"},
		{"2024-02-13", "month_end", "2024-02-29"},
		{"2025-05-13", "quarter_start", "2025-04-01"},
		{"2025-05-13", "quarter_end", "2025-06-30"},
		{"2025-12-31", "quarter_start", "2025-10-01"},
		{"2025-05-13", "year_start", "2025-01-01"},
		{"2025-05-13", "year_end+1y", "2026-12-31"},
		{"2025-01-31", "today+1M", "2025-02-28"},
		{"2024-01-31", "today+1M", "2024-02-29"},
		{"2024-02-29", "today-1y", "2023-02-28"},
		{"2025-01-31", "today+1M+1M", "2025-03-28"},
		{"2025-01-15", "today-1M", "2024-12-15"},
		{"2025-02-13", "month_start-1M", "2025-01-01"},
		{"2025-02-13", "month_end-1M", "2025-01-31"},
		{"2025-05-13", "quarter_end-1q", "2025-03-31"},
		{"2025-02-13", "month_end-1M-1d", "2025-01-30"},
		{"2025-02-13", "month_end-1d-1M", "2025-01-27"},
	} {
		env := at(t, "Asia/Tokyo", c.now+"T23:59:59+09:00")
		day, err := env.date(c.text)
		if err != nil || day.String() != c.want {
			t.Errorf("on %s %s is %v (%v), want %s", c.now, c.text, day, err, c.want)
		}
	}
}

func TestTodayIsThatOfTheReportsZone(t *testing.T) {
	t.Parallel()
	for zone, want := range map[string]string{"Asia/Tokyo": "2025-03-01", "America/Los_Angeles": "2025-02-28", "UTC": "2025-02-28"} {
		if day, _ := at(t, zone, "2025-02-28T20:00:00Z").date("today"); day.String() != want {
			t.Errorf("got %v in %s, want %s", day, zone, want)
		}
	}
}

func TestDateTime(t *testing.T) {
	t.Parallel()
	utc := func(hour, minute, second, nano int) time.Time {
		return time.Date(2025, 1, 31, hour, minute, second, nano, time.UTC)
	}
	testReadings(t, thursday(t), Field{Type: Input, Kind: DateTime, Label: "Since"}, map[string]reading{
		"local":         {raw: "2025-01-31 10:00", data: utc(9, 0, 0, 0)},
		"with T":        {raw: "2025-01-31T10:00:05.123", data: utc(9, 0, 5, 123e6)},
		"dots":          {raw: "31.01.2025 9:05", data: utc(8, 5, 0, 0)},
		"microseconds":  {raw: "2025-01-31 10:00:00,123456000", data: utc(9, 0, 0, 123456e3)},
		"UTC":           {raw: "2025-01-31T10:00:00Z", data: utc(10, 0, 0, 0)},
		"offset":        {raw: "2025-01-31T10:00:00+03:00", data: utc(7, 0, 0, 0)},
		"west":          {raw: "2025-01-31 10:00 -0330", data: utc(13, 30, 0, 0)},
		"day alone":     {raw: "2025-01-31", data: time.Date(2025, 1, 30, 23, 0, 0, 0, time.UTC)},
		"time value":    {raw: utc(10, 0, 0, 0), data: utc(10, 0, 0, 0)},
		"today":         {raw: "today", data: time.Date(2025, 2, 12, 23, 0, 0, 0, time.UTC)},
		"now":           {raw: "now", data: time.Date(2025, 2, 13, 14, 4, 5, 0, time.UTC)},
		"now-2h":        {raw: "now -2h -4m -5s", data: time.Date(2025, 2, 13, 12, 0, 0, 0, time.UTC)},
		"month_start":   {raw: "month_start-1M+8h", data: time.Date(2025, 1, 1, 7, 0, 0, 0, time.UTC)},
		"month_end":     {raw: "month_end-1M", data: time.Date(2025, 1, 30, 23, 0, 0, 0, time.UTC)},
		"nothing":       {raw: ""},
		"nanoseconds":   {raw: "2025-01-31 10:00:00.123456789", mistake: `Since must be exact to the microsecond at most, unlike "2025-01-31 10:00:00.123456789".`},
		"no such hour":  {raw: "2025-01-31 24:00", mistake: `Since cannot be "2025-01-31 24:00": there is no such time of day.`},
		"no such day":   {raw: "2025-02-31 10:00", mistake: `Since cannot be "2025-02-31": 31 February 2025 does not exist.`},
		"no such zone":  {raw: "2025-01-31T10:00:00+25:00", mistake: `Since cannot be "2025-01-31T10:00:00+25:00": there is no such offset from UTC.`},
		"1899 in UTC":   {raw: "1900-01-01 00:10", mistake: `Since cannot be "1900-01-01 00:10": years go from 1900 to 2299.`},
		"2300 in UTC":   {raw: "2299-12-31T23:30:00-01:00", mistake: `Since cannot be "2299-12-31T23:30:00-01:00": years go from 1900 to 2299.`},
		"not a time":    {raw: "2025-01-31 noon", mistake: `Since must be ` + timeExample + `, not "2025-01-31 noon".`},
		"afternoon":     {raw: "2025-01-31 10:00 pm", mistake: `Since must be ` + timeExample + `, not "2025-01-31 10:00 pm".`},
		"time alone":    {raw: "10:00", mistake: `Since must be ` + timeExample + `, not "10:00".`},
		"beyond a year": {raw: "now+99999999h", mistake: `Since must be ` + timeExample + `, not "now+99999999h".`},
		"far away":      {raw: "now-999999d", mistake: `Since cannot be "now-999999d": years go from 1900 to 2299.`},
	})
}

// The zones change their clocks at night, at midnight, by half an hour and by a whole day.
func TestClockChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, text, want string }{
		{"Europe/Berlin", "2025-03-30 01:59:59", "2025-03-30T01:59:59+01:00"},
		{"Europe/Berlin", "2025-03-30 03:00", "2025-03-30T03:00:00+02:00"},
		{"Europe/Berlin", "2025-10-26 02:30", "2025-10-26T02:30:00+02:00"},
		{"Europe/Berlin", "2025-10-26 02:00", "2025-10-26T02:00:00+02:00"},
		{"Europe/Berlin", "2025-10-26T02:30:00+01:00", "2025-10-26T02:30:00+01:00"},
		{"Europe/Berlin", "2025-10-26 03:00", "2025-10-26T03:00:00+01:00"},
		{"Europe/Berlin", "2298-07-01 12:00", "2298-07-01T12:00:00+02:00"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"},
		{"America/Sao_Paulo", "2018-02-17 23:30", "2018-02-17T23:30:00-02:00"},
		{"America/Sao_Paulo", "2018-02-18", "2018-02-18T00:00:00-03:00"},
		{"Australia/Lord_Howe", "2025-04-06 01:45", "2025-04-06T01:45:00+11:00"},
		{"Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"},
		{"Pacific/Apia", "2011-12-29 23:59", "2011-12-29T23:59:00-10:00"},
		{"America/Toronto", "1919-03-31", "1919-03-31T00:30:00-04:00"},
	} {
		got, err := at(t, c.zone, "2025-01-01T00:00:00Z").datetime(c.text)
		if err != nil || got.Format(time.RFC3339) != c.want {
			t.Errorf("%s in %s is %s (%v), want %s", c.text, c.zone, got.Format(time.RFC3339), err, c.want)
		}
	}
}

func TestSkippedTimesDoNotExist(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, text, jump string }{
		{"Europe/Berlin", "2025-03-30 02:00", "from 02:00 to 03:00"},
		{"Europe/Berlin", "2025-03-30 02:59:59", "from 02:00 to 03:00"},
		{"America/Sao_Paulo", "2018-11-04 00:30", "from 00:00 to 01:00"},
		{"Australia/Lord_Howe", "2025-10-05 02:15", "from 02:00 to 02:30"},
		{"Pacific/Apia", "2011-12-30 12:00", "from 00:00 to 00:00"},
	} {
		_, err := readOne(at(t, c.zone, "2025-01-01T00:00:00Z"), Field{Type: Input, Kind: DateTime, Label: "Since"}, c.text)
		want := `Since cannot be "` + c.text + `": that time does not exist in ` + c.zone + ", where clocks jump " + c.jump + "."
		if got := oneMistake(t, err); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestRelativeTimesKeepTheClockAcrossChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ zone, now, text, want string }{
		{"Europe/Berlin", "2025-03-30T12:00:00+02:00", "now-1d", "2025-03-29T12:00:00+01:00"},
		{"Europe/Berlin", "2025-03-30T12:00:00+02:00", "now-24h", "2025-03-29T11:00:00+01:00"},
		{"Europe/Berlin", "2025-03-31T02:30:00+02:00", "now-1d", "2025-03-30T03:00:00+02:00"},
		{"Europe/Berlin", "2025-10-26T02:30:00+01:00", "now", "2025-10-26T02:30:00+01:00"},
		{"Europe/Berlin", "2025-10-26T12:00:00+01:00", "today", "2025-10-26T00:00:00+02:00"},
		{"America/Sao_Paulo", "2018-11-04T12:00:00-02:00", "today", "2018-11-04T01:00:00-02:00"},
		{"America/Sao_Paulo", "2018-11-05T00:00:00-02:00", "today-1d", "2018-11-04T01:00:00-02:00"},
	} {
		got, err := at(t, c.zone, c.now).datetime(c.text)
		if err != nil || got.Format(time.RFC3339) != c.want {
			t.Errorf("%s at %s is %s (%v), want %s", c.text, c.now, got.Format(time.RFC3339), err, c.want)
		}
	}
}

func TestDateRange(t *testing.T) {
	t.Parallel()
	january := Range{Date{2025, 1, 1}, Date{2025, 1, 31}}
	testReadings(t, thursday(t), Field{Type: Input, Kind: DateRange, Label: "Period"}, map[string]reading{
		"text":            {raw: "2025-01-01..2025-01-31", data: january},
		"dots and spaces": {raw: " 01.01.2025 .. 31.01.2025 ", data: january},
		"relative":        {raw: "month_start-1M..month_end-1M", data: january},
		"map":             {raw: map[string]any{"from": "2025-01-01", "to": time.Date(2025, 1, 31, 0, 0, 0, 0, time.UTC)}, data: january},
		"map of text":     {raw: map[string]string{"from": "2025-01-01", "to": "2025-01-31"}, data: january},
		"one day":         {raw: "yesterday", data: Range{Date{2025, 2, 12}, Date{2025, 2, 12}}},
		"open start":      {raw: "..2025-01-31", data: Range{To: january.To}},
		"open end":        {raw: map[string]any{"from": "2025-01-01", "to": nil}, data: Range{From: january.From}},
		"both open":       {raw: " .. "},
		"empty map":       {raw: map[string]any{"from": "", "to": " "}},
		"nothing":         {raw: ""},
		"backwards":       {raw: "today..yesterday", mistake: "Period cannot be from 2025-02-13 to 2025-02-12: the first day comes after the last."},
		"no such day":     {raw: "2025-02-01..2025-02-31", mistake: `Period cannot be "2025-02-31": 31 February 2025 does not exist.`},
		"third dot":       {raw: "2025-01-01...2025-01-31", mistake: `Period must be ` + dateExample + `, not ".2025-01-31".`},
		"other key":       {raw: map[string]any{"from": "2025-01-01", "till": "x"}, mistake: `Period takes from and to, not "till".`},
		"list":            {raw: []string{"2025-01-01", "2025-01-31"}, mistake: "Period takes one value, but 2 were given."},
	})
}

func TestBoundedOrRequiredRangesAreClosed(t *testing.T) {
	t.Parallel()
	testReadings(t, thursday(t), Field{Type: Input, Kind: DateRange, Label: "Period", Min: "2025-01-01"}, map[string]reading{
		"open end":   {raw: "2025-01-01..", data: Range{From: Date{2025, 1, 1}}},
		"open start": {raw: "..2025-02-01", mistake: "Period needs its first day."},
		"too early":  {raw: "2024-12-31..2025-01-31", mistake: "Period must not be before 2025-01-01, but is 2024-12-31."},
	})
	testReadings(t, thursday(t), Field{Type: Input, Kind: DateRange, Label: "Period", Required: true}, map[string]reading{
		"required, open end": {raw: "2025-01-01..", mistake: "Period needs its last day."},
		"required, nothing":  {raw: "..", mistake: "Period is required."},
	})
}

func TestDateText(t *testing.T) {
	t.Parallel()
	var day Date
	if err := day.UnmarshalText([]byte("2024-02-29")); err != nil || day != (Date{2024, 2, 29}) {
		t.Errorf("got %v, %v", day, err)
	}
	if text, _ := day.MarshalText(); string(text) != "2024-02-29" {
		t.Errorf("got %s", text)
	}
	if got := day.Format("2 January 2006"); got != "29 February 2024" {
		t.Errorf("got %s", got)
	}
	if err := day.UnmarshalText(nil); err != nil || !day.IsZero() || day.String() != "" {
		t.Errorf("got %v, %v", day, err)
	}
	if _, err := ParseDate("2025-02-29"); err == nil || err.Error() != `"2025-02-29" is not a date such as 2025-01-31` {
		t.Errorf("got %v", err)
	}
}
