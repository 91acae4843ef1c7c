package source

import (
	"context"
	"fmt"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/templates"
)

// Bounds of what a Browser tells at once.
const (
	MaxTables  = 5_000
	MaxColumns = 200_000
)

// Browser is a source that tells what is in it, as far as its own user may read it. Its queries have Limits.Time of the caller's
// choice; their other limits are not for it.
type Browser interface {
	Source
	// Schema is at most MaxTables tables with MaxColumns columns together, those of the source's own database before others. Tables
	// of the server itself are not told, unless they are in the source's own database.
	Schema(ctx context.Context, limits Limits) (Schema, error)
	// Functions are those of the server by name.
	Functions(ctx context.Context, limits Limits) ([]Function, error)
}

// Previewer is a source that shows a query as it would send it.
type Previewer interface {
	Source
	// Preview sends nothing. Of Query.Tables only the names matter.
	Preview(query Query) (Preview, error)
}

// Schema is what is in a source, by database and name.
type Schema struct {
	Database string // whose tables need no database before their name
	Tables   []SchemaTable
	More     bool // there is more than is told
}

// SchemaTable is something that can be read after FROM.
type SchemaTable struct {
	Database string
	Name     string
	Kind     TableKind
	Comment  string
	Rows     *int64 // about; nil when it is not known
	Bytes    *int64
	Columns  []SchemaColumn
}

// TableKind says what a table is made of.
type TableKind string

const (
	PlainTable TableKind = "table"
	View       TableKind = "view"
	Dictionary TableKind = "dictionary"
)

// SchemaColumn is a column with its type as the source names it.
type SchemaColumn struct {
	Name    string
	Type    string
	Comment string
	Key     bool // of the primary or sorting key
}

// Function of the source's SQL.
type Function struct {
	Name        string
	Aggregate   bool
	Syntax      string
	Description string
}

// Preview is a query as it is sent.
type Preview struct {
	SQL        string
	Parameters []BoundParameter // in the order of the statement
	Tables     []SentTable
}

// BoundParameter is a value of a statement.
type BoundParameter struct {
	Name string
	Type string // as ClickHouse names it
	Text string
}

// SentTable travels with a query: the result of a cell, or a list too long for a parameter.
type SentTable struct {
	Name string
	Cell string // empty for a list
	Rows int64  // of a list
}

// As is the source as something more, also when other sources stand before it.
func As[T Source](s Source) (T, bool) {
	for {
		if wanted, ok := s.(T); ok {
			return wanted, true
		}
		before, ok := s.(interface{ Behind() Source })
		if !ok {
			var none T
			return none, false
		}
		s = before.Behind()
	}
}

// Sample is the statement that reads at most limit rows of a table; without a database, of the source's own.
func Sample(dialect sqltext.Dialect, database, table string, limit int64) templates.Statement {
	name := dialect.Name(table)
	if database != "" {
		name = dialect.Name(database) + "." + name
	}
	return templates.Statement{Parts: []templates.Part{{Text: fmt.Sprintf("SELECT * FROM %s LIMIT %d", name, limit)}}}
}
