package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/vitrina-reports/vitrina/runner"
)

// exportsOf are the front matter of a report whose cell goes straight to a csv file, or over the disk to several files.
const (
	straight = "exports: [{cells: [c], format: csv}]"
	spooled  = "exports: [{cells: [c], format: csv}, {cells: [c], format: json}, {cells: [c], format: xlsx}]"
)

// A run that fails says why, leaves a record that says so too, and no file, half or whole.
func TestFailingQueries(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sql  string
		want []string
	}{
		"at once":                   {"SELECT no_such_column FROM numbers(3)", []string{"Cell c: ", "no_such_column", "UNKNOWN_IDENTIFIER"}},
		"syntax":                    {"SELEC 1", []string{"Cell c: "}},
		"no table":                  {"SELECT * FROM no_such_table", []string{"Cell c: ", "no_such_table"}},
		"division by zero":          {"SELECT intDiv(1, number) AS n FROM numbers(3)", []string{"Cell c: ", "ILLEGAL_DIVISION"}},
		"after the millionth row":   {"SELECT number, throwIf(number = 1500000, 'too far') AS t FROM numbers(2000000)", []string{"Cell c: ", "too far"}},
		"files of the server":       {"SELECT * FROM file('/etc/passwd', 'LineAsString')", []string{"Cell c: "}},
		"other servers":             {"SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')", []string{"Cell c: "}},
		"a change":                  {"CREATE TABLE made_by_report (n UInt8) ENGINE = Memory", []string{"Cell c: "}},
		"settings within the query": {"SELECT 1 SETTINGS readonly = 0", []string{"Cell c: "}},
		"two statements":            {"SELECT 1; SELECT 2", []string{"Cell c: "}},
	} {
		for way, exports := range map[string]string{"straight": straight, "spooled": spooled} {
			t.Run(name+" "+way, func(t *testing.T) {
				t.Parallel()
				out := t.TempDir()
				failed(t, vitrina(t, "run", report(t, exports, cell("c", c.sql)), "--json", "--out", out), out, runner.Failed, c.want...)
			})
		}
	}
}

// failed checks a run that began and failed.
func failed(t *testing.T, got outcome, out string, status runner.Status, want ...string) *runner.Run {
	t.Helper()
	if got.code != exitFailed {
		t.Fatalf("code %d, %.300s", got.code, got.err)
	}
	run := parseRecord(t, got.out)
	if run.Status != status || len(run.Artifacts) != 0 || run.Error+"\n" != got.err {
		t.Errorf("%s with %v; record %.300q, stderr %.300q", run.Status, run.Artifacts, run.Error, got.err)
	}
	for _, words := range want {
		if !strings.Contains(run.Error, words) {
			t.Errorf("%q is missing in %.500q", words, run.Error)
		}
	}
	if left := files(t, out); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	return run
}

// When a later cell fails, the files of the earlier ones are not there either.
func TestAFailingCellTakesTheOthersAlong(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	got := vitrina(t, "run", report(t, "", cell("good", "SELECT 1 AS one")+cell("bad", "SELECT throwIf(1, 'no luck')")), "--json", "--out", out)
	run := failed(t, got, out, runner.Failed, "Cell bad: ", "no luck")
	if len(run.Cells) != 2 || run.Cells[0].Rows != 1 || run.Cells[0].Error != "" || run.Cells[1].Name != "bad" || run.Cells[1].QueryID == "" || run.Cells[1].Error == "" {
		t.Errorf("%+v", run.Cells)
	}
}

// Mistakes of a document that only the result shows are a run that failed, in which nothing is left behind either.
func TestMistakesThatTheResultShows(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ front, body, want string }{
		"column of a text":  {straight, cell("c", "SELECT 1 AS n") + "{{ value \"c\" \"nobody\" }}\n", "nobody"},
		"column of a name":  {"exports: [{cells: [c], format: csv, filename: '{{ value \"c\" \"nobody\" }}'}]", cell("c", "SELECT 1 AS n"), "nobody"},
		"name of no column": {straight, cell("c", "SELECT 1 AS n") + cell("d", `SELECT nobody FROM {{ table "c" }}`), "nobody"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			failed(t, vitrina(t, "run", report(t, c.front, c.body), "--json", "--out", out), out, runner.Failed, c.want)
		})
	}
}

// slow yields rows for minutes: each block waits.
const slow = "SELECT number, sleep(0.05) AS s FROM numbers(1000000000)"

// Ctrl-C stops the query on the server before the command ends.
func TestCtrlC(t *testing.T) {
	t.Parallel()
	for way, exports := range map[string]string{"straight": straight, "spooled": spooled} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			look := conn(t)
			out, mark := t.TempDir(), "ctrl-c "+way
			path := report(t, exports, cell("c", "/* "+mark+" */ "+slow))
			running := func() bool {
				return counted(t, look, "SELECT count() FROM system.processes WHERE startsWith(query, {mark:String})", clickhouse.Named("mark", "/* "+mark)) > 0
			}
			ctx, interrupt := context.WithCancel(t.Context())
			done := make(chan outcome, 1)
			go func() {
				done <- vitrinaWith(ctx, strings.NewReader(""), "run", path, "--json", "--out", out, "--data", dataDir(t))
			}()
			await(t, "the query to run", running)
			interrupt()
			failed(t, <-done, out, runner.Cancelled, "The run was cancelled.")
			if running() {
				t.Error("the query still runs")
			}
		})
	}
}

// A dead engine fails the run in words. The next run finds a new one, with its tables.
func TestKilledEngine(t *testing.T) {
	t.Parallel()
	for way, exports := range map[string]string{"straight": straight, "spooled": spooled} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			data, out := t.TempDir(), t.TempDir() // the engine is this test's own
			here := func(args ...string) outcome {
				return vitrinaWith(t.Context(), strings.NewReader(""), append(args, "--data", data)...)
			}
			look := connTo(t, startEngine(t, data))
			if got := here("sql", "CREATE TABLE kept ENGINE = MergeTree ORDER BY n AS SELECT 7 AS n"); got.code != exitDone {
				t.Fatal(got)
			}
			if got := here("sql", "CREATE TABLE seen (n UInt8) ENGINE = Memory"); got.code != exitDone {
				t.Fatal(got)
			}
			done := make(chan outcome, 1)
			go func() { done <- here("run", report(t, exports, cell("c", slow)), "--json", "--out", out) }()
			await(t, "rows to be read", func() bool {
				return counted(t, look, "SELECT count() FROM system.processes WHERE read_rows > 0 AND query LIKE '%sleep%' AND query NOT LIKE '%processes%'") > 0
			})
			if err := syscall.Kill(engineOf(t, data), syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			failed(t, <-done, out, runner.Failed, "Cell c: the embedded engine stopped while the query ran; it starts again by itself")
			again := here("run", report(t, "", cell("c", "SELECT n FROM kept")), "--format", "csv", "--out", out)
			if again.code != exitDone || len(files(t, out)) != 1 {
				t.Errorf("%+v", again)
			}
		})
	}
}

// engineOf is the process that serves the data folder: ClickHouse writes it down.
func engineOf(t *testing.T, data string) int {
	t.Helper()
	status := string(read(t, filepath.Join(data, "engine", "store", "status")))
	first, _, _ := strings.Cut(status, "\n")
	pid, err := strconv.Atoi(strings.TrimPrefix(first, "PID: "))
	if err != nil {
		t.Fatalf("%q: %v", status, err)
	}
	return pid
}

// A disk that takes no more bytes ends the run in words, wherever the bytes go: 300,000 rows are 5 MB on their way and 9 MB as CSV.
func TestDiskThatTakesNoMore(t *testing.T) {
	t.Parallel()
	const work, files = "work", "files"
	for name, c := range map[string]struct {
		exports string
		bytes   int
		full    string
	}{
		"straight into a file": {straight, 1 << 20, files},
		"rows on their way":    {spooled, 1 << 20, work},
		"files from the rows":  {spooled, 6 << 20, files},
		"a workbook":           {"exports: [{cells: [c], format: xlsx}]", 1 << 20, work},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, data := t.TempDir(), dataDir(t)
			path := report(t, c.exports, cell("c", "SELECT number, cityHash64(number) AS h FROM numbers(300000)"))
			got := vitrinaProcess(t, c.bytes, "run", path, "--json", "--out", out, "--data", data)
			folder := map[string]string{work: filepath.Join(data, "work"), files: out}[c.full]
			failed(t, got, out, runner.Failed, "The folder "+folder, "cannot be written to: ")
		})
	}
}

// vitrinaProcess runs a command line in a process of its own, which can write files of so many bytes.
func vitrinaProcess(t *testing.T, fileBytes int, args ...string) outcome {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out, words strings.Builder
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", smallFiles, fileBytes))
	cmd.Stdout, cmd.Stderr = &out, &words
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return outcome{cmd.ProcessState.ExitCode(), out.String(), words.String()}
}

// A folder that cannot be made or written to is told before a query has run for nothing.
func TestFolderThatIsNone(t *testing.T) {
	t.Parallel()
	file := write(t, "file", "")
	path := report(t, "", cell("c", slow))
	for name, out := range map[string]string{"a file": file, "below a file": file + "/out"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := vitrina(t, "run", path, "--out", out)
			if got.code != exitFailed || got.out != "" || !strings.Contains(got.err, file) {
				t.Errorf("%+v", got)
			}
		})
	}
}
