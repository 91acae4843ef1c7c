package runner_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// Who takes up a run stops what the attempt before has left running, and nothing of another attempt.
func TestStopEndsTheQueriesOfAnAttempt(t *testing.T) {
	t.Parallel()
	const endless = "SELECT count() AS v FROM system.numbers WHERE NOT ignore(cityHash64(number))"
	report := compile(t, "exports: [{cells: [b], format: csv}]", cell("a", "SELECT 1 AS one")+cell("b", endless))
	id, running := uuid.NewString(), make(chan struct{}, 100)
	all := newSources(t)
	told := &events{progress: func(server source.Progress, _ int64) {
		if server.ReadRows > 0 {
			running <- struct{}{}
		}
	}}
	ended := make(chan *runner.Run, 1)
	go func() {
		done, _ := newRunner(t, all).Run(t.Context(), runner.Request{Report: report, ID: id, Attempt: 2, Out: runner.Folder(t.TempDir()), Observer: told})
		ended <- done
	}()
	<-running
	other := newRunner(t, newSources(t))
	for _, attempt := range []int{0, 1, 3} {
		if err := other.Stop(t.Context(), report, id, attempt); err != nil {
			t.Error(err)
		}
	}
	if _, ok, err := all.named["warehouse"].Progress(t.Context(), id+"-b-2"); err != nil || !ok {
		t.Errorf("running %t, %v", ok, err)
	}
	if err := other.Stop(t.Context(), report, id, 2); err != nil {
		t.Error(err)
	}
	if done := <-ended; done.Status != runner.Cancelled || done.Cells[1].Error == "" {
		t.Errorf("%+v", done)
	}
}

func TestStopTellsASourceThatIsAway(t *testing.T) {
	t.Parallel()
	all := newSources(t)
	delete(all.named, "warehouse")
	report := compile(t, "", cell("a", "SELECT 1 AS one"))
	if err := newRunner(t, all).Stop(t.Context(), report, uuid.NewString(), 1); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("%v", err)
	}
}
