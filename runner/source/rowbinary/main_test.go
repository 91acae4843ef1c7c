package rowbinary_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// ask runs the query on the embedded engine and returns its answer in the format.
func ask(tb testing.TB, format, query string) []byte {
	tb.Helper()
	endpoint, err := enginetest.Shared(tb).Endpoint(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	url := fmt.Sprintf("http://%s/?default_format=%s&output_format_binary_write_json_as_string=1&enable_dynamic_type=1&enable_json_type=1"+
		"&enable_variant_type=1&enable_time_time64_type=1&allow_suspicious_low_cardinality_types=1&session_timezone=UTC"+
		"&allow_suspicious_types_in_group_by=1&allow_experimental_qbit_type=1", endpoint.Addr, format)
	request, err := http.NewRequestWithContext(tb.Context(), http.MethodPost, url, strings.NewReader(query))
	if err != nil {
		tb.Fatal(err)
	}
	request.SetBasicAuth(endpoint.User, endpoint.Password)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		tb.Fatalf("%s\n%s %.500s %v", query, response.Status, body, err)
	}
	return body
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
