package main

import (
	"testing"
)

// A result written to two files goes through its spool, and comes out as it does when one file takes it from the source.
func TestFilesAreTheSameFromTheSpool(t *testing.T) {
	t.Parallel()
	for name, sql := range map[string]string{
		"nested":       "SELECT CAST([(1, 'a'), (2, 'b')], 'Nested(x UInt8, y String)') AS nst, 1 AS one",
		"nothing":      "SELECT 1 AS a, NULL AS comment, [] AS e",
		"json":         `SELECT '{"a":1}'::JSON AS j`,
		"a name twice": `SELECT *, id FROM (SELECT number AS id, 'it''s "x"' AS "a;""b" FROM numbers(2))`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			direct := record(t, report(t, "exports: [{cells: [a], format: csv, separator: ';'}]", cell("a", sql)))
			both := record(t, report(t, "exports: [{cells: [a], format: csv, separator: ';'}, {cells: [a], format: json}]", cell("a", sql)))
			want, got := string(read(t, direct.Artifacts[0].Path)), string(read(t, both.Artifacts[0].Path))
			if got != want || both.Artifacts[0].Rows != direct.Artifacts[0].Rows {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
