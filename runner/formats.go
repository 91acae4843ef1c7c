package runner

import (
	"errors"
	"io"
	"maps"

	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// serverFormat is an export as ClickHouse writes it: its output format with the settings, and a filter that counts the rows and lets
// at most cut of them through, all when it is 0.
type serverFormat struct {
	name     string
	settings map[string]string
	filter   func(to io.Writer, cut int64) export.RowWriter
}

// cuttable are the formats whose filter can leave rows out.
var cuttable = map[string]bool{"csv": true, "json": true}

func formatOf(wanted reports.Export) serverFormat {
	switch wanted.Format {
	case "csv":
		options := export.CSVOptions{BOM: wanted.BOM, Separator: wanted.Separator, FormulaGuard: wanted.FormulaGuard}
		return serverFormat{export.CSVFormat, options.Settings(), func(to io.Writer, cut int64) export.RowWriter {
			return export.NewCSV(to, options, cut)
		}}
	case "json":
		return serverFormat{export.JSONFormat, maps.Clone(export.JSONSettings), func(to io.Writer, cut int64) export.RowWriter {
			return export.NewJSON(to, cut)
		}}
	default:
		return serverFormat{export.ParquetFormat, maps.Clone(export.ParquetSettings), func(to io.Writer, _ int64) export.RowWriter {
			return export.NewParquet(to)
		}}
	}
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
