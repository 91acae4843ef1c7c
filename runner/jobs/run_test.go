package jobs_test

import (
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// What a run has found can be looked at and downloaded from another process than the one that did it.
func TestARunIsOrderedHereAndDoneThere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	report := o.report("Numbers", "form: [{name: q, type: input}]\nexports: [{cells: [c], format: csv, filename: mine}]",
		"{{ rows \"c\" }} rows of {{ .q }}\n```sql c\nSELECT number AS n, {{ .q }} AS q FROM numbers(3)\n```\n```chart g\ntype: bar\ncell: c\nx: q\ny: count()\n```\n")
	desk := o.service(func(options *jobs.Options) { options.Parallel = 0 })
	o.service(func(options *jobs.Options) { options.Retention = time.Hour })

	order := o.order(desk, ann, report, map[string]any{"q": "O'Brien\x00"})
	if order.Status != runner.Queued || !order.Started.IsZero() || order.User != ann.Email || order.Report != "numbers" {
		t.Errorf("%+v", order)
	}
	o.ended(desk, order.ID)
	done, err := desk.Get(t.Context(), ann, order.ID)
	o.must(err)
	o.wants(done, runner.Succeeded, "")
	if done.Values["q"] != "O'Brien\x00" || done.Text != "3 rows of O'Brien�" || len(done.Charts) != 1 || done.Attempt != 1 || done.Cells[0].Rows != 3 {
		t.Errorf("%+v", done.Run)
	}
	if kinds := []runner.PartKind{runner.TextPart, runner.TablePart, runner.ChartPart}; len(order.Parts) != 0 || !slices.EqualFunc(done.Parts, kinds, func(p runner.Part, kind runner.PartKind) bool { return p.Kind == kind }) {
		t.Errorf("%+v, then %+v", order.Parts, done.Parts)
	}
	if done.Started.Before(done.Queued) || done.Finished.Before(done.Started) || !done.FilesExpire.Equal(done.Finished.Add(time.Hour)) {
		t.Errorf("%v, %v, %v, %v", done.Queued, done.Started, done.Finished, done.FilesExpire)
	}
	files, err := desk.Files(t.Context(), ann, order.ID)
	o.must(err)
	if len(files) != 1 || files[0].Name != "mine.csv" || files[0].Rows != 3 || files[0].SHA256 == "" {
		t.Fatalf("%+v", files)
	}
	_, object, err := desk.Open(t.Context(), ann, order.ID, files[0].ID)
	o.must(err)
	defer func() { _ = object.Close() }()
	data, err := io.ReadAll(object)
	if err != nil || !strings.HasPrefix(string(data), "\"n\",\"q\"\r\n0,") || object.Size() != files[0].Bytes {
		t.Errorf("%q, %v", data, err)
	}
	page, err := desk.Page(t.Context(), ann, order.ID, "c", 1, 1)
	if err != nil || len(page.Rows) != 1 || page.Columns[0].Name != "n" {
		t.Errorf("%+v, %v", page, err)
	}
	if n := o.count(`SELECT count(*) FROM audit WHERE action = 'run.created' AND object_id = $1`, order.ID); n != 1 {
		t.Errorf("%d entries in the audit log", n)
	}
}

func TestWrongValuesAreToldAndNothingIsKept(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	desk := o.unstarted(nil)
	report := o.report("Numbers", "form: [{name: n, type: input, kind: integer, required: true}]", "```sql c\nSELECT {{ .n }} AS n\n```\n")
	_, _, err := desk.Create(t.Context(), ann, jobs.Request{ReportID: report, Values: map[string]any{"n": "x"}})
	o.refused(err, fault.Invalid, "")
	_, _, err = desk.Create(t.Context(), ann, jobs.Request{ReportID: o.closedReport("Closed", "", "```sql c\nSELECT 1\n```\n")})
	o.refused(err, fault.NotFound, "not shared with you")
	if n := o.count("SELECT count(*) FROM runs"); n != 0 {
		t.Errorf("%d runs", n)
	}
}

// A run that fails on the source tells why, and what it asked stays.
func TestAFailedRunTellsWhy(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	s := o.service(nil)
	report := o.report("Fails", "exports: [{cells: [c], format: csv}]", "```sql c\nSELECT throwIf(number = 2, 'too many partners') FROM numbers(3)\n```\n")
	done := o.ended(s, o.order(s, ann, report, nil).ID)
	o.wants(done, runner.Failed, "too many partners")
	if done.ErrorCode == "" || done.FilesExpire != nil || len(o.stored()) != 0 {
		t.Errorf("%+v, %q", done, o.stored())
	}
}

// Who watches is told the present state first and the last one at the end, with what was done in between.
func TestWatchTellsFromTheFirstStateToTheLast(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	s := o.service(nil)
	run := o.order(s, ann, o.quick("Quick", "gated"), map[string]any{"q": "x"})
	o.sources.gates["gated"].next(o)
	o.until(s, run.ID, func(p jobs.Progress) bool { return len(p.Cells) == 1 })

	slow, err := s.Watch(o.deadline(), run.ID)
	o.must(err)
	news, err := s.Watch(o.deadline(), run.ID)
	o.must(err)
	var told []jobs.Progress
	for p := range news {
		if len(told) == 0 {
			o.sources.gates["gated"].all()
		}
		told = append(told, p)
	}
	first, last := told[0], told[len(told)-1]
	if first.Status != runner.Running || first.Attempt != 1 {
		t.Errorf("first %+v", first)
	}
	if last.Status != runner.Succeeded {
		t.Errorf("last %+v", last)
	}
	for i := range told[1:] {
		if told[i+1].Sequence < told[i].Sequence || told[i].Final() {
			t.Errorf("%+v came before %+v", told[i], told[i+1])
		}
	}
	// One who did not read gets the newest state alone.
	if p := <-slow; p.Status != runner.Succeeded {
		t.Errorf("%+v", p)
	}
	if _, open := <-slow; open {
		t.Error("more news behind the last")
	}
	kept, err := o.runs.Progress(t.Context(), []string{run.ID})
	o.must(err)
	want := []jobs.CellProgress{{Name: "c", Done: true, Received: 1}}
	if kept[0].Cells[0].Read, kept[0].Cells[0].Total, kept[0].Cells[0].Bytes = 0, 0, 0; !reflect.DeepEqual(kept[0].Cells, want) || !kept[0].Files[0].Done {
		t.Errorf("%+v", kept[0])
	}
}

func TestThoseWhoWaitAreToldHowManyAreAhead(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	s := o.service(func(options *jobs.Options) { options.Parallel = 1 })
	report := o.quick("Quick", "gated")
	o.order(s, ann, report, map[string]any{"q": "1"})
	o.sources.gates["gated"].next(o)
	o.order(s, ann, report, map[string]any{"q": "2"})
	last := o.order(s, ann, report, map[string]any{"q": "3"})
	got, err := s.Get(t.Context(), ann, last.ID)
	if err != nil || got.Progress.Ahead != 1 {
		t.Fatalf("%+v, %v", got.Progress, err)
	}
	news, err := s.Watch(o.deadline(), last.ID)
	o.must(err)
	if p := <-news; p.Ahead != 1 {
		t.Errorf("%+v", p)
	}
	o.sources.gates["gated"].one()
	if p := <-news; p.Ahead != 0 || p.Status != runner.Queued {
		t.Errorf("%+v", p)
	}
	o.sources.gates["gated"].all()
	o.ended(s, last.ID)
}
