package sourcetest

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// hostile are texts that break software which takes them for something else.
var hostile = []string{
	"", " ", "  two  ", "'", "''", `"`, "`", `\`, `\\`, `\'`, `'\''`, `\"`, "\t", "\n", "\r", "\r\n", "\x00", "a\x00b", "\x01\x02\x1b\x7f",
	`\N`, `\n`, `\t`, `\0`, `\x41`, `\u0041`, "NULL", "null", "nil", "None", "undefined", "NaN", "nan", "Infinity", "-inf", "true", "false",
	"0", "-0", "00123", "1e5", "0x10", "18446744073709551615", "1/0", "1;2", "1,2", "$1", "$100", "$$", "$x$", "?", ":name", "@v", "%s", "%27", "%", "_",
	"x' OR '1'='1", "'; DROP TABLE t; --", "1; SELECT 1", "/* ", " */", "-- ", "# ", "{p1:String}", "{p2:Identifier}", "{{ .x }}", "${HOME}",
	"O'Brien", `C:\tmp`, `\\server\share`, "a\tb\nc\rd", "[]", "['a']", "{}", `{"a":1}`, `{a,"b"}`, "(1)", "<script>alert(1)</script>", "&amp;", "=1+1", "@SUM(A1)", "+1", "-1",
	"Ünïcödé", "中文字符", "العربية", "עברית", "Здравствуйте", "日本語", "한국어", "ไทย", "👩‍👩‍👧‍👦", "🏳️‍🌈", "e\u0301", "\u00a0", "\u200b", "\ufeff", "\u202e", "\u2028", "\uffff", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G",
	"\xff", "a\xffb", "\xed\xa0\x80", "\xc3", "\xf0\x9f", strings.Repeat("long ", 2000), strings.Repeat("'", 999), strings.Repeat(`\`, 1001),
	"__exception__", "\r\n__exception__\r\n", "Code: 60. DB::Exception: no", "multipart\r\n--boundary\r\n",
}

// alphabet has what escapes, quotes and separators are made of.
var alphabet = []string{"'", `"`, `\`, "\t", "\n", "\r", "\x00", "\b", "\f", "N", "0", "n", "x", ",", "[", "]", "{", "}", ":", "$", "%", "&", "+", "=", " ", "é", "🙂", "\xff"}

func random() string {
	var text strings.Builder
	for range rand.IntN(12) {
		text.WriteString(alphabet[rand.IntN(len(alphabet))])
	}
	return text.String()
}

// testTexts sends hostile texts alone, in lists and in tables, and reads them back.
func testTexts(t *testing.T, d Driver) {
	s := d.Open(t)
	var held []string
	for _, text := range append(hostile, strings.Repeat(`'\"`+"\t\n中🙂", 20_000)) {
		query := Query("SELECT ", Value{Value: text}, " AS v, ", Value{Value: text}, " = ", Value{Value: text}, " AS same")
		if d.HoldsText != nil && !d.HoldsText(text) {
			fails(t, s, query, fault.Invalid)
			continue
		}
		held = append(held, text)
		if rows := read(t, s, query); rows[0][0] != text || rows[0][1] != "true" && rows[0][1] != "1" {
			t.Errorf("sent %.100q, got %.100q", text, rows)
		}
	}
	for range 3000 {
		if text := random(); d.HoldsText == nil || d.HoldsText(text) {
			held = append(held, text)
		}
	}
	var got []string
	err := scan(t.Context(), s, Query(d.Each[0], Value{Value: held}, d.Each[1]), func(row []rowbinary.Value) {
		got = append(got, string(row[0].Bytes()))
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	slices.Sort(held)
	if !slices.Equal(got, held) {
		t.Errorf("a list of texts came back changed: %d of %d", len(got), len(held))
		for i := range min(len(got), len(held)) {
			if got[i] != held[i] {
				t.Fatalf("sent %q, got %q", held[i], got[i])
			}
		}
	}
}
