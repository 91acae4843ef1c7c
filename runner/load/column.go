package load

import (
	"fmt"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/internal/words"
)

// column is how one column of the file gets into the table.
type column struct {
	name    string
	sent    string // ClickHouse type it is sent as
	final   string // ClickHouse type it has in the table; the server converts if the two differ
	missing int64  // NULLs that are sent
	asText  bool   // the text of the file is sent, and the server is to read it as the final type
	clock   bool   // it is a day and time without a zone, to be taken for one of the final type's zone
}

func (c column) converted() bool { return c.sent != c.final }

// expression makes the final type of what was sent.
func (c column) expression() string {
	name := sqltext.ClickHouse.Name(c.name)
	switch {
	case !c.converted():
		return name
	case c.asText:
		return fmt.Sprintf("accurateCast(%s, %s)", name, sqltext.ClickHouse.Literal(c.final))
	case c.clock:
		return fmt.Sprintf("CAST(toString(%s), %s)", name, sqltext.ClickHouse.Literal(c.final))
	}
	return fmt.Sprintf("CAST(%s, %s)", name, sqltext.ClickHouse.Literal(c.final))
}

// changed is a condition on rows whose value is another one after the conversion; empty where the person asked for the conversion.
func (c column) changed() string {
	if !c.converted() || c.asText {
		return ""
	}
	back := c.expression()
	if c.clock {
		back = "toString(" + back + ")"
	}
	return fmt.Sprintf("toString(CAST(%s, %s)) != toString(%s)", back, sqltext.ClickHouse.Literal(nullable(c.sent)), sqltext.ClickHouse.Name(c.name))
}

// check refuses a NULL for a type that has none, before anything is sent.
func (c column) check(file string) error {
	if c.missing == 0 || !c.converted() || takesNull(c.final) {
		return nil
	}
	return fault.New(fault.Invalid, "%s: the column %q has %s without a value, and %s takes none. Use Nullable(%s).", file, c.name,
		words.Count(int(c.missing), "row"), c.final, c.final)
}

func takesNull(t string) bool {
	t = strings.TrimPrefix(t, "LowCardinality(")
	for _, prefix := range []string{"Nullable(", "Variant(", "Dynamic", "JSON"} {
		if strings.HasPrefix(t, prefix) {
			return true
		}
	}
	return false
}

// isText tells the types whose values are the text itself.
func isText(t string) bool {
	t = strings.TrimPrefix(strings.TrimPrefix(t, "LowCardinality("), "Nullable(")
	return strings.HasPrefix(t, "String") || strings.HasPrefix(t, "FixedString(")
}

// isMoment tells the types of a day and time.
func isMoment(t string) bool {
	return strings.HasPrefix(strings.TrimPrefix(t, "Nullable("), "DateTime")
}

func nullable(t string) string {
	if takesNull(t) || strings.HasPrefix(t, "Array(") || strings.HasPrefix(t, "Map(") || strings.HasPrefix(t, "Tuple(") {
		return t
	}
	return "Nullable(" + t + ")"
}

// definitions are the columns as CREATE TABLE has them, with the type that typeOf takes.
func definitions(columns []column, typeOf func(column) string) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = sqltext.ClickHouse.Name(c.name) + " " + typeOf(c)
	}
	return strings.Join(list, ", ")
}

func each(columns []column, text func(column) string) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = text(c)
	}
	return strings.Join(list, ", ")
}
