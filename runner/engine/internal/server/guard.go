package server

import (
	"github.com/vitrina-reports/vitrina/internal/sqltext"
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
