package catalog_test

import (
	"encoding/base64"
	"math"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// What no database can hold is not found or refused, and never becomes an error of the database.
func TestWhatCannotBeKept(t *testing.T) {
	t.Parallel()
	h := open(t)
	entry := h.save(h.admin, catalog.Save{Document: document("Qqq", "SELECT 1"), Message: "why\x00 \xff" + strings.Repeat("y", 5000)})
	for _, text := range []string{"\x00", "a\x00b", "\xff", "a\xc3", "'; DROP TABLE reports; --", strings.Repeat("x", 100_000), "💥"} {
		_, err := h.Get(t.Context(), h.admin, text)
		wants(t, err, fault.NotFound)
		_, err = h.Rename(t.Context(), h.admin, entry.ID, text)
		wants(t, err, fault.Invalid)
		_, err = h.Snippet(t.Context(), h.admin, text, 0)
		wants(t, err, fault.NotFound)
		wants(t, h.DeleteSnippet(t.Context(), h.admin, text, 0), fault.NotFound)
		_, err = h.SaveSnippet(t.Context(), h.admin, catalog.SnippetSave{Name: text, SQL: "1"})
		wants(t, err, fault.Invalid)
		_, err = h.File(t.Context(), h.admin, text, text)
		wants(t, err, fault.NotFound)
		_, err = h.PutFile(t.Context(), h.admin, "", text, []byte("PK\x03\x04"), 0)
		wants(t, err, fault.Invalid)
		for _, filter := range []catalog.Filter{{Search: text}, {Tag: text}, {Source: text}, {Folder: &text}, {Folder: &text, Below: true}} {
			if entries, _, err := h.List(t.Context(), h.admin, filter); err != nil || len(entries) > 0 && (filter.Search == "" || catalog.Fold(text) != "") {
				t.Errorf("%.20q: %v, %v", text, entries, err)
			}
		}
		cursor := base64.RawURLEncoding.EncodeToString([]byte(`["99999999999","` + strings.ToValidUTF8(text, "") + `","` + entry.ID + `"]`))
		_, _, err = h.List(t.Context(), h.admin, catalog.Filter{Page: people.Page{Cursor: cursor}})
		wants(t, err, fault.Invalid)
	}
	for _, number := range []int{-1, 2, math.MaxInt32, math.MaxInt64} {
		_, err := h.Document(t.Context(), h.admin, entry.ID, number)
		wants(t, err, fault.NotFound)
		_, err = h.Restore(t.Context(), h.admin, entry.ID, 1, number)
		wants(t, err, fault.NotFound)
		_, err = h.Save(t.Context(), h.admin, catalog.Save{ID: entry.ID, Base: number, Document: document("B", "SELECT 1")})
		wants(t, err, fault.Conflict)
	}
	if revision, err := h.Document(t.Context(), h.admin, entry.ID, 0); err != nil || !strings.HasPrefix(revision.Message, "why") || len([]rune(revision.Message)) != 1000 {
		t.Errorf("%q, %v", revision.Message, err)
	}
}

// Every process keeps the configured folder at its start.
func TestProcessesThatProvisionAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	files := fstest.MapFS{"a.md": {Data: document("A", `SELECT {{ snippet "s" }}`)}, "b/c.md": {Data: document("C", "SELECT 1")}, "snippets/s.sql": {Data: []byte("1")}}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if problems, err := h.Provision(t.Context(), "folder", files); err != nil || len(problems) > 0 {
				t.Error(problems, err)
			}
		})
	}
	all.Wait()
	if entries, err := h.All(t.Context(), h.admin, catalog.Filter{}); err != nil || slugs(entries) != "a c" {
		t.Errorf("%s, %v", slugs(entries), err)
	}
}
