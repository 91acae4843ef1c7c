package export

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// RowWriter passes a file made by the source on to a writer and counts its rows.
type RowWriter interface {
	// Write returns ErrCut when rows beyond the limit are left out. What was passed on is a whole file then.
	io.Writer
	// Rows is how many rows have passed.
	Rows() int64
	// Close tells whether the file came to its end; it closes nothing else.
	Close() error
}

// ErrCut says that the limit of rows is reached.
var ErrCut = errors.New("rows beyond the limit are left out")

// CSVOptions of one file.
type CSVOptions struct {
	BOM          bool
	Separator    string // one ASCII character; a comma when empty
	FormulaGuard bool   // put ' before texts that a spreadsheet would run as formulas
}

// CSVFormat is ClickHouse's name of the format.
const CSVFormat = "CSVWithNames"

// Settings are ClickHouse's for files as RFC 4180 has them, with NULL as an empty field and an empty text as "".
func (o CSVOptions) Settings() map[string]string {
	separator := o.Separator
	if separator == "" {
		separator = ","
	}
	return map[string]string{
		"format_csv_delimiter":                                    separator,
		"format_csv_null_representation":                          "",
		"output_format_csv_crlf_end_of_line":                      "1",
		"output_format_csv_serialize_tuple_into_separate_columns": "0",
		"output_format_decimal_trailing_zeros":                    "0",
		"bool_true_representation":                                "true",
		"bool_false_representation":                               "false",
		"date_time_output_format":                                 "simple",
	}
}

// PlainCSVFormat is ClickHouse's name of the format without a header, for one of one's own.
const PlainCSVFormat = "CSV"

// Header is the first line as ClickHouse writes it.
func (o CSVOptions) Header(names []string) []byte {
	var line []byte
	for i, name := range names {
		if i > 0 {
			line = append(line, o.Settings()["format_csv_delimiter"]...)
		}
		line = append(line, '"')
		line = append(line, strings.ReplaceAll(name, `"`, `""`)...)
		line = append(line, '"')
	}
	return append(line, '\r', '\n')
}

const bom = "\xEF\xBB\xBF"

// CSV is the RowWriter of CSV; it also changes what the options ask for. Quotes are understood as ClickHouse writes them: every text
// is quoted, and a quote within is doubled. A last record without an end of its line counts too.
type CSV struct {
	w       io.Writer
	opts    CSVOptions
	limit   int64
	records int64 // finished, with the header
	quoted  bool  // within quotes
	open    bool  // the last record has no end yet
	started bool

	inText         bool // the guard's own view of where it is
	opened, closed bool // the byte before was a quote that opened or closed a text
	scratch        []byte
}

// NewCSV lets at most limit rows through, all when it is 0. The header is no row.
func NewCSV(w io.Writer, opts CSVOptions, limit int64) *CSV {
	return &CSV{w: w, opts: opts, limit: limit}
}

// Rows is how many records have passed, without the header.
func (c *CSV) Rows() int64 {
	rows := c.records
	if c.open {
		rows++
	}
	return max(rows-1, 0)
}

// Close fails when the file ends within a text.
func (c *CSV) Close() error {
	if c.quoted {
		return fault.New(fault.Failed, "The CSV ended in the middle of row %d.", c.Rows())
	}
	return nil
}

func (c *CSV) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if !c.started {
		c.started = true
		if c.opts.BOM {
			if _, err := io.WriteString(c.w, bom); err != nil {
				return 0, err
			}
		}
	}
	kept := c.count(p)
	if err := c.pass(p[:kept]); err != nil {
		return 0, err
	}
	if kept < len(p) {
		return kept, ErrCut
	}
	return len(p), nil
}

// count counts records and returns how many bytes are wanted. A line feed ends a record unless the quotes before it are uneven;
// both are looked for with the processor's vector instructions, line by line.
func (c *CSV) count(p []byte) (kept int) {
	rest := p
	for len(rest) > 0 {
		if c.limit > 0 && !c.open && c.records > c.limit {
			return len(p) - len(rest)
		}
		end := bytes.IndexByte(rest, '\n')
		line := rest
		if end >= 0 {
			line = rest[:end]
		}
		if bytes.Count(line, quote)&1 == 1 {
			c.quoted = !c.quoted
		}
		c.open = true
		if end < 0 {
			break
		}
		if !c.quoted {
			c.records++
			c.open = false
		}
		rest = rest[end+1:]
	}
	return len(p)
}

var quote = []byte{'"'}

func (c *CSV) pass(p []byte) error {
	if c.opts.FormulaGuard {
		p = c.guard(p)
	}
	_, err := c.w.Write(p)
	return err
}

// guard puts an apostrophe before texts that begin as formulas do. It goes from quote to quote: one that follows no quote opens a
// text; one that follows its like at once is a quote within the text.
func (c *CSV) guard(p []byte) []byte {
	out, from := c.scratch[:0], 0
	for i := 0; i < len(p); i++ {
		if c.opened && startsFormula(p[i]) {
			out = append(append(out, p[from:i]...), '\'')
			from = i
		}
		if p[i] != '"' {
			c.opened, c.closed = false, false
			next := bytes.IndexByte(p[i:], '"')
			if next < 0 {
				break
			}
			i += next
		}
		c.inText = !c.inText
		c.opened, c.closed = c.inText && !c.closed, !c.inText
	}
	c.scratch = append(out, p[from:]...)
	return c.scratch
}

func startsFormula(b byte) bool {
	return b == '=' || b == '+' || b == '-' || b == '@' || b == '\t' || b == '\r'
}
