package clickhouse

import (
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/vitrina-reports/vitrina/runner/source"
)

// longQuery is from which length SQL needs more than ClickHouse's usual room for it, 256 KiB.
const longQuery = 200 << 10

// forQuery are the settings of a report's query: limits, time zone, and that it only reads.
func (s *server) forQuery(q source.Query, sql rendered, format map[string]string) clickhouse.Settings {
	out := clickhouse.Settings{}
	if s.readonly == "1" {
		return out
	}
	for name, value := range sql.settings {
		out[name] = value
	}
	for name, value := range format {
		out[name] = value
	}
	out["log_comment"] = q.ID
	s.setKnown(out, "cancel_http_readonly_queries_on_client_close", 1)
	s.setKnown(out, "output_format_binary_write_json_as_string", 1)
	if q.Timezone != "" {
		s.setKnown(out, "session_timezone", q.Timezone)
	}
	if len(sql.tables) > 0 {
		s.setKnown(out, "prefer_global_in_and_join", 1)
		s.setKnown(out, "flatten_nested", 0)
		s.setKnown(out, "input_format_binary_read_json_as_string", 1)
		for _, name := range anyType {
			s.setKnown(out, name, 1)
		}
	}
	if len(sql.text) > longQuery {
		out["max_query_size"] = 2 * len(sql.text)
	}
	setLimits(out, q.Limits)
	if s.readonly == "0" && !q.Owner {
		out["readonly"] = 1
	}
	return out
}

// anyType are the settings that let a table have the columns a result can have.
var anyType = []string{
	"allow_suspicious_low_cardinality_types",
	"allow_suspicious_fixed_string_types",
	"allow_suspicious_variant_types",
	"enable_time_time64_type",
	"enable_qbit_type",
}

func (s *server) setKnown(out clickhouse.Settings, name string, value any) {
	if s.settings[name] {
		out[name] = value
	}
}

func setLimits(out clickhouse.Settings, limits source.Limits) {
	if limits.Time > 0 {
		out["max_execution_time"] = strconv.FormatFloat(limits.Time.Seconds(), 'f', -1, 64)
		out["timeout_before_checking_execution_speed"] = 0 // by the clock, not by a forecast
		out["timeout_overflow_mode"] = "throw"
	}
	if limits.Rows > 0 {
		out["max_result_rows"] = limits.Rows
	}
	if limits.Bytes > 0 {
		out["max_result_bytes"] = limits.Bytes
	}
	if limits.Rows > 0 || limits.Bytes > 0 {
		out["result_overflow_mode"] = "throw"
	}
	if limits.Fetch > 0 {
		out["limit"] = limits.Fetch
	}
	if limits.Memory > 0 {
		out["max_memory_usage"] = limits.Memory
	}
}
