package clickhouse_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

// resultOf is the query's result, to be sent along.
func resultOf(t *testing.T, s *clickhouse.Source, sql string) source.Table {
	t.Helper()
	stream, err := s.Query(t.Context(), sourcetest.Query(sql))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Close() }()
	rows, err := io.ReadAll(stream)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := rowbinary.NewReader(bytes.NewReader(rows))
	if err != nil {
		t.Fatal(err)
	}
	return source.Table{Columns: reader.Columns(), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(rows)), nil }}
}

// A result that is sent along reads as it did at first, also where no table could have been made with its columns.
func TestResultsReadTheSameWhenSentAlong(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, sql := range []string{
		"SELECT CAST([(1, 'a'), (2, 'b')], 'Nested(x UInt8, y String)') AS nst, 1 AS one",
		"SELECT CAST((1, [(2, 'b')]), 'Tuple(a UInt8, n Nested(x UInt8, y String))') AS t",
		"SELECT 1 AS a, NULL AS comment",
		"SELECT [] AS e, [NULL] AS n, map() AS m, ([], NULL) AS t, 'Nothing' AS s",
		"SELECT CAST((1, NULL), 'Tuple(Nothing UInt8, `Nothing)` Nullable(UInt8))') AS t, NULL AS n",
		`SELECT '{"a":1,"b":{"c":[1,"x"]}}'::JSON AS j, NULL::Nullable(JSON) AS n, ['{"a":2}'::JSON] AS l`,
		"SELECT 1::Dynamic AS d, 'x'::Variant(String, UInt8) AS v",
		"SELECT INTERVAL 3 DAY AS i, toFixedString('x', 300) AS f",
		"SELECT (1.5, 2.5)::Point AS p, '11:12:13'::Time AS t, 0.5::BFloat16 AS b, tuple() AS nothing",
		"SELECT id, name, id FROM (SELECT number AS id, 'x' AS name FROM numbers(3))",
	} {
		want, err := format(t, s, sourcetest.Query(sql), "CSV", nil)
		if err != nil {
			t.Errorf("%s: %v", sql, err)
			continue
		}
		q := sourcetest.Query("SELECT * FROM ", sourcetest.Name("earlier"))
		q.Tables = map[string]source.Table{"earlier": resultOf(t, s, sql)}
		got, err := format(t, s, q, "CSV", nil)
		if err != nil || got != want {
			t.Errorf("%s:\ngot  %q, %v\nwant %q", sql, got, err, want)
		}
	}
}

// A name that a result has twice is numbered in a table.
func TestNamesThatAreThereTwiceAreNumbered(t *testing.T) {
	t.Parallel()
	s := open(t)
	q := sourcetest.Query("SELECT id_2 + id AS v FROM ", sourcetest.Name("earlier"))
	q.Tables = map[string]source.Table{"earlier": resultOf(t, s, "SELECT id, id FROM (SELECT 7 AS id)")}
	if got, err := csv(t, s, q); err != nil || got != "14\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

// Columns that are not those of the rows would be read as something else.
func TestRowsWithOtherColumnsAreRefused(t *testing.T) {
	t.Parallel()
	s := open(t)
	table := resultOf(t, s, "SELECT 1 AS a, 2 AS b")
	table.Columns = []source.Column{{Name: "a", Type: "UInt8"}, {Name: "c", Type: "UInt8"}}
	q := sourcetest.Query("SELECT * FROM ", sourcetest.Name("earlier"))
	q.Tables = map[string]source.Table{"earlier": table}
	if got, err := csv(t, s, q); err == nil {
		t.Errorf("got %q", got)
	}
}
