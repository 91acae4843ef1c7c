package load

import (
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
)

// identifier names a table; an empty database is the source's own.
type identifier struct {
	database, name string
}

// parseIdentifier takes name, database.name, and either part in backticks or double quotes, doubled within.
func parseIdentifier(s string) (identifier, error) {
	first, rest, ok := cutName(s)
	id := identifier{name: first}
	if ok && strings.HasPrefix(rest, ".") {
		id.database = first
		id.name, rest, ok = cutName(rest[1:])
	}
	if !ok || rest != "" || strings.Contains(id.database, ".") {
		return id, fault.New(fault.Invalid, "%q is no name of a table; write table or database.table; a table with a dot in its name stands in backticks.", s)
	}
	return id, nil
}

func cutName(s string) (name, rest string, ok bool) {
	if s == "" || s[0] != '`' && s[0] != '"' {
		n := strings.IndexByte(s, '.')
		if n < 0 {
			n = len(s)
		}
		return s[:n], s[n:], n > 0
	}
	quote := s[:1]
	for s = s[1:]; ; {
		before, after, found := strings.Cut(s, quote)
		name += before
		if !found {
			return "", "", false
		}
		if !strings.HasPrefix(after, quote) {
			return name, after, name != ""
		}
		name, s = name+quote, after[1:]
	}
}

// with is a table beside this one. It has no dot in its name, for a source takes "database.name" apart at the first.
func (id identifier) with(suffix string) identifier {
	return identifier{database: id.database, name: strings.ReplaceAll(id.name, ".", "_") + suffix}
}

// plain is the name as Insert takes it.
func (id identifier) plain() string {
	if id.database == "" {
		return id.name
	}
	return id.database + "." + id.name
}

// String is the name as SQL.
func (id identifier) String() string {
	if id.database == "" {
		return sqltext.ClickHouse.Name(id.name)
	}
	return sqltext.ClickHouse.Name(id.database) + "." + sqltext.ClickHouse.Name(id.name)
}
