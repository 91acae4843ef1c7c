package load_test

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/load"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

type everything struct {
	ID     int64            `parquet:"id"`
	Small  int8             `parquet:"small"`
	Big    uint64           `parquet:"big"`
	Name   *string          `parquet:"name,optional"`
	Price  int64            `parquet:"price,decimal(2:18)"`
	Ratio  float64          `parquet:"ratio"`
	OK     bool             `parquet:"ok"`
	Day    int32            `parquet:"day,date"`
	At     time.Time        `parquet:"at,timestamp(microsecond)"`
	Key    uuid.UUID        `parquet:"key,uuid"`
	Tags   []string         `parquet:"tags,list"`
	Counts map[string]int32 `parquet:"counts"`
	Place  place            `parquet:"place"`
	Hash   [4]byte          `parquet:"hash"`
}

type place struct {
	City *string `parquet:"city,optional"`
	Zip  int32   `parquet:"zip"`
}

func TestParquet(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	name := "Ж'\t"
	var content bytes.Buffer
	w := parquet.NewGenericWriter[everything](&content)
	_, err := w.Write([]everything{
		{ID: 9223372036854775807, Small: -128, Big: 18446744073709551615, Name: &name, Price: -123, Ratio: 0.1, OK: true, Day: -1,
			At: time.Date(1969, 12, 31, 23, 59, 59, 999999000, time.UTC), Key: uuid.MustParse("61f0c404-5cb3-11e7-907b-a6006ad3dba0"),
			Tags: []string{"a", ""}, Counts: map[string]int32{"x": 1}, Place: place{City: &name, Zip: 7}, Hash: [4]byte{'a', 'b', 'c', 'd'}},
		{At: time.Unix(0, 0)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	encoder, _ := zstd.NewWriter(nil)
	for table, path := range map[string]string{
		"plain": file(t, "a.parquet", content.Bytes()), "packed": file(t, "a.zst", encoder.EncodeAll(content.Bytes(), nil)),
	} {
		result := mustLoad(t, src, load.Options{Path: path, Table: table})
		want := "id Int64, small Int8, big UInt64, name Nullable(String), price Decimal(18, 2), ratio Float64, ok Bool, day Date32, " +
			"at DateTime64(6, 'UTC'), key UUID, tags Array(String), counts Map(String, Int32), " +
			"place Tuple(`city` Nullable(String), `zip` Int32), hash FixedString(4)"
		if got := types(result.Columns); got != want || result.Rows != 2 {
			t.Errorf("%s: %d rows of\n%s\nwant\n%s", table, result.Rows, got, want)
		}
		rows := "9223372036854775807\t-128\t18446744073709551615\tЖ\\'\\t\t-1.23\t0.1\ttrue\t1969-12-31\t1969-12-31 23:59:59.999999\t" +
			"61f0c404-5cb3-11e7-907b-a6006ad3dba0\t['a','']\t{'x':1}\t('Ж\\'\\t',7)\tabcd\n" +
			"0\t0\t0\t\\N\t0\t0\tfalse\t1970-01-01\t1970-01-01 00:00:00.000000\t00000000-0000-0000-0000-000000000000\t[]\t{}\t(NULL,0)\t\\0\\0\\0\\0"
		if got := tsv(t, src, "SELECT * FROM "+table); got != rows {
			t.Errorf("%s:\n%s\nwant\n%s", table, got, rows)
		}
	}
}

// What ClickHouse writes comes back as it was.
func TestParquetOfClickHouse(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	statement := templates.Statement{Parts: []templates.Part{{Text: `SELECT number AS id, toDecimal128('12345678901234567890.5', 5) AS d,
		toDateTime64('2024-01-01 00:00:00.123', 3, 'UTC') AS at, if(number = 1, NULL, toString(number)) AS s, toDate('2024-02-29') AS day,
		toLowCardinality('x') AS l, [1, NULL] AS list FROM numbers(70000)`}}}
	stream, err := src.Format(t.Context(), source.Query{Statement: statement}, "Parquet", nil)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(stream)
	if err != nil {
		t.Fatal(err)
	}
	result := mustLoad(t, src, load.Options{Path: file(t, "a", content), Table: "t"})
	want := "id UInt64, d Decimal(38, 5), at DateTime64(3, 'UTC'), s Nullable(String), day Date32, l String, list Array(Nullable(UInt8))"
	if got := types(result.Columns); got != want {
		t.Errorf("types\n%s\nwant\n%s", got, want)
	}
	want = lines("1\t12345678901234567890.5\t2024-01-01 00:00:00.123\t\\N\t2024-02-29\tx\t[1,NULL]\t70000",
		"69999\t12345678901234567890.5\t2024-01-01 00:00:00.123\t69999\t2024-02-29\tx\t[1,NULL]\t70000")
	if got := tsv(t, src, "SELECT *, (SELECT count() FROM t) FROM t WHERE id IN (1, 69999) ORDER BY id"); got != want {
		t.Errorf("rows\n%s\nwant\n%s", got, want)
	}
}

func TestParquetIntoATable(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	type row struct {
		N int64 `parquet:"n"`
	}
	write := func(n int64) string {
		var content bytes.Buffer
		if err := parquet.Write(&content, []row{{n}}); err != nil {
			t.Fatal(err)
		}
		return file(t, "a.parquet", content.Bytes())
	}
	mustLoad(t, src, load.Options{Path: write(7), Table: "t", Types: map[string]string{"n": "UInt8"}})
	mustLoad(t, src, load.Options{Path: write(8), Table: "t", Mode: load.Append})
	refused(t, src, load.Options{Path: write(300), Table: "t", Mode: load.Append}, fault.Invalid,
		`The column "n" of t is UInt8, which cannot hold 1 of its values unchanged, such as 300.`)
	if got := tsv(t, src, "SELECT n, toTypeName(n) FROM t ORDER BY n"); got != "7\tUInt8\n8\tUInt8" {
		t.Errorf("rows\n%s", got)
	}
}
