package jobs_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

func TestTheSameKeyLeadsToTheSameRun(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, bob := o.person("ann", people.Member), o.person("bob", people.Member)
	desk := o.unstarted(nil)
	request := jobs.Request{ReportID: o.quick("Quick", "warehouse"), Key: "k", Request: []byte{1}}
	var all sync.WaitGroup
	ids := make([]string, 8)
	for i := range ids {
		all.Go(func() {
			record, _, err := desk.Create(t.Context(), ann, request)
			if err != nil {
				t.Error(err)
			}
			ids[i] = record.ID
		})
	}
	all.Wait()
	for _, id := range ids {
		if id == "" || id != ids[0] {
			t.Errorf("%q", ids)
		}
	}
	if n := o.count("SELECT count(*) FROM runs"); n != 1 {
		t.Errorf("%d runs", n)
	}
	if n := o.count("SELECT count(*) FROM river_job WHERE queue = 'runs'"); n != 1 {
		t.Errorf("%d jobs", n)
	}
	if record, created, err := desk.Create(t.Context(), bob, request); err != nil || !created || record.ID == ids[0] {
		t.Errorf("bob's key is ann's: %v", err)
	}
	request.Request = []byte{2}
	_, _, err := desk.Create(t.Context(), ann, request)
	o.refused(err, fault.Conflict, ids[0])
}

func TestSoManyRunsMayWait(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, bob := o.person("ann", people.Member), o.person("bob", people.Member)
	desk := o.unstarted(func(options *jobs.Options) { options.PersonQueued = 2 })
	report := o.quick("Quick", "warehouse")
	run := o.order(desk, ann, report, nil)
	o.order(desk, ann, report, nil)
	_, _, err := desk.Create(t.Context(), ann, jobs.Request{ReportID: report})
	o.refused(err, fault.TooMany, "2 runs waiting")
	o.order(desk, bob, report, nil)
	o.must(desk.Cancel(t.Context(), ann, run.ID))
	o.order(desk, ann, report, nil)
}

const exported = "exports: [{cells: [c], format: csv}]\nform: [{name: q, type: input}]"

// A result is used again while it is young enough, by anybody whom it could have been computed for.
func TestAKeptResultAnswers(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, bob := o.person("ann", people.Member), o.person("bob", people.Member)
	s := o.service(func(options *jobs.Options) { options.Retention = time.Hour })
	for name, c := range map[string]struct {
		body   string
		shared bool
	}{
		"Anybodys": {"```sql c\nSELECT {{ .q }} AS user_id\n```\n", true},
		"Personal": {"```sql c\nSELECT {{ .q }} AS q, {{ .user.email }} AS e\n```\n", false},
		"Timely":   {"```sql c\nSELECT {{ .q }} AS q, now() AS n\n```\n", false},
		"Escaped":  {"```sql c\nSELECT {{ .q }} AS q, {{ $.user.email }} AS e\n```\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			report := o.report(name, exported, "Of {{ .q }}.\n\n"+c.body)
			ask := func(actor *people.Actor, q, format string, age time.Duration) jobs.Record {
				t.Helper()
				record, created, err := s.Create(t.Context(), actor, jobs.Request{ReportID: report, Values: map[string]any{"q": q}, Format: format, MaxAge: age})
				if err != nil || !created {
					t.Fatal(created, err)
				}
				return record
			}
			first := o.ended(s, ask(ann, "x", "", time.Minute).ID)
			o.wants(first, runner.Succeeded, "")
			again := ask(ann, "x", "", time.Minute)
			if again.KeptFrom != first.ID || again.Status != runner.Succeeded || !again.Computed.Equal(first.Finished) || again.ID == first.ID {
				t.Errorf("%+v", again)
			}
			if len(again.Parts) != 2 || !slices.Equal(again.Parts, first.Parts) {
				t.Errorf("shows %+v, not %+v", again.Parts, first.Parts)
			}
			if files, err := s.Files(t.Context(), ann, again.ID); err != nil || len(files) != 1 || files[0].RunID != first.ID {
				t.Errorf("%+v, %v", files, err)
			}
			if page, err := s.Page(t.Context(), ann, again.ID, "c", 0, 10); err != nil || len(page.Rows) != 1 {
				t.Errorf("%+v, %v", page, err)
			}
			if bobs := ask(bob, "x", "", time.Minute); (bobs.KeptFrom == first.ID) != c.shared {
				t.Errorf("bob's is from %q", bobs.KeptFrom)
			}
			for what, other := range map[string]jobs.Record{
				"no age": ask(ann, "x", "", 0), "another value": ask(ann, "y", "", time.Minute), "another format": ask(ann, "x", "json", time.Minute),
			} {
				if other.KeptFrom != "" {
					t.Errorf("%s: from %q", what, other.KeptFrom)
				}
			}
		})
	}
}

func TestAKeptResultGrowsOld(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	s := o.service(func(options *jobs.Options) { options.Retention = time.Hour })
	report := o.report("Anybodys", exported, "```sql c\nSELECT {{ .q }} AS q\n```\n")
	first := o.ended(s, o.order(s, ann, report, nil).ID)
	for _, c := range []struct {
		later, age time.Duration
		kept       bool
	}{{10 * time.Minute, 20 * time.Minute, true}, {20 * time.Minute, 20 * time.Minute, false}, {40 * time.Minute, 10 * time.Hour, false}} {
		o.clock.advance(c.later)
		record, _, err := s.Create(t.Context(), ann, jobs.Request{ReportID: report, MaxAge: c.age})
		if err != nil || (record.KeptFrom == first.ID) != c.kept {
			t.Errorf("%v: from %q, %v", c, record.KeptFrom, err)
		}
		o.ended(s, record.ID)
		o.exec("UPDATE runs SET files_removed_at = now() WHERE id = $1 AND id <> $2", record.ID, first.ID)
	}
}

// Runs are seen by who started them, by those who edit the report, and by colleagues who could run the same.
func TestWhoSeesARun(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, bob, editor, admin := o.person("ann", people.Member), o.person("bob", people.Member), o.person("editor", people.Analyst), o.person("admin", people.Administrator)
	stranger := o.person("stranger", people.Analyst)
	limited, other := o.limit(o.person("limited", people.Member), "q", "x", "z"), o.limit(o.person("other", people.Member), "q", "y")
	s := o.service(nil)
	report := o.closedReport("Closed", exported, "{{ value \"c\" \"q\" }}\n```sql c\nSELECT {{ .q }} AS q\n```\n")
	for _, actor := range []*people.Actor{ann, bob, limited, other} {
		o.grant(actor.ID, report, people.Run)
	}
	o.grant(editor.ID, report, people.Edit)
	run := o.ended(s, o.order(s, ann, report, map[string]any{"q": "x"}).ID)
	o.order(s, bob, report, map[string]any{"q": "x"})
	for name, c := range map[string]struct {
		actor        *people.Actor
		sees, listed bool
	}{
		"who started it": {ann, true, true}, "a colleague": {bob, true, false}, "an editor": {editor, true, true}, "an administrator": {admin, true, true},
		"one without the grant": {stranger, false, false}, "one whose limits allow the values": {limited, true, false}, "one whose limits do not": {other, false, false},
	} {
		got, err := s.Get(t.Context(), c.actor, run.ID)
		if (err == nil) != c.sees || c.sees && (got.Text != "x" || len(got.Parts) != 2) {
			t.Errorf("%s: %q, %+v, %v", name, got.Text, got.Parts, err)
		}
		if !c.sees {
			o.refused(err, fault.NotFound, "no such run")
		}
		list, _, err := s.List(t.Context(), c.actor, jobs.Filter{})
		if err != nil || (len(list) > 0 && list[len(list)-1].ID == run.ID) != c.listed {
			t.Errorf("%s: lists %d, %v", name, len(list), err)
		}
		if _, err := s.Page(t.Context(), c.actor, run.ID, "c", 0, 1); (err == nil) != c.sees {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, _, err := s.Create(t.Context(), other, jobs.Request{ReportID: report, Values: map[string]any{"q": "x"}})
	o.refused(err, fault.Invalid, "")

	// Whoever lost the right knows that they ran it, and no more.
	o.exec("DELETE FROM grants WHERE person_id = $1", ann.ID)
	got, err := s.Get(t.Context(), ann, run.ID)
	if err != nil || got.Text != "" || len(got.Parts) != 0 || got.Values["q"] != "x" {
		t.Errorf("%+v, %v", got, err)
	}
	_, err = s.Page(t.Context(), ann, run.ID, "c", 0, 1)
	o.refused(err, fault.Forbidden, "no longer")
}

// The address of a run shows a colleague what they could have found themselves, and no more.
func TestWhatARunFoundForOneIsNotShownToAnother(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, bob, editor := o.person("ann", people.Member), o.person("bob", people.Member), o.person("ed", people.Analyst)
	s := o.service(nil)
	const cell = "```sql c\nSELECT %s AS who\n```\n"
	own := o.report("Own", exported, "x\n\n"+strings.Replace(cell, "%s", "{{ .user.email }}", 1))
	shared := o.report("Shared", exported, "x\n\n"+strings.Replace(cell, "%s", "{{ .q }}", 1))
	for _, report := range []string{own, shared} {
		o.grant(editor.ID, report, people.Edit)
		run := o.ended(s, o.order(s, ann, report, map[string]any{"q": "x"}).ID)
		o.wants(run, runner.Succeeded, "")
		for name, c := range map[string]struct {
			actor *people.Actor
			sees  bool
		}{"who ran it": {ann, true}, "an editor": {editor, true}, "a colleague": {bob, report == shared}} {
			if _, err := s.Page(t.Context(), c.actor, run.ID, "c", 0, 1); (err == nil) != c.sees {
				t.Errorf("%s of %s: %v", name, run.Report, err)
			}
			if _, err := s.Get(t.Context(), c.actor, run.ID); (err == nil) != c.sees {
				t.Errorf("%s of %s: %v", name, run.Report, err)
			}
		}
	}
}

func TestListsOfRunsGoOnWhereThePageBeforeEnded(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	desk := o.unstarted(nil)
	report, other := o.quick("Quick", "warehouse"), o.quick("Other", "warehouse")
	var want []string
	for range 5 {
		want = append([]string{o.order(desk, ann, report, map[string]any{"q": "x"}).ID}, want...)
	}
	o.order(desk, ann, other, nil)
	var got []string
	filter := jobs.Filter{ReportID: report, PersonID: ann.ID, Status: runner.Queued, Since: o.clock.now().Add(-time.Hour), Page: people.Page{Limit: 2}}
	for {
		records, next, err := desk.List(t.Context(), ann, filter)
		o.must(err)
		for _, record := range records {
			got = append(got, record.ID)
		}
		if filter.Cursor = next; next == "" {
			break
		}
	}
	if len(got) != 5 || got[0] != want[0] || got[4] != want[4] {
		t.Errorf("%q, not %q", got, want)
	}
	if none, _, err := desk.List(t.Context(), ann, jobs.Filter{Since: o.clock.now().Add(time.Hour)}); err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
	_, _, err := desk.List(t.Context(), ann, jobs.Filter{Page: people.Page{Cursor: "x"}})
	o.refused(err, fault.Invalid, "cursor")
}

// Somebody who was disabled or removed meanwhile does not get their run.
func TestTheRunOfADisabledPersonIsNotBegun(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.person("admin", people.Administrator)
	ann := o.person("ann", people.Member)
	bob := o.person("bob", people.Member)
	report := o.quick("Quick", "warehouse")
	anns, bobs := o.order(o.unstarted(nil), ann, report, nil), o.order(o.unstarted(nil), bob, report, nil)
	o.must(o.people.Disable(t.Context(), ann.ID, byTest))
	o.must(o.people.Remove(t.Context(), bob.ID, byTest))
	s := o.service(nil)
	o.wants(o.ended(s, anns.ID), runner.Failed, "ann@example.com has no account")
	o.wants(o.ended(s, bobs.ID), runner.Failed, "bob@example.com has no account")
}

// Limits are on fields: they leave a report alone that does not have the field.
// The key leads to the run, and no longer to what it found once that is not the person's to see.
func TestAKeyOpensNoMoreThanTheRunDoes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	s := o.service(nil)
	report := o.closedReport("With", exported, "The answer is {{ value \"c\" \"q\" }}.\n\n```sql c\nSELECT {{ .q }} AS q\n```\n")
	o.grant(ann.ID, report, people.Run)
	request := jobs.Request{ReportID: report, Values: map[string]any{"q": "x"}, Key: "k", Request: []byte{1}}
	record, _, err := s.Create(t.Context(), ann, request)
	o.must(err)
	o.wants(o.ended(s, record.ID), runner.Succeeded, "")
	again, created, err := s.Create(t.Context(), ann, request)
	if err != nil || created || again.ID != record.ID || !strings.Contains(again.Text, "The answer is x.") {
		t.Errorf("%+v, %v", again, err)
	}
	again, created, err = s.Create(t.Context(), o.limit(ann, "q", "y"), request)
	if err != nil || created || again.ID != record.ID || again.Text != "" {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestLimitsHoldWhereTheReportHasTheField(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	s := o.service(nil)
	with, without := o.closedReport("With", exported, "```sql c\nSELECT {{ .q }} AS q\n```\n"), o.closedReport("Without", "exports: [{cells: [c], format: csv}]\n", "```sql c\nSELECT 1 AS q\n```\n")
	o.grant(ann.ID, with, people.Run)
	o.grant(ann.ID, without, people.Run)
	ann = o.limit(ann, "q", "x")
	o.wants(o.ended(s, o.order(s, ann, without, nil).ID), runner.Succeeded, "")
	o.wants(o.ended(s, o.order(s, ann, with, map[string]any{"q": "x"}).ID), runner.Succeeded, "")
	for _, values := range []map[string]any{{"q": "y"}, {}} {
		if _, _, err := s.Create(t.Context(), ann, jobs.Request{ReportID: with, Values: values}); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%v: %v", values, err)
		}
	}
}

// An older revision may have been replaced because it showed too much.
func TestOlderRevisionsRunForThoseWhoMayReadThem(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.person("ann", people.Member)
	s := o.service(nil)
	report := o.closedReport("Revised", "exports: [{cells: [c], format: csv}]\n", "```sql c\nSELECT 1 AS q\n```\n")
	o.revise(report, "Revised", "exports: [{cells: [c], format: csv}]\n", "```sql c\nSELECT 2 AS q\n```\n")
	o.grant(ann.ID, report, people.Run)
	_, _, err := s.Create(t.Context(), ann, jobs.Request{ReportID: report, Revision: 1})
	o.refused(err, fault.Forbidden, "Only the current revision 2")
	if record, _, err := s.Create(t.Context(), ann, jobs.Request{ReportID: report, Revision: 2}); err != nil || record.Revision != 2 {
		t.Errorf("%+v, %v", record, err)
	}
	o.exec("DELETE FROM grants")
	o.grant(ann.ID, report, people.ViewSQL)
	if record, _, err := s.Create(t.Context(), ann, jobs.Request{ReportID: report, Revision: 1}); err != nil || record.Revision != 1 {
		t.Errorf("%+v, %v", record, err)
	}
}
