package main

import (
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/pgtest"
)

// What a statement is decides whether it prints rows, whatever stands before, in and behind it.
func TestSQLTellsQueriesFromChanges(t *testing.T) {
	t.Parallel()
	for _, step := range []struct{ sql, want string }{
		{"CREATE TABLE sql_told (n UInt64) ENGINE = MergeTree ORDER BY n // a table", ""},
		{"WITH x AS (SELECT 1 AS n) INSERT INTO sql_told SELECT n FROM x; -- one row", ""},
		{"# all\nFROM sql_told SELECT n; // all", "1\n"},
		{"/* /* nested */ */ ((SELECT n FROM sql_told))", "1\n"},
		{"WITH 2 AS insert SELECT insert;", "2\n"},
		{"EXPLAIN SYNTAX SELECT 1", "SELECT 1\nFROM system.one\n"},
		{"DROP TABLE sql_told", ""},
	} {
		if got := must(t, "sql", "--format", "TSV", step.sql); got != step.want {
			t.Errorf("%s: %q", step.sql, got)
		}
	}
}

func TestSQLThatIsNone(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"\n-- nothing":                    "there is no query",
		"/* ; */ // nothing":              "there is no query",
		"SELECT 1; DROP DATABASE default": "more than one statement",
	} {
		refused(t, vitrina(t, "sql", sql), want)
	}
}

// onPostgres is a configuration with a Postgres called pg, a database of the test's own.
func onPostgres(t *testing.T) string {
	t.Helper()
	return write(t, "vitrina.yaml", "sources: {pg: {driver: postgres, dsn: \""+pgtest.DSN(t)+"\"}}")
}

func TestSQLOnPostgres(t *testing.T) {
	t.Parallel()
	config := onPostgres(t)
	for _, step := range []struct{ sql, want string }{
		{"CREATE TABLE t (n int); -- a table", ""},
		{"WITH x AS (SELECT 1 AS n) INSERT INTO t SELECT n FROM x RETURNING n", ""},
		{"TABLE t; -- all", "1\n"},
		{"VALUES (E'it\\'s')", "it\\'s\n"},
		{"(SELECT 5 # 1)", "4\n"},
	} {
		if got := must(t, "sql", "--source", "pg", "--config", config, "--format", "TSV", step.sql); got != step.want {
			t.Errorf("%s: %q", step.sql, got)
		}
	}
	for _, sql := range []string{"SHOW search_path", "explain analyze DELETE FROM t"} {
		got := vitrina(t, "sql", "--source", "pg", "--config", config, sql)
		if got.code != exitWrong || !strings.Contains(got.err, "psql") {
			t.Errorf("%s: %+v", sql, got)
		}
	}
}

// A query of options may end as a query does: with a semicolon, and a note behind it.
func TestEndsOfOptionQueries(t *testing.T) {
	t.Parallel()
	config := onPostgres(t)
	for sql, on := range map[string]string{
		`SELECT 'a' AS value;`:                          "warehouse pg",
		`SELECT 'a' AS value ; -- it's one`:             "warehouse pg",
		`SELECT 'a' AS value /* ; */ ;;`:                "warehouse pg",
		`SELECT 'a' AS value -- {{ if .x }}; {{ end }}`: "warehouse pg",
		`SELECT 'a' AS value WHERE 'x' = {{ .x }};`:     "warehouse pg",
		`SELECT 'a' AS value; // it's one`:              "warehouse",
		`SELECT 'a' AS value; # it's one`:               "warehouse",
		`SELECT substring(E'\\; a', 4) AS value;`:       "pg",
	} {
		for _, source := range strings.Fields(on) {
			t.Run(source+" "+sql, func(t *testing.T) {
				t.Parallel()
				front := "source: " + source + "\nform:\n  - {name: x, type: input, default: x}\n" +
					"  - name: pick\n    type: select\n    options:\n      sql: |\n        " + sql
				run := record(t, report(t, front, cell("c", "SELECT {{ .pick }} AS picked")), "--config", config, "-p", "pick=a")
				if len(run.Cells) != 1 || run.Cells[0].Rows != 1 {
					t.Errorf("%+v", run)
				}
			})
		}
	}
}
