// Package source is the contract between Vitrina and a database that SQL cells run on. A driver lives in a folder of its own and
// passes the suite in sourcetest.
package source

import (
	"context"
	"io"
	"time"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/templates"
)

// RowBinary is the format in which rows travel inside Vitrina: ClickHouse's RowBinaryWithNamesAndTypes. Package rowbinary reads and
// writes it.
const RowBinary = "RowBinaryWithNamesAndTypes"

// Source is one database. All methods may be called at once from many goroutines.
type Source interface {
	// Query runs the statement and streams its rows as RowBinary. The stream's Read returns an error, never io.EOF, when the query
	// failed half-way: io.EOF means that the result is whole. Cancelling ctx, or Close before the end, stops the query on the server
	// before Read or Close returns. Close and Read are not for different goroutines at once: cancel ctx to interrupt a Read.
	// Errors are fault.Errors whose sentence is fit for the analyst: the database's own words without address or password.
	Query(ctx context.Context, query Query) (io.ReadCloser, error)
	// Progress tells how far the running query of that id is; ok is false when no such query runs.
	Progress(ctx context.Context, id string) (p Progress, ok bool, err error)
	// Cancel stops the running query of that id, whichever process started it, and returns when it does no more work.
	// That none runs is no error; that it goes on all the same is one.
	Cancel(ctx context.Context, id string) error
	// Describe returns name and type of each column the statement would yield, without running it.
	Describe(ctx context.Context, query Query) ([]Column, error)
	// Dialect is how the source reads the analyst's SQL.
	Dialect() sqltext.Dialect
	// Ping says in words what is wrong with the connection, if anything.
	Ping(ctx context.Context) error
	// Exec runs a statement of an administrator that yields no rows (DDL, INSERT … SELECT); not for reports.
	Exec(ctx context.Context, sql string) error
	Close() error
}

// Formatter is a source that writes results in an output format of ClickHouse by itself, so that files can be streamed through.
type Formatter interface {
	Source
	// Formats tells whether Format takes settings. Where the source's user may not send any, files are made from the rows of Query.
	Formats(ctx context.Context) (bool, error)
	// Format is Query with another output format ("CSVWithNames", "Parquet", …) and settings of that format.
	Format(ctx context.Context, query Query, format string, settings map[string]string) (io.ReadCloser, error)
}

// Loader is a source that rows can be loaded into.
type Loader interface {
	Source
	// Insert loads data of a ClickHouse input format into the table; all of it or an error, which may leave the rows before it there.
	Insert(ctx context.Context, table, format string, settings map[string]string, data io.Reader) error
}

// Query is one statement to run.
type Query struct {
	// ID is unique among running queries; Progress, Cancel and a cancelled ctx act on it. Empty: the driver makes one.
	ID        string
	Statement templates.Statement
	// Tables are the earlier results the statement's parts name.
	Tables map[string]Table
	Limits Limits
	// Timezone of the report: an IANA name; empty for the server's own.
	Timezone string
	// Owner marks a query that an administrator asks at the source itself, not a report: a driver may let it see what is kept from
	// reports, such as other people's running queries, and change settings.
	Owner bool
}

// MissingTable names a table that the statement reads and nobody sent along; ok is false when there is none.
func (q Query) MissingTable() (name string, ok bool) {
	for _, part := range q.Statement.Parts {
		if _, sent := q.Tables[part.Table]; part.Table != "" && !sent {
			return part.Table, true
		}
	}
	return "", false
}

// Table is a result to send along: rows as RowBinary.
type Table struct {
	Columns []Column
	// Open returns the rows from the start, header included; it is called once per query.
	Open func() (io.ReadCloser, error)
}

// Column is a column of a result with its ClickHouse type; other databases' types are mapped to the nearest.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Limits bound one query; zero means none. A driver ends a query over its Time, by its own clock; the others are sent to servers that know them
// (Postgres knows none), and enforced by the runner too.
type Limits struct {
	Time   time.Duration
	Rows   int64 // rows of the result
	Bytes  int64 // bytes of the result as the server counts them
	Memory int64 // bytes of the server's memory
	// Fetch is how many rows the caller will read at most: a server that can stops there by itself. It is no limit of the result.
	Fetch int64
}

// Progress of a running query. TotalRows is the server's estimate and may grow; 0 when unknown.
type Progress struct {
	ReadRows, TotalRows, ReadBytes int64
	Elapsed                        time.Duration
}
