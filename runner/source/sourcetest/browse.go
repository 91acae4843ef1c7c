package sourcetest

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// oddTables are names that a statement must not be led astray by.
var oddTables = []string{
	"with space", "back`tick", `quo"te`, "it's", "orders; DROP TABLE orders --", `back\slash`, "{x:String}", "/* comment", "$1", "a.b", "Größe", "ORDERS",
}

func testBrowse(t *testing.T, d Driver) {
	s := d.Open(t)
	for _, sql := range d.Orders {
		exec(t, s, sql)
	}
	for _, name := range oddTables {
		columns, _, _ := strings.Cut(strings.TrimPrefix(d.CreateTable, "CREATE TABLE t "), ";")
		exec(t, s, "CREATE TABLE "+s.Dialect().Name(name)+" "+columns)
		exec(t, s, "INSERT INTO "+s.Dialect().Name(name)+" VALUES (7), (7)")
	}
	browser, ok := source.As[source.Browser](s)
	if !ok {
		t.Fatal("the source cannot be browsed")
	}
	limits := source.Limits{Time: time.Minute}
	schema, err := browser.Schema(t.Context(), limits)
	if err != nil {
		t.Fatal(err)
	}
	if schema.Database == "" || schema.More {
		t.Errorf("the schema is of %q, more: %v", schema.Database, schema.More)
	}
	table := func(name string) source.SchemaTable {
		at := slices.IndexFunc(schema.Tables, func(t source.SchemaTable) bool { return t.Database == schema.Database && t.Name == name })
		if at < 0 {
			t.Fatalf("there is no table %q in %q among %d", name, schema.Database, len(schema.Tables))
		}
		return schema.Tables[at]
	}
	t.Run("table", func(t *testing.T) {
		orders := table("orders")
		if orders.Kind != source.PlainTable || orders.Comment != "What was bought" || orders.Rows == nil || *orders.Rows != 2 || orders.Bytes == nil || *orders.Bytes == 0 {
			t.Errorf("%+v", orders)
		}
		if len(orders.Columns) != 2 {
			t.Fatalf("columns: %+v", orders.Columns)
		}
		id, city := orders.Columns[0], orders.Columns[1]
		if id.Name != "id" || !id.Key || id.Comment != "Number" || id.Type == "" || city.Name != "city" || city.Key || city.Comment != "" {
			t.Errorf("columns: %+v", orders.Columns)
		}
	})
	t.Run("view", func(t *testing.T) {
		view := table("recent")
		if view.Kind != source.View || view.Rows != nil || len(view.Columns) != 1 {
			t.Errorf("%+v", view)
		}
	})
	t.Run("nothing of the server", func(t *testing.T) {
		for _, table := range schema.Tables {
			if slices.Contains([]string{"system", "information_schema", "INFORMATION_SCHEMA", "pg_catalog"}, table.Database) {
				t.Errorf("%s.%s is told", table.Database, table.Name)
			}
		}
	})
	t.Run("functions", func(t *testing.T) {
		functions, err := browser.Functions(t.Context(), limits)
		if err != nil {
			t.Fatal(err)
		}
		for name, aggregate := range map[string]bool{"lower": false, "count": true, "max": true} {
			at := slices.IndexFunc(functions, func(f source.Function) bool { return f.Name == name })
			if at < 0 || functions[at].Aggregate != aggregate {
				t.Errorf("%s: at %d of %d", name, at, len(functions))
			}
		}
		if again := slices.CompactFunc(slices.Clone(functions), func(a, b source.Function) bool { return a.Name == b.Name }); len(again) != len(functions) {
			t.Errorf("%d of %d names are told twice", len(functions)-len(again), len(functions))
		}
	})
	for _, name := range oddTables {
		t.Run("sample of "+name, func(t *testing.T) {
			table(name)
			for _, database := range []string{"", schema.Database} {
				rows := readAll(t, s, source.Query{Statement: source.Sample(s.Dialect(), database, name, 1)})
				if len(rows) != 1 || rows[0] != 7 {
					t.Errorf("in %q: %v", database, rows)
				}
			}
		})
	}
}

// readAll is the first column of the result.
func readAll(t *testing.T, s source.Source, q source.Query) (all []int64) {
	t.Helper()
	stream, err := s.Query(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Close() }()
	rows, err := rowbinary.NewReader(stream)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() && (q.Limits.Fetch == 0 || rows.Rows() <= q.Limits.Fetch) {
		all = append(all, rows.Row()[0].Int())
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func testPreview(t *testing.T, d Driver) {
	s := d.Open(t)
	previewer, ok := source.As[source.Previewer](s)
	if !ok {
		t.Fatal("the source shows no queries")
	}
	long := make([]string, 50_000)
	for i := range long {
		long[i] = strings.Repeat("x", 10)
	}
	q := Query("SELECT 1 AS v WHERE ", Value{Value: "O'Brien\n"}, " = ", Value{Value: 0.5}, " OR 'a' IN ", Value{Value: long}, " OR 1 IN (SELECT n FROM ", Name("buyers"), ")")
	q.Tables = map[string]source.Table{"buyers": {Open: func() (io.ReadCloser, error) {
		t.Error("a preview reads no rows")
		return nil, io.EOF
	}}}
	shown, err := previewer.Preview(q)
	if err != nil {
		t.Fatal(err)
	}
	if len(shown.Parameters) < 2 || shown.Parameters[0].Type != "String" || shown.Parameters[0].Text != "O'Brien\n" ||
		shown.Parameters[1].Type != "Float64" || shown.Parameters[1].Text != "0.5" {
		t.Errorf("parameters: %.200v", shown.Parameters)
	}
	if strings.Contains(shown.SQL, "O'Brien") || !strings.HasPrefix(shown.SQL, "SELECT 1 AS v WHERE ") {
		t.Errorf("SQL: %.200s", shown.SQL)
	}
	last := shown.Tables[len(shown.Tables)-1]
	if last.Name != "buyers" || last.Cell != "buyers" {
		t.Errorf("tables: %+v", shown.Tables)
	}
	if d.ListsLong && (shown.Tables[0].Rows != 50_000 || shown.Tables[0].Cell != "") {
		t.Errorf("the long list is no table: %+v", shown.Tables)
	}
	if !d.ListsLong && (len(shown.Parameters) != 3 || shown.Parameters[2].Type != "Array(String)") {
		t.Errorf("the long list is no parameter")
	}
	if _, err := previewer.Preview(Query("SELECT ", Value{Value: struct{}{}})); err == nil {
		t.Error("a value that cannot be sent is shown")
	}
}

// The caller reads so many rows and no more: they are the first ones, and it costs the server no more than a moment.
func testFetch(t *testing.T, d Driver) {
	s := d.Open(t)
	q := Query(d.Numbers(2_000_000_000))
	q.Limits.Fetch = 5
	started := time.Now()
	rows := readAll(t, s, q)
	if !slices.Equal(rows[:5], []int64{0, 1, 2, 3, 4}) {
		t.Errorf("rows: %v", rows)
	}
	if d.LimitsRows && len(rows) != 5 {
		t.Errorf("the server sent more than it was asked for: %v", rows)
	}
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("five rows took %v", took)
	}
}
