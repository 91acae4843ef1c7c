package engine_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

// helperArgument makes the test binary a process that uses the engine of a folder until its stdin ends.
const helperArgument = "vitrina-engine-helper"

func helper(dir string) int {
	o, err := enginetest.OptionsIn(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	e, err := engine.Start(context.Background(), o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	endpoint, err := e.Endpoint(context.Background())
	if err != nil {
		return 1
	}
	_ = json.NewEncoder(os.Stdout).Encode(endpoint)
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = e.Close()
	return 0
}

type process struct {
	*exec.Cmd
	stdin    io.Closer
	endpoint engine.Endpoint
}

func startHelper(t *testing.T, dir string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, helperArgument, dir)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: cmd, stdin: stdin}
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil {
		t.Fatalf("the helper process says nothing: %v", err)
	}
	if err := json.Unmarshal(line, &p.endpoint); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return p
}

// pidOf is the process that holds the engine's folder: ClickHouse writes it down.
func pidOf(t *testing.T, dir string) int {
	t.Helper()
	status, err := os.ReadFile(filepath.Join(dir, "store", "status"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(status), "\n")
	pid, err := strconv.Atoi(strings.TrimPrefix(first, "PID: "))
	if err != nil {
		t.Fatalf("%q: %v", status, err)
	}
	return pid
}

func socketOf(t *testing.T, dir string) string {
	t.Helper()
	note, err := os.ReadFile(filepath.Join(dir, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(note))
}

// awaitEnd waits until the process is gone, or a zombie whose parent has not looked yet.
func awaitEnd(t *testing.T, pid int) {
	t.Helper()
	process, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return
	}
	defer unix.Close(process)
	n, err := 0, error(unix.EINTR)
	for errors.Is(err, unix.EINTR) {
		n, err = unix.Poll([]unix.PollFd{{Fd: int32(process), Events: unix.POLLIN}}, 15000)
	}
	if err != nil || n == 0 {
		t.Fatalf("process %d is still there after 15 s: %v", pid, err)
	}
}

func TestEngineEndsWithItsKilledParent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	parent := startHelper(t, dir)
	child := pidOf(t, dir)
	mustPost(t, parent.endpoint, "CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n AS SELECT 7")
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	awaitEnd(t, child)

	e, err := engine.Start(t.Context(), enginetest.Options(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	endpoint, err := e.Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if status, body, _ := post(t, endpoint, "", "SELECT n FROM kept"); status != 200 || body != "7\n" {
		t.Errorf("%d %s", status, body)
	}
}

func mustPost(t *testing.T, endpoint engine.Endpoint, sql string) {
	t.Helper()
	if status, body, _ := post(t, endpoint, "", sql); status != 200 {
		t.Fatalf("%s: %s", sql, body)
	}
}

func TestProcessesShareAnEngine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, second := startHelper(t, dir), startHelper(t, dir)
	if first.endpoint != second.endpoint {
		t.Fatalf("%v and %v", first.endpoint.Addr, second.endpoint.Addr)
	}
	child := pidOf(t, dir)
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	mustPost(t, second.endpoint, "SELECT 1")
	second.stdin.Close()
	if err := second.Wait(); err != nil {
		t.Fatal(err)
	}
	awaitEnd(t, child)
}

func TestManyStartersStartOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	type started struct {
		engine   *engine.Engine
		endpoint engine.Endpoint
		err      error
	}
	options := enginetest.Options(t, dir)
	all := make(chan started, 8)
	for range cap(all) {
		go func() {
			var s started
			if s.engine, s.err = engine.Start(t.Context(), options); s.err == nil {
				s.endpoint, s.err = s.engine.Endpoint(t.Context())
			}
			all <- s
		}()
	}
	addresses := map[engine.Endpoint]bool{}
	for range cap(all) {
		s := <-all
		if s.err != nil {
			t.Error(s.err)
			continue
		}
		defer s.engine.Close()
		addresses[s.endpoint] = true
	}
	if len(addresses) != 1 {
		t.Errorf("%d engines", len(addresses))
	}
}

func TestEngineIsRestartedAfterACrash(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	options := enginetest.Options(t, dir)
	options.Logger = nil
	e, err := engine.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	before, err := e.Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	conn := enginetest.Open(t, before)
	mustPost(t, before, "CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n AS SELECT 7")
	inFlight := begin(t.Context(), conn, "in-flight")
	await(t, conn, "in-flight", true)
	child := pidOf(t, dir)
	if err := syscall.Kill(child, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if err := <-inFlight; err == nil {
		t.Error("the query in flight has no error")
	}
	awaitEnd(t, child)
	after := awaitRestart(t, e, dir, child)
	if after != before {
		t.Errorf("the engine was at %s and is at %s", before.Addr, after.Addr)
	}
	if n := count(t, conn, "kept"); n != 1 {
		t.Errorf("%d rows", n)
	}
}

// awaitRestart waits until another process has the folder and answers.
func awaitRestart(t *testing.T, e *engine.Engine, dir string, old int) engine.Endpoint {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		endpoint, err := e.Endpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, "socket")); err == nil && pidOf(t, dir) != old {
			return endpoint
		}
		// Endpoint may still be the old one: the crash is noticed a moment later.
		runtime.Gosched()
	}
	t.Fatal("the engine is not restarted after 20 s")
	return engine.Endpoint{}
}

func TestCloseLeavesNothingRunning(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e, err := engine.Start(t.Context(), enginetest.Options(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	endpoint, err := e.Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	child, socket := pidOf(t, dir), socketOf(t, dir)
	running := begin(t.Context(), enginetest.Open(t, endpoint), "still-running")
	await(t, enginetest.Open(t, endpoint), "still-running", true)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	awaitEnd(t, child)
	if err := <-running; err == nil {
		t.Error("the query in flight has no error")
	}
	for _, path := range []string{socket, filepath.Join(dir, "socket")} {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s is still there", path)
		}
	}
	if _, err := e.Endpoint(t.Context()); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("%v", err)
	}
}

func TestSecretsAreNotInArgumentsOrEnvironment(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e, err := engine.Start(t.Context(), enginetest.Options(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	endpoint, err := e.Endpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"cmdline", "environ"} {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pidOf(t, dir), file))
		if err != nil || strings.Contains(string(text), endpoint.Password) {
			t.Errorf("%s: %v", file, err)
		}
	}
	log, err := os.ReadFile(filepath.Join(dir, "engine.log"))
	if err != nil || strings.Contains(string(log), endpoint.Password) {
		t.Errorf("engine.log: %v", err)
	}
}

func TestStartSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	options := enginetest.Options(t, t.TempDir())
	options.Library = "/nonexistent/libchdb.so"
	if _, err := engine.Start(t.Context(), options); err == nil || !strings.Contains(err.Error(), "/nonexistent/libchdb.so") {
		t.Errorf("%v", err)
	}
	options = enginetest.Options(t, t.TempDir())
	options.Command = []string{"/bin/false"}
	if _, err := engine.Start(t.Context(), options); err == nil || !strings.Contains(err.Error(), "engine.log") {
		t.Errorf("%v", err)
	}
}

// The log of an engine that crashed is there to read when the next one runs.
func TestTheLastLogIsKept(t *testing.T) {
	t.Parallel()
	options := enginetest.Options(t, t.TempDir())
	options.Command = []string{"/bin/sh", "-c", "echo why it fell >&2"}
	if _, err := engine.Start(t.Context(), options); err == nil {
		t.Fatal("a shell is no engine")
	}
	options.Command = []string{"/bin/false"}
	if _, err := engine.Start(t.Context(), options); err == nil {
		t.Fatal("/bin/false is no engine")
	}
	for file, want := range map[string]string{"engine.log": "", "engine.log.1": "why it fell\n"} {
		if got, err := os.ReadFile(filepath.Join(options.Dir, file)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", file, got, err)
		}
	}
}
