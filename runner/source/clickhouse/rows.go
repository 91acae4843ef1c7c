package clickhouse

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// elementsOf goes through a list; nil when the value is none.
func elementsOf(value any) iter.Seq[any] {
	switch v := value.(type) {
	case []string:
		return each(v)
	case []int64:
		return each(v)
	case []uint64:
		return each(v)
	case []float64:
		return each(v)
	case []bool:
		return each(v)
	case []decimal.Decimal:
		return each(v)
	case []forms.Date:
		return each(v)
	case []time.Time:
		return each(v)
	}
	return nil
}

func each[T any](values []T) iter.Seq[any] {
	return func(yield func(any) bool) {
		for _, v := range values {
			if !yield(v) {
				return
			}
		}
	}
}

func oneElement(value any) iter.Seq[any] { return slices.Values([]any{value}) }

// encodeRows writes a table of one column, as it is read.
func encodeRows(column source.Column, values iter.Seq[any]) io.ReadCloser {
	out, in := io.Pipe()
	go func() {
		in.CloseWithError(writeRows(in, column, values))
	}()
	return out
}

func writeRows(out io.Writer, column source.Column, values iter.Seq[any]) error {
	w, err := rowbinary.NewWriter(out, []source.Column{column})
	if err != nil {
		return err
	}
	for v := range values {
		if err := w.WriteRow(v); err != nil {
			return err
		}
	}
	return w.Flush()
}

// headerOnly is a table without rows.
func headerOnly(columns []source.Column) io.ReadCloser {
	return io.NopCloser(bytes.NewReader(rowbinary.AppendHeader(nil, columns)))
}
