package export

import (
	"bytes"
	"io"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// JSONFormat is ClickHouse's name of the format.
const JSONFormat = "JSONEachRow"

// JSONSettings make one array of objects of it, a row to a line. Numbers that a reader of JSON may round (64 bits and more, decimals)
// and those JSON has no word for (nan, inf) are strings.
var JSONSettings = map[string]string{
	"output_format_json_array_of_rows":           "1",
	"output_format_json_quote_64bit_integers":    "1",
	"output_format_json_quote_decimals":          "1",
	"output_format_json_quote_denormals":         "1",
	"output_format_json_quote_64bit_floats":      "0",
	"output_format_json_named_tuples_as_objects": "1",
	"output_format_json_validate_utf8":           "1",
	"output_format_json_pretty_print":            "0",
	"output_format_decimal_trailing_zeros":       "0",
	"date_time_output_format":                    "simple",
}

// JSON is the RowWriter of JSONFormat. Line feeds within texts are escaped there, so that each line that begins with a brace is a row.
type JSON struct {
	w     io.Writer
	limit int64
	rows  int64
	mid   bool   // within a line
	held  []byte // the comma and line feed behind a row, until it is known that another one follows
	last  byte   // the last byte that is no white space
	cut   bool
}

// NewJSON lets at most limit rows through, all when it is 0.
func NewJSON(w io.Writer, limit int64) *JSON { return &JSON{w: w, limit: limit} }

// Rows is how many rows have passed.
func (j *JSON) Rows() int64 { return j.rows }

// Close writes what was held back, and fails when the array has no end.
func (j *JSON) Close() error {
	if !j.cut && len(j.held) > 0 {
		if _, err := j.w.Write(j.held); err != nil {
			return err
		}
		j.held = nil
	}
	if !j.cut && j.last != ']' {
		return fault.New(fault.Failed, "The JSON ended after row %d, before its end.", j.rows)
	}
	return nil
}

func (j *JSON) Write(p []byte) (int, error) {
	if j.cut {
		return 0, ErrCut
	}
	kept := j.count(p)
	if j.cut {
		_, err := j.w.Write(append(j.hold(p[:kept]), "\n]\n"...))
		if err == nil {
			err = ErrCut
		}
		return kept, err
	}
	if trimmed := bytes.TrimRight(p, " \r\n\t"); len(trimmed) > 0 {
		j.last = trimmed[len(trimmed)-1]
	}
	if j.limit > 0 {
		_, err := j.w.Write(j.hold(p))
		return len(p), err
	}
	return j.w.Write(p)
}

// count counts rows and returns how many bytes are wanted.
func (j *JSON) count(p []byte) (kept int) {
	for rest := p; len(rest) > 0; {
		if !j.mid && rest[0] == '{' {
			if j.limit > 0 && j.rows == j.limit {
				j.cut = true
				return len(p) - len(rest)
			}
			j.rows++
		}
		end := bytes.IndexByte(rest, '\n')
		if j.mid = end < 0; j.mid {
			break
		}
		rest = rest[end+1:]
	}
	return len(p)
}

// hold returns what was held and p, without the separator of rows at its end, which it holds.
func (j *JSON) hold(p []byte) []byte {
	all := append(j.held, p...)
	end := len(bytes.TrimRight(all, ",\r\n"))
	j.held = bytes.Clone(all[end:])
	return all[:end]
}
