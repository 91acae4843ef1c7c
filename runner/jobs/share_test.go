package jobs_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

func TestOnesHundredRunsDoNotHoldUpAnothersOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, bob := o.person("ann", people.Member), o.person("bob", people.Member)
	s := o.service(func(options *jobs.Options) { options.Parallel = 2 })
	report := o.quick("Quick", "gated")
	for i := range 100 {
		o.order(s, ann, report, map[string]any{"q": fmt.Sprint(i)})
	}
	gate := o.sources.gates["gated"]
	gate.next(o)
	gate.next(o)
	first, second := o.order(s, bob, report, map[string]any{"q": "bob"}), o.order(s, bob, report, map[string]any{"q": "bob again"})
	gate.none(o)
	gate.one()
	if next := gate.next(o); next != first.ID {
		t.Errorf("the next run is %s, not bob's", next)
	}
	gate.all()
	o.ended(s, second.ID)
	if n := o.count("SELECT count(*) FROM runs WHERE status = 'queued'"); n == 0 {
		t.Error("bob's runs were the last")
	}
}

func TestLimitsOfPeopleAndSourcesHoldInAllProcesses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, bob := o.person("ann", people.Member), o.person("bob", people.Member)
	limits := func(options *jobs.Options) {
		options.PersonParallel = 2
		options.SourceParallel = func() map[string]int { return map[string]int{"other": 1, "gated": 0} }
	}
	s := o.service(limits)
	o.service(limits)
	gated, other := o.quick("Gated", "gated"), o.quick("Other", "other")
	for range 4 {
		o.order(s, ann, gated, nil)
		o.order(s, bob, other, nil)
	}
	o.sources.gates["gated"].next(o)
	o.sources.gates["gated"].next(o)
	o.sources.gates["other"].next(o)
	last := o.order(s, bob, gated, nil)
	if next := o.sources.gates["gated"].next(o); next != last.ID {
		t.Errorf("%s is next, which is not bob's", next)
	}
	for range 8 { // eight beats of two processes, each of which makes tokens for all that may start
		o.beat(s)
	}
	o.sources.gates["gated"].none(o)
	o.sources.gates["other"].none(o)
	if n := o.count("SELECT count(*) FROM runs WHERE status = 'running'"); n != 4 {
		t.Errorf("%d run at once", n)
	}
	stats, err := s.Stats(t.Context())
	if err != nil || stats.Queued != 5 || stats.Running["gated"] != 3 || stats.Running["other"] != 1 || stats.Oldest.IsZero() {
		t.Errorf("%+v, %v", stats, err)
	}
	o.sources.gates["gated"].all()
	o.sources.gates["other"].all()
	o.drained(s)
}

// beat waits until the service has shown itself once more.
func (o *office) beat(s *jobs.Service) {
	o.Helper()
	seen := func() time.Time {
		all, err := s.Processes(o.deadline())
		o.must(err)
		at := slices.IndexFunc(all, func(p jobs.Process) bool { return p.ID == s.Process().ID })
		return all[at].Seen
	}
	late := o.deadline()
	for before := seen(); !seen().After(before); {
		o.must(late.Err())
	}
}

// drained waits until every run has ended, and ends the test unless all ended well.
func (o *office) drained(s *jobs.Service) {
	o.Helper()
	for filter := (jobs.Filter{}); ; {
		records, next, err := s.List(o.Context(), people.System(), filter)
		o.must(err)
		for _, record := range records {
			o.wants(o.ended(s, record.ID), runner.Succeeded, "")
		}
		if filter.Cursor = next; next == "" {
			return
		}
	}
}

func TestTwoProcessesDoEachRunOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first, second := o.service(nil), o.service(nil)
	report := o.quick("Quick", "warehouse")
	var all sync.WaitGroup
	for i := range 10 {
		person := o.person(fmt.Sprint("person", i), people.Member)
		all.Go(func() {
			for j := range 20 {
				if _, _, err := []*jobs.Service{first, second}[j%2].Create(t.Context(), person, jobs.Request{ReportID: report, Values: map[string]any{"q": "x"}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	o.drained(first)
	if n := o.count("SELECT count(*) FROM runs WHERE status = 'succeeded' AND attempt = 1"); n != 200 {
		t.Errorf("%d runs were done in one attempt", n)
	}
	if n := o.count("SELECT count(*) FROM artifacts"); n != 200 || len(o.stored()) != 400 {
		t.Errorf("%d artifacts, %d files", n, len(o.stored()))
	}
	if n := o.count("SELECT count(DISTINCT worker) FROM runs"); n != 2 {
		t.Errorf("%d processes worked", n)
	}
}

func TestAQueuedRunIsCancelledAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, bob := o.person("ann", people.Member), o.person("bob", people.Member)
	desk := o.unstarted(nil)
	run := o.order(desk, ann, o.quick("Quick", "warehouse"), nil)
	o.refused(desk.Cancel(t.Context(), bob, run.ID), fault.Forbidden, "who started it")
	o.must(desk.Cancel(t.Context(), ann, run.ID))
	done := o.ended(desk, run.ID)
	o.wants(done, runner.Cancelled, "Cancelled by ann@example.com.")
	if done.CancelledBy != ann.Email || done.Finished.IsZero() {
		t.Errorf("%+v", done)
	}
	o.must(desk.Cancel(t.Context(), ann, run.ID))
}

// queries counts those of the run that the engine runs now.
func (o *office) queries(run string) func() uint64 {
	o.Helper()
	endpoint, err := warehouse.Endpoint(o.Context())
	o.must(err)
	conn := enginetest.Open(o, endpoint)
	return func() (n uint64) {
		o.Helper()
		o.must(conn.QueryRow(o.Context(), "SELECT count() FROM system.processes WHERE startsWith(query_id, '"+run+"')").Scan(&n))
		return n
	}
}

// endless reads rows for minutes: each block waits.
const endless = "```sql c\nSELECT number, sleep(0.02) AS s FROM numbers(1000000000)\n```\n"

// Cancelling reaches the process that has the run, and the query is gone from the server when the run has ended.
func TestCancellingARunEndsItsQueryOnTheServer(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, editor := o.person("ann", people.Member), o.person("editor", people.Analyst)
	desk := o.service(func(options *jobs.Options) { options.Parallel = 0 })
	o.service(func(options *jobs.Options) { options.Heartbeat = time.Hour }) // it must hear of it at once
	report := o.report("Endless", "exports: [{cells: [c], format: csv}]", endless)
	o.grant(editor.ID, report, people.Edit)
	run := o.order(desk, ann, report, nil)
	o.until(desk, run.ID, func(p jobs.Progress) bool { return len(p.Cells) == 1 && p.Cells[0].Read > 0 && p.Cells[0].Received > 0 })
	queries := o.queries(run.ID)
	if n := queries(); n != 1 {
		t.Fatalf("%d queries run", n)
	}
	o.must(desk.Cancel(t.Context(), editor, run.ID))
	done := o.ended(desk, run.ID)
	if n := queries(); n != 0 {
		t.Errorf("%d queries still run", n)
	}
	o.wants(done, runner.Cancelled, "Cancelled by editor@example.com.")
	if done.CancelledBy != editor.Email || done.ErrorCode != string(fault.Cancelled) || len(o.stored()) != 0 {
		t.Errorf("%+v, %q", done, o.stored())
	}
	o.must(desk.Cancel(t.Context(), editor, run.ID))
	finished := o.order(desk, ann, o.quick("Quick", "warehouse"), nil)
	o.ended(desk, finished.ID)
	o.refused(desk.Cancel(t.Context(), ann, finished.ID), fault.Conflict, "ended already")
}

// A wish that the notice did not carry is found at the next heartbeat.
func TestACancelledRunIsFoundByTheHeartbeat(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	s := o.service(nil)
	run := o.order(s, o.person("ann", people.Member), o.quick("Quick", "gated"), nil)
	o.sources.gates["gated"].next(o)
	o.exec("UPDATE runs SET cancel_requested = now(), cancelled_by = 'bob' WHERE id = $1", run.ID)
	o.wants(o.ended(s, run.ID), runner.Cancelled, "Cancelled by bob.")
}

// A process whose heartbeats stop loses its run to another. It may go on: what it brings is refused, and its files are removed.
func TestALostRunIsFinishedOnceByAnother(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	silent := o.service(func(options *jobs.Options) {
		options.Heartbeat, options.Lease, options.Parallel = time.Hour, 200*time.Millisecond, 1
	})
	run := o.order(silent, ann, o.quick("Quick", "gated"), map[string]any{"q": "x"})
	gate := o.sources.gates["gated"]
	gate.next(o)
	alive := o.service(nil)
	o.until(alive, run.ID, func(p jobs.Progress) bool { return p.Attempt == 2 && p.Status == runner.Running })
	gate.next(o)
	gate.all()
	done := o.ended(alive, run.ID)
	o.wants(done, runner.Succeeded, "")
	o.must(silent.Stop(o.deadline())) // it has ended its attempt when this returns
	if n := o.count("SELECT count(*) FROM artifacts WHERE run_id = $1", run.ID); n != 1 || done.Attempt != 2 {
		t.Errorf("%d artifacts, attempt %d", n, done.Attempt)
	}
	if stored := o.stored(); !slices.Equal(stored, []string{"runs/" + run.ID + "/2/1", "runs/" + run.ID + "/2/rows-c"}) {
		t.Errorf("%q", stored)
	}
}

func TestARunThatIsLostAgainAndAgainFails(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.unstarted(nil)
	run := o.order(desk, o.person("ann", people.Member), o.quick("Quick", "warehouse"), nil)
	claim := jobs.Claim{Worker: "01980000-0000-7000-8000-000000000000", Lease: 0, Now: o.clock.now()}
	for attempt := 1; attempt <= 3; attempt++ {
		taken, found, err := o.runs.Claim(t.Context(), claim)
		if err != nil || !found || taken.Attempt != attempt {
			t.Fatalf("%+v, %t, %v", taken, found, err)
		}
		if lost, err := o.runs.Recover(t.Context(), claim, 3, 1); err != nil || lost != 1 {
			t.Fatalf("%d, %v", lost, err)
		}
	}
	o.wants(o.ended(desk, run.ID), runner.Failed, "begun 3 times")
}

// Whatever happens to the jobs of the queue, a run that waits is taken.
func TestARunWithoutAJobIsTakenAllTheSame(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	run := o.order(o.unstarted(nil), o.person("ann", people.Member), o.quick("Quick", "warehouse"), nil)
	o.exec("DELETE FROM river_job")
	o.wants(o.ended(o.service(nil), run.ID), runner.Succeeded, "")
}

// A query that a process left running when it was killed is stopped before the run begins anew.
func TestTheQueryOfAnEarlierAttemptIsStopped(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	run := o.order(o.unstarted(nil), o.person("ann", people.Member), o.report("Slow", "exports: [{cells: [c], format: csv}]",
		"```sql c\nSELECT 1 AS one\n```\n"), nil)
	claim := jobs.Claim{Worker: "01980000-0000-7000-8000-000000000000", Lease: 0, Now: o.clock.now()}
	if _, found, err := o.runs.Claim(t.Context(), claim); err != nil || !found {
		t.Fatal(found, err)
	}
	left := make(chan error, 1)
	go func() { left <- o.leave(run.ID + "-c") }()
	for queries, late := o.queries(run.ID), o.deadline(); queries() != 1; {
		o.must(late.Err())
	}
	s := o.service(nil)
	o.wants(o.ended(s, run.ID), runner.Succeeded, "")
	select {
	case err := <-left:
		if err == nil {
			t.Error("the query went to its end")
		}
	case <-o.deadline().Done():
		t.Error("the query was not stopped")
	}
}

func TestAStoppingProcessLetsItsRunsEnd(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	s := o.service(func(options *jobs.Options) { options.Parallel = 1 })
	report := o.quick("Quick", "gated")
	run, next := o.order(s, ann, report, nil), o.order(s, ann, report, nil)
	o.sources.gates["gated"].next(o)
	stopped := make(chan error, 1)
	go func() { stopped <- s.Stop(o.deadline()) }()
	o.sources.gates["gated"].all()
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	done, err := o.runs.Run(t.Context(), run.ID)
	o.must(err)
	o.wants(done, runner.Succeeded, "")
	other := o.service(nil)
	o.wants(o.ended(other, next.ID), runner.Succeeded, "")
}

func TestARunThatDoesNotEndInTimeIsGivenBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	s := o.service(func(options *jobs.Options) { options.Grace = time.Millisecond })
	run := o.order(s, ann, o.quick("Quick", "gated"), nil)
	o.sources.gates["gated"].next(o)
	o.must(s.Stop(o.deadline()))
	given, err := o.runs.Run(t.Context(), run.ID)
	o.must(err)
	o.wants(given, runner.Queued, "")
	o.sources.gates["gated"].all()
	done := o.ended(o.service(nil), run.ID)
	o.wants(done, runner.Succeeded, "")
	if n := o.count("SELECT lost FROM runs"); n != 0 || done.Attempt != 2 {
		t.Errorf("lost %d times, attempt %d", n, done.Attempt)
	}
}

// The database may go away while a run runs: it ends when the database is back.
func TestARunOutlivesItsDatabaseConnections(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	s := o.service(nil)
	run := o.order(s, o.person("ann", people.Member), o.quick("Quick", "gated"), nil)
	o.sources.gates["gated"].next(o)
	news, err := s.Watch(o.deadline(), run.ID)
	o.must(err)
	o.exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	o.sources.gates["gated"].all()
	var last jobs.Progress
	for last = range news {
	}
	if last.Status != runner.Succeeded {
		t.Errorf("%+v", last)
	}
	done, err := o.runs.Run(t.Context(), run.ID)
	o.must(err)
	if o.wants(done, runner.Succeeded, ""); done.Attempt != 1 {
		t.Errorf("attempt %d", done.Attempt)
	}
}

// leave runs an endless query of that id, as a process does that is gone by now.
func (o *office) leave(id string) error {
	src := o.sources.named["warehouse"]
	stream, err := src.Query(o.deadline(), source.Query{ID: id, Statement: templates.Statement{Parts: []templates.Part{{Text: "SELECT number, sleep(0.02) FROM numbers(1000000000)"}}}})
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, stream)
	return errors.Join(err, stream.Close())
}
