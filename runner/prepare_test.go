package runner_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
)

// everyKind is a form with a field of each type and kind.
const everyKind = `form:
  - {name: word, type: input}
  - {name: whole, type: input, kind: integer}
  - {name: large, type: input, kind: integer}
  - {name: exact, type: input, kind: decimal}
  - {name: day, type: input, kind: date, min: today-7d}
  - {name: moment, type: input, kind: datetime}
  - {name: period, type: input, kind: daterange}
  - {name: open, type: input, kind: daterange}
  - {name: truth, type: input, kind: boolean}
  - {name: words, type: input, kind: list}
  - {name: ids, type: input, kind: list, of: integer}
  - {name: large_ids, type: input, kind: list, of: integer}
  - {name: one, type: select, options: [{value: a}, {value: "b,c"}]}
  - {name: one_number, type: select, kind: integer, options: {sql: "SELECT number AS value FROM numbers(100)"}}
  - {name: some, type: checkbox, options: [{value: a}, {value: "b,c"}, {value: all}]}
  - {name: some_numbers, type: checkbox, kind: integer, options: {sql: "SELECT number AS value FROM numbers(100)"}}
  - {name: hidden, type: input, show_if: '{{ eq .word "never" }}'}
  - {name: emptied, type: input, default: something}
  - {name: default, type: input, kind: date, default: month_start}
exports: [{cells: [c], format: csv}]`

// What a record holds prepares the same run again, by way of JSON and much later: that is how a worker takes up a job.
func TestARecordPreparesTheSameRun(t *testing.T) {
	t.Parallel()
	ids, words := make([]any, 100_000), make([]string, 100_000)
	for i := range ids {
		ids[i], words[i] = json.Number(fmt.Sprint(i*7919)), fmt.Sprintf("id, %d \"x\"", i)
	}
	values := forms.Raw{
		"word": " O'Brien\n", "whole": "-12", "large": "18446744073709551615", "exact": "12,50", "day": "today-3d", "moment": "now-90m", "period": "month_start..today",
		"open": "2025-01-01..", "truth": "yes", "words": words, "ids": ids, "large_ids": "9223372036854775808\n1", "one": "b,c", "one_number": 7, "some": []string{"all", "b,c"},
		"some_numbers": []any{99, "3"}, "hidden": "x", "emptied": "",
	}
	now := time.Date(2025, 3, 9, 23, 30, 15, 123456789, time.UTC)
	r := runner.New(runner.Options{Sources: newSources(t), WorkDir: t.TempDir(), Now: func() time.Time { return now }})
	report := compile(t, everyKind, cell("c", "SELECT {{ .word }} AS w"))
	first, err := r.Prepare(t.Context(), runner.Request{Report: report, Values: values})
	if err != nil {
		t.Fatal(err)
	}
	want := first.Run()
	stored, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(1, 1, 1)
	for name, decode := range map[string]func(*json.Decoder){"numbers as text": (*json.Decoder).UseNumber, "numbers as floats": func(*json.Decoder) {}} {
		var back runner.Run
		decoder := json.NewDecoder(bytes.NewReader(stored))
		decode(decoder)
		if err := decoder.Decode(&back); err != nil {
			t.Fatal(err)
		}
		again, err := r.Prepare(t.Context(), runner.Request{Report: report, Values: back.Values, ID: back.ID, Started: back.Started})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, again.Run()); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	if got := want.Values; got["day"] != "2025-03-06" || got["default"] != "2025-03-01" || got["hidden"] != nil || got["emptied"] != nil || len(got["words"].([]string)) != 100_000 {
		t.Errorf("%v %v %v %v", got["day"], got["default"], got["hidden"], got["emptied"])
	}
}

// What is prepared is queued, and nothing but options was asked for; its execution tells the same run.
func TestPreparedRunHasNotRun(t *testing.T) {
	t.Parallel()
	all := newSources(t)
	report := compile(t, "timezone: Asia/Tokyo\nform: [{name: q, type: input}]\nexports: [{cells: [c], format: csv}]", cell("c", "SELECT {{ .q }} AS q"))
	request := runner.Request{Report: report, Values: forms.Raw{"q": "x"}, Out: runner.Folder(t.TempDir())}
	prepared, err := newRunner(t, all).Prepare(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	queued := prepared.Run()
	if queued.Status != runner.Queued || queued.Title != "Test" || queued.Timezone != "Asia/Tokyo" || queued.Values["q"] != "x" || queued.Attempt != 1 ||
		queued.Started.IsZero() || !queued.Finished.IsZero() || len(queued.Document) != 64 || queued.Report != "test" || len(all.asked) > 0 {
		t.Errorf("%+v, asked %q", queued, all.asked)
	}
	done, err := prepared.Execute(t.Context())
	if err != nil || done.Status != runner.Succeeded || done.ID != queued.ID || !done.Started.Equal(queued.Started) || len(done.Artifacts) != 1 {
		t.Errorf("%+v, %v", done, err)
	}
	if prepared.Run().Status == runner.Running {
		t.Error("the record stays at running")
	}
}

func TestPrepareRefuses(t *testing.T) {
	t.Parallel()
	const limited = "form: [{name: partner, type: input, kind: integer, default: 19}]\nexports: [{cells: [c], format: csv}]"
	for name, c := range map[string]struct {
		front   string
		sql     string
		request runner.Request
		code    fault.Code
		field   string
	}{
		"a wrong value":        {limited, "SELECT 1 AS x", runner.Request{Values: forms.Raw{"partner": "x"}}, fault.Invalid, "partner"},
		"what is not allowed":  {limited, "SELECT 1 AS x", runner.Request{Allowed: map[string][]string{"partner": {"12", "15"}}}, fault.Invalid, "partner"},
		"an id that is none":   {limited, "SELECT 1 AS x", runner.Request{ID: "../x"}, fault.Invalid, ""},
		"an unknown format":    {limited, "SELECT 1 AS x", runner.Request{Format: "doc"}, fault.Invalid, ""},
		"a workbook not there": {"exports: [{cells: [c], format: xlsx, template: t.xlsx}]", "SELECT 1 AS x", runner.Request{}, fault.Invalid, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := newSources(t)
			c.request.Report = compile(t, c.front, cell("c", c.sql))
			prepared, err := newRunner(t, all).Prepare(t.Context(), c.request)
			if prepared != nil || fault.CodeOf(err) != c.code || len(all.asked) > 0 {
				t.Fatalf("%v, %v, %q", prepared, err, all.asked)
			}
			var mistakes forms.Errors
			if errors.As(err, &mistakes); c.field != "" && (len(mistakes) != 1 || mistakes[0].Field != c.field) {
				t.Errorf("%v", mistakes)
			}
		})
	}
}

// Two attempts of one run have queries of their own, so that the later one can stop those of the earlier one.
func TestAttemptsHaveQueriesOfTheirOwn(t *testing.T) {
	t.Parallel()
	id := uuid.NewString()
	report := compile(t, "exports: [{cells: [a], format: csv}, {cells: [b], format: json}]", cell("a", "SELECT 1 AS id")+cell("b", `SELECT id FROM {{ table "a" }}`))
	for attempt, want := range map[int][]string{0: {"-a", "-b", "-a-csv"}, 1: {"-a", "-b", "-a-csv"}, 3: {"-a-3", "-b-3", "-a-csv-3"}} {
		all := newSources(t)
		done, err := newRunner(t, all).Run(t.Context(), runner.Request{Report: report, ID: id, Attempt: attempt, Out: runner.Folder(t.TempDir())})
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			want[i] = id + want[i]
		}
		if !slices.Equal(all.ids, want) || done.Cells[0].QueryID != want[0] || done.Cells[1].QueryID != want[1] || done.Attempt != max(attempt, 1) || done.ID != id {
			t.Errorf("%q, %+v", all.ids, done)
		}
	}
}

// A report that is kept is known by its slug and the number of its revision, in templates, in the record and in the workbook.
func TestRevisionOfAKeptReport(t *testing.T) {
	t.Parallel()
	report := compile(t, "exports: [{cells: [c], format: xlsx}]", cell("c", "SELECT {{ .report.slug }} AS slug, {{ .report.revision }} AS revision")+"{{ .report.slug }} {{ .report.revision }}")
	done, err := newRunner(t, newSources(t)).Run(t.Context(), runner.Request{Report: report, Slug: "partners/cards", Revision: 17, Out: runner.Folder(t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	book := workbook(t, file(t, done, "xlsx"))
	if rows := sheet(t, book, "c"); !slices.Equal(rows[1], []string{"partners/cards", "17"}) || done.Text != "partners/cards 17" || done.Report != "partners/cards" || done.Revision != 17 {
		t.Errorf("%q, %+v", rows, done)
	}
	if rows := sheet(t, book, "About"); !slices.ContainsFunc(rows, func(row []string) bool { return reflect.DeepEqual(row, []string{"Revision", "17"}) }) {
		t.Errorf("%q", rows)
	}
}
