package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/cmd/app"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
)

// killSeed repeats the kills of an earlier test; a new one each time when it is not set.
const killSeed = "TEST_KILL_SEED"

// Processes, the engine and Postgres are killed at random moments while people order runs. Afterwards every order is one run that
// ended once, with its whole file or with none.
func TestKilledAtRandomMoments(t *testing.T) {
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		t.Fatal("processes are found through /proc, which is not there")
	}
	long := 35 * time.Second
	if testing.Short() {
		long = 10 * time.Second
	}
	k := newKills(t)
	ctx, over := context.WithTimeout(t.Context(), long)
	defer over()
	var orders sync.WaitGroup
	for n, person := range k.people {
		orders.Go(func() { k.orderUntil(ctx, person, rand.New(rand.NewPCG(k.seed, uint64(n)))) })
	}
	for tried(ctx, time.Duration(200+k.random.IntN(1800))*time.Millisecond) {
		k.killOne()
	}
	quiet := time.Now()
	orders.Wait()
	awaitLong(k.installation, "every run to end", k.allEnded)
	t.Logf("%d orders; killed %v; all was quiet %.1f s after the last kill", len(k.orders), k.killed, time.Since(quiet).Seconds())
	k.checkOrders()
	k.checkEnds()
	k.checkStore()
	k.checkQueries()
}

// kills is an installation under fire.
type kills struct {
	*installation
	seed   uint64
	random *rand.Rand
	report string
	people []*client
	killed map[string]int

	orders []placed
}

// placed is an order that was answered.
type placed struct {
	by   *client
	key  string
	rows int
	run  string
}

func newKills(t *testing.T) *kills {
	t.Helper()
	seed, err := strconv.ParseUint(os.Getenv(killSeed), 10, 64)
	if err != nil {
		seed = rand.Uint64()
	}
	t.Logf("%s=%d", killSeed, seed)
	i := install(t, true, "runs: {parallel: 3}\n")
	k := &kills{installation: i, seed: seed, random: rand.New(rand.NewPCG(seed, 1<<32)), killed: map[string]int{}}
	i.serve("--role", "web,scheduler")
	i.serve("--role", "web,worker")
	i.serve("--role", "all")
	admin := i.staff(people.Administrator, "admin")[0]
	k.report = admin.numbers("Numbers")
	k.people = i.staff(people.Member, names("person", 4)...)
	k.countEnds()
	return k
}

// countEnds makes the database write down each time a run ends, whoever ends it.
func (k *kills) countEnds() {
	k.Helper()
	_, err := k.look().Exec(k.Context(), `
CREATE TABLE test_ends (run uuid, status text);
CREATE FUNCTION test_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO test_ends VALUES (NEW.id, NEW.status); RETURN NULL;
END $$;
CREATE TRIGGER test_end AFTER UPDATE ON runs FOR EACH ROW
WHEN (NEW.status IN ('succeeded', 'failed', 'cancelled') AND (OLD.status <> NEW.status OR OLD.attempt <> NEW.attempt OR OLD.finished_at <> NEW.finished_at))
EXECUTE FUNCTION test_end()`)
	k.must(err)
}

// killOne ends a process, all of them, the engine or Postgres without a word, and starts ours again.
func (k *kills) killOne() {
	victims := []string{"a process", "a process", "all processes", "the engine", "the postmaster", "the keeper of Postgres"}
	victim := victims[k.random.IntN(len(victims))]
	k.killed[victim]++
	running := k.serving()
	switch victim {
	case "a process":
		k.killProcesses(running[k.random.IntN(len(running))])
	case "all processes":
		k.killProcesses(running...)
	case "the engine":
		for pid, line := range processesIn(k.data) {
			if strings.HasSuffix(line, " engine ") {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
	case "the postmaster":
		if pid := k.postmaster(); pid > 1 {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	default:
		keeper := parentOf(k.postmaster())
		if n := slices.IndexFunc(running, func(p *process) bool { return p.cmd.Process.Pid == keeper }); n >= 0 {
			k.killProcesses(running[n])
		}
	}
}

func (k *kills) killProcesses(victims ...*process) {
	k.Helper()
	for _, p := range victims {
		p.kill()
	}
	for _, p := range victims {
		k.again(p)
	}
}

// postmaster is the process id of Postgres, 0 while it does not run.
func (i *installation) postmaster() int {
	text, _ := os.ReadFile(filepath.Join(i.data, "postgres", "cluster", "postmaster.pid"))
	line, _, _ := strings.Cut(string(text), "\n")
	pid, _ := strconv.Atoi(line)
	return pid
}

func parentOf(pid int) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(text)) {
		if parent, ok := strings.CutPrefix(line, "PPid:"); ok {
			pid, _ := strconv.Atoi(strings.TrimSpace(parent))
			return pid
		}
	}
	return 0
}

// orderUntil orders runs one after the other, each until it is answered, with one key for all tries of an order.
func (k *kills) orderUntil(ctx context.Context, person *client, random *rand.Rand) {
	for n := 0; ctx.Err() == nil; n++ {
		order := placed{by: person, key: fmt.Sprintf("%s-%d", person.email, n), rows: 1 + random.IntN(2000)}
		values := map[string]any{"rows": order.rows, "pause": fmt.Sprintf("%.6f", 2*random.Float64()/float64(order.rows))}
		for range 1 + random.IntN(2) { // sometimes again, although it was answered
			run, err := person.insist(k.deadline(3*time.Minute), k.report, values, order.key)
			if err != nil {
				k.Errorf("order %s: %v", order.key, err)
				return
			}
			if order.run != "" && order.run != run.ID {
				k.Errorf("order %s became the runs %s and %s", order.key, order.run, run.ID)
			}
			order.run = run.ID
		}
		k.mu.Lock()
		k.orders = append(k.orders, order)
		k.mu.Unlock()
		tried(ctx, time.Duration(random.IntN(700))*time.Millisecond)
	}
}

// insist asks until there is an answer that is one.
func (c *client) insist(ctx context.Context, report string, values map[string]any, key string) (served, error) {
	for {
		asked, cancel := context.WithTimeout(ctx, 20*time.Second)
		run, err := c.ordered(asked, report, values, key)
		cancel()
		var no *refusal
		if err == nil || errors.As(err, &no) && no.status < 500 && no.status != http.StatusTooManyRequests {
			return run, err
		}
		if !tried(ctx, 100*time.Millisecond) {
			return run, fmt.Errorf("no answer in time: %w", err)
		}
	}
}

// allEnded tells whether nothing waits or runs. Postgres may be away.
func (k *kills) allEnded() bool {
	conn, err := pgx.Connect(k.Context(), k.address())
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close(k.Context()) }()
	var open int
	err = conn.QueryRow(k.Context(), `SELECT count(*) FROM runs WHERE status IN ('queued', 'running')`).Scan(&open)
	return err == nil && open == 0
}

// checkOrders looks at each order through the API: one run, with its file or with none.
func (k *kills) checkOrders() {
	k.Helper()
	ends, attempts := map[string]int{}, map[int]int{}
	for _, order := range k.orders {
		run := order.by.run(order.run)
		ends[strings.TrimSpace(run.Status+" "+run.ErrorCode+" "+run.Error)]++
		attempts[run.Attempt]++
		switch {
		case run.Status == "succeeded":
			if err := order.by.checkFile(k.Context(), run, order.rows); err != nil {
				k.Error(err)
			}
			var page struct{ Total int }
			order.by.do(http.MethodGet, "/runs/"+run.ID+"/cells/c/rows", nil, http.StatusOK, &page)
			if page.Total != order.rows {
				k.Errorf("run %s keeps %d rows of %d", run.ID, page.Total, order.rows)
			}
		case len(run.Files) > 0 || run.Error == "" || run.ErrorCode == "":
			k.Errorf("run %s has %d files and the error %q", run.ID, len(run.Files), run.Error)
		}
	}
	k.Logf("ends: %v; runs by attempts: %v", ends, attempts)
}

// checkEnds looks at what the database wrote down: as many runs as orders, each ended once, with one attempt's files.
func (k *kills) checkEnds() {
	k.Helper()
	db := k.look()
	if n := count(k.T, db, `SELECT count(*) FROM runs`); n != len(k.orders) {
		k.Errorf("%d runs of %d orders", n, len(k.orders))
	}
	for what, sql := range map[string]string{
		"runs did not end exactly once":    `SELECT count(*) FROM runs r WHERE (SELECT count(*) FROM test_ends e WHERE e.run = r.id) <> 1`,
		"runs ended otherwise than told":   `SELECT count(*) FROM runs r JOIN test_ends e ON e.run = r.id WHERE e.status <> r.status`,
		"runs have not exactly their file": `SELECT count(*) FROM runs r WHERE (SELECT count(*) FROM artifacts a WHERE a.run_id = r.id) <> (r.status = 'succeeded')::int`,
		"files are of another attempt":     `SELECT count(*) FROM runs r JOIN artifacts a ON a.run_id = r.id WHERE a.key NOT LIKE 'runs/' || r.id || '/' || r.attempt || '/%'`,
		"runs were ordered twice":          `SELECT count(*) - (SELECT count(*) FROM audit WHERE action = 'run.created') FROM runs`,
	} {
		if n := count(k.T, db, sql); n != 0 {
			k.Errorf("%d %s", n, what)
		}
	}
}

// checkStore does a round of the upkeep two hours later and looks for files that no record knows, and for records without their file.
func (k *kills) checkStore() {
	k.Helper()
	config, err := app.LoadConfig(k.config)
	k.must(err)
	a, err := app.New(config, app.Options{DataDir: k.data})
	k.must(err)
	defer func() { _ = a.Close() }()
	db, err := a.Database(k.Context())
	k.must(err)
	runs, err := storage.NewRuns(db)
	k.must(err)
	store, err := a.Files(k.Context())
	k.must(err)
	before := len(keysOf(k, store))
	later := func() time.Time { return time.Now().Add(2 * time.Hour) }
	k.must(jobs.New(jobs.Options{Storage: runs, Artifacts: storage.RunArtifacts(store), Retention: 24 * time.Hour, Now: later}).DoUpkeep(k.Context()))

	ids := make([]string, 0, len(k.orders))
	for _, order := range k.orders {
		ids = append(ids, order.run)
	}
	known, err := runs.Known(k.Context(), ids)
	k.must(err)
	want := map[string]bool{}
	for _, record := range known {
		for _, key := range record.Keys {
			want[key] = true
		}
	}
	have := keysOf(k, store)
	k.Logf("%d files before the upkeep, %d behind it, %d known", before, len(have), len(want))
	if !maps.Equal(have, want) {
		k.Errorf("the store has %d files and the records know %d; not both: %v", len(have), len(want), unmatched(have, want))
	}
}

func keysOf(k *kills, store artifacts.Store) map[string]bool {
	k.Helper()
	keys := map[string]bool{}
	for entry, err := range store.List(k.Context(), "runs/") {
		k.must(err)
		keys[entry.Key] = true
	}
	return keys
}

func unmatched(a, b map[string]bool) (only []string) {
	for _, pair := range [][2]map[string]bool{{a, b}, {b, a}} {
		for key := range pair[0] {
			if !pair[1][key] {
				only = append(only, key)
			}
		}
	}
	return only
}

// checkQueries looks for queries of attempts that are no more.
func (k *kills) checkQueries() {
	k.Helper()
	e, err := engine.Start(k.Context(), engine.Options{Dir: filepath.Join(k.data, "engine")})
	k.must(err)
	defer func() { _ = e.Close() }()
	if n := counted(k.T, connTo(k.T, e), `SELECT count() FROM system.processes WHERE query LIKE '%sleepEachRow%' AND query NOT LIKE '%system.processes%'`); n != 0 {
		k.Errorf("%d queries still run", n)
	}
	// What runs have left in the data folder besides: nothing, except what killed processes could not remove themselves.
	left, err := os.ReadDir(filepath.Join(k.data, "work"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		k.Fatal(err)
	}
	k.Logf("%d entries are left in the folder of work", len(left))
}
