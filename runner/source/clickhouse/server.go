package clickhouse

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// server is what has to be known before the first query.
type server struct {
	readonly string
	settings map[string]bool // those of optional that it has
}

// optional are settings that servers of some years ago do not have, and would refuse queries for.
var optional = append([]string{
	"cancel_http_readonly_queries_on_client_close",
	"output_format_binary_write_json_as_string",
	"prefer_global_in_and_join",
	"session_timezone",
	"flatten_nested",
	"input_format_binary_read_json_as_string",
}, anyType...)

// ask finds out once what the server and its user's rights are like.
func (s *Source) ask(ctx context.Context) (*server, error) {
	s.mu.Lock()
	known := s.server
	s.mu.Unlock()
	if known != nil {
		return known, nil
	}
	found := &server{settings: map[string]bool{}}
	rows, err := s.conn.Query(ctx, "SELECT name, value FROM system.settings WHERE name = 'readonly' OR name IN {names:Array(String)}",
		clickhouse.Named("names", optional))
	if err != nil {
		return nil, s.fault(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return nil, s.fault(err)
		}
		if name == "readonly" {
			found.readonly = value
		}
		found.settings[name] = true
	}
	if err := rows.Err(); err != nil {
		return nil, s.fault(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.server = found
	return found, nil
}
