package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/words"
	"github.com/vitrina-reports/vitrina/runner/load/infer"
)

const (
	// maxRow bounds the memory that a file can ask for, one quote that is never closed above all.
	maxRow = 64 << 20
	// maxColumns is how many ClickHouse takes in one CREATE TABLE, whose text must not be longer than 256 KiB, if names are short.
	maxColumns = 5_000
)

// shape is what may differ between CSV files.
type shape struct {
	delimiter []byte
	lineEnd   byte // '\n', before which '\r' may stand, or '\r'
}

// csvReader reads RFC 4180 with a header. Values come as they are, line ends within quotes included.
type csvReader struct {
	shape
	name   string
	text   *text
	header []string
	cells  []infer.Cell

	line    int    // of the row's start
	next    int    // lines read
	spare   []byte // for lines longer than the buffer
	row     []byte // the row's values, one behind the other
	ends    []int  // where each ends
	blank   bool   // there is nothing on the row's line
	skipCnt int64
}

func newCSVReader(name string, t *text, s shape) (*csvReader, error) {
	r := &csvReader{shape: s, name: name, text: t}
	for len(r.ends) == 0 {
		err := r.readRow()
		if errors.Is(err, io.EOF) {
			return nil, fault.New(fault.Invalid, "%s is empty: its first line must name the columns.", name)
		}
		if err != nil {
			return nil, err
		}
		if r.blank {
			r.ends = r.ends[:0]
			r.skipCnt++
		}
	}
	header := make([]string, len(r.ends))
	for i := range header {
		header[i] = string(r.value(i))
		if flaw := r.text.flaw(r.value(i)); flaw != "" {
			return nil, r.fault(r.line, "the name of column %d %s", i+1, flaw)
		}
	}
	r.header, r.cells = uniqueNames(header), make([]infer.Cell, len(header))
	return r, nil
}

func (r *csvReader) Names() []string { return r.header }

func (r *csvReader) Skipped() int64 { return r.skipCnt }

func (r *csvReader) Place() string { return fmt.Sprintf("line %d", r.line) }

// Next returns the next row. A line without any text is a row only where rows have one value.
func (r *csvReader) Next() ([]infer.Cell, error) {
	for {
		if err := r.readRow(); err != nil {
			return nil, err
		}
		if len(r.header) == 1 || !r.blank {
			break
		}
		r.skipCnt++
	}
	if len(r.ends) != len(r.header) {
		return nil, r.fault(r.line, "the row has %s, and the header has %s", words.Count(len(r.ends), "value"), words.Count(len(r.header), "column"))
	}
	if r.text.flaw(r.row) != "" {
		return nil, r.badBytes()
	}
	for i := range r.cells {
		kind := infer.Bare
		if len(r.value(i)) == 0 {
			kind = infer.Blank
		}
		r.cells[i] = infer.Cell{Kind: kind, Text: r.value(i)}
	}
	return r.cells, nil
}

func (r *csvReader) badBytes() error {
	for i := range r.ends {
		if flaw := r.text.flaw(r.value(i)); flaw != "" {
			return r.fault(r.line, "the value of %q %s", r.header[i], flaw)
		}
	}
	return r.fault(r.line, "the row %s", r.text.flaw(r.row))
}

// value is the i-th of the row.
func (r *csvReader) value(i int) []byte {
	start := 0
	if i > 0 {
		start = r.ends[i-1]
	}
	return r.row[start:r.ends[i]]
}

// readRow fills row and ends, or returns io.EOF.
func (r *csvReader) readRow() error {
	r.row, r.ends = r.row[:0], r.ends[:0]
	line, err := r.readLine()
	if err != nil {
		return err
	}
	r.line, r.blank = r.next, len(r.withoutEnd(line)) == 0
	for more := true; more; {
		if len(r.ends) == maxColumns {
			return r.fault(r.line, "there are more than %d values; is this a CSV file?", maxColumns)
		}
		if len(line) > 0 && line[0] == '"' {
			line, more, err = r.quoted(line[1:])
		} else {
			line, more, err = r.plain(line)
		}
		if err != nil {
			return err
		}
		r.ends = append(r.ends, len(r.row))
	}
	return nil
}

// plain takes a value without quotes from the line. What remains starts at the next value, if more are to come.
func (r *csvReader) plain(line []byte) (rest []byte, more bool, err error) {
	value, rest, more := bytes.Cut(line, r.delimiter)
	if !more {
		value = r.withoutEnd(value)
	}
	if at := bytes.IndexByte(value, '"'); at >= 0 {
		return nil, false, r.fault(r.next, "value %d has a quote in it but does not begin with one. "+
			"Such a value must stand in quotes, with the quotes in it doubled: \"5\"\" disk\"", len(r.ends)+1)
	}
	r.row = append(r.row, value...)
	return rest, more, nil
}

// quoted takes the rest of a value whose opening quote is read, over as many lines as it has.
func (r *csvReader) quoted(line []byte) (rest []byte, more bool, err error) {
	for opened := r.next; ; {
		at := bytes.IndexByte(line, '"')
		switch {
		case at < 0:
			r.row = append(r.row, line...)
			if line, err = r.readLine(); errors.Is(err, io.EOF) || len(r.row) > maxRow {
				return nil, false, r.fault(opened, "value %d begins with a quote that is never closed", len(r.ends)+1)
			}
			if err != nil {
				return nil, false, err
			}
			continue
		case at+1 < len(line) && line[at+1] == '"':
			r.row = append(r.row, line[:at+1]...)
			line = line[at+2:]
			continue
		}
		r.row = append(r.row, line[:at]...)
		line = line[at+1:]
		if rest, more = bytes.CutPrefix(line, r.delimiter); !more && len(r.withoutEnd(line)) > 0 {
			return nil, false, r.fault(r.next, "something follows the closing quote of value %d; a quote within a value must be doubled",
				len(r.ends)+1)
		}
		return rest, more, nil
	}
}

// readLine returns a line with its end, or io.EOF behind the last one.
func (r *csvReader) readLine() (line []byte, err error) {
	line, r.spare, err = r.text.readLine(r.lineEnd, r.spare, maxRow)
	if len(line) > maxRow {
		return nil, r.fault(r.next+1, "it is longer than %d MB; is this a CSV file?", maxRow>>20)
	}
	if err != nil && (len(line) == 0 || !errors.Is(err, io.EOF)) {
		return nil, err
	}
	r.next++
	return line, nil
}

func (r *csvReader) withoutEnd(line []byte) []byte {
	line = bytes.TrimSuffix(line, []byte{r.lineEnd})
	return bytes.TrimSuffix(line, []byte{'\r'})
}

func (r *csvReader) fault(line int, format string, args ...any) error {
	return fault.New(fault.Invalid, "%s, line %d: %s.", r.name, line, fmt.Sprintf(format, args...))
}
