package clickhouse_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
	"github.com/vitrina-reports/vitrina/templates"
)

func TestReportsOnlyRead(t *testing.T) {
	t.Parallel()
	s := open(t)
	const cannotSet, cannotRun = "a report's query cannot set ", "a report only reads: it cannot run "
	for sql, want := range map[string]string{
		"SELECT * FROM (SELECT getSetting('readonly') AS r SETTINGS max_threads=3, readonly=0)":    cannotSet + "max_threads;",
		"SELECT * FROM (SELECT getSetting('readonly') AS r SETTINGS join_use_nulls=1, readonly=0)": cannotSet + "readonly;",
		"SELECT * FROM (SELECT 1 AS r settings -- =\n `read\\x6fnly` == 0)":                        cannotSet + "readonly;",
		"SELECT * FROM (SELECT 1 AS r SETTINGS allow_introspection_functions)":                     cannotSet + "allow_introspection_functions;",
		"SELECT * FROM (SELECT 1 AS r SETTINGS {p:Identifier} = 0)":                                cannotSet + "{p:Identifier};",
		"WITH a AS (SELECT 1 AS r SETTINGS max_execution_time = 0) SELECT * FROM a":                cannotSet + "max_execution_time;",
		"SELECT 1 AS r UNION ALL (SELECT 2 SETTINGS log_queries = 0)":                              cannotSet + "log_queries;",
		"SELECT * FROM view(SELECT 1 AS r SETTINGS result_overflow_mode = 'break')":                cannotSet + "result_overflow_mode;",
		"SELECT 1 AS r SETTINGS readonly = 0":                                                      cannotSet + "readonly;",
		"SELECT 1 AS r; SELECT 1 SETTINGS readonly = 0":                                            cannotSet + "readonly;",
		"EXPLAIN SELECT 1 SETTINGS readonly = 0":                                                   cannotSet + "readonly;",
		"KILL QUERY WHERE 1":                                                                       cannotRun + "KILL",
		"/* SELECT */ kill QUERY WHERE 1":                                                          cannotRun + "KILL",
		"USE system":                                                                               cannotRun + "USE",
		"SET readonly = 0":                                                                         cannotRun + "SET",
		"SYSTEM FLUSH LOGS":                                                                        cannotRun + "SYSTEM",
		"INSERT INTO t FORMAT CSV 1":                                                               cannotRun + "INSERT",
		"WITH 1 AS x INSERT INTO t SELECT x":                                                       cannotRun + "INSERT",
		"EXECUTE AS default SELECT 1":                                                              cannotRun + "EXECUTE",
		"BEGIN TRANSACTION":                                                                        cannotRun + "BEGIN",
		"EXPLAIN AST KILL QUERY WHERE 1":                                                           "a report only reads: EXPLAIN is for SELECT alone",
		"'SELECT 1'":                                                                               "a report only reads: its statement must begin with SELECT or WITH",
		"(":                                                                                        "a report only reads: its statement must begin with SELECT or WITH",
		"EXPLAIN":                                                                                  "a report only reads: EXPLAIN is for SELECT alone",
	} {
		_, err := csv(t, s, sourcetest.Query(sql))
		if fault.CodeOf(err) != fault.Failed || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v", sql, err)
		}
		if _, err := s.Describe(t.Context(), sourcetest.Query(sql)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: described %v", sql, err)
		}
	}
}

func TestReportsMayAsk(t *testing.T) {
	t.Parallel()
	s := open(t)
	for sql, want := range map[string]string{
		"SELECT * FROM (SELECT getSetting('join_use_nulls') AS r SETTINGS join_use_nulls = 1)": "true\n",
		"FROM system.one SELECT 1 AS r":                         "1\n",
		"(SELECT 1 AS r)":                                       "1\n",
		"WITH 1 AS x SELECT x":                                  "1\n",
		"SHOW TABLES FROM system LIKE 'one'":                    "\"one\"\n",
		"EXISTS TABLE system.one":                               "1\n",
		"EXPLAIN PLAN header = 0, actions = 0 SELECT 1":         "",
		"EXPLAIN (SELECT 1)":                                    "",
		"DESC TABLE system.one":                                 "",
		"DESCRIBE TABLE (SELECT 1 AS r)":                        "",
		"SELECT 'SETTINGS readonly = 0' AS r -- SETTINGS r = 1": "\"SETTINGS readonly = 0\"\n",
	} {
		if got, err := csv(t, s, sourcetest.Query(sql)); err != nil || want != "" && got != want {
			t.Errorf("%s: got %q, %v", sql, got, err)
		}
	}
}

func TestAdministratorsKillThroughExec(t *testing.T) {
	t.Parallel()
	must(t, open(t).Exec(t.Context(), "KILL QUERY WHERE query_id = 'absent'"))
}

// What a report sets at its end counts for all of it, although readonly=1 is sent.
func TestSettingsAtTheEnd(t *testing.T) {
	t.Parallel()
	s := open(t)
	const join = "SELECT b FROM (SELECT 1 AS a) AS x LEFT JOIN (SELECT 2 AS a, 3 AS b) AS y USING a "
	for sql, want := range map[string]string{
		join:                                 "0\n",
		join + "SETTINGS join_use_nulls = 1": "\\N\n",
		join + "settings\n`join_use_nulls` = true, join_algorithm = 'hash'; -- done":                                           "\\N\n",
		"SELECT 1 AS b UNION ALL " + join + "SETTINGS join_use_nulls = 1, final = 0":                                           "1\n\\N\n",
		"SELECT getSetting('join_algorithm') AS a, getSetting('readonly') AS b SETTINGS join_algorithm = 'hash,parallel_hash'": "\"hash,parallel_hash\",1\n",
		"SELECT * FROM (" + join + "SETTINGS join_use_nulls = 1)":                                                              "\\N\n",
		"SELECT settings AS a FROM (SELECT 1 AS settings)":                                                                     "1\n",
	} {
		got, err := csv(t, s, sourcetest.Query(sql))
		if err != nil || got != want && !strings.Contains(sql, "UNION") || len(got) != len(want) {
			t.Errorf("%s: got %q, %v", sql, got, err)
		}
	}
	columns, err := s.Describe(t.Context(), sourcetest.Query(join+"SETTINGS join_use_nulls = 1"))
	if err != nil || len(columns) != 1 || columns[0].Type != "Nullable(UInt8)" {
		t.Errorf("described %v, %v", columns, err)
	}
}

// What is no literal stays in the SQL, where ClickHouse does not take it.
func TestSettingsThatStay(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, sql := range []string{
		"SELECT 1 AS a SETTINGS join_use_nulls", "SELECT 1 AS a SETTINGS join_use_nulls = DEFAULT, final = 1 + 1",
		"SELECT 1 AS a FORMAT CSV SETTINGS join_use_nulls = 1", "SELECT 1 AS a SETTINGS join_use_nulls = 1 UNION ALL SELECT 2",
	} {
		if got, err := csv(t, s, sourcetest.Query(sql)); fault.CodeOf(err) != fault.Failed {
			t.Errorf("%s: got %q, %v", sql, got, err)
		}
	}
	if _, err := csv(t, s, sourcetest.Query("SELECT 1 AS a SETTINGS join_use_nulls")); err == nil || !strings.Contains(err.Error(), "at its end, with numbers and texts as values") {
		t.Errorf("no hint: %v", err)
	}
}

// An administrator at the source itself sees what runs there and may set what a report may not.
func TestTheOwnerIsNoReport(t *testing.T) {
	t.Parallel()
	src := open(t)
	ask := func(owner bool, sql string) (string, error) {
		q := source.Query{Statement: templates.Statement{Parts: []templates.Part{{Text: sql}}}, Owner: owner}
		rows, err := src.Format(t.Context(), q, "TSV", nil)
		if err != nil {
			return "", err
		}
		text, err := io.ReadAll(rows)
		return string(text), errors.Join(err, rows.Close())
	}
	const sql = "SELECT getSetting('readonly'), getSetting('max_threads') SETTINGS max_threads = 3"
	if got, err := ask(true, sql); err != nil || got != "0\t3\n" {
		t.Errorf("%q %v", got, err)
	}
	if got, err := ask(false, sql); err == nil {
		t.Errorf("a report was allowed: %q", got)
	}
}
