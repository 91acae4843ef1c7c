package sqltext

import "strings"

var literal = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\x00", `\0`)

// Literal writes a string literal.
func Literal(s string) string { return "'" + literal.Replace(s) + "'" }

// Name writes an identifier.
func Name(s string) string {
	return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(s) + "`"
}
