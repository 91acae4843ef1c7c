package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

// smallFiles makes a test binary be vitrina, in a process that can write files of so many bytes.
const smallFiles = "TEST_FILE_BYTES"

// TestMain is vitrina itself when the tests, or the engine's users, start this binary again.
func TestMain(m *testing.M) {
	if limit, err := strconv.ParseUint(os.Getenv(smallFiles), 10, 64); err == nil {
		signal.Ignore(syscall.SIGXFSZ) // so that the write fails, as on a full disk, instead of the process
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			panic(err)
		}
		main()
	}
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		main()
	}
	if os.Getenv(asVitrina) != "" {
		beVitrina()
	}
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	for _, name := range []string{"VITRINA_CONFIG", "VITRINA_DATA"} {
		if err := os.Unsetenv(name); err != nil {
			panic(err)
		}
	}
	options, err := enginetest.OptionsIn("")
	if err == nil {
		err = os.Setenv("VITRINA_LIBCHDB", options.Library)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if installations, err = os.MkdirTemp("", "vitrina-service-"); err == nil {
		err = os.Chmod(installations, 0o755) // Postgres may run as somebody else
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	pgtest.Stop()
	if err := shared.stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	if left := leftBehind(); len(left) > 0 {
		fmt.Fprintf(os.Stderr, "processes were left behind:\n%s\n", strings.Join(left, "\n"))
		code = 1
	}
	_ = os.RemoveAll(installations)
	return code
}

// shared is the engine of most tests. It runs from the first to the last, so that commands find it running.
var shared sharedEngine

type sharedEngine struct {
	sync.Mutex
	dir    string
	engine *engine.Engine
}

func (d *sharedEngine) start(t *testing.T) (string, *engine.Engine) {
	t.Helper()
	d.Lock()
	defer d.Unlock()
	if d.engine != nil {
		return d.dir, d.engine
	}
	dir, err := os.MkdirTemp("", "vitrina-cmd-")
	if err != nil {
		t.Fatal(err)
	}
	if d.engine, err = engine.Start(context.Background(), engine.Options{Dir: filepath.Join(dir, "engine")}); err != nil {
		t.Fatal(err)
	}
	d.dir = dir
	return dir, d.engine
}

func (d *sharedEngine) stop() error {
	d.Lock()
	defer d.Unlock()
	if d.engine == nil {
		return nil
	}
	return errors.Join(d.engine.Close(), os.RemoveAll(d.dir))
}

// dataDir is a data folder of the test's own on the shared engine. When the test ends, no run has left anything in it.
func dataDir(t *testing.T) string {
	t.Helper()
	origin, _ := shared.start(t)
	dir := t.TempDir()
	if err := os.Symlink(filepath.Join(origin, "engine"), filepath.Join(dir, "engine")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if left := files(t, filepath.Join(dir, "work")); len(left) > 0 {
			t.Errorf("left behind in the data folder: %q", left)
		}
	})
	return dir
}

// conn looks into the shared engine past the commands.
func conn(t *testing.T) clickhouse.Conn {
	t.Helper()
	_, e := shared.start(t)
	return connTo(t, e)
}

func connTo(t *testing.T, e *engine.Engine) clickhouse.Conn {
	t.Helper()
	endpoint, err := e.Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return enginetest.Open(t, endpoint)
}

// startEngine is an engine of the test's own, in the data folder.
func startEngine(t *testing.T, data string) *engine.Engine {
	t.Helper()
	e, err := engine.Start(t.Context(), engine.Options{Dir: filepath.Join(data, "engine")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// counted is the only value of a query.
func counted(t *testing.T, in clickhouse.Conn, query string, args ...any) (n uint64) {
	t.Helper()
	if err := in.QueryRow(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// outcome is what one command did.
type outcome struct {
	code     int
	out, err string
}

// vitrina runs a command line on the shared engine.
func vitrina(t *testing.T, args ...string) outcome {
	t.Helper()
	return vitrinaWith(t.Context(), strings.NewReader(""), append(args, "--data", dataDir(t))...)
}

func vitrinaWith(ctx context.Context, in io.Reader, args ...string) outcome {
	var out, words strings.Builder
	code := execute(ctx, args, streams{in: in, out: &out, err: &words})
	return outcome{code, out.String(), words.String()}
}

// must is vitrina for a command that is to succeed; it returns what was printed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	got := vitrina(t, args...)
	if got.code != exitDone {
		t.Fatalf("vitrina %.300s: code %d\n%.2000s%.2000s", fmt.Sprintf("%q", args), got.code, got.out, got.err)
	}
	return got.out
}

// record runs a report, into a folder of the test, and returns its run record.
func record(t *testing.T, args ...string) *runner.Run {
	t.Helper()
	return parseRecord(t, must(t, append([]string{"run", "--json", "--out", t.TempDir()}, args...)...))
}

func parseRecord(t *testing.T, text string) *runner.Run {
	t.Helper()
	run := &runner.Run{}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber() // values may be whole numbers of 64 bits
	if err := decoder.Decode(run); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return run
}

// artifact is the bytes of the run's only file of the format.
func artifact(t *testing.T, run *runner.Run, format string) []byte {
	t.Helper()
	return read(t, artifactOf(t, run, format).Path)
}

func artifactOf(t *testing.T, run *runner.Run, format string) runner.Artifact {
	t.Helper()
	for _, a := range run.Artifacts {
		if a.Format == format {
			return a
		}
	}
	t.Fatalf("no %s among %v", format, run.Artifacts)
	return runner.Artifact{}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// write puts a file into a folder of the test's own and returns its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// report writes a report of front matter and body and returns its path.
func report(t *testing.T, front, body string) string {
	t.Helper()
	return write(t, "report.md", "---\ntitle: Test\n"+front+"\n---\n"+body)
}

// cell is an sql cell of that name.
func cell(name, sql string) string { return "```sql " + name + "\n" + sql + "\n```\n" }

// files are the names in a folder, hidden ones too; a folder that is not there has none.
func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	names := []string{}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// await returns when the condition holds, and fails the test when it does not for too long.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick, end := time.NewTicker(5*time.Millisecond), time.After(30*time.Second)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("waited too long: %s", what)
		}
	}
}

func sum(data []byte) string {
	digest := sha256.Sum256(data)
	return hex.EncodeToString(digest[:])
}

func mustJSON(t *testing.T, value any) []byte {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
