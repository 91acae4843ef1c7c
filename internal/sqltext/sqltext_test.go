package sqltext_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
)

// The file is read by the template language's tests too.
func TestTokens(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/tokens.txt")
	if err != nil {
		t.Fatal(err)
	}
	dialects := map[string][]sqltext.Dialect{
		"clickhouse": {sqltext.ClickHouse}, "postgres": {sqltext.Postgres}, "both": {sqltext.ClickHouse, sqltext.Postgres},
	}
	for _, block := range strings.Split(strings.TrimSpace(string(file)), "\n\n")[1:] {
		sql, answers, _ := strings.Cut(block, "\n")
		for answer := range strings.Lines(answers) {
			name, want, _ := strings.Cut(strings.TrimSuffix(answer, "\n"), ": ")
			if dialects[name] == nil {
				t.Fatalf("%s: %q is no dialect", sql, name)
			}
			for _, dialect := range dialects[name] {
				if got := pieces(dialect, sql); got != want {
					t.Errorf("%s\ngot  %s: %s\nwant %s", sql, name, got, want)
				}
			}
		}
	}
}

var lineEnds = strings.NewReplacer("␤", "\n", "␍", "\r")

// pieces are the tokens of the SQL as the file shows them.
func pieces(dialect sqltext.Dialect, sql string) string {
	text := lineEnds.Replace(sql)
	var shown []string
	for token := range dialect.Scan(text) {
		shown = append(shown, strings.ReplaceAll(text[token.Start:token.End], "\n", "␤"))
	}
	return strings.Join(shown, " | ")
}

func TestWhatTokensSay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		`'it''s' 'it\'s' '\x41\n'`:   {"'it's", "'it's", "'A\n"},
		"`a``b` `a\\`b` \"c\"\"d\"":  {"`a`b", "`a`b", "`c\"d"},
		"$$ ; ' $$ $tag$ $$ ; $tag$": {"' ; ' ", "' $$ ; "},
		"‘a;b’ “c”":                  {"'a;b", "`c"},
		"'never closed":              {"'never closed"},
		"'\\":                        {"'\\"},
		"":                           nil,
	} {
		var got []string
		for _, token := range sqltext.ClickHouse.Tokens(text) {
			prefix := map[sqltext.Kind]string{sqltext.String: "'", sqltext.Quoted: "`"}[token.Kind]
			got = append(got, prefix+token.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	if got := sqltext.Postgres.Tokens(`E'it\'s'`)[0]; got.Kind != sqltext.String || got.Text != `it\'s` {
		t.Errorf("%+v", got)
	}
}

func TestTrimEnd(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]struct{ clickhouse, postgres string }{
		"SELECT 1":                        {"SELECT 1", "SELECT 1"},
		"SELECT 1 ;\n; ":                  {"SELECT 1", "SELECT 1"},
		"SELECT 1 -- one; two":            {"SELECT 1", "SELECT 1"},
		"SELECT 1; -- done\n/* really */": {"SELECT 1", "SELECT 1"},
		"SELECT 1; # one":                 {"SELECT 1", "SELECT 1; # one"},
		"SELECT 1; // one":                {"SELECT 1", "SELECT 1; // one"},
		"SELECT '; -- '":                  {"SELECT '; -- '", "SELECT '; -- '"},
		`SELECT '\'; -- '`:                {`SELECT '\'; -- '`, `SELECT '\'`},
		"SELECT 1; SELECT 2;":             {"SELECT 1; SELECT 2", "SELECT 1; SELECT 2"},
		"-- nothing":                      {},
		" ; ":                             {},
		"SELECT /* a */ 1 /* open":        {"SELECT /* a */ 1", "SELECT /* a */ 1"},
		`SELECT E'it\'s; ' ;`:             {`SELECT E'it\'s; '`, `SELECT E'it\'s; '`},
		"SELECT $a$ ; $a$;":               {"SELECT $a$ ; $a$", "SELECT $a$ ; $a$"},
	} {
		if got := sqltext.ClickHouse.TrimEnd(sql); got != want.clickhouse {
			t.Errorf("%q for ClickHouse: got %q, want %q", sql, got, want.clickhouse)
		}
		if got := sqltext.Postgres.TrimEnd(sql); got != want.postgres {
			t.Errorf("%q for Postgres: got %q, want %q", sql, got, want.postgres)
		}
	}
}

func TestParseCountsStatements(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		count int
		text  string
	}{
		"SELECT 1":                           {1, "SELECT 1"},
		" SELECT 1 ; ; -- done":              {1, " SELECT 1"},
		"SELECT 1; SELECT 2":                 {2, "SELECT 1"},
		"SELECT ';'":                         {1, "SELECT ';'"},
		"; SELECT 1":                         {2, ""},
		" -- nothing":                        {0, ""},
		";;":                                 {0, ""},
		"INSERT INTO t FORMAT CSV\n1;2\n":    {1, "INSERT INTO t FORMAT CSV\n1;2\n"},
		"INSERT INTO t VALUES (1); SELECT 2": {2, "INSERT INTO t VALUES (1)"},
		"INSERT INTO t SELECT 1; SELECT 2":   {2, "INSERT INTO t SELECT 1"},
	} {
		statement, count := sqltext.ClickHouse.Parse(text)
		if count != want.count || statement.Text != want.text {
			t.Errorf("%q: %d %q", text, count, statement.Text)
		}
	}
}

func TestFirstAndReads(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		first string
		reads bool
	}{
		"select 1":                               {"SELECT", true},
		"((SELECT 1)) UNION ALL (SELECT 2)":      {"SELECT", true},
		"/* a */ -- b\nFROM t SELECT a":          {"FROM", true},
		"VALUES (1)":                             {"VALUES", true},
		"TABLE t":                                {"TABLE", true},
		"show tables":                            {"SHOW", true},
		"DESC t":                                 {"DESC", true},
		"DESCRIBE t":                             {"DESCRIBE", true},
		"EXPLAIN SELECT 1":                       {"EXPLAIN", true},
		"EXISTS TABLE t":                         {"EXISTS", true},
		"CHECK TABLE t":                          {"CHECK", true},
		"WITH a AS (SELECT 1) SELECT * FROM a":   {"SELECT", true},
		"(WITH a AS (SELECT 1) SELECT * FROM a)": {"SELECT", true},
		"WITH 1 AS x SELECT x":                   {"SELECT", true},
		"WITH 1 AS insert SELECT insert":         {"SELECT", true},
		"WITH insert AS (SELECT 1), update AS (SELECT 2) TABLE insert": {"TABLE", true},
		"WITH a AS (SELECT 1) SELECT * FROM a FOR UPDATE":              {"SELECT", true},
		"WITH a AS (DELETE FROM t RETURNING n) SELECT n FROM a":        {"SELECT", true},
		"WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a":           {"INSERT", false},
		"WITH RECURSIVE select AS (SELECT 1) DELETE FROM t":            {"DELETE", false},
		"INSERT INTO t SELECT 1":                                       {"INSERT", false},
		"INSERT INTO t FORMAT CSV\nSELECT":                             {"INSERT", false},
		"kill QUERY WHERE 1":                                           {"KILL", false},
		"selected":                                                     {"SELECTED", false},
		"(":                                                            {"", false},
	} {
		for _, dialect := range []sqltext.Dialect{sqltext.ClickHouse, sqltext.Postgres} {
			statement, _ := dialect.Parse(text)
			if statement.First() != want.first || statement.Reads() != want.reads {
				t.Errorf("%s: %q, %t", text, statement.First(), statement.Reads())
			}
		}
	}
}

// Whatever the text, tokens are pieces of it, in order.
func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"SELECT '\\", "$a$ $a$", "/* /* */", "‘", "`a\\", "'\\x", "a;b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, dialect := range []sqltext.Dialect{sqltext.ClickHouse, sqltext.Postgres} {
			end := 0
			for token := range dialect.Scan(text) {
				if token.Start < end || token.End <= token.Start || token.End > len(text) || token.Depth < 0 {
					t.Fatalf("%q: %+v", text, token)
				}
				end = token.End
			}
			if statement, count := dialect.Parse(text); count == 1 && len(statement.Tokens) == 0 {
				t.Fatalf("%q is a statement of nothing", text)
			}
		}
	})
}

// Text made to be slow is read in one pass, or this test would run for minutes.
func TestHostileTextIsReadInOnePass(t *testing.T) {
	t.Parallel()
	const n = 300_000
	var tags strings.Builder
	for i := range n {
		fmt.Fprintf(&tags, "$t%d$ ", i)
	}
	for name, text := range map[string]string{
		"tags": tags.String(), "quotes": strings.Repeat("‘ “ ", n), "comments": strings.Repeat("/*", n), "backslashes": "'" + strings.Repeat(`\\`, n),
		"strings on lines": strings.Repeat("E'' \n", n), "brackets": strings.Repeat("([{", n), "dollars": strings.Repeat("$", n),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, dialect := range []sqltext.Dialect{sqltext.ClickHouse, sqltext.Postgres} {
				if statement, count := dialect.Parse(text); count > 1 || statement.Reads() {
					t.Errorf("%d statements, the first %.20q", count, statement.Text)
				}
			}
		})
	}
}

func TestLiteralAndNameComeBack(t *testing.T) {
	t.Parallel()
	for _, dialect := range []sqltext.Dialect{sqltext.ClickHouse, sqltext.Postgres} {
		for _, text := range []string{"a'b", `a\b`, `a\`, "a\n\t\x00b", "a`b", `a"b`, "", "☂", "’", "$$"} {
			tokens := dialect.Tokens(dialect.Literal(text) + dialect.Name(text))
			if len(tokens) != 2 || tokens[0].Text != text || tokens[1].Text != text {
				t.Errorf("%q: %+v", text, tokens)
			}
		}
	}
}
