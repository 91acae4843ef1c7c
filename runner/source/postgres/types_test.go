package postgres_test

import (
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/runner/source/sourcetest"
)

// TestTypes reads a value of each of Postgres's types.
func TestTypes(t *testing.T) {
	t.Parallel()
	s := open(t, pgtest.DSN(t))
	if err := s.Exec(t.Context(), "CREATE TYPE mood AS ENUM ('fine', 'so so'); CREATE DOMAIN amount AS numeric(12, 2)"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ sql, typ, want string }{
		{"true", "Nullable(Bool)", "true"},
		{"(-32768)::int2", "Nullable(Int16)", "-32768"},
		{"(-2147483648)::int4", "Nullable(Int32)", "-2147483648"},
		{"(-9223372036854775808)::int8", "Nullable(Int64)", "-9223372036854775808"},
		{"4294967295::oid", "Nullable(UInt32)", "4294967295"},
		{"1.5::float4", "Nullable(Float32)", "1.5"},
		{"0.1::float8", "Nullable(Float64)", "0.1"},
		{"'NaN'::float8", "Nullable(Float64)", "nan"},
		{"12.50::numeric(12, 2)", "Nullable(Decimal(12, 2))", "12.5"},
		{"(-0.01)::numeric(4, 2)", "Nullable(Decimal(4, 2))", "-0.01"},
		{"99.99::numeric(4, 2)", "Nullable(Decimal(4, 2))", "99.99"},
		{"7::amount", "Nullable(Decimal(12, 2))", "7"},
		{"0::numeric(5, 5)", "Nullable(Decimal(5, 5))", "0"},
		{"0.00001::numeric(5, 5)", "Nullable(Decimal(5, 5))", "0.00001"},
		{"123456789012345678.9::numeric(19, 1)", "Nullable(Decimal(19, 1))", "123456789012345678.9"},
		{"999999999999999999::numeric(18, 0)", "Nullable(Decimal(18, 0))", "999999999999999999"},
		{"repeat('9', 76)::numeric(76, 0)", "Nullable(Decimal(76, 0))", strings.Repeat("9", 76)},
		{"1200::numeric(2, -2)", "Nullable(Decimal(76, 38))", "1200"},
		{"1::numeric / 3", "Nullable(Decimal(76, 38))", "0.33333333333333333333"},
		{"1e20::numeric", "Nullable(Decimal(76, 38))", "100000000000000000000"},
		{"(-1e-38)::numeric", "Nullable(Decimal(76, 38))", "-0." + strings.Repeat("0", 37) + "1"},
		{"10000::numeric", "Nullable(Decimal(76, 38))", "10000"},
		{"sum(x) FROM (VALUES (1.25::numeric(10, 2)), (2)) AS v (x)", "Nullable(Decimal(76, 38))", "3.25"},
		{"'O''Brien'::text", "Nullable(String)", "O'Brien"},
		{"'ab'::varchar(5)", "Nullable(String)", "ab"},
		{"'ab'::char(4)", "Nullable(String)", "ab  "},
		{"'x'::name", "Nullable(String)", "x"},
		{"'untyped'", "Nullable(String)", "untyped"},
		{`'\x00ff'::bytea`, "Nullable(String)", `\x00ff`},
		{"''::bytea", "Nullable(String)", `\x`},
		{`ARRAY['\xde'::bytea]`, "Array(Nullable(String))", `["\\xde"]`},
		{"'so so'::mood", "Nullable(String)", "so so"},
		{"'123e4567-e89b-12d3-a456-426614174000'::uuid", "Nullable(UUID)", "123e4567-e89b-12d3-a456-426614174000"},
		{"'2025-02-28'::date", "Nullable(Date32)", "2025-02-28"},
		{"'1582-10-04'::date", "Nullable(Date32)", "1582-10-04"},
		{"'9999-12-31'::date", "Nullable(Date32)", "9999-12-31"},
		{"'1969-12-31 23:59:59.5'::timestamp", "Nullable(DateTime64(6, 'UTC'))", "1969-12-31 23:59:59.500000"},
		{"'2025-01-01 12:00'::timestamp(0)", "Nullable(DateTime64(0, 'UTC'))", "2025-01-01 12:00:00"},
		{"'1950-01-01 12:00:00.123'::timestamp(3)", "Nullable(DateTime64(3, 'UTC'))", "1950-01-01 12:00:00.123"},
		{"'2025-01-01 12:00:00+03'::timestamptz", "Nullable(DateTime64(6, 'Asia/Tokyo'))", "2025-01-01 18:00:00.000000"},
		{"'12:30:15.5'::time", "Nullable(String)", "12:30:15.5"},
		{"'1 year 2 days 03:04'::interval", "Nullable(String)", "1 year 2 days 03:04:00"},
		{`'{"a": [1, null]}'::jsonb`, "Nullable(String)", `{"a": [1, null]}`},
		{"'10.0.0.0/8'::inet", "Nullable(String)", "10.0.0.0/8"},
		{"'[2025-01-01,2025-02-01)'::daterange", "Nullable(String)", "[2025-01-01,2025-02-01)"},
		{"(1, 'a')", "Nullable(String)", "(1,a)"},
		{"ARRAY[1, NULL, 3]", "Array(Nullable(Int32))", "[1,null,3]"},
		{"ARRAY['a', NULL, 'b''c']", "Array(Nullable(String))", `["a",null,"b'c"]`},
		{"ARRAY[1.5, 2]::numeric(4, 1)[]", "Array(Nullable(Decimal(4, 1)))", "[1.5,2]"},
		{"ARRAY['2025-01-01'::date]", "Array(Nullable(Date32))", `["2025-01-01"]`},
		{"'{}'::int[]", "Array(Nullable(Int32))", "[]"},
		{"NULL::int[]", "Array(Nullable(Int32))", "[]"},
		{"'[5:6]={1,2}'::int[]", "Array(Nullable(Int32))", "[1,2]"},
		{"ARRAY['fine'::mood]", "Nullable(String)", "{fine}"},
		{"NULL::int", "Nullable(Int32)", "␀"},
		{"NULL", "Nullable(String)", "␀"},
		{"''", "Nullable(String)", ""},
	} {
		t.Run(c.sql, func(t *testing.T) {
			t.Parallel()
			q := sourcetest.Query("SELECT " + c.sql)
			q.Timezone = "Asia/Tokyo"
			column, got := first(t, s, q)
			if column.Type != c.typ || got != c.want {
				t.Errorf("got %q of type %s, want %q of type %s", got, column.Type, c.want, c.typ)
			}
			described, err := s.Describe(t.Context(), q)
			if err != nil || len(described) != 1 || described[0] != column {
				t.Errorf("described as %v, %v; it is %v", described, err, column)
			}
		})
	}
}

func TestValuesThatDoNotFitNameTheirColumn(t *testing.T) {
	t.Parallel()
	s := open(t, pgtest.DSN(t))
	for _, sql := range []string{
		"'infinity'::date", "'-infinity'::timestamptz", "'infinity'::timestamp", "'294276-12-31'::timestamp", "'NaN'::numeric(5, 2)", "'Infinity'::numeric",
		"1e40::numeric", "1e-39::numeric", "1e-16000::numeric", "1e130000::numeric", "ARRAY[[1, 2], [3, 4]]", "ARRAY['infinity'::date]",
	} {
		_, err := readAll(t, s, sourcetest.Query("SELECT 1 AS good, "+sql+" AS bad"))
		if fault.CodeOf(err) != fault.Failed || !strings.Contains(err.Error(), `column "bad"`) {
			t.Errorf("%s: got %v", sql, err)
		}
	}
}

func TestInfinityTellsTheMend(t *testing.T) {
	t.Parallel()
	s := open(t, pgtest.DSN(t))
	for sql, mend := range map[string]string{
		"'infinity'::date": "nullif(valid_to, 'infinity')", "'-infinity'::timestamptz": "valid_to::text",
		"'NaN'::numeric": "price::float8", "'Infinity'::numeric": "price::text",
	} {
		if _, err := readAll(t, s, sourcetest.Query("SELECT "+sql+" AS bad")); err == nil || !strings.Contains(err.Error(), mend) {
			t.Errorf("%s: got %v", sql, err)
		}
	}
}

func first(t *testing.T, s source.Source, q source.Query) (source.Column, string) {
	t.Helper()
	stream, err := s.Query(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Close() }()
	r, err := rowbinary.NewReader(stream)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Next() {
		t.Fatalf("no row: %v", r.Err())
	}
	if v := &r.Row()[0]; !v.IsNull() {
		return r.Columns()[0], string(v.AppendText(nil))
	}
	return r.Columns()[0], "␀"
}

func readAll(t *testing.T, s source.Source, q source.Query) (rows int, err error) {
	t.Helper()
	stream, err := s.Query(t.Context(), q)
	if err != nil {
		return 0, err
	}
	defer func() { _ = stream.Close() }()
	r, err := rowbinary.NewReader(stream)
	if err != nil {
		return 0, err
	}
	for r.Next() {
		rows++
	}
	return rows, r.Err()
}
