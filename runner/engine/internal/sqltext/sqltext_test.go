package sqltext_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/runner/engine/internal/sqltext"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"SELECT a.b, 1.5 FROM t":     {"SELECT", "a", ".", "b", ",", "1", ".", "5", "FROM", "t"},
		"a -- ; comment\nb":          {"a", "b"},
		"a # ; comment\nb":           {"a", "b"},
		"a #! ; comment\nb":          {"a", "b"},
		"a // ; comment\nb":          {"a", "b"},
		"a /* x /* ; */ y */ b":      {"a", "b"},
		"a /* never closed":          {"a"},
		`'it''s' 'it\'s' '\x41\n'`:   {"'it's", "'it's", "'A\n"},
		"`a``b` `a\\`b` \"c\"\"d\"":  {"`a`b", "`a`b", "`c\"d"},
		"$$ ; ' $$ $tag$ $$ ; $tag$": {"' ; ' ", "' $$ ; "},
		"$x-y$ a":                    {"$", "x", "-", "y$", "a"},
		"‘a;b’ “c”":                  {"'a;b", "`c"},
		"'never closed ; DROP":       {"'never closed ; DROP"},
		"f(a)[1]{p:Array(String)}":   {"f", "(", "a", ")", "[", "1", "]", "{", "p", ":", "Array", "(", "String", ")", "}"},
		"'\\":                        {"'\\"},
		"":                           nil,
	} {
		var got []string
		for _, token := range sqltext.Tokens(text) {
			prefix := map[sqltext.Kind]string{sqltext.String: "'", sqltext.Quoted: "`"}[token.Kind]
			got = append(got, prefix+token.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
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
		"SELECT 1; SELECT 2":                 {2, ""},
		"SELECT ';'":                         {1, "SELECT ';'"},
		"; SELECT 1":                         {2, ""},
		" -- nothing":                        {0, ""},
		";;":                                 {0, ""},
		"INSERT INTO t FORMAT CSV\n1;2\n":    {1, "INSERT INTO t FORMAT CSV\n1;2\n"},
		"INSERT INTO t VALUES (1); SELECT 2": {2, ""},
		"INSERT INTO t SELECT 1; SELECT 2":   {2, ""},
	} {
		statement, count := sqltext.Parse(text)
		if count != want.count || statement.Text != want.text {
			t.Errorf("%q: %d %q", text, count, statement.Text)
		}
	}
}

func TestFirst(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"select 1": "SELECT", "((SELECT 1))": "SELECT", "WITH a AS (SELECT 1) SELECT * FROM a": "SELECT",
		"WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a": "INSERT", "kill QUERY WHERE 1": "KILL",
	} {
		if statement, _ := sqltext.Parse(text); statement.First() != want {
			t.Errorf("%s: %s", text, statement.First())
		}
	}
}

// Whatever the text, tokens are pieces of it, in order.
func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"SELECT '\\", "$a$ $a$", "/* /* */", "‘", "`a\\", "'\\x", "a;b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, token := range sqltext.Tokens(text) {
			if token.Start < end || token.End <= token.Start || token.End > len(text) {
				t.Fatalf("%q: %+v", text, token)
			}
			end = token.End
		}
		if statement, count := sqltext.Parse(text); count == 1 && len(statement.Tokens) == 0 {
			t.Fatalf("%q is a statement of nothing", text)
		}
	})
}

func TestLiteralAndNameComeBack(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a'b", `a\b`, "a\n\t\x00b", "a`b", "", "☂"} {
		tokens := sqltext.Tokens(sqltext.Literal(text) + sqltext.Name(text))
		if len(tokens) != 2 || tokens[0].Text != text || tokens[1].Text != text {
			t.Errorf("%q: %+v", text, tokens)
		}
	}
}
