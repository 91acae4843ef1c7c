package export

import (
	"bytes"
	"io"

	"github.com/parquet-go/parquet-go"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// JSONFormat and its settings make one array of objects, a row to a line. Numbers that a reader of JSON may round (64 bits and more,
// decimals) and those JSON has no word for (nan, inf) are strings.
const JSONFormat = "JSONEachRow"

// JSONSettings go with JSONFormat.
func JSONSettings() map[string]string {
	return map[string]string{
		"output_format_json_array_of_rows":           "1",
		"output_format_json_quote_64bit_integers":    "1",
		"output_format_json_quote_decimals":          "1",
		"output_format_json_quote_denormals":         "1",
		"output_format_json_quote_64bit_floats":      "0",
		"output_format_json_named_tuples_as_objects": "1",
		"output_format_json_validate_utf8":           "1",
		"output_format_json_pretty_print":            "0",
		"date_time_output_format":                    "simple",
	}
}

// ParquetFormat is ClickHouse's name of the format; its settings make files that other readers take without options.
const ParquetFormat = "Parquet"

// ParquetSettings go with ParquetFormat.
func ParquetSettings() map[string]string {
	return map[string]string{
		"output_format_parquet_string_as_string":                 "1",
		"output_format_parquet_fixed_string_as_fixed_byte_array": "1",
		"output_format_parquet_compression_method":               "zstd",
	}
}

// JSON passes JSONFormat on to a writer and counts its rows. Line feeds within texts are escaped there, so that each line that begins
// with a brace is a row.
type JSON struct {
	w        io.Writer
	rows     int64
	lineOpen bool // the line's first byte has been seen
}

// NewJSON returns a filter in front of w.
func NewJSON(w io.Writer) *JSON { return &JSON{w: w} }

// Rows is how many rows have passed.
func (j *JSON) Rows() int64 { return j.rows }

func (j *JSON) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		if !j.lineOpen && rest[0] == '{' {
			j.rows++
		}
		end := bytes.IndexByte(rest, '\n')
		if j.lineOpen = end < 0; j.lineOpen {
			break
		}
		rest = rest[end+1:]
	}
	return j.w.Write(p)
}

// ParquetRows reads the number of rows from the end of a finished file.
func ParquetRows(r io.ReaderAt, size int64) (int64, error) {
	file, err := parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return 0, fault.New(fault.Failed, "the Parquet file is not whole: %w", err)
	}
	return file.NumRows(), nil
}
