package engine_test

import (
	"fmt"
	"io"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
)

func TestFirst(t *testing.T) {
	t.Parallel()
	conn := enginetest.Database(t)
	var n uint64
	if err := conn.QueryRow(t.Context(), "SELECT count() FROM numbers(1000000)").Scan(&n); err != nil {
		t.Fatal(err)
	}
	fmt.Println(n)
	if err := conn.Exec(t.Context(), "CREATE TABLE t (a UInt8, b String) ENGINE = MergeTree ORDER BY a"); err != nil {
		t.Fatal(err)
	}
	b, err := conn.PrepareBatch(t.Context(), "INSERT INTO t")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		b.Append(uint8(i), "x")
	}
	if err := b.Send(); err != nil {
		t.Fatal(err)
	}
	r, err := conn.QueryFormat(t.Context(), "JSON", "SELECT * FROM t")
	if err != nil {
		t.Fatal(err)
	}
	d, err := io.ReadAll(r)
	fmt.Println(string(d), err)
}
