package sourcetest_test

import (
	"io"
	"slices"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/runner/source/postgres"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// TestResultsTravel sends a result of each driver along with a query of the other.
func TestResultsTravel(t *testing.T) {
	t.Cleanup(pgtest.Stop)
	e := enginetest.Endpoint(t)
	warehouse, err := clickhouse.Open(t.Context(), clickhouse.Options{Name: "warehouse", Addr: e.Addr, User: e.User, Password: e.Password, Database: e.Database})
	must(t, err)
	defer func() { _ = warehouse.Close() }()
	billing, err := postgres.Open(t.Context(), postgres.Options{Name: "billing", DSN: pgtest.DSN(t)})
	must(t, err)
	defer func() { _ = billing.Close() }()

	for _, c := range []struct {
		name     string
		from, to source.Source
		first    string
		second   string
		want     []string
	}{
		{
			"from Postgres to ClickHouse", billing, warehouse,
			`SELECT * FROM (VALUES (1, 'O''Brien', 12.50::numeric(10, 2), 1::numeric / 3, '2025-07-01 12:00+00'::timestamptz, '1969-12-31 23:59:59.25'::timestamp, ARRAY['a', NULL], true, NULL::int))
				AS x (id, name, amount, share, at, clock, tags, ok, nothing)`,
			"SELECT id, name, amount * 2, share, toTimeZone(at, 'Asia/Tokyo'), clock, tags, ok, nothing FROM ",
			[]string{"1", "O'Brien", "25", "0.33333333333333333333", "2025-07-01 21:00:00.000000", "1969-12-31 23:59:59.250000", `["a",null]`, "true", "␀"},
		},
		{
			"from ClickHouse to Postgres", warehouse, billing,
			`SELECT toUInt64(18446744073709551615) AS id, 'O\'Brien\t' AS name, toDecimal64(12.5, 2) AS amount, toDateTime('2025-07-01 12:00:00', 'UTC') AS at,
				toDateTime64('1969-12-31 23:59:59.25', 6, 'UTC') AS clock, ['a', NULL] AS tags, map('k', 1) AS m, NULL AS nothing, toIPv4('10.0.0.1') AS ip, CAST('x', 'Enum8(\'x\' = 1)') AS mood`,
			"SELECT id + 1, name, amount * 2, at, clock, tags, m ->> 'k', nothing, host(ip), mood FROM ",
			[]string{"18446744073709551616", "O'Brien\t", "25", "2025-07-01 12:00:00.000000", "1969-12-31 23:59:59.250000", `["a", null]`, "1", "␀", "10.0.0.1", "x"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := sourcetest.Query(c.first)
			q.Timezone = "UTC"
			columns, err := c.from.Describe(t.Context(), q)
			must(t, err)
			second := sourcetest.Query(c.second, sourcetest.Name("earlier"))
			second.Timezone = "UTC"
			second.Tables = map[string]source.Table{"earlier": {Columns: columns, Open: func() (io.ReadCloser, error) { return c.from.Query(t.Context(), q) }}}
			if got := row(t, c.to, second); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func row(t *testing.T, s source.Source, q source.Query) (texts []string) {
	t.Helper()
	stream, err := s.Query(t.Context(), q)
	must(t, err)
	defer func() { _ = stream.Close() }()
	r, err := rowbinary.NewReader(stream)
	must(t, err)
	for r.Next() {
		for i := range r.Row() {
			v := &r.Row()[i]
			if texts = append(texts, "␀"); !v.IsNull() {
				texts[len(texts)-1] = string(v.AppendText(nil))
			}
		}
	}
	must(t, r.Err())
	return texts
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
