package clickhouse

import (
	"strings"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// rowsFormat is how the rows of a table are sent: by position alone, since a table's names and types are not always the result's.
const rowsFormat = "RowBinary"

// structure declares a table that holds rows of the columns.
func structure(columns []source.Column) string {
	parts, names := make([]string, len(columns)), source.Distinct(columns)
	for i, c := range columns {
		parts[i] = sqltext.ClickHouse.Name(names[i]) + " " + tableType(c.Type)
	}
	return strings.Join(parts, ", ")
}

// tableType is a type that tables can have and whose values have the same bytes: a NULL or an empty list of Nothing is one of String.
func tableType(name string) string {
	if !strings.Contains(name, "Nothing") && !strings.Contains(name, "Interval") {
		return name
	}
	var out strings.Builder
	tokens, end := sqltext.ClickHouse.Tokens(name), 0
	for i, token := range tokens {
		if token.Kind != sqltext.Word || i+1 < len(tokens) && !tokens[i+1].IsSign(")") && !tokens[i+1].IsSign(",") {
			continue // a bracket or a word behind it: no plain type, or the name of a tuple's element
		}
		stored := token.Text
		switch {
		case stored == "Nothing":
			stored = "String"
		case strings.HasPrefix(stored, "Interval"):
			stored = "Int64"
		}
		out.WriteString(name[end:token.Start] + stored)
		end = token.End
	}
	return out.String() + name[end:]
}
