package catalog_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

func (h *house) begin(a *people.Actor, wanted catalog.DraftNew) catalog.KeptDraft {
	h.t.Helper()
	draft, err := h.BeginDraft(h.t.Context(), a, wanted)
	if err != nil {
		h.t.Fatal(err)
	}
	return draft
}

func conflicts(t *testing.T, err error, base, current int) {
	t.Helper()
	var conflict *catalog.ConflictError
	if !errors.As(err, &conflict) || conflict.Base != base || conflict.Current != current || fault.CodeOf(err) != fault.Conflict {
		t.Errorf("got %v, want a conflict of %d with %d", err, base, current)
	}
}

func TestADraftIsKeptAsItIsWritten(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann := h.analyst("ann@x.test")
	before := h.events()
	half := []byte("---\ntitle: \"Half a r")
	draft := h.begin(ann, catalog.DraftNew{Folder: "sales", Document: half})
	if draft.Version != 1 || draft.Title != `"Half a r` || draft.Folder != "sales" || draft.Base != 0 || draft.ReportID != "" || string(draft.Document) != string(half) {
		t.Errorf("%+v", draft)
	}
	kept, err := h.KeepDraft(t.Context(), ann, draft.ID, catalog.DraftChange{Version: 1, Folder: in("sales/daily"), Document: []byte("---\ntitle: \"Half a report\"\nform: [")})
	if err != nil || kept.Version != 2 || kept.Title != "Half a report" || kept.Folder != "sales/daily" || !kept.Updated.After(draft.Updated) || !kept.Created.Equal(draft.Created) {
		t.Errorf("%+v, %v", kept, err)
	}
	_, err = h.KeepDraft(t.Context(), ann, draft.ID, catalog.DraftChange{Version: 1, Document: half})
	conflicts(t, err, 1, 2)
	wants(t, err, fault.Conflict, "another window", "version 2")
	if now, err := h.KeptDraft(t.Context(), ann, draft.ID); err != nil || now.Title != "Half a report" {
		t.Errorf("the conflict changed it: %+v, %v", now, err)
	}
	second := h.begin(ann, catalog.DraftNew{Document: nil})
	all, err := h.KeptDrafts(t.Context(), ann, "")
	if err != nil || len(all) != 2 || all[0].ID != second.ID || all[1].ID != draft.ID || all[1].Document != nil {
		t.Errorf("%+v, %v", all, err)
	}
	if err := h.DropDraft(t.Context(), ann, draft.ID); err != nil {
		t.Error(err)
	}
	for _, err := range []error{
		h.DropDraft(t.Context(), ann, draft.ID), h.DropDraft(t.Context(), ann, "x"),
		func() error { _, err := h.KeptDraft(t.Context(), ann, draft.ID); return err }(),
		func() error {
			_, err := h.KeepDraft(t.Context(), ann, draft.ID, catalog.DraftChange{Version: 2, Document: half})
			return err
		}(),
	} {
		wants(t, err, fault.NotFound, "no such draft")
	}
	if after := h.events(); len(after) != len(before) {
		t.Errorf("the audit log tells of drafts: %v", after)
	}
}

func TestADraftOfAReportIsThereOnceForEachWriter(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, bob := h.analyst("ann@x.test"), h.analyst("bob@x.test")
	entry := h.save(ann, catalog.Save{Document: document("Orders", "SELECT 1")})
	changed := document("Orders, new", "SELECT 2")
	draft := h.begin(ann, catalog.DraftNew{Report: "orders", Document: changed})
	if draft.ReportID != entry.ID || draft.Report != "orders" || draft.Base != 1 || draft.Title != "Orders, new" {
		t.Errorf("%+v", draft)
	}
	_, err := h.BeginDraft(t.Context(), ann, catalog.DraftNew{Report: entry.ID, Document: changed})
	conflicts(t, err, 0, 1)

	h.save(ann, catalog.Save{ID: entry.ID, Base: 1, Document: document("Orders", "SELECT 3")})
	if still, err := h.KeptDrafts(t.Context(), ann, "orders"); err != nil || len(still) != 1 || still[0].Base != 1 {
		t.Errorf("after a save: %+v, %v", still, err)
	}
	for base, ok := range map[int]bool{-1: false, 0: false, 1: true, 2: true, 3: false} {
		now, err := h.KeptDraft(t.Context(), ann, draft.ID)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := h.KeepDraft(t.Context(), ann, draft.ID, catalog.DraftChange{Version: now.Version, Base: &base, Document: changed})
		if (err == nil) != ok || ok && kept.Base != base || !ok && !fault.IsInvalid(err) {
			t.Errorf("base %d: %+v, %v", base, kept, err)
		}
	}

	_, err = h.BeginDraft(t.Context(), bob, catalog.DraftNew{Report: "orders", Document: changed})
	wants(t, err, fault.NotFound, "no such report")
	h.grant(bob, people.Grant{ReportID: entry.ID, Level: people.Run})
	_, err = h.BeginDraft(t.Context(), bob, catalog.DraftNew{Report: "orders", Document: changed})
	wants(t, err, fault.Forbidden, "view its SQL")
	h.grant(bob, people.Grant{ReportID: entry.ID, Level: people.ViewSQL})
	theirs := h.begin(bob, catalog.DraftNew{Report: "orders", Document: changed})
	for _, other := range []*people.Actor{ann, h.admin} {
		_, err := h.KeptDraft(t.Context(), other, theirs.ID)
		wants(t, err, fault.NotFound)
		wants(t, h.DropDraft(t.Context(), other, theirs.ID), fault.NotFound)
		_, err = h.KeepDraft(t.Context(), other, theirs.ID, catalog.DraftChange{Version: 1, Document: changed})
		wants(t, err, fault.NotFound)
	}

	h.grant(bob, people.Grant{ReportID: entry.ID, Level: people.Run}) // takes the place of the one before
	if seen, err := h.KeptDrafts(t.Context(), bob, ""); err != nil || len(seen) != 0 {
		t.Errorf("without the right: %+v, %v", seen, err)
	}
	_, err = h.KeptDraft(t.Context(), bob, theirs.ID)
	wants(t, err, fault.NotFound)
	_, err = h.KeepDraft(t.Context(), bob, theirs.ID, catalog.DraftChange{Version: 1, Document: changed})
	wants(t, err, fault.NotFound)
	h.grant(bob, people.Grant{ReportID: entry.ID, Level: people.ViewSQL})
	if again, err := h.KeptDraft(t.Context(), bob, theirs.ID); err != nil || again.Version != 1 {
		t.Errorf("with the right again: %+v, %v", again, err)
	}
}

func TestWhatCannotBeADraft(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann := h.analyst("ann@x.test")
	one, long := 1, make([]byte, reports.MaxBytes+1)
	for name, c := range map[string]struct {
		actor  *people.Actor
		wanted catalog.DraftNew
		code   fault.Code
	}{
		"a member's":           {h.person("mia@x.test", people.Member), catalog.DraftNew{}, fault.Forbidden},
		"the system's":         {people.System(), catalog.DraftNew{}, fault.Invalid},
		"too long":             {ann, catalog.DraftNew{Document: long}, fault.Invalid},
		"in no folder":         {ann, catalog.DraftNew{Folder: "a/../b"}, fault.Invalid},
		"of no report":         {ann, catalog.DraftNew{Report: uuid.NewString()}, fault.NotFound},
		"a new one of version": {ann, catalog.DraftNew{Base: &one}, fault.Invalid},
	} {
		_, err := h.BeginDraft(t.Context(), c.actor, c.wanted)
		if err == nil || fault.CodeOf(err) != c.code {
			t.Errorf("%s: got %v, want %s", name, err, c.code)
		}
	}
	gone := h.begin(ann, catalog.DraftNew{})
	_, err := h.KeepDraft(t.Context(), ann, gone.ID, catalog.DraftChange{Version: 1, Document: long})
	wants(t, err, fault.Invalid, "1 MB")
	_, err = h.KeepDraft(t.Context(), ann, gone.ID, catalog.DraftChange{Version: 1, Base: &one})
	wants(t, err, fault.Invalid, "base is 0")
}

// Windows that begin drafts at once neither make two of one report nor more than there may be.
func TestDraftsBegunAtOnceAreCounted(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann := h.analyst("ann@x.test")
	entry := h.save(ann, catalog.Save{Document: document("Orders", "SELECT 1")})
	var all sync.WaitGroup
	var ofReport, news atomic.Int64
	for range 8 {
		all.Go(func() {
			if _, err := h.BeginDraft(t.Context(), ann, catalog.DraftNew{Report: entry.ID}); err == nil {
				ofReport.Add(1)
			} else if fault.CodeOf(err) != fault.Conflict {
				t.Error(err)
			}
			for range 26 {
				if _, err := h.BeginDraft(t.Context(), ann, catalog.DraftNew{}); err == nil {
					news.Add(1)
				} else if fault.CodeOf(err) != fault.Conflict {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if ofReport.Load() != 1 || news.Load() != 199 {
		t.Errorf("%d of the report, %d new ones", ofReport.Load(), news.Load())
	}
	_, err := h.BeginDraft(t.Context(), ann, catalog.DraftNew{})
	wants(t, err, fault.Conflict, "200 drafts")
}

func TestTheTitleOfADraftIsThatOfTheDocumentAsItIs(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann := h.analyst("ann@x.test")
	draft := h.begin(ann, catalog.DraftNew{})
	for i, c := range []struct{ document, want string }{
		{"", ""},
		{"title: no front matter", ""},
		{"---\ntitle: Plain\n---\n", "Plain"},
		{"\ufeff---\r\ntags: [\r\ntitle:  'it''s'  # told\r\nform: {{{\r\n", "it's"},
		{"---\ntitle: 2025\n", "2025"},
		{"---\ntitle:\n", ""},
		{"---\ntitle: null\n", ""},
		{"---\ntitle: \"open\n", `"open`},
		{"---\ntitle: >\n  Folded\n  lines\nform:\n", "Folded lines"},
		{"---\ntitle: a: b: c\n", "a: b: c"},
		{"---\nform:\n  - title: inner\n---\ntitle: in the body\n", ""},
		{"---\ntitle: Карты {{ .label.partner }}\n", "Карты {{ .label.partner }}"},
		{"---\ntitle: a\x00b\x07\xffc\n", "ab\ufffdc"},
	} {
		kept, err := h.KeepDraft(t.Context(), ann, draft.ID, catalog.DraftChange{Version: i + 1, Document: []byte(c.document)})
		if err != nil || kept.Title != c.want || string(kept.Document) != c.document {
			t.Errorf("%q: %q, %v", c.document, kept.Title, err)
		}
	}
	long := fmt.Appendf(nil, "---\ntitle: %0400d\n", 1)
	if kept, err := h.KeepDraft(t.Context(), ann, draft.ID, catalog.DraftChange{Version: 14, Document: long}); err != nil || len([]rune(kept.Title)) != 300 {
		t.Errorf("%q, %v", kept.Title, err)
	}
}

func TestWhatAWindowKeptIsNotTakenForAnothers(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann := h.analyst("ann@x.test")
	draft := h.begin(ann, catalog.DraftNew{})
	var windows sync.WaitGroup
	for range 8 {
		windows.Go(func() {
			for range 30 {
				before, err := h.KeptDraft(t.Context(), ann, draft.ID)
				if err != nil {
					t.Error(err)
					return
				}
				now, err := h.KeepDraft(t.Context(), ann, draft.ID, catalog.DraftChange{Version: before.Version, Document: []byte("---\ntitle: T\n---\n")})
				if err == nil && now.Version != before.Version+1 {
					t.Errorf("the change of version %d is told as version %d: the next would throw another window's away", before.Version, now.Version)
				}
			}
		})
	}
	windows.Wait()
}
