package embedded

import "strconv"

// port is part of the socket's name.
const port = "5432"

// ownSocket is where the server listens: in its working folder, which is the cluster, so that the length of that path does not matter.
const ownSocket = "."

// settings of the server, given with every start so that a new version brings its own. They are meant for a small machine that does
// other things too. No statement and no value gets into the log.
func (o Options) settings() []string {
	return arguments(append([]setting{
		{"listen_addresses", ""},
		{"port", port},
		{"unix_socket_directories", ownSocket},
		{"unix_socket_permissions", "0700"},
		{"max_connections", strconv.Itoa(o.MaxConnections)},
		{"shared_buffers", "128MB"},
		{"jit", "off"},
		{"max_parallel_workers_per_gather", "0"},
		{"max_replication_slots", "0"},
		{"max_logical_replication_workers", "0"},
		{"max_wal_size", "512MB"},
		{"client_connection_check_interval", "10s"},
	}, o.common()...))
}

// common to the server and to the single-user mode.
func (o Options) common() []setting {
	all := []setting{
		{"wal_level", "minimal"},
		{"max_wal_senders", "0"},
		{"password_encryption", "scram-sha-256"},
		{"timezone", "UTC"},
		{"log_timezone", "UTC"},
		{"log_destination", "stderr"},
		{"logging_collector", "off"},
		{"log_line_prefix", "%e "},
		{"log_min_messages", "log"},
		{"log_min_error_statement", "panic"},
		{"log_min_duration_statement", "-1"},
		{"log_statement", "none"},
		{"log_error_verbosity", "terse"},
		{"log_checkpoints", "off"},
	}
	if o.Unsafe {
		all = append(all, setting{"fsync", "off"}, setting{"full_page_writes", "off"})
	}
	return all
}

type setting struct{ name, value string }

func arguments(settings []setting) []string {
	var args []string
	for _, s := range settings {
		args = append(args, "-c", s.name+"="+s.value)
	}
	return args
}
