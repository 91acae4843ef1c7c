package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJSONIsOneArrayWithExactNumbers(t *testing.T) {
	t.Parallel()
	data := ask(t, JSONFormat, JSONSettings, `SELECT 18446744073709551615 AS id, toDecimal128('1.10', 10) AS d, nan AS f, '{\n"]' AS s, NULL AS n, unhex('FF') AS raw,
		toDateTime64('2024-01-01 00:00:00.5', 3, 'UTC') AS at, (1, 'x')::Tuple(a UInt8, b String) AS t, 1.5 AS x FROM numbers(3)`)
	for _, size := range []int{1, 7, 1 << 20} {
		var out bytes.Buffer
		w := NewJSON(&out, 0)
		if err := pass(t, w, string(data), size); err != nil || w.Rows() != 3 {
			t.Fatalf("%d rows, %v", w.Rows(), err)
		}
		var rows []map[string]any
		if err := json.Unmarshal(out.Bytes(), &rows); err != nil {
			t.Fatal(err)
		}
		want := map[string]any{"id": "18446744073709551615", "d": "1.1", "f": "nan", "s": "{\n\"]", "n": nil, "raw": "\uFFFD", "at": "2024-01-01 00:00:00.500",
			"t": map[string]any{"a": 1., "b": "x"}, "x": 1.5}
		if diff := cmp.Diff(want, rows[2]); diff != "" || len(rows) != 3 {
			t.Error(diff)
		}
	}
}

func TestJSONIsCutToAWholeArray(t *testing.T) {
	t.Parallel()
	for rows := range 4 {
		data := string(ask(t, JSONFormat, JSONSettings, fmt.Sprintf("SELECT number AS n, ',\n' AS s FROM numbers(%d)", rows)))
		for limit := int64(1); limit < 5; limit++ {
			for size := 1; size <= len(data); size++ {
				var out bytes.Buffer
				w := NewJSON(&out, limit)
				err := pass(t, w, data, size)
				var got []any
				if failed := json.Unmarshal(out.Bytes(), &got); failed != nil {
					t.Fatalf("%d of %d by %d: %q %v", limit, rows, size, out.String(), failed)
				}
				if want := min(int(limit), rows); len(got) != want || w.Rows() != int64(want) || errors.Is(err, ErrCut) != (int(limit) < rows) {
					t.Fatalf("%d of %d by %d: %d rows, told %d, %v", limit, rows, size, len(got), w.Rows(), err)
				}
				if int(limit) >= rows && out.String() != data {
					t.Fatalf("%q", out.String())
				}
			}
		}
	}
}

func TestJSONWithoutItsEndIsNoWholeFile(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"", "[\n{\"a\":1}", "[\n{\"a\":1},\n"} {
		if err := pass(t, NewJSON(&bytes.Buffer{}, 0), data, 3); err == nil || !strings.Contains(err.Error(), "before its end") {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func TestRowsOfParquetAreReadFromItsFooter(t *testing.T) {
	t.Parallel()
	data := ask(t, ParquetFormat, ParquetSettings, "SELECT number AS n, toString(number) AS s, toDateTime64(number, 3, 'UTC') AS at FROM numbers(100000)")
	for _, size := range []int{1000, len(data)} {
		var out bytes.Buffer
		w := NewParquet(&out)
		if err := pass(t, w, string(data), size); err != nil || w.Rows() != 100_000 || !bytes.Equal(out.Bytes(), data) {
			t.Errorf("%d rows, %v", w.Rows(), err)
		}
	}
	for _, cut := range []int{0, 3, 10, len(data) / 2, len(data) - 1} {
		if err := pass(t, NewParquet(&bytes.Buffer{}), string(data[:cut]), 4096); err == nil || !strings.Contains(err.Error(), "not whole") {
			t.Errorf("%d bytes of %d: %v", cut, len(data), err)
		}
	}
}

// Only the end of a file is kept in memory, and the footer is still found.
func TestALongParquetFileIsCounted(t *testing.T) {
	t.Parallel()
	data := ask(t, ParquetFormat, map[string]string{"output_format_parquet_compression_method": "none"}, "SELECT randomString(1000) AS s FROM numbers(50000)")
	if len(data) < 2*maxFooter {
		t.Fatal("the file is too short to show anything")
	}
	w := NewParquet(&bytes.Buffer{})
	if err := pass(t, w, string(data), 1<<20); err != nil || w.Rows() != 50_000 {
		t.Errorf("%d rows, %v", w.Rows(), err)
	}
}
