package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
)

// used is an installation that was worked with.
type used struct {
	*installation
	admin, ann             *client
	report, limited, gone  string // slugs of reports
	run                    served
	anyone, signedIn, past string // addresses of a file: two links and one that was revoked
	password               string // of ann
	event                  string // id of the newest event of the audit
}

// A backup that is made while people work brings all of it back elsewhere, as of one moment.
func TestABackupOfAUsedInstallation(t *testing.T) {
	u := use(t)
	backup := filepath.Join(filepath.Dir(u.config), "backup.zip")
	ctx, over := context.WithCancel(t.Context())
	var working sync.WaitGroup
	for range 3 {
		working.Go(func() {
			for n := 10; ctx.Err() == nil; n++ {
				if run, err := u.admin.ordered(ctx, u.report, map[string]any{"rows": n, "pause": 0.2 / float64(n)}, ""); err == nil {
					_, _ = u.admin.watch(ctx, run.ID, nil)
				}
			}
		})
	}
	db := u.look()
	await(t, "runs going on", func() bool {
		return count(t, db, `SELECT count(*) FROM runs WHERE status = 'running'`) > 0 && count(t, db, `SELECT count(*) FROM runs WHERE status = 'succeeded'`) > 10
	})
	begin := time.Now()
	if got := u.command("backup", backup); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	took := time.Since(begin)
	over()
	working.Wait()
	info, err := os.Stat(backup)
	u.must(err)
	t.Logf("the backup of %d runs took %.1f s and %d KiB", count(t, db, `SELECT count(*) FROM runs`), took.Seconds(), info.Size()>>10)
	u.stopAll()

	t.Run("elsewhere", func(t *testing.T) { u.restored(t, backup) })
	t.Run("without the master key", func(t *testing.T) {
		i := install(t, false, "")
		if got := i.command("restore", backup); got.code != exitDone {
			t.Fatalf("%+v", got)
		}
		p := i.begin("serve", "--listen", "127.0.0.1:0")
		select {
		case <-p.ended:
		case <-time.After(startTime):
			p.kill()
		}
		if told := p.told(); p.err == nil || !strings.Contains(told, "sealed under the master key") || !strings.Contains(told, "secrets.key") || strings.Contains(told, "goroutine") {
			t.Errorf("%v: %s", p.err, told)
		}
	})
}

// use makes an installation and works with it.
func use(t *testing.T) *used {
	t.Helper()
	u := &used{installation: install(t, false, ""), password: "a password of hers"}
	u.serve()
	u.admin = u.staff(people.Administrator, "admin")[0]
	u.ann = u.staff(people.Member, "ann")[0]
	if got := vitrinaWith(t.Context(), strings.NewReader(u.password+"\n"), "user", "password", u.ann.email, "--data", u.data, "--config", u.config); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	u.write()
	u.run = u.admin.ended(u.admin.order(u.report, map[string]any{"rows": 123}).ID)
	u.must(u.admin.checkFile(t.Context(), u.run, 123))
	u.anyone, u.signedIn, u.past = u.link(true, false), u.link(false, false), u.link(true, true)
	u.checkLinks()
	u.event = u.allEvents()[0]
	return u
}

// write keeps reports with history, rights, a group with value limits and a source.
func (u *used) write() {
	u.Helper()
	admin := u.admin
	admin.do(http.MethodPost, "/folders", map[string]string{"path": "sales"}, http.StatusCreated, nil)
	u.report = admin.numbers("Numbers")
	var kept struct{ Document string }
	admin.do(http.MethodGet, "/reports/"+u.report+"/document", nil, http.StatusOK, &kept)
	admin.do(http.MethodPut, "/reports/"+u.report+"/document", map[string]any{"base": 1, "document": kept.Document + "\nMore words.\n", "message": "more words"}, http.StatusOK, nil)
	admin.do(http.MethodPatch, "/reports/"+u.report, map[string]string{"folder": "sales", "slug": "counting"}, http.StatusOK, nil)
	u.limited = admin.keep("Limited", "form: [{name: partner, type: input, kind: integer, required: true}]", cell("c", "SELECT {{ .partner }} AS partner"))
	u.gone = admin.publish("Gone", "", cell("c", "SELECT 1 AS n"))
	admin.do(http.MethodDelete, "/reports/"+u.gone+"?base=1", nil, http.StatusNoContent, nil)

	var group struct{ ID string }
	admin.do(http.MethodPost, "/groups", map[string]any{"name": "Partners", "limits": map[string][]string{"partner": {"12", "15"}}}, http.StatusCreated, &group)
	admin.do(http.MethodPut, "/groups/"+group.ID+"/members/"+u.ann.person, nil, http.StatusNoContent, nil)
	admin.do(http.MethodPost, "/reports/"+u.limited+"/grants", map[string]string{"group_id": group.ID, "level": "run"}, http.StatusCreated, nil)
	admin.do(http.MethodPost, "/folder-grants", map[string]string{"folder": "sales", "person_id": u.ann.person, "level": "view_sql"}, http.StatusCreated, nil)
	admin.do(http.MethodPost, "/sources", map[string]string{"name": "far", "driver": "clickhouse", "dsn": "http://reader:geheim@127.0.0.1:1/far"}, http.StatusCreated, nil)
}

func (u *used) link(anyone, revoked bool) string {
	u.Helper()
	var link struct{ ID, URL string }
	u.admin.do(http.MethodPost, "/runs/"+u.run.ID+"/links", map[string]any{"artifact": u.run.Files[0].ID, "anyone": anyone}, http.StatusCreated, &link)
	if revoked {
		u.admin.do(http.MethodDelete, "/links/"+link.ID, nil, http.StatusNoContent, nil)
	}
	return link.URL
}

// restored fills a new data folder from the backup and looks whether everything is there.
func (u *used) restored(t *testing.T, backup string) {
	i := install(t, false, "")
	key, err := os.ReadFile(filepath.Join(u.data, "secrets.key"))
	i.must(err)
	i.must(os.WriteFile(filepath.Join(i.data, "secrets.key"), key, 0o600))
	if got := i.command("restore", backup); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	if got := i.command("restore", backup); got.code != exitWrong {
		t.Errorf("restored twice: %+v", got)
	}
	i.serve()
	there := *u
	there.installation = i
	there.admin = &client{installation: i, email: u.admin.email, token: u.admin.token, http: &http.Client{}}
	there.checkRights(u.ann.email)
	there.checkHistory()
	there.checkLinks()
	there.checkRuns()
	if events := there.allEvents(); slices.Index(events, u.event) < 1 {
		t.Errorf("the audit of %d events lacks one that was in it, or has no newer one", len(events))
	}
	var tested struct {
		OK      bool
		Message string
	}
	there.admin.do(http.MethodPost, "/sources/far/test", nil, http.StatusOK, &tested)
	if tested.OK || !strings.Contains(tested.Message, "refused") || strings.Contains(tested.Message, "geheim") {
		t.Errorf("the source says %+v", tested)
	}
}

func (u *used) checkRights(email string) {
	u.Helper()
	ann, got, err := u.signIn(email, u.password)
	if err != nil || got.status != http.StatusCreated {
		u.Fatalf("ann cannot sign in: %v %+v", err, got)
	}
	for report, level := range map[string]string{u.report: "view_sql", u.limited: "run"} {
		var kept struct{ Level, Folder string }
		ann.do(http.MethodGet, "/reports/"+report, nil, http.StatusOK, &kept)
		if kept.Level != level {
			u.Errorf("%s: level %q, not %s", report, kept.Level, level)
		}
	}
	run := "/reports/" + u.limited + "/runs"
	ann.do(http.MethodPost, run, map[string]any{"values": map[string]any{"partner": 12}}, http.StatusCreated, nil)
	ann.do(http.MethodPost, run, map[string]any{"values": map[string]any{"partner": 13}}, http.StatusUnprocessableEntity, nil)
	ann.do(http.MethodGet, "/people", nil, http.StatusForbidden, nil)
	u.admin.do(http.MethodGet, "/people", nil, http.StatusOK, nil)
}

func (u *used) checkHistory() {
	u.Helper()
	var history struct {
		Items []struct {
			Number          int
			Author, Message string
		}
	}
	u.admin.do(http.MethodGet, "/reports/counting/revisions", nil, http.StatusOK, &history)
	if len(history.Items) != 2 || history.Items[0].Message != "more words" || history.Items[0].Author != u.admin.email {
		u.Errorf("%+v", history)
	}
	var difference struct{ Text string }
	u.admin.do(http.MethodGet, "/reports/"+u.report+"/diff?from=1&to=2", nil, http.StatusOK, &difference)
	if !strings.Contains(difference.Text, "+More words.") {
		u.Errorf("%q", difference.Text)
	}
	var back struct{ Slug string }
	u.admin.do(http.MethodPost, "/reports/"+u.gone+"/undelete", nil, http.StatusOK, &back)
	if back.Slug != u.gone {
		u.Errorf("%+v", back)
	}
}

func (u *used) checkLinks() {
	u.Helper()
	nobody := &client{installation: u.installation, http: &http.Client{}}
	for address, want := range map[string][2]int{u.anyone: {200, 200}, u.signedIn: {401, 200}, u.past: {404, 404}} {
		for n, who := range []*client{nobody, u.admin} {
			got, err := who.ask(u.deadline(time.Minute), http.MethodGet, address, nil)
			if err != nil || got.status != want[n] {
				u.Errorf("link %s as %q: %d, not %d, %v", address, who.email, got.status, want[n], err)
			}
			if got.status == http.StatusOK && sum(got.body) != u.run.Files[0].SHA256 {
				u.Error("another file")
			}
		}
	}
}

// checkRuns waits until what was going on at the moment of the backup is done too, and opens every file.
func (u *used) checkRuns() {
	u.Helper()
	db := u.look()
	open := count(u.T, db, `SELECT count(*) FROM runs WHERE status IN ('queued', 'running')`)
	awaitLong(u.installation, "all runs to end", func() bool {
		return count(u.T, db, `SELECT count(*) FROM runs WHERE status IN ('queued', 'running')`) == 0
	})
	rows, err := db.Query(u.Context(), `SELECT id::text, coalesce((values->>'rows')::int, 0) FROM runs WHERE slug IN ('numbers', 'counting')`)
	u.must(err)
	runs := map[string]int{}
	for rows.Next() {
		var id string
		var n int
		u.must(rows.Scan(&id, &n))
		runs[id] = n
	}
	u.must(rows.Err())
	for id, n := range runs {
		run := u.admin.run(id)
		if run.Status != "succeeded" {
			u.Errorf("run %s ended as %s %s", id, run.Status, run.Error)
		} else if err := u.admin.checkFile(u.Context(), run, n); err != nil {
			u.Error(err)
		}
	}
	u.Logf("%d runs with their files, %d of them done after the restore", len(runs), open)
}

// allEvents are the ids of all events, the newest first.
func (u *used) allEvents() (ids []string) {
	u.Helper()
	for cursor := ""; ; {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		u.admin.do(http.MethodGet, fmt.Sprintf("/audit?limit=100&cursor=%s", cursor), nil, http.StatusOK, &page)
		for _, item := range page.Items {
			ids = append(ids, item.ID)
		}
		if cursor = page.Next; cursor == "" {
			return ids
		}
	}
}
