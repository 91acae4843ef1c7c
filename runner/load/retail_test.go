package load_test

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/runner/load"
)

// A slice of real shop transactions, with their cancellations, missing customers and odd descriptions, sums up to the same as by hand.
func TestShopTransactions(t *testing.T) {
	t.Parallel()
	const path = "testdata/retail.csv.gz"
	src := warehouse(t)
	result := mustLoad(t, src, load.Options{Path: path, Table: "retail"})
	want := "InvoiceNo String, StockCode String, Description String, Quantity Int64, InvoiceDate DateTime('UTC'), " +
		"UnitPrice Decimal(18, 3), CustomerID Nullable(Int64), Country String"
	if got := types(result.Columns); got != want {
		t.Errorf("types\n%s\nwant\n%s", got, want)
	}
	got := tsv(t, src, `SELECT count(), countIf(CustomerID IS NULL), countIf(Description = ''), sum(length(Description)), sum(Quantity),
		sum(Quantity * UnitPrice), min(InvoiceDate), max(InvoiceDate) FROM retail`)
	if want := sumUp(t, path); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func sumUp(t *testing.T, path string) string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(unpacked).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var nobody, blank, length int
	var quantity, revenue decimal.Decimal
	first, last := rows[1][4], rows[1][4]
	for _, row := range rows[1:] {
		if row[6] == "" {
			nobody++
		}
		if row[2] == "" {
			blank++
		}
		length += len(row[2])
		n := decimal.RequireFromString(row[3])
		quantity, revenue = quantity.Add(n), revenue.Add(n.Mul(decimal.RequireFromString(row[5])))
		first, last = min(first, row[4]), max(last, row[4])
	}
	return fmt.Sprintf("%d\t%d\t%d\t%d\t%s\t%s\t%s\t%s", len(rows)-1, nobody, blank, length, quantity, revenue, first, last)
}
