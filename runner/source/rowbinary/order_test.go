package rowbinary_test

import (
	"bytes"
	"cmp"
	"fmt"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// Each of these columns is sorted here as the engine sorts it.
var sorted = map[string]string{
	"bytes":               "toInt8(rand(1))",
	"small numbers":       "toUInt16(rand(2))",
	"numbers":             "toInt64(rand64(3))",
	"large numbers":       "rand64(4)",
	"128 bits":            "toInt128(toInt64(rand64(5))) * toInt64(rand64(6))",
	"128 bits, unsigned":  "toUInt128(rand64(7)) * rand64(8)",
	"256 bits":            "toInt256(toInt64(rand64(9))) * toInt64(rand64(10)) * rand64(11)",
	"256 bits, unsigned":  "toUInt256(rand64(12)) * rand64(13)",
	"floats":              "reinterpretAsFloat64(rand64(14))",
	"narrow floats":       "reinterpretAsFloat32(rand(15))",
	"odd floats":          "arrayElement([nan, inf, -inf, 0., -1., 1., 5e-324, -5e-324, nan], 1 + rand(16) % 9)",
	"missing floats":      "arrayElement([nan, NULL, inf, -inf, 0, -1], 1 + rand(17) % 6)",
	"decimals":            "toDecimal64(toInt32(rand(18)), 5) / 7",
	"wide decimals":       "toDecimal128(toInt64(rand64(19)), 12) / 13",
	"wider decimals":      "toDecimal256(toInt64(rand64(20)), 30) / 17",
	"small decimals":      "toDecimal32(toInt16(rand(21)), 2)",
	"texts":               "arrayElement(['', 'a', 'A', 'ab', 'ä', 'я', char(0), concat('a', char(0)), char(255), 'a b'], 1 + rand(22) % 10)",
	"missing texts":       "if(rand(23) % 3, toString(rand(24) % 100), NULL)",
	"short texts":         "toLowCardinality(toString(rand(25) % 50))",
	"texts of one length": "toFixedString(toString(rand(26) % 100), 3)",
	"days":                "toDate(rand(27) % 60000)",
	"days long ago":       "toDate32('1900-01-01') + rand(28) % 140000",
	"moments":             "toDateTime(rand(29), 'Asia/Tokyo')",
	"fine moments":        "fromUnixTimestamp64Nano(toInt64(rand64(30) % 4000000000000000000) - 2000000000000000000, 'UTC')",
	"times":               "arrayElement(['-999:59:59'::Time, '00:00:01'::Time, '999:59:59'::Time, '-00:00:01'::Time], 1 + rand(31) % 4)",
	"choices":             "CAST(1 + rand(32) % 3 AS Int8) :: Enum8('z' = 1, 'b' = 2, 'a' = 3)",
	"choices below zero":  "CAST(toInt16(rand(32) % 3) - 300 AS Enum16('z' = -300, 'b' = -299, 'a' = -298))",
	"truths":              "rand(33) % 2 = 1",
	"ids":                 "generateUUIDv4(number)",
	"addresses":           "toIPv4(rand(34))",
	"long addresses":      "toIPv6(concat(hex(rand(35) % 65536), '::', hex(rand(36) % 65536)))",
	"lists":               "arrayMap(x -> toInt8(rand(37) + x * 77), range(rand(38) % 4))",
	"lists of texts":      "arrayMap(x -> arrayElement(['', 'a', 'ab', char(0), concat('a', char(0))], 1 + (rand(39) + x * 3) % 5), range(rand(40) % 4))",
	"lists with gaps":     "arrayMap(x -> if((rand(41) + x) % 3 = 0, NULL, toInt16(rand(42) % 5)), range(rand(43) % 4))",
	"lists of lists":      "arrayMap(x -> range((rand(44) + x) % 3), range(rand(45) % 4))",
	"pairs":               "(arrayElement(['', 'a', 'ab', 'b'], 1 + rand(46) % 4), toInt8(rand(47)))",
	"lists of floats":     "arrayMap(x -> arrayElement([nan, inf, -inf, 0, -1], 1 + (rand(49) + x * 3) % 5), range(rand(50) % 4))",
	"names with values":   "map(toString(rand(51) % 3), rand(52) % 5)",
	"intervals":           "toIntervalDay(toInt32(rand(48)))",
}

func TestColumnsAreOrderedAsTheEngineOrdersThem(t *testing.T) {
	t.Parallel()
	for name, column := range sorted {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			made := fmt.Sprintf("(SELECT %s AS c, number AS n FROM numbers(600))", column)
			for _, descending := range []bool{false, true} {
				inOrder(t, made, descending)
			}
		})
	}
}

// key is what a value is sorted by.
type key struct {
	rank  rowbinary.Rank
	bytes []byte
	shown string
}

func inOrder(t *testing.T, made string, descending bool) {
	t.Helper()
	direction := map[bool]string{true: "DESC", false: "ASC"}[descending]
	keys := keysOf(t, rows(t, fmt.Sprintf("SELECT c FROM %s ORDER BY c %s", made, direction)), descending)
	if len(keys) != 600 || keys[0].shown == keys[599].shown && keys[0].rank == keys[599].rank {
		t.Fatalf("%d rows from %q on", len(keys), keys[0].shown)
	}
	for i := 1; i < len(keys); i++ {
		order := bytes.Compare(keys[i-1].bytes, keys[i].bytes)
		if descending {
			order = -order
		}
		if cmp.Or(int(keys[i-1].rank)-int(keys[i].rank), order) > 0 {
			t.Fatalf("%s: %q is before %q", direction, keys[i-1].shown, keys[i].shown)
		}
	}
}

func keysOf(t *testing.T, reader *rowbinary.Reader, descending bool) (keys []key) {
	t.Helper()
	for reader.Next() {
		value := reader.Row()[0]
		k := key{shown: string(value.AppendText(nil))}
		k.bytes, k.rank = rowbinary.Order{Descending: descending}.Append(nil, reader.Types()[0], &value)
		keys = append(keys, k)
	}
	if err := reader.Err(); err != nil {
		t.Fatal(err)
	}
	return keys
}

// Values that are different have different keys.
func TestKeysTellValuesApart(t *testing.T) {
	t.Parallel()
	for name, column := range sorted {
		for _, descending := range []bool{false, true} {
			seen := map[string]string{}
			for _, k := range keysOf(t, rows(t, fmt.Sprintf("SELECT DISTINCT %s AS c FROM numbers(600)", column)), descending) {
				if other, ok := seen[string(k.bytes)]; ok && k.rank == rowbinary.Ordered {
					t.Errorf("%s: %q and %q have one key", name, other, k.shown)
				}
				seen[string(k.bytes)] = k.shown
			}
		}
	}
}
