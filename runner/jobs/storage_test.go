package jobs_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// taken is a run that a process of that id has begun.
func (o *office) taken(worker string) jobs.Record {
	o.Helper()
	o.order(o.unstarted(nil), o.person("ann", people.Member), o.quick("Quick", "warehouse"), nil)
	record, found, err := o.runs.Claim(o.Context(), jobs.Claim{Worker: worker, Lease: time.Hour, Now: o.clock.now()})
	if err != nil || !found {
		o.Fatal(found, err)
	}
	return record
}

const (
	oneProcess     = "01980000-0000-7000-8000-000000000001"
	anotherProcess = "01980000-0000-7000-8000-000000000002"
)

// Whoever did not hear that the end was kept asks again; whoever has the run no more is told so.
func TestARunEndsOnceHoweverOftenThatIsSaid(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	run := o.taken(oneProcess)
	end := jobs.End{Lease: jobs.Lease{Run: run.ID, Attempt: 1, Worker: oneProcess}, Result: run.Run}
	end.Result.Status, end.Result.Finished = runner.Succeeded, o.clock.now()
	end.Result.Text, end.Result.Notes = "a\x00b\xff", []string{"\x00"}
	end.Result.Parts = []runner.Part{{Kind: runner.TextPart, Text: "a\x00", Constant: true}, {Kind: runner.TablePart, Name: "c"}, {Kind: runner.TextPart, Text: "b\xff"}}
	end.Result.Cells = []runner.CellResult{{Name: "c", Error: "\x00"}}
	end.Result.Artifacts = []runner.Artifact{{Name: "a.csv", Path: "runs/a/1/1", Format: "csv", Rows: 1, Bytes: 2, SHA256: "s"}}

	for what, late := range map[string]jobs.End{
		"another process": {Lease: jobs.Lease{Run: run.ID, Attempt: 1, Worker: anotherProcess}, Result: end.Result},
		"another attempt": {Lease: jobs.Lease{Run: run.ID, Attempt: 2, Worker: oneProcess}, Result: end.Result},
	} {
		if kept, err := o.runs.Finish(t.Context(), late); kept || err != nil {
			t.Errorf("%s: %t, %v", what, kept, err)
		}
	}
	for range 2 {
		if kept, err := o.runs.Finish(t.Context(), end); !kept || err != nil {
			t.Errorf("%t, %v", kept, err)
		}
	}
	if returned, err := o.runs.Return(t.Context(), end.Lease); returned || err != nil {
		t.Errorf("%t, %v", returned, err)
	}
	if held, err := o.runs.Renew(t.Context(), jobs.Process{ID: oneProcess}, time.Hour, []jobs.Lease{end.Lease}); len(held) != 0 || err != nil {
		t.Errorf("%+v, %v", held, err)
	}
	files, err := o.runs.Files(t.Context(), run.ID)
	if err != nil || len(files) != 1 || files[0].Name != "a.csv" || files[0].Number != 1 || files[0].Key != "runs/a/1/1" {
		t.Errorf("%+v, %v", files, err)
	}
	done, err := o.runs.Run(t.Context(), run.ID)
	if err != nil || done.Text != "a�b�" || done.Cells[0].Error != "\x00" {
		t.Errorf("%+v, %v", done.Run, err)
	}
	want := []runner.Part{{Kind: runner.TextPart, Text: "a�", Constant: true}, {Kind: runner.TablePart, Name: "c"}, {Kind: runner.TextPart, Text: "b�"}}
	if !slices.Equal(done.Parts, want) || end.Result.Parts[0].Text != "a\x00" {
		t.Errorf("%+v of %+v", done.Parts, end.Result.Parts)
	}
}

func TestARunGivenBackAfterItWasCancelledIsNotTakenAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	run := o.taken(oneProcess)
	o.must(o.unstarted(nil).Cancel(t.Context(), people.System(), run.ID))
	if returned, err := o.runs.Return(t.Context(), jobs.Lease{Run: run.ID, Attempt: 1, Worker: oneProcess}); !returned || err != nil {
		t.Errorf("%t, %v", returned, err)
	}
	done, err := o.runs.Run(t.Context(), run.ID)
	o.must(err)
	o.wants(done, runner.Cancelled, "cancelled")
}

// What is too long for a notice is told without its details.
func TestLongNewsIsToldInShort(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx, cancel := context.WithCancel(o.deadline())
	defer cancel()
	connected, heard := make(chan bool, 1), make(chan jobs.Event, 2)
	go o.runs.Listen(ctx, func() { connected <- true }, func(event jobs.Event) { heard <- event })
	<-connected
	long := jobs.Progress{Run: oneProcess, Status: runner.Running, Attempt: 3, Sequence: 7, Cells: []jobs.CellProgress{{Name: strings.Repeat("c", 8000)}}}
	short := jobs.Progress{Run: anotherProcess, Status: runner.Running, Files: []jobs.FileProgress{{Format: "csv", Written: 5}}}
	o.must(o.runs.Tell(ctx, []jobs.Event{{Progress: long}, {Progress: short}}))
	if event := <-heard; event.Run != oneProcess || event.Attempt != 3 || event.Sequence != 7 || len(event.Cells) != 0 {
		t.Errorf("%+v", event)
	}
	if event := <-heard; event.Run != anotherProcess || len(event.Files) != 1 || event.Files[0].Written != 5 {
		t.Errorf("%+v", event)
	}
}

func TestProcessesShowThemselves(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	s := o.service(func(options *jobs.Options) {
		options.Roles, options.Version, options.Parallel = []string{"web"}, "1.2.3", 0
	})
	all, err := s.Processes(t.Context())
	if err != nil || len(all) != 1 || all[0].ID != s.Process().ID || all[0].Version != "1.2.3" || all[0].Roles[0] != "web" || all[0].PID == 0 {
		t.Errorf("%+v, %v", all, err)
	}
	o.beat(s)
	o.must(o.runs.Forget(t.Context(), time.Now().Add(time.Hour)))
	if all, err = s.Processes(t.Context()); err != nil || len(all) > 1 {
		t.Errorf("%+v, %v", all, err)
	}
}
