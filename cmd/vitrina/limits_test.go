package main

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"github.com/vitrina-reports/vitrina/runner"
)

// limited is a configuration whose warehouse has these limits.
func limited(t *testing.T, limits string) string {
	t.Helper()
	return write(t, "vitrina.yaml", "sources: {warehouse: {driver: embedded, database: default, limits: {"+limits+"}}}")
}

func TestResultsOverTheirLimits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		limits, sql string
		want        string
	}{
		"rows":              {"rows: 10", "SELECT number FROM numbers(11)", "rows"},
		"many rows":         {"rows: 1000000", "SELECT number FROM numbers(3000000)", "rows"},
		"bytes":             {"bytes: 1KB", "SELECT repeat('x', 100) AS x, number FROM numbers(100)", "bytes"},
		"one large value":   {"bytes: 1MB", "SELECT arrayStringConcat(arrayMap(i -> hex(cityHash64(i)), range(300000))) AS x", "bytes"},
		"bytes, though cut": {"bytes: 1KB, rows: 50, overflow: cut", "SELECT repeat('x', 100) AS x, number FROM numbers(100)", "bytes"},
		"time":              {"time: 1s", slow, "1000 ms"},
		"memory":            {"memory: 10MB", "SELECT groupArray(number) AS a FROM numbers(10000000)", "emory"},
	} {
		for way, exports := range map[string]string{"straight": straight, "spooled": spooled, "parquet": "exports: [{cells: [c], format: parquet}]"} {
			t.Run(name+" "+way, func(t *testing.T) {
				t.Parallel()
				out := t.TempDir()
				got := vitrina(t, "run", report(t, exports, cell("c", c.sql)), "--json", "--out", out, "--config", limited(t, c.limits))
				failed(t, got, out, runner.Failed, "Cell c: ", c.want)
			})
		}
	}
}

// A result of exactly so many rows as allowed is whole.
func TestResultsAtTheirLimit(t *testing.T) {
	t.Parallel()
	for _, overflow := range []string{"fail", "cut"} {
		t.Run(overflow, func(t *testing.T) {
			t.Parallel()
			config := limited(t, "rows: 10, overflow: "+overflow)
			for _, exports := range []string{straight, spooled, "exports: [{cells: [c], format: parquet}]", "exports: [{cells: [c], format: json}]"} {
				run := record(t, report(t, exports, cell("c", "SELECT number FROM numbers(10)")), "--config", config)
				if run.Cells[0].Rows != 10 || run.Cells[0].Cut || len(run.Notes) > 0 || strings.Contains(run.Artifacts[0].Name, "cut") {
					t.Errorf("%s: %+v", exports, run)
				}
			}
		})
	}
}

// Bytes of rows that are left out do not count.
func TestSmallCutOfALargeResult(t *testing.T) {
	t.Parallel()
	config := limited(t, "rows: 5, bytes: 10KB, overflow: cut")
	for way, exports := range map[string]string{"straight": straight, "spooled": spooled} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			run := record(t, report(t, exports, cell("c", "SELECT number, repeat('x', 100) AS x FROM numbers(1000000)")), "--config", config)
			if !run.Cells[0].Cut || run.Cells[0].Rows != 5 {
				t.Errorf("%+v", run.Cells)
			}
		})
	}
}

// With overflow: cut the first rows are kept, whichever way they go, and everything says that there are more.
func TestCutResults(t *testing.T) {
	t.Parallel()
	const rows = 70_000 // more than a block
	config := limited(t, "rows: "+strconv.Itoa(rows)+", overflow: cut")
	sql := cell("c", "SELECT number, concat('a\n\"', toString(number)) AS text FROM numbers(1000000)")
	for way, exports := range map[string]string{
		"csv straight":  straight,
		"json straight": "exports: [{cells: [c], format: json}]",
		"parquet":       "exports: [{cells: [c], format: parquet}]",
		"xlsx":          "exports: [{cells: [c], format: xlsx, filename: my file}]",
		"all":           "exports: [{cells: [c], format: csv}, {cells: [c], format: json}, {cells: [c], format: parquet}]",
		"zip":           "exports: [{cells: [c, c], format: csv}]\n",
	} {
		if way == "zip" {
			sql, exports = sql+cell("d", "SELECT 1 AS one"), "exports: [{cells: [c, d], format: csv}]"
		}
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			run := record(t, report(t, exports, sql), "--config", config)
			note := "c was cut at 70000 rows, the limit of the source warehouse; there are more."
			if c := run.Cells[0]; run.Status != runner.Succeeded || c.Rows != rows || !c.Cut || !slices.Contains(run.Notes, note) {
				t.Errorf("%+v", run)
			}
			for _, a := range run.Artifacts {
				if !strings.Contains(a.Name, " (cut at 7000") {
					t.Errorf("the file is called %q", a.Name)
				}
				if got, known := rowsOf(t, a); known && got != rows {
					t.Errorf("%s has %d rows", a.Name, got)
				}
				if a.Format == "xlsx" && !strings.Contains(strings.Join(aboutOf(t, a), "\n"), note) {
					t.Errorf("About says %q", aboutOf(t, a))
				}
			}
		})
	}
}

// The notes reach those who read no record, too.
func TestCutResultsAreToldOnStderr(t *testing.T) {
	t.Parallel()
	got := vitrina(t, "run", report(t, straight, cell("c", "SELECT number FROM numbers(100)")), "--out", t.TempDir(),
		"--config", limited(t, "rows: 7, overflow: cut"))
	if got.code != exitDone || !strings.Contains(got.err, "c was cut at 7 rows") || !strings.Contains(got.out, "(cut at 7 rows).csv\t7 rows\t") {
		t.Errorf("%+v", got)
	}
}

// rowsOf counts the rows of a file with a reader of somebody else's.
func rowsOf(t *testing.T, a runner.Artifact) (rows int, known bool) {
	t.Helper()
	data := string(read(t, a.Path))
	switch {
	case strings.HasSuffix(a.Name, ".zip"):
		return 0, false
	case a.Format == "csv":
		records, err := csv.NewReader(strings.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return len(records) - 1, true
	case a.Format == "json":
		var objects []map[string]any
		if err := json.Unmarshal([]byte(data), &objects); err != nil {
			t.Fatal(err)
		}
		return len(objects), true
	case a.Format == "parquet":
		file, err := parquet.OpenFile(strings.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		return int(file.NumRows()), true
	}
	return len(sheet(t, a, "c")) - 1, true
}

// sheet is a sheet of a workbook, as excelize reads it.
func sheet(t *testing.T, a runner.Artifact, name string) [][]string {
	t.Helper()
	book, err := excelize.OpenFile(a.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// aboutOf are the lines of the sheet About, label: value.
func aboutOf(t *testing.T, a runner.Artifact) []string {
	t.Helper()
	var lines []string
	for _, row := range sheet(t, a, "About") {
		lines = append(lines, strings.Join(row, ": "))
	}
	return lines
}
