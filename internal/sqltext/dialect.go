// Package sqltext reads SQL just far enough to tell its code from its strings, names and comments: where a statement ends, of what
// kind it is, which words in it are names. It also writes names and strings. It knows no grammar: that is the database's.
package sqltext

import "strings"

// Dialect is whose rules the SQL is read and written by.
type Dialect int

const (
	// ClickHouse has backslashes in every string and name, comments from //, "# " and #!, and typographic quotes.
	ClickHouse Dialect = iota
	// Postgres has backslashes in E'…' alone, as its standard_conforming_strings are by default.
	Postgres
)

var (
	clickhouseName   = strings.NewReplacer(`\`, `\\`, "`", "\\`", "\n", `\n`, "\r", `\r`, "\t", `\t`, "\x00", `\0`)
	clickhouseString = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\x00", `\0`)
)

// Name writes an identifier.
func (d Dialect) Name(name string) string {
	if d == Postgres {
		return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
	}
	return "`" + clickhouseName.Replace(name) + "`"
}

// Literal writes a string.
func (d Dialect) Literal(text string) string {
	if d == Postgres {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return "'" + clickhouseString.Replace(text) + "'"
}
