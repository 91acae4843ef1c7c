package rowbinary_test

import (
	"bytes"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// ask runs the query on the embedded engine and returns its answer in the format.
func ask(tb testing.TB, format, query string) []byte {
	tb.Helper()
	settings := map[string]string{}
	for _, name := range []string{
		"output_format_binary_write_json_as_string", "enable_dynamic_type", "enable_json_type", "enable_variant_type", "enable_time_time64_type",
		"allow_suspicious_low_cardinality_types", "allow_suspicious_types_in_group_by", "allow_experimental_qbit_type",
	} {
		settings[name] = "1"
	}
	return enginetest.Ask(tb, format, settings, query)
}

// rows is the engine's answer as a reader of its rows.
func rows(tb testing.TB, query string) *rowbinary.Reader {
	tb.Helper()
	return open(tb, ask(tb, source.RowBinary, query))
}

func open(tb testing.TB, data []byte) *rowbinary.Reader {
	tb.Helper()
	r, err := rowbinary.NewReader(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// texts are all cells, row by row; a NULL is \N.
func texts(tb testing.TB, r *rowbinary.Reader) [][]string {
	tb.Helper()
	var all [][]string
	for r.Next() {
		row := make([]string, len(r.Row()))
		for i, value := range r.Row() {
			if row[i] = string(value.AppendText(nil)); value.IsNull() {
				row[i] = `\N`
			}
		}
		all = append(all, row)
	}
	if err := r.Err(); err != nil {
		tb.Fatal(err)
	}
	return all
}
