package runner

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestTheLineOfAStatementThatAnErrorNames(t *testing.T) {
	t.Parallel()
	const sql = "SELECT 1\nFROM t\nGRUOP BY x"
	for message, want := range map[string]int{
		"Syntax error: failed at position 17 (GRUOP) (line 3, col 1): GRUOP BY x. Expected one of: …":         3,
		"Syntax error: failed at position 17 (GRUOP): GRUOP BY x. Expected one of: … (SYNTAX_ERROR, code 62)": 3,
		`syntax error at or near "GRUOP", at line 2, column 7 of the statement (42601)`:                       2,
		"Unknown expression identifier `x` (UNKNOWN_IDENTIFIER, code 47)":                                     0,
		"failed at position 9000 (x)": 0,
	} {
		if got := statementLine(sql, message); got != want {
			t.Errorf("%s: line %d, want %d", message, got, want)
		}
	}
}

func TestTheLineOfTheBodyThatAStatementsLineCameFrom(t *testing.T) {
	t.Parallel()
	const body = "SELECT a, {{ .x }}\n" + // 1
		"FROM {{ table \"buyers\" }} AS b\n" + // 2
		"{{ if .city }}\n" + // 3
		"WHERE city = {{ .city }}\n" + // 4
		"{{ end }}\n" + // 5
		"{{/* a comment\nof two lines */}}\n" + // 6 and 7
		"{{ snippet \"ordered\" }}\n" + // 8
		")\n" + // 9
		"LIMIT 10" // 10
	for name, c := range map[string]struct {
		sql  string
		want []int
	}{
		"with all": {"SELECT a, {p1:String}\nFROM `buyers` AS b\n\nWHERE city = {p2:String}\n\n\nORDER BY a,\n  b\n)\nLIMIT 10", []int{1, 2, 3, 4, 8, 8, 8, 8, 9, 10}},
		"without":  {"SELECT a, ($1::text)\nFROM pg_temp.\"buyers\" AS b\n\nORDER BY a\n)\nLIMIT 10", []int{1, 2, 8, 8, 9, 10}},
	} {
		var got []int
		for i := range strings.Split(c.sql, "\n") {
			got = append(got, bodyLine(body, c.sql, i+1))
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
	if got := bodyLine(body, "x", 2); got != 0 {
		t.Errorf("a line that is not there: %d", got)
	}
}

func TestTheLineOfALongStatementIsFoundSoon(t *testing.T) {
	t.Parallel()
	words := strings.Repeat("a  b ", 60)
	started := time.Now()
	found := bodyLine(strings.Repeat("{{ .x }} "+words+"\n", 700), strings.Repeat(words+"\n", 700)+"wrong", 701)
	if took := time.Since(started); took > 5*time.Second || found < 1 {
		t.Errorf("line %d, after %s", found, took)
	}
	long := strings.Repeat(words, 100)
	started = time.Now()
	if found := bodyLine(strings.Repeat("{{ .x }}\n"+long+"\n", 60), strings.Repeat(long+"\n", 100), 50); found != 0 {
		t.Errorf("found line %d of what is too long to compare", found)
	}
	if took := time.Since(started); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}
