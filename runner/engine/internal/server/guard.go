package server

import (
	"strings"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/engine/internal/chdb"
)

// The engine's user has no right to files, network or processes (see config.go of the engine), which covers table functions,
// table and database engines. What is left to this file is what the engine does without asking for a right.

// reaching are the functions that go to files or hosts, whatever rights there are. Their names are case-sensitive.
var reaching = map[string]bool{
	"file": true, "catboostEvaluate": true, "hasColumnInTable": true,
	"aiClassify": true, "aiExtract": true, "aiGenerate": true, "aiTranslate": true,
	"AIClassify": true, "AIExtract": true, "AIGenerate": true, "AITranslate": true,
}

func (req *request) statementAllowed() error {
	s := req.statement
	if s.Has("INTO", "OUTFILE") {
		return exception(1, "UNSUPPORTED_METHOD", "INTO OUTFILE is not allowed; the result is in the answer")
	}
	if s.Has("FROM", "INFILE") {
		return exception(1, "UNSUPPORTED_METHOD", "FROM INFILE is not allowed; send the rows in the body of the request")
	}
	if err := reachingRefused(s, req.isReadonly()); err != nil {
		return err
	}
	if req.isReadonly() {
		if err := readonlyKept(s, req.sources); err != nil {
			return err
		}
	}
	return dictionaryAllowed(s)
}

// reachingRefused looks for calls. In read-only requests even the bare name is refused, since APPLY(file) and
// arrayMap(file, …) call it too; behind a dot it can only be a column.
func reachingRefused(s sqltext.Statement, strict bool) error {
	for i, t := range s.Tokens {
		if (t.Kind != sqltext.Word && t.Kind != sqltext.Quoted) || !reaching[t.Text] {
			continue
		}
		column := i > 0 && s.Tokens[i-1].IsSign(".")
		called := i+1 < len(s.Tokens) && s.Tokens[i+1].IsSign("(")
		if called && !column || strict && !column {
			return exception(497, "ACCESS_DENIED", "%s is the name of a function that reads files or asks other hosts, and nobody may call it here. "+
				"If you mean a column, write it with its table, as in t.%s", t.Text, t.Text)
		}
	}
	return nil
}

// readonlyKept refuses what would lift readonly, or count on its being lifted: the engine lets the SETTINGS of a subquery do so.
func readonlyKept(s sqltext.Statement, sources map[string]bool) error {
	for _, set := range s.Settings() {
		if set.Name == "readonly" || set.Name == idSetting || strings.HasPrefix(set.Name, "{") {
			return exception(164, "READONLY", "Cannot modify '%s' setting in readonly mode", set.Name)
		}
	}
	for i, t := range s.Tokens {
		name := strings.ToLower(t.Text)
		if (t.Kind == sqltext.Word || t.Kind == sqltext.Quoted) && sources[name] && i+1 < len(s.Tokens) && s.Tokens[i+1].IsSign("(") {
			return exception(497, "ACCESS_DENIED", "The table function %s is not for queries that only read", name)
		}
	}
	return nil
}

// reading are the table functions that make rows or read the engine's own tables.
var reading = []string{
	"dictionary", "fuzzJSON", "fuzzQuery", "generateRandom", "generateSeries", "generate_series", "loop", "merge", "mergeTreeIndex", "mergeTreeProjection",
	"null", "numbers", "numbers_mt", "primes", "timeSeriesData", "timeSeriesMetrics", "timeSeriesSelector", "timeSeriesTags", "values", "view",
	"viewExplain", "viewIfPermitted", "zeros", "zeros_mt",
}

// sourcesOf gives the other table functions of the library, in small letters. Of those whose names ordinary functions have too,
// reaching knows the ones that matter.
func sourcesOf(conn *chdb.Conn) (map[string]bool, error) {
	names := make([]string, len(reading))
	for i, name := range reading {
		names[i] = sqltext.ClickHouse.Literal(name)
	}
	out, _, err := conn.Exec("SELECT lower(name) FROM system.table_functions WHERE name NOT IN ("+strings.Join(names, ", ")+
		") AND lower(name) NOT IN (SELECT lower(name) FROM system.functions)", "TSV")
	if err != nil {
		return nil, err
	}
	sources := map[string]bool{}
	for _, name := range strings.Fields(string(out)) {
		sources[name] = true
	}
	return sources, nil
}

// dictionaryAllowed lets dictionaries be made of tables of this engine only.
func dictionaryAllowed(s sqltext.Statement) error {
	if !s.Has("DICTIONARY") || s.First() != "CREATE" {
		return nil
	}
	for i, t := range s.Tokens {
		if t.Is("SOURCE") && i+2 < len(s.Tokens) && s.Tokens[i+1].IsSign("(") {
			if kind := s.Tokens[i+2]; !kind.IsName("CLICKHOUSE") && !kind.IsName("NULL") {
				return exception(497, "ACCESS_DENIED", "A dictionary of the embedded engine is made of its own tables: SOURCE(CLICKHOUSE(TABLE '…'))")
			}
		}
	}
	return nil
}
