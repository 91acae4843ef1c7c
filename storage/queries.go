package storage

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// The SQL of the stores is kept in files, a query under each line "-- name: query". A test prepares every one on the schema.
//
//go:embed queries/*.sql
var queryFiles embed.FS

var queries = mustReadQueries()

// query is the text of a query by its name. A name that does not exist is a mistake of this package, found by its tests.
func query(name string) string {
	text, ok := queries[name]
	if !ok {
		panic("storage: there is no query " + name)
	}
	return text
}

func mustReadQueries() map[string]string {
	all := map[string]string{}
	paths, _ := fs.Glob(queryFiles, "queries/*.sql")
	for _, path := range paths {
		data, err := queryFiles.ReadFile(path)
		if err != nil {
			panic(err)
		}
		for _, section := range strings.Split("\n"+string(data), "\n-- name: ")[1:] {
			name, text, _ := strings.Cut(section, "\n")
			name = strings.TrimSpace(name)
			if _, twice := all[name]; twice {
				panic(fmt.Sprintf("storage: two queries are called %s", name))
			}
			all[name] = text
		}
	}
	return all
}
