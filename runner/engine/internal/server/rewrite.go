package server

import (
	"github.com/vitrina-reports/vitrina/internal/sqltext"
)

// The library gives every query an id of its own and has no way to set it. The client's id therefore travels in a setting
// that does nothing here (it labels entries of the query result cache, which is off), and where a statement asks for
// query_id, it is answered from there.
const idSetting = "query_cache_tag"

const (
	idExpression = "if(Settings['" + idSetting + "'] != '', Settings['" + idSetting + "'], query_id)"
	// outfile begins what is appended to a statement, and what system.processes does not show.
	outfile   = "\nINTO OUTFILE "
	processes = "(SELECT * REPLACE (" + idExpression + " AS query_id, if(Settings['" + idSetting + "'] != '', Settings['" + idSetting +
		"'], initial_query_id) AS initial_query_id, splitByString('\\nINTO OUTFILE \\'/', query)[1] AS query) FROM system.processes)"
)

// rewritten is the statement's text as the engine gets it.
func rewritten(s sqltext.Statement) string {
	if s.First() == "KILL" {
		return s.Replace(func(i int) string {
			if s.Tokens[i].IsName("query_id") {
				return idExpression
			}
			return ""
		})
	}
	return withProcesses(s)
}

// withProcesses puts the subquery where system.processes stands.
func withProcesses(s sqltext.Statement) string {
	starts := map[int]bool{}
	for i := 2; i < len(s.Tokens); i++ {
		starts[i-2] = s.Tokens[i-2].IsName("system") && s.Tokens[i-1].IsSign(".") && s.Tokens[i].IsName("processes")
	}
	return s.Replace(func(i int) string {
		switch {
		case starts[i]:
			return processes
		case starts[i-1], starts[i-2]:
			return " "
		}
		return ""
	})
}

// intoFile sends the result of the statement to the path, in the format unless the statement names its own.
func intoFile(s sqltext.Statement, sql, path, format string) string {
	if cut := trailingFormat(s); cut >= 0 {
		// The same clause, counted from the end, since rewriting may have moved it.
		at := len(sql) - (len(s.Text) - s.Tokens[cut].Start)
		return sql[:at] + outfile + sqltext.ClickHouse.Literal(path) + " TRUNCATE COMPRESSION 'none' " + sql[at:]
	}
	return sql + outfile + sqltext.ClickHouse.Literal(path) + " TRUNCATE COMPRESSION 'none' FORMAT " + format
}

// trailingFormat is the number of the token FORMAT of a FORMAT clause, -1 without one.
func trailingFormat(s sqltext.Statement) int {
	i := s.Keyword("FORMAT")
	if i < 1 || i+1 >= len(s.Tokens) || s.Tokens[i+1].Kind != sqltext.Word {
		return -1
	}
	if i+2 < len(s.Tokens) && !s.Tokens[i+2].Is("SETTINGS") {
		return -1
	}
	return i
}

// formatOf is the format in which the statement answers.
func formatOf(s sqltext.Statement, otherwise string) string {
	if i := trailingFormat(s); i >= 0 {
		return s.Tokens[i+1].Text
	}
	return otherwise
}

// fromFile reads the rows of an INSERT from the path.
func fromFile(s sqltext.Statement, path string) string {
	from := " FROM INFILE " + sqltext.ClickHouse.Literal(path) + " COMPRESSION 'none' "
	format := "FORMAT Values"
	at := len(s.Tokens)
	if i := s.Keyword("FORMAT"); i >= 0 {
		format, at = s.Text[s.Tokens[i].Start:], i
	} else if s.Tokens[at-1].Is("VALUES") {
		at--
	}
	head := s.Text[:s.Tokens[at-1].End]
	if i := s.Keyword("SETTINGS"); i >= 0 && i < at {
		return s.Text[:s.Tokens[i].Start] + from + s.Text[s.Tokens[i].Start:s.Tokens[at-1].End] + " " + format
	}
	return head + from + format
}
