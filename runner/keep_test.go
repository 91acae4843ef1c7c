package runner_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// keepRun runs a report and keeps what the bounds let through.
func keepRun(t *testing.T, all *sources, front, body string, keep runner.Keep) (*runner.Run, *shelf) {
	t.Helper()
	store := &shelf{dir: t.TempDir()}
	done, err := newRunner(t, all).Run(t.Context(), runner.Request{Report: compile(t, front, body), Out: store, Keep: keep})
	if err != nil {
		t.Fatal(err)
	}
	return done, store
}

func page(t *testing.T, kept []byte, offset, limit int64) runner.Page {
	t.Helper()
	page, err := runner.ReadPage(bytes.NewReader(kept), time.UTC, offset, limit)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// Every exported cell is kept, up to the bounds, and its rows are read back in pages; the files are what they were.
func TestKeptRows(t *testing.T) {
	t.Parallel()
	all := newSources(t)
	done, store := keepRun(t, all, "exports: [{cells: [long], format: csv}, {cells: [short], format: json}]",
		cell("long", "SELECT toUInt32(number) AS n FROM numbers(5000)")+""+
			cell("between", "SELECT 1 AS one")+cell("short", `SELECT toInt8(count()) AS c FROM {{ table "between" }}`), runner.Keep{Rows: 1000})
	long, between, short := done.Cells[0], done.Cells[1], done.Cells[2]
	if long.Kept == nil || *long.Kept != (runner.Kept{Path: "kept/long", Rows: 1000}) || long.Rows != 5000 || !slices.Equal(long.Columns, []source.Column{{Name: "n", Type: "UInt32"}}) {
		t.Errorf("%+v, %+v", long, long.Kept)
	}
	if between.Kept != nil || len(between.Columns) != 1 || short.Kept == nil || short.Kept.Rows != 1 || len(store.kept) != 2 {
		t.Errorf("%+v, %+v", between, short)
	}
	if got := page(t, store.kept["long"], 998, 10); !cmp.Equal(got.Rows, [][]any{{uint64(998)}, {uint64(999)}}) || !slices.Equal(got.Columns, long.Columns) {
		t.Errorf("%+v", got)
	}
	if got := page(t, store.kept["long"], 3, 2); !cmp.Equal(got.Rows, [][]any{{uint64(3)}, {uint64(4)}}) {
		t.Errorf("%+v", got)
	}
	if got := page(t, store.kept["long"], 1000, 10); len(got.Rows) != 0 || got.Rows == nil {
		t.Errorf("%+v", got)
	}
	if got := file(t, done, "csv"); strings.Count(got, "\r\n") != 5001 || done.Artifacts[0].Rows != 5000 {
		t.Errorf("%d rows in the file", strings.Count(got, "\r\n")-1)
	}
	if want := []string{"warehouse Query", "warehouse Query", "warehouse Query", "workbench Format", "workbench Format"}; !slices.Equal(all.asked, want) {
		t.Errorf("asked %q", all.asked)
	}
}

func TestBoundsOfKeptRows(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rows string
		cut  bool
		keep runner.Keep
		want int64
	}{
		"fewer than the bound":    {"numbers(3)", false, runner.Keep{Rows: 10}, 3},
		"as many":                 {"numbers(10)", false, runner.Keep{Rows: 10}, 10},
		"one more":                {"numbers(11)", false, runner.Keep{Rows: 10}, 10},
		"none":                    {"numbers(0)", false, runner.Keep{Rows: 10}, 0},
		"bytes":                   {"numbers(10)", false, runner.Keep{Rows: 10, Bytes: 10 + 3*8}, 3},
		"bytes of nothing":        {"numbers(10)", false, runner.Keep{Rows: 10, Bytes: 1}, 0},
		"a result cut before":     {"numbers(100)", true, runner.Keep{Rows: 10}, 5},
		"nothing is kept at all":  {"numbers(3)", false, runner.Keep{}, -1},
		"nothing but bytes asked": {"numbers(3)", false, runner.Keep{Bytes: 10}, -1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := newSources(t)
			if c.cut {
				all.limits["warehouse"] = runner.Limits{Limits: source.Limits{Rows: 5}, Cut: true}
			}
			done, store := keepRun(t, all, "exports: [{cells: [c], format: csv}]", cell("c", "SELECT number AS n FROM "+c.rows), c.keep)
			kept := done.Cells[0].Kept
			if c.want < 0 {
				if kept != nil || len(store.kept) > 0 || !slices.Equal(all.asked, []string{"warehouse Format"}) {
					t.Errorf("%+v, asked %q", kept, all.asked)
				}
				return
			}
			if kept == nil || kept.Rows != c.want || int64(len(page(t, store.kept["c"], 0, 1000).Rows)) != c.want {
				t.Errorf("%+v", kept)
			}
		})
	}
}

// A page carries every value through JSON as it is: what a browser would round is text.
func TestValuesOfAPage(t *testing.T) {
	t.Parallel()
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	columns := []struct{ sql, json string }{
		{"toInt8(-5)", `-5`}, {"toUInt32(4294967295)", `4294967295`}, {"toInt64(5)", `"5"`}, {"toUInt64('18446744073709551615')", `"18446744073709551615"`},
		{"toInt128(-1)", `"-1"`}, {"toDecimal32('1.50', 2)", `"1.5"`}, {"toDecimal256('0.1', 70)", `"0.1"`},
		{"1.5", `1.5`}, {"toFloat32(0.1)", `0.1`}, {"nan", `"nan"`}, {"-inf", `"-inf"`}, {"1e300", `1e+300`},
		{"true", `true`}, {"NULL", `null`}, {"CAST(NULL, 'Nullable(Int64)')", `null`}, {"'O''Brien \"x\"'", `"O'Brien \"x\""`}, {"unhex('ff')", `"` + "\uFFFD" + `"`},
		{"toDate('2025-01-31')", `"2025-01-31"`}, {"toDate32('1900-01-01')", `"1900-01-01"`},
		{"fromUnixTimestamp(1735689600)", `"2025-01-01T09:00:00+09:00"`}, {"toDateTime(1735689600, 'UTC')", `"2025-01-01T00:00:00Z"`},
		{"fromUnixTimestamp64Milli(1735689600050)", `"2025-01-01T09:00:00.050+09:00"`},
		{"toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')", `"61f0c404-5cb3-11e7-907b-a6006ad3dba0"`}, {"toIPv4('10.0.0.1')", `"10.0.0.1"`},
		{"CAST('b', 'Enum8(\\'a\\' = 1, \\'b\\' = 2)')", `"b"`}, {"toLowCardinality('x')", `"x"`},
		{"[toInt64(1), 2]", `["1","2"]`}, {"[toUInt8(1), NULL]", `[1,null]`}, {"(toUInt8(1), 'two', toDate('2025-01-01'))", `[1,"two","2025-01-01"]`},
		{"CAST((1, 2.5), 'Tuple(a Int64, b Float64)')", `{"a":"1","b":2.5}`}, {"map('k', [toInt64(7)], 'a', [])", `{"k":["7"],"a":[]}`},
		{"[fromUnixTimestamp(1735689600)]", `["2025-01-01T09:00:00+09:00"]`}, {"'{\"a\": 5}'::JSON", `{"a":5}`},
	}
	var sql, want []string
	for i, c := range columns {
		sql = append(sql, fmt.Sprintf("%s AS c%d", c.sql, i))
		want = append(want, c.json)
	}
	_, store := keepRun(t, newSources(t), "timezone: Asia/Tokyo\nexports: [{cells: [c], format: csv}]", cell("c", "SELECT "+strings.Join(sql, ", ")), runner.Keep{Rows: 1})
	got, err := runner.ReadPage(bytes.NewReader(store.kept["c"]), tokyo, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	for i, value := range got.Rows[0] {
		data, err := json.Marshal(value)
		if err != nil || strings.ReplaceAll(string(data), `"a": `, `"a":`) != want[i] && string(data) != want[i] {
			t.Errorf("%s: %s, %v; not %s", columns[i].sql, data, err, want[i])
		}
	}
}

func TestDamagedPages(t *testing.T) {
	t.Parallel()
	_, store := keepRun(t, newSources(t), "exports: [{cells: [c], format: csv}]", cell("c", "SELECT number AS n FROM numbers(100)"), runner.Keep{Rows: 100})
	whole := store.kept["c"]
	for name, data := range map[string][]byte{"empty": nil, "nothing of the kind": []byte("rows"), "cut short": whole[:len(whole)/2]} {
		if got, err := runner.ReadPage(bytes.NewReader(data), nil, 0, 1000); fault.CodeOf(err) != fault.Failed || err == nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

const sales = "```chart by_day\ntype: bar\ncell: c\nx: day\ny: sum(amount)\nseries: shop\nstacked: true\ntitle: Sales of {{ rows \"c\" }} rows\n```\n"

// Charts are computed for the page, whatever the files are; what the result does not allow is told.
func TestChartsInTheRecord(t *testing.T) {
	t.Parallel()
	body := cell("c", "SELECT toDate('2025-01-01') + intDiv(number, 2) AS day, if(number % 2 = 0, 'a', 'b') AS shop, toDecimal64(number, 2) + 0.5 AS amount FROM numbers(3)") +
		sales + "```chart missing\ntype: line\ncell: c\nx: hour\ny: count()\n```\n"
	for name, format := range map[string]string{"csv": "csv", "xlsx": "xlsx"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done, _ := keepRun(t, newSources(t), "exports: [{cells: [c], format: "+format+"}]", body, runner.Keep{Rows: 1})
			got, err := json.Marshal(done.Charts[0])
			want := `{"name":"by_day","title":"Sales of 3 rows","kind":"bar","stacked":true,"x":"day","points":["2025-01-01","2025-01-02"],` +
				`"series":[{"name":"a","values":[0.5,2.5]},{"name":"b","values":[1.5,null]}]}`
			if err != nil || string(got) != want {
				t.Errorf("got  %s, %v\nwant %s", got, err, want)
			}
			if missing := done.Charts[1]; !strings.HasPrefix(missing.Note, "Chart missing is left out: ") || len(missing.Points) != 0 || missing.Title != "missing" {
				t.Errorf("%+v", missing)
			}
			if noted := len(done.Notes) == 1; noted != (format == "xlsx") {
				t.Errorf("%q", done.Notes)
			}
		})
	}
	done := run(t, newSources(t), compile(t, "exports: [{cells: [c], format: csv}]", body), nil)
	if done.Charts != nil {
		t.Errorf("nothing was to be kept: %+v", done.Charts)
	}
}

// A record is kept for years; a chart in it stays small.
func TestAChartOfManyPointsIsShortened(t *testing.T) {
	t.Parallel()
	done, _ := keepRun(t, newSources(t), "exports: [{cells: [c], format: csv}]", cell("c", "SELECT intDiv(number, 50) AS day, number % 50 AS shop, 1 AS amount FROM numbers(250000)")+sales, runner.Keep{Rows: 1})
	chart := done.Charts[0]
	if len(chart.Points) != 2000 || len(chart.Series) != 50 || len(chart.Series[0].Values) != 2000 || !strings.Contains(chart.Note, "shows the first 2000 points") {
		t.Errorf("%d points, %d series, %q", len(chart.Points), len(chart.Series), chart.Note)
	}
}

// A file that takes a while tells how far it is.
func TestProgressOfFiles(t *testing.T) {
	t.Parallel()
	for format, rows := range map[string]int64{"xlsx": 1_000_000, "json": 4_000_000} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			told := &fileProgress{}
			report := compile(t, "exports: [{cells: [c], format: "+format+"}]",
				cell("c", fmt.Sprintf("SELECT number AS a, toString(number) AS b, a * 2 AS c FROM numbers(%d)", rows))+`{{ value "c" "a" }}`)
			_, err := newRunner(t, newSources(t)).Run(t.Context(), runner.Request{Report: report, Out: runner.Folder(t.TempDir()), Observer: told})
			if err != nil {
				t.Fatal(err)
			}
			if len(told.rows) == 0 || !slices.IsSorted(told.rows) || told.rows[len(told.rows)-1] <= 0 || told.rows[len(told.rows)-1] > rows || told.total != rows {
				t.Errorf("%d of %d", told.rows, told.total)
			}
		})
	}
}

type fileProgress struct {
	runner.Silent
	rows  []int64
	total int64
}

func (f *fileProgress) FileProgress(_ string, rows, total int64) {
	f.rows, f.total = append(f.rows, rows), total
}
