package embedded_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/storage/embedded"
)

func TestAKilledServerComesBackAtTheSameAddress(t *testing.T) {
	t.Parallel()
	s := start(t, fast(folder(t)))
	dsn := s.DSN(embedded.Database)
	remember(t, dsn)
	idle, busy := connect(t, dsn), connect(t, dsn)
	// A query that computes does not notice that its postmaster is gone.
	go func() {
		_, _ = busy.Exec(context.Background(), "SELECT count(*) FROM generate_series(1, 100000000000) a")
	}()
	awaitTrue(t, idle, "SELECT count(*) = 2 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'")
	killed := s.PID()
	if err := syscall.Kill(killed, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	recall(t, reconnect(t, dsn))
	if pid := s.PID(); pid == killed || pid == 0 {
		t.Errorf("the server's process is said to be %d, and %d was killed", pid, killed)
	}
}

func TestAServerKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	s := start(t, fast(folder(t)))
	dsn := s.DSN(embedded.Database)
	remember(t, dsn)
	for range 5 {
		if pid := s.PID(); pid != 0 {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		recall(t, reconnect(t, dsn))
	}
}

func TestTwoOnOneFolderShareAServer(t *testing.T) {
	t.Parallel()
	o := fast(folder(t))
	keeper, other := start(t, o), start(t, o)
	if keeper.PID() == 0 || keeper.PID() != other.PID() {
		t.Errorf("they use processes %d and %d", keeper.PID(), other.PID())
	}
	if keeper.DSN("x") != other.DSN("x") {
		t.Error("they have different addresses for one server")
	}
	remember(t, keeper.DSN(embedded.Database))
	pid := keeper.PID()
	if err := keeper.Close(); err != nil {
		t.Fatal(err)
	}
	recall(t, reconnect(t, other.DSN(embedded.Database)))
	if now := other.PID(); now == pid {
		t.Errorf("process %d is said to run after its keeper's end", pid)
	}
}

func TestManyStartAtOnce(t *testing.T) {
	t.Parallel()
	o := fast(folder(t))
	servers := make(chan *embedded.Server)
	for range 5 {
		go func() {
			s, err := embedded.Start(t.Context(), o)
			if err != nil {
				t.Error(err)
			}
			servers <- s
		}()
	}
	pids := map[int]bool{}
	for range 5 {
		if s := <-servers; s != nil {
			pids[s.PID()] = true
			defer s.Close()
		}
	}
	if len(pids) != 1 {
		t.Errorf("they use %d servers", len(pids))
	}
}

func TestAnotherProcessTakesOverFromAKilledKeeper(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	keeper := keepElsewhere(t, os.Args[0], dir, nil)
	remember(t, keeper.dsn)
	other := start(t, fast(dir))
	orphan := other.PID()
	if err := keeper.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = keeper.Wait()
	recall(t, reconnectTo(t, other, orphan))
}

// reconnectTo waits for another server than the one with the process id, which may answer to its last.
func reconnectTo(t *testing.T, s *embedded.Server, old int) (conn connection) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		conn = reconnect(t, s.DSN(embedded.Database))
		if pid := s.PID(); pid != old && pid != 0 {
			return conn
		}
		if time.Now().After(deadline) {
			t.Fatalf("process %d still serves", old)
		}
	}
}

func TestAKeeperKilledWhileItMakesTheCluster(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	cmd := exec.Command(os.Args[0], keepArgument, dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, "cluster.new-*")
	for found, _ := filepath.Glob(half + "/base"); len(found) == 0 && t.Context().Err() == nil; found, _ = filepath.Glob(half + "/base") {
		runtime.Gosched()
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	s := start(t, fast(dir))
	connect(t, s.DSN(embedded.Database))
	_ = s.Close()
	_ = start(t, fast(dir)).Close()
	if found, _ := filepath.Glob(half); len(found) != 0 {
		t.Errorf("what was left half made is still there: %v", found)
	}
}

func TestANoteOfAServerWhoseNumberIsAnothersNow(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	stranger := sleeper(t, dir)
	note := strconv.Itoa(stranger) + "\n" + dir + "/cluster\n1700000000\n5432\n.\n\n  5432001  1\nready\n"
	lock := strconv.Itoa(stranger) + "\n" + dir + "/cluster\n1700000000\n5432\n.\n"
	leave(t, dir, "postmaster.pid", note)
	leave(t, dir, ".s.PGSQL.5432.lock", lock)
	connect(t, start(t, fast(dir)).DSN(embedded.Database))
	if !isRunning(stranger) {
		t.Error("a process that has nothing to do with Postgres was ended")
	}
}

func TestTheServerOfAnEndedKeeperIsEnded(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	orphan := byHand(t, dir, "-k", ".", "-c", "port=5432", "-c", "listen_addresses=")
	s := start(t, fast(dir))
	connect(t, s.DSN(embedded.Database))
	if s.PID() == orphan.Process.Pid {
		t.Error("it uses a server that nobody keeps")
	}
}

func TestAServerOfOthersIsLeftAlone(t *testing.T) {
	t.Parallel()
	dir := begun(t)
	theirs := byHand(t, dir, "-k", "/tmp", "-c", "port="+strconv.Itoa(20000+os.Getpid()%10000), "-c", "listen_addresses=")
	refusesWith(t, fast(dir), dir, "in use by process "+strconv.Itoa(theirs.Process.Pid), "stop")
	if !isRunning(theirs.Process.Pid) {
		t.Error("it was ended")
	}
}
