package embedded_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/storage/embedded"
)

type connection = *pgx.Conn

func TestDataOfAnotherVersion(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	leave(t, dir, "PG_VERSION", "17\n")
	refusesWith(t, fast(dir), dir, `Postgres "17"`, "this is Postgres 18", "backup")
}

func TestDamagedData(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"PG_VERSION", "global/pg_control", "pg_xact"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := begun(t)
			if err := os.RemoveAll(filepath.Join(dir, "cluster", name)); err != nil {
				t.Fatal(err)
			}
			refusesWith(t, fast(dir), dir, "damaged", "restore a backup")
		})
	}
}

func TestWhatPostgresSaysBecomesASentence(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		`53100 FATAL:  could not write to file "pg_wal/xlogtemp.9": No space left on device`:   "The disk is full",
		`initdb: error: could not create directory "/proc/self/fd/3": No space left on device`: "The disk is full",
		`F0001 FATAL:  lock file "postmaster.pid" already exists`:                              "in use by another process",
		`XX001 PANIC:  could not locate a valid checkpoint record at 0/1B82018`:                "is damaged",
		`53200 FATAL:  could not map anonymous shared memory: Cannot allocate memory`:          "does not start: could not map anonymous shared memory",
		`53100 FATAL:  could not create shared memory segment: No space left on device`:        "does not start: could not create shared memory",
		`initdb: error: cannot be run as root`:                                                 "does not start: initdb: error: cannot be run as root",
	} {
		err := embedded.Explain("/srv/data", "00000 LOG:  starting PostgreSQL", said, "00000 LOG:  database system is shut down")
		if !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "/srv/data") || fault.CodeOf(err) != fault.Unavailable {
			t.Errorf("%s\nbecomes %q, want it to say %q", said, err, want)
		}
	}
}

func TestProgramsThatAreNotThere(t *testing.T) {
	t.Parallel()
	o := fast(folder(t))
	o.Binaries = t.TempDir()
	refusesWith(t, o, o.Binaries, "bin/postgres")
}

func TestAVariableThatNamesNoPrograms(t *testing.T) {
	t.Setenv(embedded.BinariesVariable, "/nowhere")
	refusesWith(t, fast(folder(t)), "VITRINA_POSTGRES", "/nowhere")
}

func TestAFolderThatCannotBeMade(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refusesWith(t, fast(filepath.Join(file, "postgres")), file)
}

// leave writes a file of the cluster as its owner would.
func leave(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, "cluster", name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	owner := clusterOwner(t, dir)
	if err := os.Lchown(path, int(owner.Uid), int(owner.Gid)); err != nil {
		t.Fatal(err)
	}
}

func clusterOwner(t *testing.T, dir string) *syscall.Stat_t {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, "cluster"))
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t)
}

// asOwner makes a command one of the cluster's owner, that ends with the test.
func asOwner(t *testing.T, dir string, cmd *exec.Cmd) *exec.Cmd {
	t.Helper()
	cmd.Dir = "/"
	if os.Geteuid() == 0 {
		owner := clusterOwner(t, dir)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}}
	}
	t.Cleanup(func() {
		if cmd.Process != nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	return cmd
}

// sleeper is a process of the cluster's owner that has nothing to do with Postgres.
func sleeper(t *testing.T, dir string) int {
	t.Helper()
	cmd := asOwner(t, dir, exec.Command("sleep", "600"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd.Process.Pid
}

// byHand is a server of the cluster that this package did not start, and that is ready.
func byHand(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	binaries, err := embedded.FindBinaries()
	if err != nil {
		t.Fatal(err)
	}
	cluster, err := os.Open(filepath.Join(dir, "cluster"))
	if err != nil {
		t.Fatal(err)
	}
	defer cluster.Close()
	cmd := asOwner(t, dir, exec.Command(filepath.Join(binaries, "bin", "postgres"), append([]string{"-D", "/proc/self/fd/3"}, args...)...))
	cmd.ExtraFiles = []*os.File{cluster}
	cmd.Env = []string{"LC_ALL=C"}
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = said.(*os.File).SetReadDeadline(time.Now().Add(30 * time.Second))
	var log []byte
	for part := make([]byte, 4096); !bytes.Contains(log, []byte("ready to accept connections")); {
		n, err := said.Read(part)
		if log = append(log, part[:n]...); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) || err != nil {
			t.Fatalf("the server did not start: %v\n%s", err, log)
		}
	}
	return cmd
}
