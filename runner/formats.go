package runner

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"

	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/export"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// serverFormat is an export as ClickHouse writes it: its output format with the settings, and a filter that counts the rows and lets
// at most cut of them through, all when it is 0.
type serverFormat struct {
	name     string
	settings map[string]string
	filter   func(to io.Writer, cut int64) export.RowWriter
	header   []byte // to put before what the source writes
}

// cuttable are the formats whose filter can leave rows out.
var cuttable = map[string]bool{"csv": true, "json": true}

func formatOf(wanted reports.Export) serverFormat {
	switch wanted.Format {
	case "csv":
		options := csvOptions(wanted)
		return serverFormat{name: export.CSVFormat, settings: options.Settings(), filter: func(to io.Writer, cut int64) export.RowWriter {
			return export.NewCSV(to, options, cut)
		}}
	case "json":
		return serverFormat{name: export.JSONFormat, settings: maps.Clone(export.JSONSettings), filter: func(to io.Writer, cut int64) export.RowWriter {
			return export.NewJSON(to, cut)
		}}
	default:
		return serverFormat{name: export.ParquetFormat, settings: maps.Clone(export.ParquetSettings), filter: func(to io.Writer, _ int64) export.RowWriter {
			return export.NewParquet(to)
		}}
	}
}

func csvOptions(wanted reports.Export) export.CSVOptions {
	return export.CSVOptions{BOM: wanted.BOM, Separator: wanted.Separator, FormulaGuard: wanted.FormulaGuard}
}

// ofSpool is the format for a result sent along. Where that has a name twice, a CSV still gets the result's own names; JSON and Parquet,
// whose readers take columns by name, get the numbered ones of the table.
func ofSpool(wanted reports.Export, columns []source.Column) serverFormat {
	f, names, twice := formatOf(wanted).inOrder(), make([]string, len(columns)), false
	for i, name := range source.Distinct(columns) {
		names[i] = columns[i].Name
		twice = twice || name != names[i]
	}
	if wanted.Format == "csv" && twice {
		f.name, f.header = export.PlainCSVFormat, csvOptions(wanted).Header(names)
	}
	return f
}

// inOrder is the format for a result sent along: it is read by one thread, which keeps the rows in the order they came in.
func (f serverFormat) inOrder() serverFormat {
	maps.Copy(f.settings, map[string]string{"max_threads": "1", "parallelize_output_from_storages": "0"})
	return f
}

// write runs the query and copies what the source makes of it.
func (f serverFormat) write(ctx context.Context, to io.Writer, src source.Formatter, query source.Query, limits Limits, got *received) (cut bool, err error) {
	stream, err := src.Format(ctx, query, f.name, f.settings)
	if err != nil {
		return false, err
	}
	cut, err = f.copyTo(to, io.MultiReader(bytes.NewReader(f.header), stream), limits, got)
	// A stream cut short is closed before its end, which stops the query; its error is then no news.
	if closeErr := stream.Close(); err == nil && !cut {
		err = closeErr
	}
	return cut, err
}

// copyTo copies the stream, counts its rows and enforces the limits. cut tells that rows were left behind.
func (f serverFormat) copyTo(to io.Writer, stream io.Reader, limits Limits, got *received) (cut bool, err error) {
	from, watched := &counting{from: stream, got: got}, watchedRows{got: got}
	if limits.Cut {
		// Rows left out take no bytes: what counts is what was kept.
		watched.rows = f.filter(&bounded{to: to, limit: limits.Bytes}, limits.Rows)
	} else {
		watched.rows = f.filter(to, 0)
		watched.limit, from.limit = limits.Rows, limits.Bytes
	}
	_, err = io.CopyBuffer(watched, from, make([]byte, 1<<18))
	if errors.Is(err, export.ErrCut) {
		return true, nil
	}
	if err == nil {
		err = watched.Close()
	}
	return false, err
}

// bounded takes so many bytes, any number when limit is 0.
type bounded struct {
	to             io.Writer
	limit, written int64
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.written += int64(len(p)); b.limit > 0 && b.written > b.limit {
		return 0, tooManyBytes(b.limit)
	}
	return b.to.Write(p)
}

// watchedRows publishes the rows counted so far and ends the copy at the limit.
type watchedRows struct {
	rows  export.RowWriter
	got   *received
	limit int64
}

func (w watchedRows) Write(p []byte) (int, error) {
	n, err := w.rows.Write(p)
	w.got.rows.Store(w.rows.Rows())
	if err == nil && w.limit > 0 && w.rows.Rows() > w.limit {
		err = tooManyRows(w.limit)
	}
	return n, err
}

// Close tells whether the file came to its end. Some formats know their rows only then.
func (w watchedRows) Close() error {
	err := w.rows.Close()
	w.got.rows.Store(w.rows.Rows())
	if err == nil && w.limit > 0 && w.rows.Rows() > w.limit {
		err = tooManyRows(w.limit)
	}
	return err
}
