package embedded_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/storage/embedded"
)

// keepArgument makes the test binary a process that starts the server of a folder and closes it at the end of its standard input.
const keepArgument = "keep-postgres"

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == keepArgument {
		if err := keep(os.Args[2]); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func keep(dir string) error {
	s, err := embedded.Start(context.Background(), embedded.Options{Dir: dir, Unsafe: true})
	if err != nil {
		return err
	}
	fmt.Println(s.DSN(embedded.Database))
	_, _ = io.Copy(io.Discard, os.Stdin)
	return s.Close()
}

// process is a running test binary that uses the server of a folder.
type process struct {
	*exec.Cmd
	dsn string
	end io.Closer
}

// keepElsewhere starts a process with the server; attr may give it another user.
func keepElsewhere(t *testing.T, binary, dir string, attr *syscall.SysProcAttr) *process {
	t.Helper()
	cmd := exec.Command(binary, keepArgument, dir)
	cmd.SysProcAttr = attr
	cmd.Dir = "/"
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	said, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(said, "postgres://") {
		t.Fatalf("the other process did not start: %v %s", err, said)
	}
	return &process{Cmd: cmd, dsn: strings.TrimSpace(said), end: in}
}

func start(t *testing.T, o embedded.Options) *embedded.Server {
	t.Helper()
	s, err := embedded.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// fast are the options of a server whose data need not survive the machine.
func fast(dir string) embedded.Options { return embedded.Options{Dir: dir, Unsafe: true} }

func folder(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "postgres")
}

// begun is the folder of a server that has run and was closed.
func begun(t *testing.T) string {
	t.Helper()
	dir := folder(t)
	_ = start(t, fast(dir)).Close()
	return dir
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// reconnect tries until the server takes connections again.
func reconnect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	pause := time.NewTicker(10 * time.Millisecond)
	defer pause.Stop()
	for {
		conn, err := pgx.Connect(ctx, dsn)
		if err == nil {
			t.Cleanup(func() { _ = conn.Close(context.Background()) })
			return conn
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
			t.Fatalf("the server did not come back: %v", err)
		}
	}
}

func exec1(t *testing.T, conn *pgx.Conn, sql string, args ...any) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func ask[T any](t *testing.T, conn *pgx.Conn, sql string) T {
	t.Helper()
	var answer T
	if err := conn.QueryRow(t.Context(), sql).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return answer
}

// remember leaves something in the database, and recall fails when it is not there.
func remember(t *testing.T, dsn string) {
	t.Helper()
	exec1(t, connect(t, dsn), "CREATE TABLE kept AS SELECT 42 AS answer")
}

func recall(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	if got := ask[int](t, conn, "SELECT answer FROM kept"); got != 42 {
		t.Errorf("the table holds %d, want 42", got)
	}
}

func refusesWith(t *testing.T, o embedded.Options, parts ...string) {
	t.Helper()
	s, err := embedded.Start(t.Context(), o)
	if err == nil {
		_ = s.Close()
		t.Fatal("it started")
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error is %q, want it to say %q", err, part)
		}
	}
}

func isRunning(pid int) bool { return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
