package clickhouse_test

import (
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
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
