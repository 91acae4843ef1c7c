package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
)

// slowly are values of a run of the report of numbers that takes more than two seconds.
func slowly(rows int) map[string]any {
	return map[string]any{"rows": rows, "pause": 2.5 / float64(rows)}
}

// begun waits until a run runs.
func (c *client) begun(id string) {
	c.Helper()
	await(c.T, "the run to begin", func() bool { return c.run(id).Status == "running" })
}

func TestAStoppedProcessFinishesItsRunsAndLeavesTheOthers(t *testing.T) {
	i := install(t, false, "runs: {parallel: 1}\n")
	first := i.serve()
	admin := i.staff(people.Administrator, "admin")[0]
	report := admin.numbers("Numbers")
	running := admin.order(report, slowly(1000))
	admin.begun(running.ID)
	waiting := admin.order(report, slowly(500))

	type told struct {
		run served
		id  string
		err error
	}
	streams := make(chan told, 2)
	for _, id := range []string{running.ID, waiting.ID} {
		connected := make(chan bool, 1)
		go func() {
			run, newest, err := admin.follow(i.deadline(time.Minute), id, "", func(string, string) {
				select {
				case connected <- true:
				default:
				}
			})
			streams <- told{run, newest, err}
		}()
		<-connected
	}
	// The postmaster goes with its keeper, unless there is another process.
	second := i.serve()
	begin := time.Now()
	first.terminate()
	for range 2 {
		if got := <-streams; got.err != nil || got.run.final() || got.id == "" {
			t.Errorf("the stream of a process that stops ended with %v, run %q, event %q", got.err, got.run.Status, got.id)
		}
	}
	closed := time.Since(begin)
	admin.at, admin.patient = second.address, true // Postgres gets another keeper
	if run := admin.ended(running.ID); run.Status != "succeeded" || run.Attempt != 1 {
		t.Errorf("the run that was running ended as %s %s at attempt %d", run.Status, run.Error, run.Attempt)
	} else {
		i.must(admin.checkFile(t.Context(), run, 1000))
	}
	if run := admin.ended(waiting.ID); run.Status != "succeeded" || run.Attempt != 1 {
		t.Errorf("the run that was waiting ended as %s %s at attempt %d", run.Status, run.Error, run.Attempt)
	} else {
		i.must(admin.checkFile(t.Context(), run, 500))
	}
	<-first.ended
	if first.err != nil || strings.Contains(first.told(), `"level":"ERROR"`) {
		t.Errorf("the process ended with %v:\n%s", first.err, last(first.told(), 3000))
	}
	t.Logf("streams ended %.2f s after SIGTERM, the process after %.2f s", closed.Seconds(), time.Since(begin).Seconds())

	i.stop(second)
	third := i.serve()
	admin.at = third.address
	i.must(admin.checkFile(t.Context(), admin.run(running.ID), 1000))
}

func TestARunThatOutlastsTheGraceIsDoneByTheNextProcess(t *testing.T) {
	i := install(t, false, "runs: {grace: 300ms}\n")
	first := i.serve()
	admin := i.staff(people.Administrator, "admin")[0]
	run := admin.order(admin.numbers("Numbers"), slowly(1000))
	admin.begun(run.ID)
	begin := time.Now()
	i.stop(first)
	stopped := time.Since(begin)
	second := i.serve()
	served := time.Now()
	end := admin.ended(run.ID)
	if end.Status != "succeeded" || end.Attempt != 2 || end.Started.Before(begin) {
		t.Errorf("%+v", end)
	}
	i.must(admin.checkFile(t.Context(), end, 1000))
	if took := end.Started.Sub(served); took > 8*time.Second {
		t.Errorf("the next process took the run up only %v after it served", took)
	}
	if n := count(t, i.look(), `SELECT lost FROM runs`); n != 0 {
		t.Error("a run that was given back counts as lost")
	}
	t.Logf("the process ended %.2f s after SIGTERM; the next one began the run %.2f s after it served", stopped.Seconds(), end.Started.Sub(served).Seconds())
	if !second.running() {
		t.Error("the second process ended")
	}
}

// Who asks a process that is stopping is refused by nobody: another one answers, or the connection does.
func TestTheAddressIsFreeAgainAfterAStop(t *testing.T) {
	i := install(t, false, "")
	p := i.serve()
	admin := i.staff(people.Administrator, "admin")[0]
	i.stop(p)
	if _, err := admin.ask(t.Context(), http.MethodGet, p.address+"/healthz", nil); err == nil {
		t.Error("it answers")
	}
	if again := i.again(p); again.address != p.address {
		t.Errorf("%s, not %s", again.address, p.address)
	}
	admin.do(http.MethodGet, "/session", nil, http.StatusOK, nil)
}
