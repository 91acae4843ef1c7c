package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestLoadAndAsk(t *testing.T) {
	t.Parallel()
	must(t, "sql", "DROP TABLE IF EXISTS load_orders") // of an earlier round
	path := write(t, "orders.csv", "id,name,zip,amount,day\n1234567890123456789,O'Brien,00123,12.50,2025-02-28\n2,\"a, \"\"b\"\"\",99,,2024-02-29\n")
	got := vitrina(t, "load", path, "--table", "load_orders")
	if got.code != exitDone || got.out != "" || !strings.HasPrefix(got.err, "2 rows loaded into load_orders\n  id Int64\n") {
		t.Errorf("%+v", got)
	}
	want := "1234567890123456789\tO\\'Brien\t00123\t12.5\t2025-02-28\n2\ta, \"b\"\t99\t\\N\t2024-02-29\n"
	if got := must(t, "sql", "--format", "TSV", "SELECT * FROM load_orders ORDER BY id DESC"); got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestLoadIntoATableThatIsThere(t *testing.T) {
	t.Parallel()
	must(t, "sql", "DROP TABLE IF EXISTS load_there") // of an earlier round
	first, second := write(t, "a.csv", "n,s\n1,x\n2,y\n"), write(t, "b.csv", "n,s\n3,z\n")
	rows := func() string {
		return must(t, "sql", "--format", "CSV", "SELECT groupArray(n) FROM (SELECT n FROM load_there ORDER BY n)")
	}
	must(t, "load", first, "--table", "load_there")
	refused(t, vitrina(t, "load", second, "--table", "load_there"), "load_there", "--append", "--replace")
	if got := rows(); got != "\"[1,2]\"\n" {
		t.Errorf("after a refusal: %s", got)
	}
	must(t, "load", second, "--table", "load_there", "--append")
	if got := rows(); got != "\"[1,2,3]\"\n" {
		t.Errorf("appended: %s", got)
	}
	must(t, "load", second, "--table", "load_there", "--replace")
	if got := rows(); got != "\"[3]\"\n" {
		t.Errorf("replaced: %s", got)
	}
	if got := vitrina(t, "load", write(t, "c.csv", "n,s\nx,z\n"), "--table", "load_there", "--append"); got.code != exitFailed || !strings.Contains(got.err, `"n"`) {
		t.Errorf("%+v", got)
	}
	if got := rows(); got != "\"[3]\"\n" {
		t.Errorf("after a wrong file: %s", got)
	}
}

func TestLoadFromStandardInput(t *testing.T) {
	t.Parallel()
	must(t, "sql", "DROP TABLE IF EXISTS load_input") // of an earlier round
	got := vitrinaWith(t.Context(), strings.NewReader("{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2}\n"), "load", "-", "--format", "jsonl", "--table", "load_input", "--json", "--data", dataDir(t))
	var result struct {
		Table   string
		Rows    int
		Columns []struct{ Name, Type string }
	}
	if err := json.Unmarshal([]byte(got.out), &result); err != nil || got.code != exitDone || got.err != "" {
		t.Fatalf("%v: %+v", err, got)
	}
	if result.Table != "load_input" || result.Rows != 2 || len(result.Columns) != 2 {
		t.Errorf("%+v", result)
	}
	if got := must(t, "sql", "--format", "CSV", "SELECT a, b FROM load_input ORDER BY a"); got != "1,\"x\"\n2,\\N\n" {
		t.Errorf("%q", got)
	}
}

func TestLoadAsTold(t *testing.T) {
	t.Parallel()
	must(t, "sql", "DROP TABLE IF EXISTS load_told") // of an earlier round
	path := write(t, "told.txt", "a\tb\n1\t2\n")
	must(t, "load", path, "--table", "load_told", "--format", "csv", "--delimiter", `\t`, "--type", "b=String", "--type", "a=Decimal(10, 2)")
	if got := must(t, "sql", "--format", "TSV", "SELECT toTypeName(a), toTypeName(b) FROM load_told"); got != "Decimal(10, 2)\tString\n" {
		t.Errorf("%q", got)
	}
}

// A table can be loaded into a database of its own, which then is a source by its name.
func TestLoadIntoADatabase(t *testing.T) {
	t.Parallel()
	must(t, "sql", "DROP DATABASE IF EXISTS load_shop") // of an earlier round
	must(t, "sql", "CREATE DATABASE load_shop")
	must(t, "load", write(t, "a.csv", "n\n7\n"), "--table", "load_shop.sales")
	run := record(t, report(t, "source: load_shop", cell("c", "SELECT n FROM sales")), "--format", "csv")
	if got := string(artifact(t, run, "csv")); got != "\"n\"\r\n7\r\n" || run.Cells[0].Source != "load_shop" {
		t.Errorf("%q, %+v", got, run.Cells)
	}
}

func TestLoadIntoAnotherKindOfSource(t *testing.T) {
	t.Parallel()
	config := write(t, "vitrina.yaml", `sources: {pg: {driver: postgres, dsn: "postgres://x@127.0.0.1:1/x"}}`)
	refused(t, vitrina(t, "load", write(t, "a.csv", "n\n7\n"), "--table", "t", "--source", "pg", "--config", config), "ClickHouse only", "pg")
}

// What is written into a file is what a load of that file reads.
func TestFilesLoadAgain(t *testing.T) {
	t.Parallel()
	path := report(t, "exports: [{cells: [c], format: csv}, {cells: [c], format: parquet}, {cells: [c], format: json}]",
		cell("c", "SELECT number * 1000000007 AS id, concat('line\n\"', toString(number), '\"') AS text, toDate('2025-01-01') + number AS day, number % 3 = 0 ? NULL : toDecimal64(number, 2) / 8 AS d FROM numbers(1000)"))
	run := record(t, path)
	sums := map[string]string{}
	for _, format := range []string{"csv", "parquet", "json"} {
		table := "load_again_" + format
		must(t, "load", artifactOf(t, run, format).Path, "--table", table, "--replace")
		sums[format] = must(t, "sql", "--format", "CSV", "SELECT count(), sum(cityHash64(toString(id), text, toString(day), toString(d))), countIf(d IS NULL) FROM "+table)
	}
	if !strings.HasPrefix(sums["csv"], "1000,") || !strings.HasSuffix(sums["csv"], ",334\n") || sums["csv"] != sums["parquet"] || sums["csv"] != sums["json"] {
		t.Errorf("%q", sums)
	}
}
