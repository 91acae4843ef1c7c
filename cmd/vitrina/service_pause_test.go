package main

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
)

// A process that stood still for so long that its run was taken up elsewhere comes back to a run that is not its own any more.
func TestAProcessThatStoodStillChangesNothingWhenItWakes(t *testing.T) {
	dsn := pgtest.DSN(t)
	i := install(t, false, "database: \""+dsn+"\"\n")
	i.dsn = dsn
	first := i.serve()
	admin := i.staff(people.Administrator, "admin")[0]
	report := admin.numbers("Numbers")
	before := admin.ended(admin.order(report, map[string]any{"rows": 10}).ID) // the engine is up: nobody waits for who stands still to start it
	run := admin.order(report, slowly(1000))
	admin.begun(run.ID)
	i.must(first.cmd.Process.Signal(syscall.SIGSTOP))
	t.Cleanup(func() { _ = first.cmd.Process.Signal(syscall.SIGCONT) })
	still := time.Now()

	second := i.serve()
	admin.at = second.address
	done := admin.ended(run.ID)
	t.Logf("the run was taken up elsewhere %.1f s after its process stood still", done.Started.Sub(still).Seconds())
	if done.Status != "succeeded" || done.Attempt != 2 {
		t.Fatalf("%+v", done)
	}
	if done.Started.Sub(still) > time.Minute {
		t.Error("that is more than a minute")
	}
	i.must(first.cmd.Process.Signal(syscall.SIGCONT))
	await(t, "the first process to notice", func() bool { return strings.Contains(first.told(), "another process's by now") })
	i.stop(first)
	after := admin.run(run.ID)
	if after.Attempt != 2 || !after.Finished.Equal(done.Finished) || after.Files[0].SHA256 != done.Files[0].SHA256 {
		t.Errorf("it was %+v and is %+v", done, after)
	}
	i.must(admin.checkFile(t.Context(), after, 1000))
	if n := count(t, i.look(), `SELECT count(*) FROM artifacts`); n != len(before.Files)+1 {
		t.Errorf("%d files", n)
	}
}
