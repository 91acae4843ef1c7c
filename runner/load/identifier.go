package load

import (
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
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
	if !ok || rest != "" {
		return id, fault.New(fault.Invalid, "%q is no name of a table; write table or database.table, and in backticks what has a dot in it.", s)
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

// with is a table beside this one.
func (id identifier) with(suffix string) identifier {
	return identifier{database: id.database, name: id.name + suffix}
}

// String is the name as SQL.
func (id identifier) String() string {
	if id.database == "" {
		return quoteName(id.name)
	}
	return quoteName(id.database) + "." + quoteName(id.name)
}

var escaper = strings.NewReplacer("\\", "\\\\", "`", "\\`", "'", "\\'", "\n", "\\n", "\r", "\\r", "\t", "\\t", "\x00", "\\0")

func quoteName(name string) string { return "`" + escaper.Replace(name) + "`" }

func quoteText(s string) string { return "'" + escaper.Replace(s) + "'" }
