package storage

import "maps"

// Queries are all queries by name.
func Queries() map[string]string { return maps.Clone(queries) }
