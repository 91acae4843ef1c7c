// Package load puts a file of rows into a table: CSV, JSON lines or Parquet, plain or compressed, with types inferred from all of
// its values (see package infer). The file is read twice, once to learn the types and once to send the rows, so memory stays flat.
// The table appears, or changes, at the very end: rows go to a table of their own first, and are counted there.
package load

import (
	"context"
	"io"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// Mode says what happens to a table that is there already.
type Mode uint8

const (
	Create  Mode = iota // refuse
	Append              // add the rows to it, whose columns keep their types
	Replace             // put the new table in its place
)

// Options of one load. Only Path and Table are needed.
type Options struct {
	Path      string // of the file; "-" is standard input
	Table     string // "name" or "database.name"; a part may stand in backticks or double quotes
	Format    string // csv, tsv, json, jsonl, ndjson or parquet; empty: by content and extension
	Mode      Mode
	Delimiter rune              // between the values of a CSV file; 0: found out
	Encoding  string            // of a text file, such as windows-1251; empty: UTF-8, or UTF-16 with a byte order mark
	Types     map[string]string // ClickHouse types by column, instead of the inferred ones
	Stdin     io.Reader         // what "-" reads; nil: os.Stdin
	// Progress is told how many of the file's bytes are done, counting each time they are read. Not called from two goroutines.
	Progress func(done, total int64)
}

// Result is what was loaded.
type Result struct {
	Table   string          `json:"table"`
	Rows    int64           `json:"rows"`
	Columns []source.Column `json:"columns"`
	Bytes   int64           `json:"bytes"`   // size of the file as it is stored
	Skipped int64           `json:"skipped"` // lines without any text, left out
}

// body is the content of a file once its columns are known.
type body interface {
	columns() []column
	rows() int64
	skipped() int64
	// format is the ClickHouse input format of what send writes.
	format() string
	send(ctx context.Context, w io.Writer) error
}

// File loads the file into the table: all of it, or an error and nothing. A wrong file or option is fault.Invalid and names line
// and column.
func File(ctx context.Context, src source.Loader, options Options) (Result, error) {
	result, err := load(ctx, src, options)
	if err != nil {
		if ctx.Err() != nil {
			err = &fault.Error{Code: fault.Cancelled, Message: "Loading was stopped; nothing was loaded.", Cause: err}
		}
		return Result{}, err
	}
	return result, nil
}

func load(ctx context.Context, src source.Loader, options Options) (Result, error) {
	in, err := openInput(ctx, options)
	if err != nil {
		return Result{}, err
	}
	defer in.Close()
	to, err := findTarget(ctx, src, options)
	if err != nil {
		return Result{}, err
	}
	content, err := inspect(ctx, in, options, to)
	if err != nil {
		return Result{}, err
	}
	columns, err := to.fill(ctx, content)
	if err != nil {
		return Result{}, err
	}
	in.finish()
	return Result{Table: options.Table, Rows: content.rows(), Columns: columns, Bytes: in.size, Skipped: content.skipped()}, nil
}
