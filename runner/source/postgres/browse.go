package postgres

import (
	"context"
	"fmt"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/internal/listing"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

var _ source.Browser = (*Source)(nil)

// readable are the relations that the role may read at least a column of, with their schema. Those of the server itself are left out,
// unless they are where unqualified names lead.
const readable = `
	FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't' AND NOT c.relispartition
		AND (n.nspname = current_schema() OR n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)')
		AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')`

// schemaQueries ask the catalogs. Rows and bytes are those of the last ANALYZE: measuring would wait for locks.
var schemaQueries = listing.Queries{
	Database: "SELECT coalesce(current_schema(), '')::text",
	Tables: fmt.Sprintf(`SELECT n.nspname::text, c.relname::text, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END,
			obj_description(c.oid, 'pg_class'),
			CASE WHEN c.relkind <> 'v' AND c.reltuples >= 0 THEN c.reltuples::bigint END,
			CASE WHEN c.relkind IN ('r', 'm') AND c.reltuples >= 0 THEN c.relpages::bigint * current_setting('block_size')::bigint END
		%s ORDER BY n.nspname IS DISTINCT FROM current_schema(), n.nspname, c.relname LIMIT %d`, readable, source.MaxTables+1),
	Columns: fmt.Sprintf(`SELECT t.nspname, t.relname, a.attname::text, format_type(a.atttypid, a.atttypmod), col_description(t.oid, a.attnum),
			CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = t.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) THEN 1 ELSE 0 END
		FROM (SELECT c.oid, n.nspname::text, c.relname::text, n.nspname IS DISTINCT FROM current_schema() AS other %s ORDER BY 4, 2, 3 LIMIT %d) AS t
		JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE has_column_privilege(t.oid, a.attnum, 'SELECT')
		ORDER BY t.other, t.nspname, t.relname, a.attnum LIMIT %d`, readable, source.MaxTables+1, source.MaxColumns+1),
}

// Schema implements source.Browser.
func (s *Source) Schema(ctx context.Context, limits source.Limits) (source.Schema, error) {
	return schemaQueries.Schema(ctx, s, limits)
}

// functionsQuery tells each name once, without what only the server itself calls.
const functionsQuery = `SELECT DISTINCT ON (p.proname) p.proname::text, CASE WHEN p.prokind = 'a' THEN 1 ELSE 0 END,
		p.proname || '(' || pg_get_function_arguments(p.oid) || ')', obj_description(p.oid, 'pg_proc')
	FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
	WHERE n.nspname = 'pg_catalog' AND p.prokind <> 'p' AND has_function_privilege(p.oid, 'EXECUTE')
		AND p.prorettype NOT IN ('internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype, 'language_handler'::regtype,
			'fdw_handler'::regtype, 'index_am_handler'::regtype, 'tsm_handler'::regtype, 'table_am_handler'::regtype)
		AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[])
	ORDER BY p.proname, p.pronargs, p.oid`

// Functions implements source.Browser.
func (s *Source) Functions(ctx context.Context, limits source.Limits) ([]source.Function, error) {
	var functions []source.Function
	err := listing.Rows(ctx, s, functionsQuery, limits, func(row []rowbinary.Value) {
		functions = append(functions, source.Function{
			Name: listing.Text(&row[0]), Aggregate: listing.Text(&row[1]) == "1", Syntax: listing.Text(&row[2]), Description: listing.Text(&row[3]),
		})
	})
	return functions, err
}
