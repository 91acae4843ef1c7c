package rowbinary

import (
	"fmt"
	"io"

	"github.com/vitrina-reports/vitrina/runner/source"
)

// chunk is how many bytes a Writer gathers before it passes them on.
const chunk = 64 << 10

// Writer encodes rows as source.RowBinary. It is not for use by several goroutines. After an error it writes no more.
type Writer struct {
	out     io.Writer
	columns []source.Column
	encode  []encoder
	buf     []byte
	err     error
}

// NewWriter begins a stream with the names and types of the columns. It fails on a type that it cannot write.
func NewWriter(out io.Writer, columns []source.Column) (*Writer, error) {
	w := &Writer{out: out, columns: columns, encode: make([]encoder, len(columns))}
	for i, column := range columns {
		t, err := ParseType(column.Type)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", column.Name, err)
		}
		if w.encode[i], err = encoderFor(t); err != nil {
			return nil, fmt.Errorf("column %s: %w", column.Name, err)
		}
	}
	w.buf = AppendHeader(w.buf, columns)
	return w, nil
}

// WriteRow adds one row: a value for each column, of the Go type that encoderFor lists for the column's type. A row that cannot be
// written whole is not written at all.
func (w *Writer) WriteRow(values ...any) error {
	if w.err != nil {
		return w.err
	}
	if len(values) != len(w.columns) {
		return fmt.Errorf("a row of %d values for %d columns", len(values), len(w.columns))
	}
	start := len(w.buf)
	for i, value := range values {
		buf, err := w.encode[i](w.buf, value)
		if err != nil {
			w.buf = w.buf[:start]
			return fmt.Errorf("column %s: %w", w.columns[i].Name, err)
		}
		w.buf = buf
	}
	if len(w.buf) < chunk {
		return nil
	}
	return w.Flush()
}

// Flush passes on what was gathered; it is needed once, after the last row.
func (w *Writer) Flush() error {
	if w.err == nil && len(w.buf) > 0 {
		_, w.err = w.out.Write(w.buf)
		w.buf = w.buf[:0]
	}
	return w.err
}
