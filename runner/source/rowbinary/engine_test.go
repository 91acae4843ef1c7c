package rowbinary_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// The engine writes the same values as text; each of these queries gives one row per value.
var scalars = map[string]string{
	"integers": `SELECT toInt8(-128), toInt8(127), toUInt8(255), toInt16(-32768), toUInt16(65535), toInt32(-2147483648), toUInt32(4294967295),
		toInt64('-9223372036854775808'), toUInt64('18446744073709551615'),
		toInt128('-170141183460469231731687303715884105728'), toUInt128('340282366920938463463374607431768211455'),
		toInt256('-57896044618658097711785492504343953926634992332820282019728792003956564819968'),
		toUInt256('115792089237316195423570985008687907853269984665640564039457584007913129639935'),
		toInt128(-1), toInt256(0), toUInt128('9223372036854775808'), toInt128('-9223372036854775809')`,
	"random integers": `SELECT toInt128(rand64(1)) * toInt64(rand64(2)), toInt256(toInt64(rand64(3))) * toInt64(rand64(4)) * rand64(5),
		toUInt128(rand64(6)), toInt64(rand64(7)) FROM numbers(2000)`,
	"floats": `SELECT arrayJoin([0., -0., 1., -1.5, 0.1, 1e-5, 1e-6, 9.999e-7, 1e-7, -1.5e-7, 1e20, 1e21, -1e21, 123456789012345680000., 1.7976931348623157e308,
		2.2250738585072014e-308, 5e-324, nan, inf, -inf, 1/3, 100, 1e15, 1e16, 123456.789, 9007199254740993.]) AS x, toFloat32(x), toBFloat16(x)`,
	"random floats":   `SELECT reinterpretAsFloat64(rand64(number)), reinterpretAsFloat32(rand(number)) FROM numbers(20000)`,
	"everyday floats": `SELECT round(number / 7, 3), toFloat32(number / 100), number * 1e12 FROM numbers(5000)`,
	"decimals": `SELECT toDecimal32('-0.05', 3), toDecimal32('0', 2), toDecimal64('1.20', 4), toDecimal64('-999999999999999999', 0), toDecimal64('0.000000000000000001', 18),
		toDecimal128('12345678901234567890.1234567890', 10), toDecimal128('-0.0000000001', 10), toDecimal256('-0.1', 76),
		toDecimal256('1234567890123456789012345678901234567890.5', 20), toDecimal32('100', 0), toDecimal128('100', 30)`,
	"random decimals": `SELECT toDecimal64(toInt32(rand(1)), 5) / 7, toDecimal128(toInt64(rand64(2)), 12) / 13, toDecimal32(toInt16(rand(3)), 2) FROM numbers(2000)`,
	"days":            `SELECT toDate(number * 6), toDate32('1900-01-01') + number * 13 FROM numbers(10900)`,
	"moments": `SELECT toDateTime(number * 429496, 'UTC'), toDateTime(number * 429496, 'Asia/Tokyo'), toDateTime(number * 429496, 'America/St_Johns'),
		toDateTime(number * 429496, 'Europe/Moscow'), toDateTime(number * 429496) FROM numbers(10000)`,
	"fine moments": `SELECT fromUnixTimestamp64Milli(toInt64(number) * 1234567891 - 2000000000000, 'Asia/Tokyo'), fromUnixTimestamp64Micro(toInt64(number) * 987654321, 'UTC'),
		fromUnixTimestamp64Nano(toInt64(number) * 987654321123 - 10, 'Europe/Berlin'), toDateTime64(number, 0, 'UTC') FROM numbers(9000)`,
	"times": `SELECT '-999:59:59'::Time, '999:59:59'::Time, '00:00:01'::Time, toTime64('-00:00:00.5', 3), toTime64('12:34:56.123456', 6), toTime64('-12:00:01.000000001', 9)`,
	"ids": `SELECT toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0'), generateUUIDv4(), toIPv4('192.168.0.1'), toIPv4('255.255.255.255'), toIPv6('::'), toIPv6('::1'),
		toIPv6('::ffff:1.2.3.4'), toIPv6('1:0:0:2:0:0:0:3'), toIPv6('1:0:2:3:4:5:6:7'), toIPv6('2001:db8::ff00:42:8329'), toIPv6('1:2:3:4:5:6:0:0')`,
	"booleans":  `SELECT true, false, CAST(NULL, 'Nullable(Bool)'), CAST(true, 'Nullable(Bool)')`,
	"intervals": `SELECT INTERVAL 3 DAY, INTERVAL -1 YEAR, toIntervalNanosecond(5)`,
	"enums":     `SELECT CAST('a\'b', 'Enum8(\'a\\\'b\' = -128, \'x = 1\' = 127)'), CAST(2, 'Enum16(\'\' = 1, \'ü,)(\' = 2)')`,
	"strings": `SELECT 'it''s', '', 'юникод 😀', toFixedString('ab', 4), CAST('low' AS LowCardinality(String)), CAST(NULL AS LowCardinality(Nullable(String))),
		CAST(7 AS SimpleAggregateFunction(sum, UInt64))`,
	"variants": `SELECT arrayJoin([CAST(toUInt64(1) AS Variant(UInt64, String, Array(UInt8))), CAST('text' AS Variant(UInt64, String, Array(UInt8))), CAST(NULL AS Variant(UInt64, String, Array(UInt8)))])`,
	"dynamics": `SELECT arrayJoin([CAST(1 AS Dynamic), CAST('text' AS Dynamic), CAST(NULL AS Dynamic), CAST(toDecimal32(1.5, 2) AS Dynamic), CAST(toDate('2024-01-02') AS Dynamic),
		CAST(toDateTime64('2024-01-02 03:04:05.678', 3, 'Asia/Tokyo') AS Dynamic), CAST(CAST('b' AS Enum8('a'=-1,'b'=2)) AS Dynamic), CAST(CAST('b' AS Enum16('a'=-1,'b'=300)) AS Dynamic),
		CAST(toFixedString('abc', 3) AS Dynamic), CAST(toIPv4('1.2.3.4') AS Dynamic), CAST(toTime64('12:00:01.5', 3) AS Dynamic), CAST(INTERVAL 2 YEAR AS Dynamic),
		CAST(true AS Dynamic), CAST(toDateTime('2024-01-02 03:04:05', 'Asia/Tokyo') AS Dynamic), CAST(toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS Dynamic)])`,
}

func TestTextIsWhatTheEngineWrites(t *testing.T) {
	t.Parallel()
	for name, query := range scalars {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// A table holds still what random functions gave.
			table := "rb_" + strings.ReplaceAll(name, " ", "_")
			ask(t, "TSV", "CREATE OR REPLACE TABLE "+table+" ENGINE = Memory AS "+query)
			var want [][]string
			for line := range strings.Lines(string(ask(t, "TabSeparatedRaw", "SELECT * FROM "+table))) {
				want = append(want, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
			}
			if diff := cmp.Diff(want, texts(t, rows(t, "SELECT * FROM "+table))); diff != "" {
				t.Errorf("-engine +reader:\n%.3000s", diff)
			}
		})
	}
}

func TestCompositesAreJSON(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		`SELECT [1, 2, 3]`:             `[1,2,3]`,
		`SELECT []`:                    `[]`,
		`SELECT [[1], [], [2, 3]]`:     `[[1],[],[2,3]]`,
		`SELECT ['a"b', '\\', 'x\ny']`: `["a\"b","\\","x\ny"]`,
		`SELECT [NULL, 1]`:             `[null,1]`,
		`SELECT (1, 'a', NULL)`:        `[1,"a",null]`,
		`SELECT CAST((1, 'a'), 'Tuple(id UInt8, ` + "`my name`" + ` String)')`: `{"id":1,"my name":"a"}`,
		`SELECT map('k', [1], 'z', [])`:                                        `{"k":[1],"z":[]}`,
		`SELECT map(1, true)`:                                                  `{"1":true}`,
		`SELECT [9007199254740992, 9007199254740993]`:                          `[9007199254740992,"9007199254740993"]`,
		`SELECT [toInt64('-9007199254740993')]`:                                `["-9007199254740993"]`,
		`SELECT [toUInt128('340282366920938463463374607431768211455'), 5]`:     `["340282366920938463463374607431768211455",5]`,
		`SELECT [nan, inf, 1.5]`:                                               `["nan","inf",1.5]`,
		`SELECT [toDecimal64('1.50', 2)]`:                                      `[1.5]`,
		`SELECT [toDecimal128('1234567890123456.7', 10)]`:                      `["1234567890123456.7"]`,
		`SELECT [toDate('2024-01-02')]`:                                        `["2024-01-02"]`,
		`SELECT [toDateTime64('2024-01-02 03:04:05.5', 1, 'Asia/Tokyo')]`:      `["2024-01-02 03:04:05.5"]`,
		`SELECT [toIPv4('1.2.3.4')], 1`:                                        `["1.2.3.4"]`,
		`SELECT [CAST('a', 'Enum8(\'a\' = 1)')]`:                               `["a"]`,
		`SELECT (1, 2)::Point`:                                                 `[1,2]`,
		`SELECT [(1, 2), (3, 4.5)]::Ring`:                                      `[[1,2],[3,4.5]]`,
		`SELECT CAST([(1, 'x')], 'Nested(id UInt8, name String)')`:             `[{"id":1,"name":"x"}]`,
		`SELECT unhex('FF41')::String AS s, [s]`:                               "\xffA",
		`SELECT [unhex('FF41')]`:                                               `["�A"]`,
		`SELECT '{"a":{"b":1},"c":[1,"x"]}'::JSON`:                             `{"a":{"b":1},"c":[1,"x"]}`,
		`SELECT [1.5, 2]::Array(Dynamic)`:                                      `[1.5,2]`,
		`SELECT CAST([1, 2, 3, 4, 5, 6, 7, 8], 'QBit(Float32, 8)')`:            `[1,2,3,4,5,6,7,8]`,
	} {
		t.Run(query, func(t *testing.T) {
			t.Parallel()
			if got := texts(t, rows(t, query))[0][0]; got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}

func TestMomentsAreInTheReportsZoneUnlessTheyHaveTheirOwn(t *testing.T) {
	t.Parallel()
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	r := rows(t, `SELECT toDateTime(0), toDateTime(0, 'America/New_York'), [toDateTime64(0, 1)], CAST(toDateTime(0) AS Dynamic)`)
	r.SetZone(tokyo)
	want := [][]string{{"1970-01-01 09:00:00", "1969-12-31 19:00:00", `["1970-01-01 09:00:00.0"]`, "1970-01-01 09:00:00"}}
	if diff := cmp.Diff(want, texts(t, r)); diff != "" {
		t.Error(diff)
	}
}

func TestUnfinishedAggregationNamesTheColumnAndTheMend(t *testing.T) {
	t.Parallel()
	data := ask(t, "RowBinaryWithNamesAndTypes", `SELECT 1 AS a, [uniqState(number)] AS "my state" FROM numbers(3)`)
	_, err := rowbinary.NewReader(strings.NewReader(string(data)))
	if err == nil || !strings.Contains(err.Error(), "my state") || !strings.Contains(err.Error(), "finalizeAggregation") {
		t.Errorf("%v", err)
	}
}
