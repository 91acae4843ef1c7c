package clickhouse

import (
	"strings"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
)

// lifted takes a SETTINGS clause off the end of the statement and keeps what it sets for the request: under readonly=1 ClickHouse would
// refuse the clause, whatever is in it. A clause with anything but literal values stays where it is, for ClickHouse to judge.
func (r rendered) lifted() rendered {
	s := sqltext.Statement{Text: r.text, Tokens: sqltext.ClickHouse.Tokens(r.text)}
	at := s.Keyword("SETTINGS")
	if at < 1 {
		return r
	}
	set, end := map[string]string{}, 0
	for _, v := range s.Settings() {
		if v.Clause != at {
			continue
		}
		value, ok := literal(s.Tokens[v.Value:v.End])
		if !ok {
			return r
		}
		set[v.Name], end = value, v.End
	}
	if end != len(s.Tokens) {
		return r
	}
	r.text, r.settings = s.Text[:s.Tokens[at-1].End], set
	return r
}

// literal is the value of a number, a string, true or false.
func literal(tokens []sqltext.Token) (string, bool) {
	if len(tokens) != 1 {
		return "", false
	}
	t := tokens[0]
	number := t.Kind == sqltext.Word && strings.Trim(t.Text, "0123456789") == ""
	return t.Text, number || t.Kind == sqltext.String || t.Is("true") || t.Is("false")
}
