package main

import (
	"context"
	"strings"
	"testing"
)

func TestSQL(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"names and tabs":       {[]string{"SELECT 1 AS a, 'x\ty' AS b"}, "a\tb\n1\tx\\ty\n"},
		"format":               {[]string{"--format", "CSVWithNames", "SELECT 1 AS a, 'x' AS b"}, "\"a\",\"b\"\n1,\"x\"\n"},
		"JSON":                 {[]string{"--format", "JSONEachRow", "SELECT 1 AS a"}, "{\"a\":1}\n"},
		"semicolon":            {[]string{"--format", "TSV", " SELECT 1 ;; \n"}, "1\n"},
		"comments before":      {[]string{"--format", "TSV", "/* is\n it */ -- what\nSELECT 1"}, "1\n"},
		"with":                 {[]string{"--format", "TSV", "with 1 as x select x"}, "1\n"},
		"parentheses":          {[]string{"--format", "TSV", "(SELECT 1) UNION ALL (SELECT 1)"}, "1\n1\n"},
		"describe":             {[]string{"--format", "TSV", "DESCRIBE TABLE (SELECT 1 AS a)"}, "a\tUInt8\t\t\t\t\t\n"},
		"show":                 {[]string{"--format", "TSV", "SHOW DATABASES LIKE 'def%'"}, "default\n"},
		"exists":               {[]string{"--format", "TSV", "EXISTS TABLE no_such_table"}, "0\n"},
		"workbench":            {[]string{"--source", "workbench", "--format", "TSV", "SELECT 1"}, "1\n"},
		"database of the name": {[]string{"--source", "system", "--format", "TSV", "SELECT dummy FROM one"}, "0\n"},
		"no rows":              {[]string{"SELECT 1 AS a WHERE 0"}, "a\n"},
		"braces":               {[]string{"--format", "TSV", "SELECT '{{ .x }} {p1:String} $1 ?'"}, "{{ .x }} {p1:String} $1 ?\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := vitrina(t, append([]string{"sql"}, c.args...)...)
			if got.code != exitDone || got.out != c.want || got.err != "" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestSQLFromStandardInput(t *testing.T) {
	t.Parallel()
	got := vitrinaWith(t.Context(), strings.NewReader("-- many\nSELECT\n  2\n;\n"), "sql", "-", "--format", "TSV", "--data", dataDir(t))
	if got.code != exitDone || got.out != "2\n" {
		t.Errorf("%+v", got)
	}
}

// Statements that change something print nothing; queries see what they did.
func TestSQLThatChanges(t *testing.T) {
	t.Parallel()
	for _, step := range []struct{ sql, want string }{
		{"CREATE TABLE sql_steps (n UInt64, s String) ENGINE = MergeTree ORDER BY n", ""},
		{"INSERT INTO sql_steps VALUES (1, 'it''s'), (2, '\\\\')", ""},
		{"/* copy */ INSERT INTO sql_steps SELECT number, 'x' FROM numbers(10, 3)", ""},
		{"SELECT count(), max(n) FROM sql_steps", "5\t12\n"},
		{"ALTER TABLE sql_steps DELETE WHERE n > 5 SETTINGS mutations_sync = 1", ""},
		{"SELECT s FROM sql_steps ORDER BY n", "it\\'s\n\\\\\n"},
		{"DROP TABLE sql_steps", ""},
		{"EXISTS TABLE sql_steps", "0\n"},
	} {
		if got := must(t, "sql", "--format", "TSV", step.sql); got != step.want {
			t.Errorf("%s: %q", step.sql, got)
		}
	}
}

func TestSQLThatFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sql, want string }{
		"no column":      {"SELECT no_such_column", "UNKNOWN_IDENTIFIER"},
		"half-way":       {"SELECT throwIf(number = 1500000, 'too far') FROM numbers(2000000)", "too far"},
		"no statement":   {"NONSENSE", "SYNTAX_ERROR"},
		"unknown format": {"SELECT 1 FORMAT Nonsense", "FORMAT"},
		"a file":         {"SELECT * FROM file('/etc/passwd')", "file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := vitrina(t, "sql", c.sql)
			if got.code != exitFailed || !strings.Contains(got.err, c.want) {
				t.Errorf("code %d, %.200q", got.code, got.err)
			}
		})
	}
	if got := vitrina(t, "sql", "--format", "Nonsense", "SELECT 1"); got.code == exitDone || got.out != "" || !strings.Contains(got.err, "Nonsense") {
		t.Errorf("%+v", got)
	}
}

func TestSQLIsStopped(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	done := make(chan outcome, 1)
	look := conn(t)
	data := dataDir(t)
	go func() {
		done <- vitrinaWith(ctx, strings.NewReader(""), "sql", "/* to be stopped */ "+slow, "--format", "Null", "--data", data)
	}()
	running := func() bool {
		return counted(t, look, "SELECT count() FROM system.processes WHERE startsWith(query, concat('/* to be', ' stopped'))") > 0
	}
	await(t, "the query to run", running)
	interrupt()
	if got := <-done; got.code != exitFailed || !strings.Contains(got.err, "cancelled") {
		t.Errorf("%+v", got)
	}
	if running() {
		t.Error("the query still runs")
	}
}
