package runner_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

// Relative dates mean the day it is in the report's zone when the run starts; the record keeps the day, and gives the same run again.
func TestRelativeDates(t *testing.T) {
	t.Parallel()
	started := time.Date(2025, 3, 9, 23, 30, 0, 0, time.UTC)
	const form = `form: [{name: day, type: input, kind: date, default: today}, {name: period, type: input, kind: daterange, default: {from: month_start-1M, to: monday}}]`
	const sql = "SELECT {{ .day }} AS d, toString({{ .period.from }}) AS f, {{ .period.to }} AS t, timezone() AS z, toString({{ .run.started }}) AS s"
	for name, c := range map[string]struct {
		front    string
		location string
		zone     string
		values   map[string]any
		row      []string
	}{
		"the report's zone": {"timezone: Asia/Tokyo\n", "America/New_York", "Asia/Tokyo",
			map[string]any{"day": "2025-03-10", "period": map[string]any{"from": "2025-02-01", "to": "2025-03-10"}},
			[]string{"2025-03-10", "2025-02-01", "2025-03-10", "Asia/Tokyo", "2025-03-10 08:30:00"}},
		"the server's zone": {"", "America/New_York", "America/New_York",
			map[string]any{"day": "2025-03-09", "period": map[string]any{"from": "2025-02-01", "to": "2025-03-03"}},
			[]string{"2025-03-09", "2025-02-01", "2025-03-03", "America/New_York", "2025-03-09 19:30:00"}},
		"UTC": {"", "UTC", "UTC",
			map[string]any{"day": "2025-03-09", "period": map[string]any{"from": "2025-02-01", "to": "2025-03-03"}},
			[]string{"2025-03-09", "2025-02-01", "2025-03-03", "UTC", "2025-03-09 23:30:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			location, err := time.LoadLocation(c.location)
			if err != nil {
				t.Fatal(err)
			}
			now := started
			r := runner.New(runner.Options{Sources: newSources(t), WorkDir: t.TempDir(), Location: location, Now: func() time.Time { return now }})
			report := compile(t, c.front+form+"\nexports: [{cells: [c], format: csv}]", cell("c", sql))
			done, err := r.Run(t.Context(), runner.Request{Report: report, Out: runner.Folder(t.TempDir())})
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(done.Values, c.values) || done.Timezone != c.zone || !done.Started.Equal(started) {
				t.Errorf("%v in %s at %v", done.Values, done.Timezone, done.Started)
			}
			if got := records(t, file(t, done, "csv"))[1]; !strings.HasPrefix(strings.Join(got, "|"), strings.Join(c.row, "|")) {
				t.Errorf("got  %q\nwant %q", got, c.row)
			}

			now = started.AddDate(1, 0, 0)
			again, err := r.Run(t.Context(), runner.Request{Report: report, Values: forms.Raw(done.Values), Out: runner.Folder(t.TempDir())})
			if err != nil || !reflect.DeepEqual(again.Values, done.Values) {
				t.Errorf("a year later: %v, %v", again, err)
			}
		})
	}
}

// Runs at the same time, of one report into one folder, have nothing in common.
func TestRunsAtOnce(t *testing.T) {
	t.Parallel()
	report := compile(t, "form: [{name: q, type: input}]\nexports: [{cells: [b], format: csv, filename: mine}, {cells: [a, b], format: xlsx, filename: mine}]",
		cell("a", "SELECT {{ .q }} AS q, number FROM numbers(1000)")+cell("b", `SELECT any(x.q) AS q, count() AS c, uniqExact(x.q) AS u FROM {{ table "a" }} AS x`)+"{{ value \"b\" \"q\" }}")
	r, out := newRunner(t, newSources(t)), t.TempDir()
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			q := fmt.Sprintf("O'Brien %d", i)
			done, err := r.Run(t.Context(), runner.Request{Report: report, Values: forms.Raw{"q": q}, Out: runner.Folder(out)})
			if err != nil {
				t.Error(err)
				return
			}
			data, err := os.ReadFile(done.Artifacts[0].Path)
			if want := fmt.Sprintf("\"q\",\"c\",\"u\"\r\n\"%s\",1000,1\r\n", q); err != nil || string(data) != want {
				t.Errorf("%v: %q, not %q", err, data, want)
			}
			if done.Text != q || done.Values["q"] != q {
				t.Errorf("%q, %v", done.Text, done.Values)
			}
		})
	}
	all.Wait()
	names, err := filepath.Glob(filepath.Join(out, "mine*"))
	if err != nil || len(names) != 12 {
		t.Errorf("%q, %v", names, err)
	}
}

// events is an observer that writes down what it is told.
type events struct {
	mu       sync.Mutex
	told     []string
	progress func(server source.Progress, received int64)
}

func (e *events) add(format string, args ...any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.told = append(e.told, fmt.Sprintf(format, args...))
}

func (e *events) CellStarted(cell string) { e.add("started %s", cell) }
func (e *events) CellProgress(_ string, server source.Progress, received int64) {
	if e.progress != nil {
		e.progress(server, received)
	}
}
func (e *events) CellFinished(r runner.CellResult) {
	e.add("finished %s %d %t", r.Name, r.Rows, r.Error != "")
}
func (e *events) FileStarted(format string, rows int64) { e.add("writing %s %d", format, rows) }
func (e *events) FileProgress(string, int64, int64)     {}
func (e *events) FileFinished(a runner.Artifact)        { e.add("written %s %d", a.Name, a.Rows) }

func TestObserver(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sql  string
		want []string
	}{
		"to the end": {"SELECT 1 AS one", []string{
			"started a", "finished a 3 false", "started b", "finished b 1 false", "writing xlsx 4", "written Test b.csv 1", "written both.xlsx 4"}},
		"to a failure": {"SELECT throwIf(1) AS one", []string{"started a", "finished a 3 false", "started b", "finished b 0 true"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			told := &events{}
			report := compile(t, "exports: [{cells: [b], format: csv}, {cells: [a, b], format: xlsx, filename: both}]", cell("a", "SELECT number FROM numbers(3)")+cell("b", c.sql))
			want := c.want
			_, err := newRunner(t, newSources(t)).Run(t.Context(), runner.Request{Report: report, Out: runner.Folder(t.TempDir()), Observer: told})
			if (err != nil) != strings.Contains(name, "failure") {
				t.Error(err)
			}
			if name == "to the end" { // b is in two files, so both are written from kept rows
				want = []string{"started a", "finished a 3 false", "started b", "finished b 1 false", "writing csv 1", "writing xlsx 4", "written Test b.csv 1", "written both.xlsx 4"}
			}
			if !reflect.DeepEqual(told.told, want) {
				t.Errorf("got  %q\nwant %q", told.told, want)
			}
		})
	}
}

// slow yields rows for minutes: each block waits.
const slow = "SELECT number, sleep(0.02) AS s FROM numbers(1000000000)"

// While a cell runs, its progress is told; a run that is cancelled then ends with a record of how far it came, and without files.
func TestCancelledRun(t *testing.T) {
	t.Parallel()
	for way, exports := range map[string]string{
		"straight": "exports: [{cells: [b], format: csv}]",
		"kept":     "exports: [{cells: [a, b], format: xlsx}]",
	} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			told := &events{progress: func(server source.Progress, received int64) {
				if server.ReadRows > 0 && received > 0 {
					cancel()
				}
			}}
			report := compile(t, "form: [{name: q, type: input, default: x}]\n"+exports, cell("a", "SELECT 1 AS one")+cell("b", slow))
			out := t.TempDir()
			done, err := newRunner(t, newSources(t)).Run(ctx, runner.Request{Report: report, Out: runner.Folder(out), Observer: told, User: templates.User{Email: "ann@example.com"}})
			if fault.CodeOf(err) != fault.Cancelled || done == nil || done.Status != runner.Cancelled || done.Error != "The run was cancelled." {
				t.Fatalf("%v, %+v", err, done)
			}
			if done.User != "ann@example.com" || done.Values["q"] != "x" || len(done.Artifacts) != 0 || done.Finished.IsZero() {
				t.Errorf("%+v", done)
			}
			if len(done.Cells) != 2 || done.Cells[0].Rows != 1 || done.Cells[1].Rows == 0 || done.Cells[1].Error == "" {
				t.Errorf("%+v", done.Cells)
			}
			if left, err := os.ReadDir(out); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// A run that is cancelled before it begins asks nothing.
func TestCancelledBeforeItBegins(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	all := newSources(t)
	done, err := newRunner(t, all).Run(ctx, runner.Request{Report: compile(t, "", cell("c", "SELECT 1 AS one")), Out: runner.Folder(t.TempDir())})
	if fault.CodeOf(err) != fault.Cancelled || done == nil || done.Status != runner.Cancelled || len(all.asked) > 1 {
		t.Errorf("%v, %+v, %q", err, done, all.asked)
	}
}

// The prose tells the result, and so may the name of a file.
func TestTextsTellTheResult(t *testing.T) {
	t.Parallel()
	report := compile(t, `form:
  - {name: partner, type: select, default: 7, kind: integer, options: [{value: 7, label: "Café O'Brien"}]}
exports: [{cells: [c], format: csv, filename: "{{ .label.partner }} {{ rows \"c\" }} {{ value \"total\" \"sum\" }}"}]`,
		"# {{ .label.partner }} ({{ .partner }})\n\n{{ if rows \"none\" }}some{{ else }}none{{ end }} of {{ rows \"c\" | number }}\n\n"+
			cell("c", "SELECT number + {{ .partner }} AS n FROM numbers(1234)")+
			cell("total", "SELECT sum(n) AS sum, toDecimal64(12.5, 2) AS dec, toDate('2025-01-31') AS day, NULL AS nothing, 'a|b' AS text, [1,2] AS list FROM {{ table \"c\" }}")+
			cell("none", "SELECT 1 AS one WHERE 0")+
			"{{ value \"total\" \"sum\" | number }} {{ value \"total\" \"dec\" }} {{ value \"total\" \"day\" }} [{{ value \"total\" \"nothing\" }}] {{ value \"total\" \"text\" }} [{{ value \"none\" \"one\" }}]\n")
	done := run(t, newSources(t), report, nil)
	want := "# Café O'Brien (7)\n\nnone of 1,234\n\n769,399 12.5 2025-01-31 [] a\\|b []"
	if done.Text != want {
		t.Errorf("got  %q\nwant %q", done.Text, want)
	}
	if name := done.Artifacts[0].Name; name != "Café O'Brien 1234 769399.csv" {
		t.Errorf("%q", name)
	}
}

// A moment without a zone of its own is the same in the prose and in the files: in the report's zone.
func TestProseAndFilesAgreeOnMoments(t *testing.T) {
	t.Parallel()
	report := compile(t, "timezone: Asia/Tokyo\nexports: [{cells: [c], format: csv}, {cells: [c], format: xlsx}]",
		cell("c", "SELECT fromUnixTimestamp(1735689600) AS at")+"\n{{ date \"2006-01-02 15:04:05\" (value \"c\" \"at\") }}\n")
	done := run(t, newSources(t), report, nil)
	const want = "2025-01-01 09:00:00"
	if !strings.Contains(done.Text, want) {
		t.Errorf("the prose says %q", done.Text)
	}
	if got := file(t, done, "csv"); !strings.Contains(got, want) {
		t.Errorf("the csv says %q", got)
	}
	if got := sheet(t, workbook(t, file(t, done, "xlsx")), "c"); got[1][0] != want {
		t.Errorf("the workbook says %q", got)
	}
}
