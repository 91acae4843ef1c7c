package embedded_test

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/storage/embedded"
)

func TestDataOutliveTheServer(t *testing.T) {
	t.Parallel()
	o := embedded.Options{Dir: folder(t)}
	first := start(t, o)
	conn := connect(t, first.DSN(embedded.Database))
	if got := ask[string](t, conn, "SHOW fsync"); got != "on" {
		t.Errorf("fsync is %s: what is committed could be lost", got)
	}
	remember(t, first.DSN(embedded.Database))
	pid := first.PID()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if isRunning(pid) {
		t.Errorf("process %d runs after Close", pid)
	}
	recall(t, connect(t, start(t, o).DSN(embedded.Database)))
}

func TestItsRoleMayDoNothingBeyondItsDatabase(t *testing.T) {
	t.Parallel()
	conn := connect(t, start(t, fast(folder(t))).DSN(embedded.Database))
	if ask[bool](t, conn, "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user") {
		t.Error("the product's role may do more than it needs")
	}
	if owner := ask[string](t, conn, "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = current_database()"); owner != "vitrina" {
		t.Errorf("the database belongs to %s", owner)
	}
}

func TestNobodyConnectsWithoutThePassword(t *testing.T) {
	t.Parallel()
	s := start(t, fast(folder(t)))
	for _, role := range []string{"vitrina", "postgres"} {
		config, err := pgx.ParseConfig(s.DSN(embedded.Database))
		if err != nil {
			t.Fatal(err)
		}
		config.User, config.Password = role, "guessed"
		if conn, err := pgx.ConnectConfig(t.Context(), config); err == nil {
			_ = conn.Close(t.Context())
			t.Errorf("%s may connect with any password", role)
		}
	}
	for _, name := range []string{"", "password", "cluster", "cluster/.s.PGSQL.5432"} {
		info, err := os.Stat(filepath.Join(filepath.Dir(socketFolder(t, s)), name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%q is open to others: %v", name, info.Mode())
		}
	}
}

func socketFolder(t *testing.T, s *embedded.Server) string {
	t.Helper()
	config, err := pgx.ParseConfig(s.DSN(embedded.Database))
	if err != nil {
		t.Fatal(err)
	}
	return config.Host
}

func TestALostPasswordIsReplaced(t *testing.T) {
	t.Parallel()
	o := fast(folder(t))
	first := start(t, o)
	remember(t, first.DSN(embedded.Database))
	_ = first.Close()
	if err := os.Remove(filepath.Join(o.Dir, "password")); err != nil {
		t.Fatal(err)
	}
	recall(t, connect(t, start(t, o).DSN(embedded.Database)))
}

func TestALongPathHasASocket(t *testing.T) {
	t.Parallel()
	o := fast(filepath.Join(t.TempDir(), strings.Repeat("long/", 40)))
	s := start(t, o)
	remember(t, s.DSN(embedded.Database))
	recall(t, connect(t, start(t, o).DSN(embedded.Database)))
}

// As root the server runs as somebody else, also in a folder that only root can walk to.
func TestNoFileOfTheClusterIsRoots(t *testing.T) {
	t.Parallel()
	private := t.TempDir()
	if err := os.Chmod(private, 0o700); err != nil {
		t.Fatal(err)
	}
	s := start(t, fast(filepath.Join(private, "postgres")))
	remember(t, s.DSN(embedded.Database))
	err := filepath.WalkDir(filepath.Join(private, "postgres", "cluster"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Sys().(*syscall.Stat_t).Uid == 0 {
			t.Errorf("%s belongs to root", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAFolderCopiedByRootIsServed(t *testing.T) {
	t.Parallel()
	o := fast(folder(t))
	first := start(t, o)
	remember(t, first.DSN(embedded.Database))
	_ = first.Close()
	err := filepath.WalkDir(o.Dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, os.Geteuid(), os.Getegid())
	})
	if err != nil {
		t.Fatal(err)
	}
	recall(t, connect(t, start(t, o).DSN(embedded.Database)))
}

func TestAnOrdinaryUserStartsIt(t *testing.T) {
	t.Parallel()
	dir, binary, attr := ordinary(t)
	p := keepElsewhere(t, binary, filepath.Join(dir, "postgres"), attr)
	remember(t, p.dsn)
	_ = p.end.Close()
	if err := p.Wait(); err != nil {
		t.Fatal(err)
	}
	// Root goes on with what that user began, and leaves it usable to them.
	second := start(t, fast(filepath.Join(dir, "postgres")))
	recall(t, connect(t, second.DSN(embedded.Database)))
	_ = second.Close()
	recall(t, connect(t, keepElsewhere(t, binary, filepath.Join(dir, "postgres"), attr).dsn))
}

func TestRootStartsItInAFolderOfAnOrdinaryUser(t *testing.T) {
	t.Parallel()
	parent, binary, attr := ordinary(t)
	dir := filepath.Join(parent, "postgres")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if attr != nil {
		if err := os.Chown(dir, int(attr.Credential.Uid), int(attr.Credential.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	roots := start(t, fast(dir))
	remember(t, roots.DSN(embedded.Database))
	_ = roots.Close()
	recall(t, connect(t, keepElsewhere(t, binary, dir, attr).dsn))
}

// ordinary gives a folder of a user who is not root, the test binary where they can run it, and what makes a process theirs.
func ordinary(t *testing.T) (dir, binary string, attr *syscall.SysProcAttr) {
	t.Helper()
	if os.Geteuid() != 0 {
		return t.TempDir(), os.Args[0], nil
	}
	const uid = 65534
	dir, err := os.MkdirTemp("", "vitrina-embedded-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	program, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	binary = filepath.Join(dir, "keeper.test")
	if err := os.WriteFile(binary, program, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, binary} {
		if err := os.Chown(path, uid, uid); err != nil {
			t.Fatal(err)
		}
	}
	return dir, binary, &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: uid}}
}

func TestProgramsThatOnlyRootCanReach(t *testing.T) {
	t.Parallel()
	private, places := t.TempDir(), t.TempDir()
	if err := os.Chmod(private, 0o700); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		if err := os.Chmod(filepath.Dir(places), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := embedded.Place(filepath.Join(private, "native")); err != nil {
		t.Fatal(err)
	}
	o := fast(folder(t)).WithCopies(filepath.Join(places, "copies"))
	o.Binaries = filepath.Join(private, "native")
	connect(t, start(t, o).DSN(embedded.Database))
}

func TestTheLogHasCausesAndNoStatements(t *testing.T) {
	t.Parallel()
	const secret = "card 4000 1234"
	var log buffer
	o := fast(folder(t))
	o.Logger = slog.New(slog.NewTextHandler(&log, nil))
	s := start(t, o)
	conn := connect(t, s.DSN(embedded.Database))
	exec1(t, conn, "CREATE TABLE cards (number text PRIMARY KEY)")
	for range 2 {
		_, _ = conn.Exec(t.Context(), "INSERT INTO cards VALUES ('"+secret+"')")
	}
	busy := connect(t, s.DSN(embedded.Database))
	pid := ask[int](t, busy, "SELECT pg_backend_pid()")
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = busy.Exec(context.Background(), "SELECT pg_sleep(600), '"+secret+"'")
	}()
	awaitTrue(t, conn, "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'PgSleep')")
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-ended
	again := reconnect(t, s.DSN(embedded.Database))
	if _, err := pgx.Connect(t.Context(), s.DSN("absent")); err == nil {
		t.Fatal("there is a database that nobody made")
	}
	_ = again.Close(t.Context())
	_ = s.Close()
	if text := log.String(); strings.Contains(text, secret) || !strings.Contains(text, `database \"absent\" does not exist`) {
		t.Errorf("the log is to name the fatal error and no value: %s", text)
	}
}

func awaitTrue(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	for !ask[bool](t, conn, sql) {
		if t.Context().Err() != nil {
			t.Fatal(t.Context().Err())
		}
	}
}

type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
