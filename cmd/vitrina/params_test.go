package main

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/runner"
)

// values runs a report with these parameters and returns the values of its record.
func values(t *testing.T, path string, params ...string) map[string]any {
	t.Helper()
	args := []string{path, "--format", "csv"}
	for _, param := range params {
		args = append(args, "-p", param)
	}
	return record(t, args...).Values
}

func TestParameters(t *testing.T) {
	t.Parallel()
	path := report(t, `timezone: Asia/Tokyo
form:
  - {name: q, type: input, default: from the report}
  - {name: n, type: input, kind: integer, default: 3}
  - {name: amount, type: input, kind: decimal}
  - {name: on, type: input, kind: boolean}
  - {name: day, type: input, kind: date}
  - {name: at, type: input, kind: datetime}
  - {name: period, type: input, kind: daterange}
  - {name: ids, type: input, kind: list}
  - {name: numbers, type: input, kind: list, of: integer}
  - {name: pick, type: select, options: [{value: "@home"}, {value: b}]}
  - {name: boxes, type: checkbox, default: [a], options: [{value: a}, {value: b}, {value: "c,d"}]}`, cell("c", "SELECT 1 AS one"))
	list := write(t, "ids.txt", "a\r\nb,c\n\n d \na\n")
	whole := write(t, "whole.txt", "12\n7\n")
	mark := write(t, "mark.txt", "\ufeff1;2;3")
	for name, c := range map[string]struct {
		params []string
		field  string
		want   any
	}{
		"default":                      {nil, "q", "from the report"},
		"text":                         {[]string{"q=a=b"}, "q", "a=b"},
		"spaces stay":                  {[]string{"q=  a  "}, "q", "  a  "},
		"nothing despite the default":  {[]string{"q="}, "q", nil},
		"no number despite it":         {[]string{"n="}, "n", nil},
		"zero":                         {[]string{"n=0"}, "n", json.Number("0")},
		"no box despite it":            {[]string{"boxes="}, "boxes", nil},
		"@ doubled":                    {[]string{"q=@@home"}, "q", "@home"},
		"@ alone":                      {[]string{"q=@"}, "q", "@"},
		"@ within":                     {[]string{"q=me@home"}, "q", "me@home"},
		"option with @":                {[]string{"pick=@@home"}, "pick", "@home"},
		"text of a file":               {[]string{"q=@" + whole}, "q", "12\n7\n"},
		"list of a file":               {[]string{"ids=@" + list}, "ids", []any{"a", "b,c", "d"}},
		"list of two files":            {[]string{"ids=@" + list, "ids=@" + whole}, "ids", []any{"a", "b,c", "d", "12", "7"}},
		"list of a file and more":      {[]string{"numbers=@" + whole, "numbers=5", "numbers=7"}, "numbers", []any{json.Number("12"), json.Number("7"), json.Number("5")}},
		"list with a byte order mark":  {[]string{"numbers=@" + mark}, "numbers", []any{json.Number("1"), json.Number("2"), json.Number("3")}},
		"two files with marks":         {[]string{"numbers=@" + mark, "numbers=@" + mark}, "numbers", []any{json.Number("1"), json.Number("2"), json.Number("3")}},
		"list in a line":               {[]string{"ids=a, b;c\td"}, "ids", []any{"a", "b", "c", "d"}},
		"list of parameters":           {[]string{"ids=a", "ids=b,c", "ids=a"}, "ids", []any{"a", "b,c"}},
		"empty list":                   {[]string{"ids="}, "ids", nil},
		"boxes":                        {[]string{"boxes=b", "boxes=a"}, "boxes", []any{"a", "b"}},
		"boxes in a line":              {[]string{"boxes=b,a"}, "boxes", []any{"a", "b"}},
		"box with a comma":             {[]string{"boxes=c,d"}, "boxes", []any{"c,d"}},
		"boxes with a comma":           {[]string{"boxes=c,d", "boxes=a"}, "boxes", []any{"a", "c,d"}},
		"all boxes":                    {[]string{"boxes=all"}, "boxes", []any{"a", "b", "c,d"}},
		"range":                        {[]string{"period=2025-01-01..2025-01-31"}, "period", map[string]any{"from": "2025-01-01", "to": "2025-01-31"}},
		"range open at its end":        {[]string{"period=2025-01-01.."}, "period", map[string]any{"from": "2025-01-01", "to": nil}},
		"range open at its start":      {[]string{"period=..2025-01-31"}, "period", map[string]any{"from": nil, "to": "2025-01-31"}},
		"no range":                     {[]string{"period="}, "period", nil},
		"leap day":                     {[]string{"day=2024-02-29"}, "day", "2024-02-29"},
		"moment in the report's zone":  {[]string{"at=2025-01-01 12:00"}, "at", "2025-01-01T12:00:00+09:00"},
		"decimal":                      {[]string{"amount=0.1000000000000000000001"}, "amount", "0.1000000000000000000001"},
		"yes":                          {[]string{"on=yes"}, "on", true},
		"no":                           {[]string{"on=0"}, "on", false},
		"negative number after a dash": {[]string{"n=-5"}, "n", json.Number("-5")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := values(t, path, c.params...)[c.field]; !reflect.DeepEqual(got, c.want) {
				t.Errorf("%q: %#v, not %#v", c.params, got, c.want)
			}
		})
	}
}

func TestParametersFromStandardInput(t *testing.T) {
	t.Parallel()
	path := report(t, "form: [{name: ids, type: input, kind: list}, {name: q, type: input}]", cell("c", "SELECT {{ .ids }} AS ids, {{ .q }} AS q"))
	run := func(in string, params ...string) outcome {
		args := []string{"run", path, "--json", "--format", "csv", "--out", t.TempDir(), "--data", dataDir(t)}
		return vitrinaWith(t.Context(), strings.NewReader(in), append(args, params...)...)
	}
	got := run("a\nb\n", "-p", "ids=@-")
	if run := parseRecord(t, got.out); !reflect.DeepEqual(run.Values["ids"], []any{"a", "b"}) {
		t.Errorf("%+v", run)
	}
	refused(t, run("a\nb\n", "-p", "ids=@-", "-p", "q=@-"), "standard input", "once")
	refused(t, run("\xff", "-p", "q=@-"), "-p q=@-", "UTF-8")
}

// As many values as a list takes travel to the database, from a file with the spaces and repetitions of real life.
func TestAMillionValues(t *testing.T) {
	t.Parallel()
	path := report(t, "form: [{name: ids, type: input, kind: list, of: integer}]\nexports: [{cells: [c], format: csv}]",
		cell("c", "SELECT count(), sum(number) FROM numbers(3000000) WHERE number IN {{ .ids }}"))
	list := write(t, "ids.txt", "\ufeff"+strings.ReplaceAll(numbers(1_000_000), "\n", " \r\n")+"7\r\n\r\n")
	var out strings.Builder
	code := execute(t.Context(), []string{"run", path, "-p", "ids=@" + list, "--out", t.TempDir(), "--data", dataDir(t)}, streams{out: &out, err: &out})
	file, _, _ := strings.Cut(out.String(), "\t")
	if code != exitDone || string(read(t, file)) != "\"count()\",\"sum(number)\"\r\n1000000,499999500000\r\n" {
		t.Errorf("code %d, %s", code, out.String())
	}
}

// Relative dates are those of the report's own zone, and what they were is in the record.
func TestRelativeDatesAreRecorded(t *testing.T) {
	t.Parallel()
	got := values(t, report(t, `timezone: Pacific/Kiritimati
form: [{name: day, type: input, kind: date, default: today}, {name: period, type: input, kind: daterange, default: {from: today-1d, to: today}}]`,
		cell("c", "SELECT {{ .day }} AS d")))
	zone, err := time.LoadLocation("Pacific/Kiritimati")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().In(zone)
	today, yesterday := now.Format(time.DateOnly), now.AddDate(0, 0, -1).Format(time.DateOnly)
	if got["day"] != today && got["day"] != yesterday { // the day may have ended meanwhile
		t.Errorf("%v, not %s", got["day"], today)
	}
	if period := got["period"].(map[string]any); period["to"] != got["day"] {
		t.Errorf("%v", period)
	}
}

// The values of a record, given again, yield the same record: also those that defaults, labels and relative dates had led to.
func TestRecordedValuesGiveTheSameRun(t *testing.T) {
	t.Parallel()
	path := report(t, `timezone: America/New_York
form:
  - {name: q, type: input, default: "@O'Brien"}
  - {name: n, type: input, kind: integer, default: -3}
  - {name: big, type: input, kind: integer, default: "18446744073709551615"}
  - {name: amount, type: input, kind: decimal, default: "0.10"}
  - {name: on, type: input, kind: boolean, default: false}
  - {name: day, type: input, kind: date, default: month_start}
  - {name: at, type: input, kind: datetime, default: "2025-11-02 01:30"}
  - {name: period, type: input, kind: daterange, default: {from: monday-1w}}
  - {name: ids, type: input, kind: list, default: ["a,b", c, "\"d\""]}
  - {name: none, type: input}
  - {name: boxes, type: checkbox, default: [b, a], options: [{value: a}, {value: b}]}`,
		cell("c", "SELECT {{ .q }} AS q, {{ .n }} AS n, {{ .big }} AS big, {{ .amount }} AS amount, {{ .on }} AS on, {{ .day }} AS day, {{ .at }} AS at, "+
			"{{ .period.from }} AS f, {{ .period.to }} AS t, {{ .ids }} AS ids, {{ .none }} AS none, {{ .boxes }} AS boxes"))
	first := record(t, path, "--format", "json")
	args := []string{path, "--format", "json"}
	for name, value := range first.Values {
		for _, text := range asParameters(t, value) {
			args = append(args, "-p", name+"="+text)
		}
	}
	second := record(t, args...)
	if !reflect.DeepEqual(first.Values, second.Values) {
		t.Errorf("%v\n%v", first.Values, second.Values)
	}
	if a, b := string(artifact(t, first, "json")), string(artifact(t, second, "json")); a != b {
		t.Errorf("%s\n%s", a, b)
	}
}

// asParameters writes a recorded value as -p takes it.
func asParameters(t *testing.T, value any) []string {
	t.Helper()
	switch v := value.(type) {
	case nil:
		return []string{""}
	case string:
		if strings.HasPrefix(v, "@") {
			v = "@" + v
		}
		return []string{v}
	case []any:
		var texts []string
		for _, item := range v {
			texts = append(texts, asParameters(t, item)...)
		}
		return texts
	case map[string]any:
		return []string{asParameters(t, v["from"])[0] + ".." + asParameters(t, v["to"])[0]}
	}
	return []string{string(mustJSON(t, value))}
}

// The record says what ran, exactly.
func TestRunRecord(t *testing.T) {
	t.Parallel()
	path := report(t, "form: [{name: q, type: input}]", "# {{ .q }}\n\n{{ rows \"c\" }} rows, the first {{ value \"c\" \"n\" }}.\n\n"+cell("c", "SELECT number + 5 AS n FROM numbers(3)"))
	run := record(t, path, "-p", "q=hello", "--format", "csv")
	if run.ID == "" || run.Report != "report" || run.Title != "Test" || len(run.Document) != 64 || run.Timezone != "UTC" {
		t.Errorf("%+v", run)
	}
	if run.Status != runner.Succeeded || run.Error != "" || run.Finished.Before(run.Started) || time.Since(run.Started) > time.Minute {
		t.Errorf("%s %q %v %v", run.Status, run.Error, run.Started, run.Finished)
	}
	if run.Text != "# hello\n\n3 rows, the first 5." {
		t.Errorf("%q", run.Text)
	}
	if c := run.Cells[0]; c.Name != "c" || c.Source != "warehouse" || c.Rows != 3 || c.Bytes == 0 || c.Seconds <= 0 || c.QueryID == "" {
		t.Errorf("%+v", c)
	}
	data := artifact(t, run, "csv")
	a := run.Artifacts[0]
	if a.Name != "Test c.csv" || a.Rows != 3 || a.Bytes != int64(len(data)) || a.SHA256 != sum(data) {
		t.Errorf("%+v", a)
	}
}
