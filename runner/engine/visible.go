package engine

import "strings"

// hidden are the system tables that are empty for read-only requests. They tell what other people ask and the values they ask with,
// in queries kept or in the words of errors, or where things lie on the machine. Not all exist in every version of the library.
// Rights cannot do this: the library shows the system's tables to everybody.
var hidden = []string{
	"asynchronous_insert_log", "asynchronous_inserts", "backup_log", "backups", "blob_storage_log", "certificates", "crash_log", "detached_parts",
	"detached_tables", "disks", "distributed_ddl_queue", "dns_cache", "dropped_tables", "dropped_tables_parts", "error_log", "errors",
	"filesystem_cache", "filesystem_cache_settings", "macros", "named_collections", "opentelemetry_span_log", "part_log",
	"processors_profile_log", "query_cache", "query_condition_cache", "query_log", "query_metric_log", "query_thread_log",
	"query_views_log", "remote_data_paths", "server_settings", "session_log", "storage_policies", "text_log", "trace_log", "user_directories",
	"user_processes", "view_refreshes", "warnings",
}

const (
	// writes holds for requests of the engine's owner. No report can lift readonly, see the server's guard.
	writes = "getSetting('readonly') = 0"
	// own lets a read-only request see itself alone among the running queries, by whatever name it reads them: SHOW PROCESSLIST,
	// system.processes or a parameter. Its KILL QUERY finds no others either.
	own = writes + " OR query_id = queryID()"
)

// rowsXML are the rows of the system's tables that the user sees.
func rowsXML() string {
	var out strings.Builder
	out.WriteString(filterXML("processes", own))
	for _, table := range hidden {
		out.WriteString(filterXML(table, writes))
	}
	return out.String()
}

func filterXML(table, condition string) string {
	return "<" + table + "><filter>" + escapeXML(condition) + "</filter></" + table + ">"
}
