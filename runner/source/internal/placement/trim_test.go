package placement_test

import (
	"testing"

	"github.com/vitrina-reports/vitrina/runner/source/internal/placement"
)

func TestTrimEnd(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"SELECT 1":                        "SELECT 1",
		"SELECT 1;":                       "SELECT 1",
		"SELECT 1 ;\n; ":                  "SELECT 1",
		"SELECT 1 -- one; two":            "SELECT 1",
		"SELECT 1; -- done\n/* really */": "SELECT 1",
		"SELECT 1 # one":                  "SELECT 1",
		"SELECT '; -- '":                  "SELECT '; -- '",
		"SELECT `; -- `":                  "SELECT `; -- `",
		"SELECT 1; SELECT 2;":             "SELECT 1; SELECT 2",
		"-- nothing":                      "",
		" ; ":                             "",
		"SELECT /* a */ 1 /* open":        "SELECT /* a */ 1",
		`SELECT 'it\'s; ' ;`:              `SELECT 'it\'s; '`,
		"SELECT $a$ ; $a$;":               "SELECT $a$ ; $a$",
	} {
		if got := placement.TrimEnd(sql, placement.Dialect{Backslash: true, HashComment: true}); got != want {
			t.Errorf("%q: got %q, want %q", sql, got, want)
		}
	}
}
