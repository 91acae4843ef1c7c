package load_test

import (
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/load"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/templates"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// warehouse is a new database of the embedded engine.
func warehouse(tb testing.TB) *clickhouse.Source {
	tb.Helper()
	endpoint := enginetest.Endpoint(tb)
	src, err := clickhouse.Open(tb.Context(), clickhouse.Options{
		Name: "warehouse", Addr: endpoint.Addr, User: endpoint.User, Password: endpoint.Password, Database: endpoint.Database,
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = src.Close() })
	return src
}

// tsv is the answer to a query, the rows of which are separated by newlines.
func tsv(tb testing.TB, src *clickhouse.Source, sql string) string {
	tb.Helper()
	statement := templates.Statement{Parts: []templates.Part{{Text: sql}}}
	stream, err := src.Format(tb.Context(), source.Query{Statement: statement}, "TabSeparated", nil)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = stream.Close() }()
	text, err := io.ReadAll(stream)
	if err != nil {
		tb.Fatal(err)
	}
	return strings.TrimSuffix(string(text), "\n")
}

func exec(tb testing.TB, src *clickhouse.Source, sql string) {
	tb.Helper()
	if err := src.Exec(tb.Context(), sql); err != nil {
		tb.Fatal(err)
	}
}

func file[T string | []byte](tb testing.TB, name string, content T) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

func mustLoad(tb testing.TB, src source.Loader, o load.Options) load.Result {
	tb.Helper()
	result, err := load.File(tb.Context(), src, o)
	if err != nil {
		tb.Fatal(err)
	}
	return result
}

// tables are those of the test's database: what a load leaves behind.
func tables(tb testing.TB, src *clickhouse.Source) string {
	tb.Helper()
	return strings.ReplaceAll(tsv(tb, src, "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name"), "\n", " ")
}

func types(columns []source.Column) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = c.Name + " " + c.Type
	}
	return strings.Join(list, ", ")
}

func lines(rows ...string) string { return strings.Join(rows, "\n") }

func unhex(tb testing.TB, s string) string {
	tb.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}
