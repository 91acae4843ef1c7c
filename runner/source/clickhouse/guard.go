package clickhouse

import (
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
)

// harmless are the settings that a report may give in a SETTINGS clause: they change how a query computes, not what it may read,
// how much it may take, or what is kept of it.
var harmless = map[string]bool{
	"aggregate_functions_null_for_empty": true, "any_join_distinct_right_table_keys": true, "asterisk_include_alias_columns": true,
	"asterisk_include_materialized_columns": true, "cast_keep_nullable": true, "count_distinct_implementation": true,
	"date_time_overflow_behavior": true, "decimal_check_overflow": true, "distributed_product_mode": true, "enable_analyzer": true,
	"enable_positional_arguments": true, "except_default_mode": true, "final": true, "group_by_use_nulls": true,
	"intersect_default_mode": true, "join_algorithm": true, "join_default_strictness": true, "join_use_nulls": true,
	"optimize_aggregation_in_order": true, "optimize_move_to_prewhere": true, "optimize_read_in_order": true,
	"prefer_column_name_to_alias": true, "short_circuit_function_evaluation": true,
	"transform_null_in": true, "union_default_mode": true,
}

// allowed tells whether a report may run the SQL. readonly=1 does not see to it: ClickHouse lets a SETTINGS clause of a subquery lift
// it, and runs KILL and USE under it.
func allowed(sql string) error {
	statement, count := sqltext.ClickHouse.Parse(sql)
	if count > 0 && !reads(statement) {
		return refusal(statement.First())
	}
	// All of the text, not the first statement alone.
	for _, set := range (sqltext.Statement{Text: sql, Tokens: sqltext.ClickHouse.Tokens(sql)}).Settings() {
		if !harmless[set.Name] {
			return fault.New(fault.Failed, "a report's query cannot set %s; its SETTINGS take only what changes how a query computes, "+
				"such as join_use_nulls, join_algorithm, final, transform_null_in or group_by_use_nulls", set.Name)
		}
	}
	return nil
}

func refusal(verb string) error {
	switch {
	case verb == "EXPLAIN":
		return fault.New(fault.Failed, "a report only reads: EXPLAIN is for SELECT alone")
	case verb == "" || len(verb) > 20 || strings.Trim(verb, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		return fault.New(fault.Failed, "a report only reads: its statement must begin with SELECT or WITH")
	}
	return fault.New(fault.Failed, "a report only reads: it cannot run %s", verb)
}

func reads(s sqltext.Statement) bool {
	switch s.First() {
	case "SELECT", "FROM", "SHOW", "DESC", "DESCRIBE", "EXISTS", "CHECK":
		return true
	case "EXPLAIN":
		return explainsSelect(s)
	}
	return false
}

// explainsSelect goes over the kind and the options of an EXPLAIN to the statement behind them.
func explainsSelect(s sqltext.Statement) bool {
	for i := 1; i < len(s.Tokens); i++ {
		t := s.Tokens[i]
		switch {
		case t.IsSign(","), slices.ContainsFunc(explainKinds, t.Is):
		case t.Kind == sqltext.Word && i+2 < len(s.Tokens) && s.Tokens[i+1].IsSign("="):
			i += 2
		default:
			verb := sqltext.Statement{Text: s.Text, Tokens: s.Tokens[i:]}.First()
			return verb == "SELECT" || verb == "FROM"
		}
	}
	return false
}

var explainKinds = []string{"AST", "SYNTAX", "QUERY", "TREE", "PLAN", "PIPELINE", "ESTIMATE"}
