package jobs_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// linked is an office with a finished run of ann's and one file.
type linked struct {
	*office
	service    *jobs.Service
	admin, ann *people.Actor
	bob        *people.Actor
	report     string
	run        jobs.Record
	file       jobs.File
}

func newLinked(t *testing.T) *linked {
	t.Helper()
	l := &linked{office: newOffice(t)}
	l.admin, l.ann, l.bob = l.person("admin", people.Administrator), l.person("ann", people.Member), l.person("bob", people.Member)
	l.service = l.office.service(func(options *jobs.Options) { options.Retention = time.Hour })
	l.report = l.closedReport("Closed", exported, "```sql c\nSELECT {{ .q }} AS q\n```\n")
	l.grant(l.ann.ID, l.report, people.Run)
	l.run = l.ended(l.service, l.order(l.service, l.ann, l.report, map[string]any{"q": "x"}).ID)
	files, err := l.service.Files(t.Context(), l.ann, l.run.ID)
	l.must(err)
	l.file = files[0]
	return l
}

func (l *linked) link(request jobs.LinkRequest) (jobs.Link, string) {
	l.Helper()
	link, token, err := l.service.Link(l.Context(), l.ann, l.run.ID, l.file.ID, request)
	l.must(err)
	return link, token
}

func (l *linked) opens(token string, opener *people.Actor) error {
	l.Helper()
	file, object, err := l.service.OpenLink(l.Context(), token, opener)
	if err != nil {
		return err
	}
	defer func() { _ = object.Close() }()
	data, err := io.ReadAll(object)
	if err != nil || string(data) != "\"q\"\r\n\"x\"\r\n" || file.ID != l.file.ID || file.Name != "Closed c.csv" {
		l.Errorf("%q, %+v, %v", data, file, err)
	}
	return nil
}

// looks opens a link as requests for headers and later parts do.
func (l *linked) looks(token string) error {
	_, object, err := l.service.LookLink(l.Context(), token, nil)
	if err != nil {
		return err
	}
	return object.Close()
}

func TestLinksForAnyoneCanBeForbidden(t *testing.T) {
	t.Parallel()
	l := newLinked(t)
	closed := l.office.service(func(options *jobs.Options) { options.NoOpenLinks = true })
	_, _, err := closed.Link(t.Context(), l.ann, l.run.ID, l.file.ID, jobs.LinkRequest{Anyone: true})
	l.refused(err, fault.Forbidden, "without signing in")
	_, _, err = closed.Link(t.Context(), l.ann, l.run.ID, l.file.ID, jobs.LinkRequest{})
	l.must(err)
}

// A file that is removed takes its links along, whatever they were to expire.
func TestALinkDoesNotOutliveItsFile(t *testing.T) {
	t.Parallel()
	l := newLinked(t)
	link, _ := l.link(jobs.LinkRequest{Expires: l.clock.now().Add(100 * 24 * time.Hour)})
	if !link.Expires.Equal(l.run.FilesExpire.Truncate(time.Second)) {
		t.Errorf("expires %v, the file %v", link.Expires, l.run.FilesExpire)
	}
}

func TestALinkForAnyoneOpensForStrangers(t *testing.T) {
	t.Parallel()
	l := newLinked(t)
	link, token := l.link(jobs.LinkRequest{Anyone: true})
	if !link.Expires.Equal(l.run.FilesExpire.Truncate(time.Second)) {
		t.Errorf("expires %v", link.Expires)
	}
	l.must(l.opens(token, nil))
	l.must(l.opens(token, l.bob))
	l.must(l.looks(token))
	links, tokens, err := l.service.Links(t.Context(), l.ann, l.run.ID)
	if err != nil || len(links) != 1 || tokens[link.ID] != token || links[0].Opened != 2 || links[0].OpenedAt == nil || links[0].Person != l.ann.Email {
		t.Errorf("%+v, %v", links, err)
	}
	if n := l.count("SELECT count(*) FROM audit WHERE action = 'link.opened'"); n != 2 {
		t.Errorf("%d openings in the audit log", n)
	}
}

func TestALinkForColleaguesOpensForThoseWhoMayRunTheSame(t *testing.T) {
	t.Parallel()
	l := newLinked(t)
	_, token := l.link(jobs.LinkRequest{})
	l.refused(l.opens(token, nil), fault.Unauthenticated, "Sign in")
	l.refused(l.opens(token, &people.Actor{Via: people.ByLink, Address: "10.0.0.1"}), fault.Unauthenticated, "Sign in")
	l.refused(l.opens(token, l.bob), fault.NotFound, "does not lead to a file")
	l.grant(l.bob.ID, l.report, people.Run)
	l.must(l.opens(token, l.bob))
	l.refused(l.opens(token, l.limit(l.bob, "q", "y")), fault.NotFound, "does not lead to a file")
	l.must(l.opens(token, l.ann))
	l.must(l.opens(token, l.admin))
}

// A link does not outlive what gave its maker the right to the file.
func TestALinkThatNoLongerLeadsAnywhere(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(l *linked, link jobs.Link){
		"expired":                 func(l *linked, _ jobs.Link) { l.clock.advance(31 * time.Minute) },
		"revoked":                 func(l *linked, link jobs.Link) { l.must(l.service.Revoke(l.Context(), l.ann, link.ID)) },
		"revoked by another":      func(l *linked, link jobs.Link) { l.must(l.service.Revoke(l.Context(), l.admin, link.ID)) },
		"its maker disabled":      func(l *linked, _ jobs.Link) { l.must(l.people.Disable(l.Context(), l.ann.ID, byTest)) },
		"its maker gone":          func(l *linked, _ jobs.Link) { l.must(l.people.Remove(l.Context(), l.ann.ID, byTest)) },
		"its maker without right": func(l *linked, _ jobs.Link) { l.exec("DELETE FROM grants") },
		"its maker limited":       func(l *linked, _ jobs.Link) { l.limit(l.ann, "q", "y") },
		"its report deleted":      func(l *linked, _ jobs.Link) { l.exec("UPDATE reports SET deleted_at = now()") },
		"its run gone":            func(l *linked, _ jobs.Link) { l.exec("DELETE FROM runs") },
		"another expiry":          func(l *linked, _ jobs.Link) { l.exec("UPDATE links SET expires_at = expires_at + interval '1 hour'") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLinked(t)
			link, token := l.link(jobs.LinkRequest{Anyone: true, Expires: l.clock.now().Add(30 * time.Minute)})
			l.must(l.opens(token, nil))
			change(l, link)
			l.refused(l.opens(token, nil), fault.NotFound, "does not lead to a file")
			l.refused(l.opens(token, l.admin), fault.NotFound, "does not lead to a file")
		})
	}
}

func TestAForgedTokenLeadsNowhere(t *testing.T) {
	t.Parallel()
	l := newLinked(t)
	_, token := l.link(jobs.LinkRequest{Anyone: true})
	data, signature, _ := strings.Cut(token, ".")
	other := l.unstarted(func(options *jobs.Options) { options.Signer = signer("another key") })
	_, forged, err := other.Link(t.Context(), l.ann, l.run.ID, l.file.ID, jobs.LinkRequest{Anyone: true})
	l.must(err)
	for _, wrong := range []string{"", ".", data, data + ".", "." + signature, forged, "A" + token[1:], token + "A", data + "." + signature[:len(signature)-2], token + "=", "\x00." + signature} {
		l.refused(l.opens(wrong, l.admin), fault.NotFound, "does not lead to a file")
	}
}

func TestWhoMayMakeAndTakeBackLinks(t *testing.T) {
	t.Parallel()
	l := newLinked(t)
	link, _ := l.link(jobs.LinkRequest{})
	_, _, err := l.service.Link(t.Context(), l.bob, l.run.ID, l.file.ID, jobs.LinkRequest{})
	l.refused(err, fault.NotFound, "no such run")
	_, _, err = l.service.Link(t.Context(), l.ann, l.run.ID, l.file.ID, jobs.LinkRequest{Expires: l.clock.now()})
	l.refused(err, fault.Invalid, "moment to come")
	_, _, err = l.service.Link(t.Context(), l.ann, l.run.ID, l.run.ID, jobs.LinkRequest{})
	l.refused(err, fault.NotFound, "no such file")
	l.refused(l.service.Revoke(t.Context(), l.bob, link.ID), fault.NotFound, "")
	l.grant(l.bob.ID, l.report, people.Run)
	l.refused(l.service.Revoke(t.Context(), l.bob, link.ID), fault.Forbidden, "who made it")
	l.exec("DELETE FROM grants")
	l.must(l.service.Revoke(t.Context(), l.ann, link.ID))
	l.refused(l.service.Revoke(t.Context(), l.ann, "x"), fault.NotFound, "no such link")
}

// When files were removed, the page says when, and what to do. A link lives no longer than its file.
func TestRetentionRemovesFilesAndSaysSo(t *testing.T) {
	t.Parallel()
	l := newLinked(t)
	s := l.service
	_, token := l.link(jobs.LinkRequest{Anyone: true, Expires: l.clock.now().Add(48 * time.Hour)})
	shown, _, err := s.Create(t.Context(), l.ann, jobs.Request{ReportID: l.report, Values: map[string]any{"q": "x"}, MaxAge: time.Hour})
	l.must(err)
	fresh := l.ended(s, l.order(s, l.ann, l.report, map[string]any{"q": "y"}).ID)
	l.exec("UPDATE runs SET files_expire_at = files_expire_at + interval '1 day' WHERE id = $1", fresh.ID)

	l.must(s.DoUpkeep(t.Context()))
	l.must(l.opens(token, nil))
	l.clock.advance(61 * time.Minute)
	l.must(s.DoUpkeep(t.Context()))
	for _, key := range l.stored() {
		if !strings.HasPrefix(key, "runs/"+fresh.ID+"/") {
			t.Errorf("%s is left", key)
		}
	}
	when := "removed on " + l.clock.now().UTC().Format("2 January 2006")
	l.refused(l.opens(token, nil), fault.NotFound, "has expired")
	for _, id := range []string{l.run.ID, shown.ID} {
		record, err := s.Get(t.Context(), l.ann, id)
		if err != nil || record.FilesRemoved == nil {
			t.Errorf("%+v, %v", record, err)
		}
		_, err = s.Page(t.Context(), l.ann, id, "c", 0, 1)
		l.refused(err, fault.NotFound, "run the report again with the same values")
		_, _, err = s.Open(t.Context(), l.ann, id, l.file.ID)
		l.refused(err, fault.NotFound, when)
	}
	_, err = s.Page(t.Context(), l.ann, fresh.ID, "c", 0, 1)
	l.must(err)
}

// Files that no record leads to are removed once they are old; all others stay.
func TestTheSweepRemovesWhatBelongsToNobody(t *testing.T) {
	t.Parallel()
	l := newLinked(t)
	before := l.stored()
	running := l.order(l.service, l.ann, l.report, map[string]any{"q": "later"})
	l.ended(l.service, running.ID)
	l.exec("UPDATE runs SET status = 'running', attempt = 2, lease_until = now() + interval '1 hour' WHERE id = $1", running.ID)
	keep := []string{"runs/" + running.ID + "/2/1", "runs/notes/1/1", "runs/" + l.run.ID}
	stray := []string{"runs/" + l.run.ID + "/1/9", "runs/" + l.run.ID + "/0/1", "runs/01980000-0000-7000-8000-000000000000/1/1"}
	for _, key := range append(keep, stray...) {
		if key != "runs/"+l.run.ID {
			l.must(l.files.Put(t.Context(), key, strings.NewReader("x")))
		}
	}
	all := len(l.stored())
	l.must(l.service.DoUpkeep(t.Context()))
	if n := len(l.stored()); n != all {
		t.Fatalf("%d of %d files are left while they are new", n, all)
	}
	l.exec("UPDATE runs SET files_expire_at = NULL")
	l.clock.advance(2 * time.Hour)
	l.must(l.service.DoUpkeep(t.Context()))
	left := strings.Join(l.stored(), " ")
	for _, key := range append(before, keep[:2]...) {
		if !strings.Contains(left, key) {
			t.Errorf("%s was removed", key)
		}
	}
	for _, key := range append(stray, "runs/"+running.ID+"/1/1") {
		if strings.Contains(left, key+" ") || strings.HasSuffix(left, key) {
			t.Errorf("%s is left", key)
		}
	}
}
