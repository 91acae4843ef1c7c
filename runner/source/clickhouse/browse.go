package clickhouse

import (
	"context"
	"fmt"
	"slices"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/internal/listing"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/templates"
)

var _ source.Browser = (*Source)(nil)

// shown leaves out what belongs to the server and the tables behind materialized views.
const shown = `(database = currentDatabase() OR database NOT IN ('system', 'INFORMATION_SCHEMA', 'information_schema'))`

// schemaQueries ask the system's tables, which show each user what that one has rights on.
var schemaQueries = listing.Queries{
	Database: "SELECT currentDatabase()",
	Tables: fmt.Sprintf(`SELECT database, name,
			multiIf(engine LIKE '%%View', 'view', engine = 'Dictionary', 'dictionary', 'table'), comment, total_rows, total_bytes
		FROM system.tables
		WHERE %s AND NOT is_temporary AND NOT startsWith(name, '.inner.') AND NOT startsWith(name, '.inner_id.')
		ORDER BY database != currentDatabase(), database, name LIMIT %d`, shown, source.MaxTables+1),
	Columns: fmt.Sprintf(`SELECT database, table, name, type, comment, toUInt8(is_in_primary_key OR is_in_sorting_key)
		FROM system.columns
		WHERE %s AND NOT startsWith(table, '.inner.') AND NOT startsWith(table, '.inner_id.')
		ORDER BY database != currentDatabase(), database, table, position LIMIT %d`, shown, source.MaxColumns+1),
}

// Schema implements source.Browser.
func (s *Source) Schema(ctx context.Context, limits source.Limits) (source.Schema, error) {
	return schemaQueries.Schema(ctx, s, limits)
}

// Functions implements source.Browser. Servers of some years ago do not describe them.
func (s *Source) Functions(ctx context.Context, limits source.Limits) ([]source.Function, error) {
	all := source.Query{Statement: templates.Statement{Parts: []templates.Part{{Text: "SELECT * FROM system.functions"}}}, Limits: limits}
	columns, err := s.Describe(ctx, all)
	if err != nil {
		return nil, err
	}
	told := func(column string) string {
		if slices.ContainsFunc(columns, func(c source.Column) bool { return c.Name == column }) {
			return column
		}
		return "''"
	}
	var functions []source.Function
	sql := fmt.Sprintf("SELECT name, is_aggregate, %s, %s FROM system.functions ORDER BY name", told("syntax"), told("description"))
	err = listing.Rows(ctx, s, sql, limits, func(row []rowbinary.Value) {
		functions = append(functions, source.Function{
			Name: listing.Text(&row[0]), Aggregate: listing.Text(&row[1]) == "1", Syntax: listing.Text(&row[2]), Description: listing.Text(&row[3]),
		})
	})
	return functions, err
}
