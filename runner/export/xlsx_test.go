package export

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

func TestCellsAreTypedFromClickHousesTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ expression, want string }{
		{"toUInt8(255)", "number 255 as 0"},
		{"toInt64(-999999999999999)", "number -999999999999999 as 0"},
		{"toInt64(1000000000000000)", "text 1000000000000000 as @"},
		{"18446744073709551615", "text 18446744073709551615 as @"},
		{"toInt64('-9223372036854775808')", "text -9223372036854775808 as @"},
		{"toUInt128(5)", "number 5 as 0"},
		{"toInt256('-123456789012345678901234567890')", "text -123456789012345678901234567890 as @"},
		{"'00123'", "text 00123 as @"},
		{"'=1+1'", "text =1+1 as @"},
		{"'1e5'", "text 1e5 as @"},
		{"''", "text  as @"},
		{"CAST(NULL AS Nullable(String))", "number "},
		{"toFixedString('ab', 3)", "text ab_x0000_ as @"},
		{"toDecimal64('1.5', 2)", "number 1.5 as 0.00"},
		{"toDecimal32('-0.05', 3)", "number -0.05 as 0.000"},
		{"toDecimal128('12345.6789', 10)", "number 12345.6789 as 0.0000000000"},
		{"toDecimal128('1234567890.1234567890', 10)", "text 1234567890.123456789 as @"},
		{"toDecimal256('100000000000000000000', 0)", "number 100000000000000000000 as 0"},
		{"toDecimal256('0.5', 40)", "number 0.5 as 0.0"},
		{"toDecimal256('12345', 38)", "number 12345 as 0"},
		{"toDecimal256('0', 38)", "number 0 as 0"},
		{"toDecimal256('-12.25', 38)", "number -12.25 as 0.00"},
		{"toDecimal256('123456789012345', 38)", "number 123456789012345 as 0"},
		{"toDecimal256('1234567890123456', 38)", "text 1234567890123456 as @"},
		{"toDecimal256('1234567890123456.5', 38)", "text 1234567890123456.5 as @"},
		{"toDecimal256('0.33333333333333333333', 38)", "number 0.333333333333333"},
		{"toDecimal256('-66666.666666666666666667', 38)", "number -66666.6666666667 as 0.0000000000"},
		{"toDecimal256('0.000000000001', 38)", "number 0.000000000001"},
		{"toDecimal128('0.123456789012345678', 18)", "text 0.123456789012345678 as @"},
		{"toDecimal128('0.25', 18)", "number 0.25 as 0.00"},
		{"0.1", "number 0.1"},
		{"toFloat32(0.1)", "number 0.1"},
		{"1e300", "number 1e300"},
		{"nan", "text nan as @"},
		{"-inf", "text -inf as @"},
		{"5e-324", "text 5e-324 as @"},
		{"true", "bool 1"},
		{"toDate('2024-02-29')", "number 45351 as yyyy-mm-dd"},
		{"toDate32('1900-03-01')", "number 61 as yyyy-mm-dd"},
		{"toDate32('1900-02-28')", "text 1900-02-28 as @"},
		{"toDate32('2299-12-31')", "number 146098 as yyyy-mm-dd"},
		{"toDateTime('2024-01-01 12:00:00', 'UTC')", "number 45292.5 as yyyy-mm-dd hh:mm:ss"},
		{"toDateTime64('2024-01-01 06:00:00.250', 3, 'Asia/Tokyo')", "number 45292.25000289352 as yyyy-mm-dd hh:mm:ss.000"},
		{"toDateTime64('2024-01-01 00:00:00.000000', 6, 'UTC')", "number 45292 as yyyy-mm-dd hh:mm:ss.000"},
		{"toDateTime64('2024-01-01 00:00:00.000001', 6, 'Asia/Tokyo')", "number 45292 as yyyy-mm-dd hh:mm:ss.000"},
		{"toDateTime64('1969-12-31 12:00:00.2509', 9, 'UTC')", "number 25568.500002893517 as yyyy-mm-dd hh:mm:ss.000"},
		{"toTime64('36:00:00.0009', 6)", "number 1.5 as [h]:mm:ss.000"},
		{"toDateTime64('1900-01-01 00:00:00', 0, 'UTC')", "text 1900-01-01 00:00:00 as @"},
		{"toTime64('36:00:00', 0)", "number 1.5 as [h]:mm:ss"},
		{"toTime64('-01:00:00', 0)", "text -01:00:00 as @"},
		{"toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')", "text 61f0c404-5cb3-11e7-907b-a6006ad3dba0 as @"},
		{"toIPv6('::1')", "text ::1 as @"},
		{"CAST('b', 'Enum8(\\'b\\' = 1)')", "text b as @"},
		{"toLowCardinality('low')", "text low as @"},
		{"[1, 2]", "text [1,2] as @"},
		{"map('a', (1, 'x'))", `text {"a":[1,"x"]} as @`},
		{"INTERVAL 3 DAY", "number 3 as 0"},
	} {
		t.Run(c.expression, func(t *testing.T) {
			t.Parallel()
			w := write(t, Workbook{Sheets: []Sheet{result(t, "r", "SELECT "+c.expression+" AS x")}})
			if got := w.cell(t, "r", "A2"); got != strings.Replace(c.want, "_x0000_", "\x00", 1) {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestMomentsAreInTheReportsZone(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Location: moscow(t), Sheets: []Sheet{result(t, "r", "SELECT toDateTime(0) AS a, toDateTime(0, 'UTC') AS b")}})
	if a, b := w.cell(t, "r", "A2"), w.cell(t, "r", "B2"); a != "number 25569.125 as yyyy-mm-dd hh:mm:ss" || b != "number 25569 as yyyy-mm-dd hh:mm:ss" {
		t.Errorf("%s, %s", a, b)
	}
}

// An empty text and NULL must be told apart: one has a cell, the other has none.
func TestEmptyTextHasACellAndNullHasNone(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Sheets: []Sheet{result(t, "r", "SELECT '' AS a, CAST(NULL AS Nullable(String)) AS b, 'x' AS c")}})
	sheet := w.part(t, "xl/worksheets/sheet1.xml")
	if !strings.Contains(sheet, `<c r="A2"`) || strings.Contains(sheet, `<c r="B2"`) {
		t.Error(sheet)
	}
}

// naughty are texts that break programs; each must come back as it was.
var naughty = []string{
	"", " ", "  lead", "trail  ", "\ttab", "line\nfeed", "\nfirst", "last\n", "\r\nboth\r\n", "a\rb", "\r", "a  b",
	"=1+1", "+1", "-1", "@SUM(1)", "'quoted", "''", `"`, `<b>&amp;</b>`, "]]>", "<!--", "&#x41;", "&lt;",
	"_x0041_", "_x005F_", "_x005F_x0041_", "__x0001_", "_x0001", "_xZZZZ_", "_x000D_", "_", "_x", "_x0041_x0042_",
	"\x00", "\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f", "\x7f\u0080\u0085\u009f",
	"\u00a0", "\u2028\u2029", "\ufeff", "\u200b", "\u202etxt.exe", "\ufffd", "\ufffe", "\uffff", "a\ufffeb", "\U0001F600", "\U0010FFFF", "\U000E0001",
	"Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "اَلْعَرَبِيَّةُ", "👩‍👩‍👧‍👦", "Z̮̞̠͙͔ͅA̢̩L͚G̴O", "1.0", "00123", "1E5", "TRUE", "NULL", "undefined", "nan", "0x1F", "1/2", "12:30", "2024-01-01",
	"x' OR '1'='1", "$100", `C:\tmp`, "O'Brien", "${7*7}", "{{ .x }}", "%s%n", "../../etc/passwd", "; rm -rf /", "\\n", "a,b;c\td",
}

func TestTextsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Sheets: []Sheet{sheetOf("r", textRows("texts", naughty...))}})
	for i, want := range naughty {
		got, err := w.file.GetCellValue("r", fmt.Sprintf("A%d", i+2))
		if err != nil || got != want {
			t.Errorf("%q came back as %q, %v", want, got, err)
		}
	}
	if len(w.result.Notes) > 0 {
		t.Error(w.result.Notes)
	}
}

// Any UTF-8 text gives XML that a strict parser takes and that reads back as the text.
func FuzzCellText(f *testing.F) {
	for _, text := range naughty {
		f.Add(text, 20)
	}
	f.Fuzz(func(t *testing.T, text string, most int) {
		most = max(1, most&0xffff)
		content, found := appendCellText(nil, []byte(text), most)
		var back struct {
			Text string `xml:",chardata"`
		}
		if err := xml.Unmarshal(append(append([]byte("<t>"), content...), "</t>"...), &back); err != nil {
			t.Fatalf("%q: %v", content, err)
		}
		want, cut := cutText([]byte(text), most)
		if found.cut != cut || found.invalid == utf8.Valid(want) || !found.invalid && unescape(back.Text) != string(want) {
			t.Errorf("%q became %q", text, back.Text)
		}
	})
}

// unescape reads _xHHHH_ as Office Open XML has it.
func unescape(text string) string {
	var out strings.Builder
	for len(text) > 0 {
		var unit rune
		if text[0] == '_' && looksEscaped([]byte(text)) {
			if _, err := fmt.Sscanf(text[2:6], "%x", &unit); err == nil {
				out.WriteRune(unit)
				text = text[7:]
				continue
			}
		}
		out.WriteByte(text[0])
		text = text[1:]
	}
	return out.String()
}

func TestTextsLongerThanACellAreCutAndTold(t *testing.T) {
	t.Parallel()
	fits, long := strings.Repeat("ю", 32_767), strings.Repeat("😀", 16_384) // two units each
	w := write(t, Workbook{Sheets: []Sheet{sheetOf("cards", textRows("note", fits, long, "x"+long))}})
	rows := w.rows(t, "cards")
	if rows[1][0] != fits || rows[2][0] != strings.Repeat("😀", 16_383) || rows[3][0] != "x"+strings.Repeat("😀", 16_383) {
		t.Error("the texts are not cut at whole characters within 32,767 units")
	}
	want := []string{`cards: column "note": 2 texts were longer than the 32767 characters a cell of Excel can hold, and cut there.`}
	if diff := cmp.Diff(want, w.result.Notes); diff != "" || !w.result.Truncated {
		t.Error(diff)
	}
}

func TestBytesThatAreNoTextAreShownAndTold(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Sheets: []Sheet{sheetOf("r", textRows("raw", "a\xffb", "\xed\xa0\x80"))}})
	if got := w.rows(t, "r"); got[1][0] != "a\uFFFDb" || len(w.result.Notes) != 1 || w.result.Truncated {
		t.Errorf("%q %v", got, w.result)
	}
}

// A column is of one sort, so that it can be sorted and drawn; what it shows less of is told.
func TestDigitsThatExcelDoesNotShowAreTold(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Sheets: []Sheet{result(t, "r", `SELECT toDateTime64('2024-01-01 00:00:00.001', 6, 'UTC') + toIntervalMicrosecond(number) AS at,
		toDecimal256('1', 38) / (number + 2) AS mean, toDecimal64(number, 2) AS price FROM numbers(2)`)}})
	want := []string{
		`r: the moments of column "at" are shown to the millisecond; 1 has digits beyond it, which a csv file has.`,
		`r: the numbers of column "mean" are shown to 15 digits; 1 has more, which a csv file has.`,
	}
	if diff := cmp.Diff(want, w.result.Notes); diff != "" || w.result.Truncated {
		t.Error(diff, w.result.Truncated)
	}
	if rows := w.rows(t, "r"); rows[1][0] != rows[2][0] {
		t.Errorf("%v", rows)
	}
}

func TestColumnsAreAsWideAsWhatIsShown(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]int{
		"toDecimal256('1234567890', 38)":                         11,
		"toDecimal256('-12345678.25', 38)":                       13,
		"toDecimal256('0.33333333333333333333', 38)":             12,
		"toDecimal64('12345678.5', 4)":                           14,
		"toDecimal128('1234567890123456.5', 4)":                  19,
		"toDateTime64('2024-01-01 00:00:00.000001', 6, 'UTC')":   24,
		"toDateTime64('2024-01-01 00:00:00', 0, 'Asia/Kolkata')": 20,
	} {
		w := write(t, Workbook{Sheets: []Sheet{result(t, "r", "SELECT "+expression+" AS x")}})
		if sheet := w.part(t, "xl/worksheets/sheet1.xml"); !strings.Contains(sheet, fmt.Sprintf(`max="1" width="%d.7109375"`, want)) {
			t.Errorf("%s is not %d wide in %.600s", expression, want, sheet)
		}
	}
}

// A filter takes columns of one name; a table, which must have different ones, is not made.
func TestColumnsMayShareAName(t *testing.T) {
	t.Parallel()
	rows := append([]byte{3}, "\x01a\x01a\x00"...)
	rows = append(rows, "\x06String\x06String\x06String\x011\x012\x013"...)
	w := write(t, Workbook{Sheets: []Sheet{sheetOf("r", rows)}})
	if diff := cmp.Diff([][]string{{"a", "a"}, {"1", "2", "3"}}, w.rows(t, "r")); diff != "" {
		t.Error(diff)
	}
	if sheet := w.part(t, "xl/worksheets/sheet1.xml"); !strings.Contains(sheet, `<autoFilter ref="A1:C2"/>`) {
		t.Error(sheet)
	}
}

func TestHeaderIsFrozenFilteredAndFitted(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Sheets: []Sheet{result(t, "O'Brien & co", "SELECT number AS id, repeat('long ', number) AS `a=b` FROM numbers(10)")}})
	sheet := w.part(t, "xl/worksheets/sheet1.xml")
	for _, want := range []string{`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>`, `<autoFilter ref="A1:B11"/>`,
		`<col min="1" max="1" width="8.7109375"`, `<col min="2" max="2" width="46.7109375"`, `tabSelected="1"`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("there is no %s in %.900s", want, sheet)
		}
	}
	if workbook := w.part(t, "xl/workbook.xml"); !strings.Contains(workbook, `&#39;O&#39;&#39;Brien &amp; co&#39;!$A$1:$B$11`) && !strings.Contains(workbook, `'O''Brien &amp; co'!$A$1:$B$11`) {
		t.Error(workbook)
	}
	if got := w.cell(t, "O'Brien & co", "B1"); got != "text a=b as @" {
		t.Error(got)
	}
}

func TestNoRowsLeaveTheHeader(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Sheets: []Sheet{result(t, "r", "SELECT 1 AS a, 2 AS b WHERE 0")}})
	if diff := cmp.Diff([][]string{{"a", "b"}}, w.rows(t, "r")); diff != "" || w.result.Rows[0] != 0 {
		t.Error(diff)
	}
}

func TestRowsContinueOnFurtherSheets(t *testing.T) {
	t.Parallel()
	limits := excelBounds
	limits.rows = 1000
	for _, c := range []struct {
		rows   int
		sheets []string
		last   int // rows of the last sheet
	}{
		{998, []string{"n"}, 998}, {999, []string{"n"}, 999}, {1000, []string{"n", "n (2)"}, 1}, {2997, []string{"n", "n (2)", "n (3)"}, 999},
	} {
		w := writeWithin(t, Workbook{Sheets: []Sheet{sheetOf("n", numberRows(c.rows))}, About: &About{Report: "r"}}, limits)
		if diff := cmp.Diff(append(c.sheets, "About"), w.file.GetSheetList()); diff != "" {
			t.Fatal(diff)
		}
		seen := 0
		for _, sheet := range c.sheets {
			rows := w.rows(t, sheet)
			if rows[0][0] != "n" {
				t.Errorf("%s has no header", sheet)
			}
			for _, row := range rows[1:] {
				if seen++; row[0] != fmt.Sprint(seen) {
					t.Fatalf("row %d is %s", seen, row[0])
				}
			}
		}
		if last := len(w.rows(t, c.sheets[len(c.sheets)-1])) - 1; seen != c.rows || last != c.last || w.result.Rows[0] != int64(c.rows) {
			t.Errorf("%d rows of %d, %d on the last sheet, told %d", seen, c.rows, last, w.result.Rows[0])
		}
	}
}

func TestASheetsBytesAreBoundedToo(t *testing.T) {
	t.Parallel()
	limits := excelBounds
	limits.bytes = 3 << 20
	w := writeWithin(t, Workbook{Sheets: []Sheet{sheetOf("n", numberRows(200_000))}}, limits)
	if sheets := w.file.GetSheetList(); len(sheets) < 2 {
		t.Errorf("%v", sheets)
	}
}

func TestTooManyColumnsAreRefused(t *testing.T) {
	t.Parallel()
	limits := excelBounds
	limits.columns = 3
	_, err := writeWorkbook(context.Background(), io.Discard, Workbook{Sheets: []Sheet{result(t, "r", "SELECT 1, 2, 3, 4")}}, limits)
	if err == nil || !strings.Contains(err.Error(), "4 columns") {
		t.Errorf("%v", err)
	}
}

func TestSheetNamesAreMadeFit(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ж", 40)
	var sheets []Sheet
	for _, name := range []string{"a/b:c", "A_B_C", "", "'quoted'", "History", long, long, "About", "😀" + strings.Repeat("x", 40), "\x01tab\t", "a\xffb"} {
		sheets = append(sheets, sheetOf(name, numberRows(1)))
	}
	w := write(t, Workbook{Sheets: sheets, About: &About{Report: "r"}})
	want := []string{"a_b_c", "A_B_C (2)", "Sheet", "quoted", "History_", strings.Repeat("ж", 31), strings.Repeat("ж", 27) + " (2)", "About",
		"😀" + strings.Repeat("x", 29), "tab", "a_b", "About (2)"}
	if diff := cmp.Diff(want, w.file.GetSheetList()); diff != "" {
		t.Error(diff)
	}
}

func TestAboutTellsWhereItCameFrom(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{
		Location: moscow(t),
		Sheets:   []Sheet{result(t, "cards", "SELECT toDateTime(number, 'UTC') AS at, toDateTime(number) AS moscow FROM numbers(7)"), sheetOf("notes", textRows("x", "\xff"))},
		About: &About{
			Report: "=cmd()", Revision: "abc", RunID: "r1", User: "ann@example.com", Source: "warehouse", Timezone: "Europe/Moscow",
			Started: time.Date(2024, 1, 1, 9, 0, 0, 0, time.UTC),
			Values:  []AboutValue{{"Partner", "O'Brien"}, {"City", ""}},
			Notes:   []string{"Cut at 7 rows by a limit of the source."},
		},
	})
	want := [][]string{
		{"Report", "=cmd()"}, {"Revision", "abc"}, {"Run", "r1"}, {"Run by", "ann@example.com"}, {"Source", "warehouse"}, {"Time zone", "Europe/Moscow"},
		{"Time zone of cards.at", "UTC"}, {"Started", "2024-01-01 12:00:00 +03:00"}, {"Partner", "O'Brien"}, {"City"}, {"Rows of cards", "7"}, {"Rows of notes", "1"},
		{"Note", "Cut at 7 rows by a limit of the source."},
		{"Note", "notes: column \"x\": 1 text was not valid UTF-8; what could not be read is shown as \uFFFD."},
	}
	if diff := cmp.Diff(want, w.rows(t, "About")); diff != "" {
		t.Error(diff)
	}
	if got := w.cell(t, "About", "B1"); got != "text =cmd() as @" {
		t.Error(got)
	}
}

func TestFailuresOfTheRowsAndOfTheDiskComeThrough(t *testing.T) {
	t.Parallel()
	failed := fault.New(fault.Limit, "the server ran out of memory")
	rows := numberRows(300_000)
	broken := Sheet{Name: "n", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(rows), iotest.ErrReader(failed))), nil
	}}
	if _, err := WriteWorkbook(t.Context(), io.Discard, Workbook{Sheets: []Sheet{broken}}); !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
	full := errors.New("no room")
	for room := range 40 {
		if _, err := WriteWorkbook(t.Context(), &bounded{room: room * 10_000, err: full}, Workbook{Sheets: []Sheet{sheetOf("n", rows)}}); !errors.Is(err, full) {
			t.Errorf("with room for %d bytes: %v", room*10_000, err)
		}
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := WriteWorkbook(cancelled, io.Discard, Workbook{Sheets: []Sheet{sheetOf("n", rows)}})
	if !errors.Is(err, context.Canceled) || fault.CodeOf(err) != fault.Cancelled {
		t.Errorf("%v", err)
	}
}

// bounded takes so many bytes.
type bounded struct {
	room int
	err  error
}

func (b *bounded) Write(p []byte) (int, error) {
	if len(p) > b.room {
		return 0, b.err
	}
	b.room -= len(p)
	return len(p), nil
}
