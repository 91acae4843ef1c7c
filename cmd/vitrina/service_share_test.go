package main

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
)

// Five people order hundreds of runs each, and others one each while those wait.
func TestTwoProcessesShareAThousandRuns(t *testing.T) {
	const busy, each, late = 5, 50, 5 // each of the busy orders from four places
	dsn := pgtest.DSN(t)
	i := install(t, false, "database: \""+dsn+"\"\nruns: {parallel: 3, per_person: 4, queued_per_person: 1000}\n")
	i.dsn = dsn
	first, second := i.serve(), i.serve()
	admin := i.staff(people.Administrator, "admin")[0]
	report := admin.numbers("Numbers")
	db := i.look()
	warm := admin.warmUp(db, report)
	many, few := i.staff(people.Member, names("busy", busy)...), i.staff(people.Member, names("late", late)...)
	ctx, begin := i.deadline(5*time.Minute), time.Now()

	var wait sync.WaitGroup
	for n, person := range many {
		person.at = []string{first.address, second.address}[n%2]
		for range 4 {
			wait.Go(func() { person.orderMany(ctx, report, each) })
		}
	}
	// Those who come late order one run each while hundreds are waiting.
	await(t, "a long queue", func() bool { return count(t, db, `SELECT count(*) FROM runs WHERE status = 'queued'`) > 100 })
	waited := make([]time.Duration, late)
	for n, person := range few {
		wait.Go(func() {
			run, err := person.ordered(ctx, report, map[string]any{"rows": 10}, "")
			if err == nil {
				run, err = person.watch(ctx, run.ID, nil)
			}
			if waited[n] = run.Started.Sub(run.Queued); err != nil || run.Status != "succeeded" {
				t.Errorf("late run: %s %v", run.Status, err)
			}
		})
	}
	wait.Wait()
	ordered := time.Since(begin)
	total := count(t, db, `SELECT count(*) FROM runs`)
	awaitLong(i, "all runs to end", func() bool {
		return count(t, db, `SELECT count(*) FROM runs WHERE status IN ('queued', 'running')`) == 0
	})
	took := time.Since(begin)
	if want := busy*each*4 + late + warm; total != want {
		t.Errorf("%d runs of %d", total, want)
	}
	checkShared(t, db, total)
	t.Logf("%d runs were ordered in %.1f s and done after %.1f s, %.0f each second; those who came late waited %v", total, ordered.Seconds(), took.Seconds(), float64(total)/took.Seconds(), waited)
	// Whoever is late comes before all that the busy have waiting: only what was being begun anyway comes in between.
	if n := count(t, db, overtaken); n > 20 {
		t.Errorf("%d runs of others were begun while a person waited for the only one they ordered", n)
	} else {
		t.Logf("at most %d runs of others were begun while one who came late waited", n)
	}
	t.Logf("%d runs were begun while orders came in", count(t, db, `SELECT count(*) FROM runs WHERE started_at < (SELECT max(queued_at) FROM runs)`)-warm)
	for _, wait := range waited {
		if wait > 10*time.Second {
			t.Errorf("a person with one run waited %v", wait)
		}
	}
	sample := admin.run(anyRun(t, db))
	i.must(admin.checkFile(ctx, sample, 10))
}

// overtaken is how many runs of the busy were begun at most while a late one waited.
const overtaken = `
SELECT coalesce(max((
    SELECT count(*) FROM runs busy WHERE busy.person LIKE 'busy%' AND busy.started_at BETWEEN late.queued_at AND late.started_at
)), 0)::int FROM runs late WHERE late.person LIKE 'late%'`

// warmUp runs a report until both processes have done some, and tells how many runs that took.
func (c *client) warmUp(db *pgx.Conn, report string) (runs int) {
	c.Helper()
	for count(c.T, db, `SELECT count(DISTINCT worker) FROM runs`) < 2 {
		var orders []served
		for range 6 {
			orders = append(orders, c.order(report, map[string]any{"rows": 10}))
		}
		for _, order := range orders {
			c.ended(order.ID)
		}
		runs += len(orders)
	}
	return runs
}

// orderMany orders so many runs of a tiny report one after the other.
func (c *client) orderMany(ctx context.Context, report string, runs int) {
	for range runs {
		if _, err := c.want(ctx, http.StatusCreated, http.MethodPost, "/reports/"+report+"/runs", map[string]any{"values": map[string]any{"rows": 10}}); err != nil {
			c.Errorf("an order of %s: %v", c.email, err)
			return
		}
	}
}

// checkShared looks at what two processes did: everything once, with a file each, and both a fair part.
func checkShared(t *testing.T, db *pgx.Conn, total int) {
	t.Helper()
	if n := count(t, db, `SELECT count(*) FROM runs WHERE status = 'succeeded' AND attempt = 1 AND lost = 0`); n != total {
		t.Errorf("%d of %d succeeded at the first attempt", n, total)
	}
	if n := count(t, db, `SELECT count(*) FROM artifacts`); n != total {
		t.Errorf("%d files of %d runs", n, total)
	}
	rows, err := db.Query(t.Context(), `SELECT count(*)::int FROM runs GROUP BY worker`)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the processes did %d", parts)
	if len(parts) != 2 || min(parts[0], parts[1]) < total/4 {
		t.Errorf("the processes did %d of %d", parts, total)
	}
}

func anyRun(t *testing.T, db *pgx.Conn) (id string) {
	t.Helper()
	if err := db.QueryRow(t.Context(), `SELECT id FROM runs ORDER BY random() LIMIT 1`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}
