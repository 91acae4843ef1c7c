package storage_test

import (
	"slices"
	"testing"
)

func TestDraftsGoWithTheirWriterAndTheirReport(t *testing.T) {
	t.Parallel()
	for _, gone := range []string{"reports", "people"} {
		dsn, _, _ := backedUp(t, nil)
		if before := ask(t, dsn, "SELECT title FROM drafts"); !slices.Equal(before, []string{"Cards, new"}) {
			t.Fatal(before)
		}
		if after := ask(t, dsn, "DELETE FROM runs; DELETE FROM "+gone+"; SELECT title FROM drafts"); len(after) > 0 {
			t.Errorf("without %s: %v", gone, after)
		}
	}
}
