package templates

import (
	"os"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
)

// stricter are statements of the shared file that the lexer takes for less code than the database does, or, in strings that only
// one database has, for more: there a value is bound all the same.
var stricter = map[string]string{
	"$tag$ never ' closed":     "a heredoc that never ends is a problem to tell, not a dollar sign",
	"$1$2 b":                   "a heredoc that never ends is a problem to tell, not a dollar sign",
	"a$b$ c $b$":               "a heredoc that never ends is a problem to tell, not a dollar sign",
	"‘a;b’ “c”":                "typographic quotes are letters",
	"E'a'␤ -- and␤ 'it\\'s' b": "a string on the next line is another one",
}

// The lexer follows a template, where branches meet, and package sqltext a whole statement. They agree on where the code is.
func TestLexerAgreesWithTheDrivers(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("../internal/sqltext/testdata/tokens.txt")
	if err != nil {
		t.Fatal(err)
	}
	dialects := map[Dialect]sqltext.Dialect{ClickHouse: sqltext.ClickHouse, Postgres: sqltext.Postgres}
	for _, block := range strings.Split(strings.TrimSpace(string(file)), "\n\n")[1:] {
		shown, _, _ := strings.Cut(block, "\n")
		if stricter[shown] != "" {
			continue
		}
		sql := strings.NewReplacer("␤", "\n", "␍", "\r").Replace(shown)
		for own, theirs := range dialects {
			if at := disagreement(sql, own, theirs.Tokens(sql)); at >= 0 {
				t.Errorf("%s, %s: they part at byte %d, %.10q", own, shown, at, sql[at:])
			}
		}
	}
}

// disagreement is where a token begins that the lexer does not take for code, or a string or name that it does; none without one.
func disagreement(sql string, dialect Dialect, tokens []sqltext.Token) int {
	lexer := newLexer(dialect)
	for i := range len(sql) {
		var begins *sqltext.Token
		if len(tokens) > 0 && tokens[0].Start == i {
			begins, tokens = &tokens[0], tokens[1:]
		}
		isCode := lexer.mode == code || lexer.mode == tagStart
		lexer.next(sql[i], i)
		switch {
		case begins == nil:
		case !isCode:
			return i
		case (begins.Kind == sqltext.String || begins.Kind == sqltext.Quoted) && lexer.mode == code && sql[i]|0x20 != 'e':
			return i
		}
	}
	return none
}
