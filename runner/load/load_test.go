package load_test

import (
	"io"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/load"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

func TestLoadKeepsEveryValue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, content string
		types, rows   string
	}{
		"numbers, dates and blanks": {
			"a.csv", "id,price,day,at,note\n1,2.50,2024-02-29,2010-12-01 08:26,x\n-9223372036854775808,-0.01,1970-01-01,2038-01-19 03:14:08,\n,,,,\n",
			"id Nullable(Int64), price Nullable(Decimal(18, 2)), day Nullable(Date), at Nullable(DateTime('UTC')), note String",
			lines("1\t2.5\t2024-02-29\t2010-12-01 08:26:00\tx", "-9223372036854775808\t-0.01\t1970-01-01\t2038-01-19 03:14:08\t", `\N`+"\t\\N\t\\N\t\\N\t"),
		},
		"wide numbers": {
			"a.csv", "u,d,f\n18446744073709551615,-12345678901234567890.123456789012345678,1e-05\n0,0.1,NaN\n7,3,-inf\n",
			"u UInt64, d Decimal(38, 18), f Float64",
			lines("18446744073709551615\t-12345678901234567890.123456789012345678\t0.00001", "0\t0.1\tnan", "7\t3\t-inf"),
		},
		"old and distant times": {
			"a.csv", "a,b,c\n1900-01-01,1900-01-01 00:00:00.5,1969-12-31T23:59:59.999Z\n2299-12-31,2299-12-31 23:59:59.25,2024-01-01T05:45:00+05:45\n",
			"a Date32, b DateTime64(2, 'UTC'), c DateTime64(3, 'UTC')",
			lines("1900-01-01\t1900-01-01 00:00:00.50\t1969-12-31 23:59:59.999", "2299-12-31\t2299-12-31 23:59:59.25\t2024-01-01 00:00:00.000"),
		},
		"true, UUID and leading zeros": {
			"a.tsv", "ok\tid\tcard\ttrue\ttoo\tmany\nTrue\t61f0c404-5cb3-11e7-907b-a6006ad3dba0\t00123\t1\t2\t3\nFalse\t00000000-0000-0000-0000-000000000000\t4\t1\t2\t3\n",
			"ok Bool, id UUID, card String, true Int64, too Int64, many Int64",
			lines("true\t61f0c404-5cb3-11e7-907b-a6006ad3dba0\t00123\t1\t2\t3", "false\t00000000-0000-0000-0000-000000000000\t4\t1\t2\t3"),
		},
		"nothing but blanks": {
			"a.csv", "a,b\n1,\n2,\n", "a Int64, b Nullable(String)", lines("1\t\\N", "2\t\\N"),
		},
		"a header alone": {"a.csv", "a,b\n", "a Nullable(String), b Nullable(String)", ""},
		"quotes and line ends": {
			"a.csv", "\uFEFFname,n\r\n\"O'Brien \"\"Bob\"\"\",1\r\n\"two\r\nlines\",2\r\n\"\",3\r\n\\N,4", "name String, n Int64",
			lines(`O\'Brien "Bob"`+"\t1", `two\r\nlines`+"\t2", "\t3", `\\N`+"\t4"),
		},
		"semicolons": {"a.txt", "a;b\n1,5;x\n2,5;y\n", "a String, b String", lines("1,5\tx", "2,5\ty")},
		"odd names": {
			"a.csv", "a,a,,a b,`q`,\\n'\n1,2,3,4,5,6\n", "a Int64, a_2 Int64, column_3 Int64, a b Int64, `q` Int64, \\n' Int64", "1\t2\t3\t4\t5\t6",
		},
		"a single column": {"a.csv", "n\n1\n\n3\n", "n Nullable(Int64)", lines("1", `\N`, "3")},
		"UTF-16": {
			"a.csv", "\xff\xfea\x00,\x00b\x00\n\x001\x00,\x00\x16\x04\n\x00", "a Int64, b String", "1\tЖ",
		},
		"JSON lines": {
			"a.jsonl", `{"id":1,"name":"a\n\"\u0416\ud83d\ude00","tags":["x", "y"],"ok":true,"at":"2024-01-01T00:00:00Z"}` + "\n\n" +
				`{"name":null,"id":2.5,"extra":"001","tags":{"a" : 1}}`,
			"id Decimal(18, 1), name Nullable(String), tags String, ok Nullable(Bool), at Nullable(DateTime64(3, 'UTC')), extra Nullable(String)",
			lines("1\ta\\n\"Ж😀\t[\"x\",\"y\"]\ttrue\t2024-01-01 00:00:00.000\t\\N", "2.5\t\\N\t{\"a\":1}\t\\N\t\\N\t001"),
		},
		"a JSON array": {
			"a.json", "[\n {\"a\": 1, \"b\": \"x\"},\n {\"a\": 12345678901234567890, \"b\": 7}\n]\n", "a UInt64, b String", lines("1\tx", "12345678901234567890\t7"),
		},
		"JSON without a name": {"data", "{\"a\":1}\n{\"a\":2}\n", "a Int64", lines("1", "2")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := warehouse(t)
			result := mustLoad(t, src, load.Options{Path: file(t, c.file, c.content), Table: "t"})
			if got := types(result.Columns); got != c.types {
				t.Errorf("types\n%s\nwant\n%s", got, c.types)
			}
			if got := tsv(t, src, "SELECT * FROM t"); got != c.rows {
				t.Errorf("rows\n%s\nwant\n%s", got, c.rows)
			}
			if got := tables(t, src); got != "t" {
				t.Errorf("tables: %s", got)
			}
		})
	}
}

// A time without a zone is read as it was written, whatever zone a report has.
func TestTimesDoNotMoveWithTheReport(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	mustLoad(t, src, load.Options{Path: file(t, "a.csv", "at\n2010-12-31 23:30:00\n"), Table: "t"})
	for _, zone := range []string{"", "Asia/Tokyo", "America/New_York"} {
		statement := templates.Statement{Parts: []templates.Part{{Text: "SELECT at, toDate(at), toStartOfMonth(at) FROM t"}}}
		stream, err := src.Format(t.Context(), source.Query{Statement: statement, Timezone: zone}, "TabSeparated", nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(stream)
		if want := "2010-12-31 23:30:00\t2010-12-31\t2010-12-01\n"; err != nil || string(got) != want {
			t.Errorf("in %s: %v %s", zone, err, got)
		}
		_ = stream.Close()
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	for encoding, content := range map[string]string{
		"windows-1251": "\xe3\xee\xf0\xee\xe4\n\xcc\xee\xf1\xea\xe2\xe0\n", "utf-8": "\uFEFFгород\nМосква\n", "koi8-r": "\xc7\xcf\xd2\xcf\xc4\n\xed\xcf\xd3\xcb\xd7\xc1",
		"utf-16le": "3\x04>\x04@\x04>\x044\x04\n\x00\x1c\x04>\x04A\x04:\x042\x040\x04\n\x00",
	} {
		result := mustLoad(t, src, load.Options{Path: file(t, "a.csv", content), Table: encoding, Encoding: encoding})
		if got := tsv(t, src, "SELECT * FROM `"+encoding+"`"); got != "Москва" || types(result.Columns) != "город String" {
			t.Errorf("%s: %s of %s", encoding, got, types(result.Columns))
		}
	}
}
