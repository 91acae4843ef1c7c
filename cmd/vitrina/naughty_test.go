package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"github.com/vitrina-reports/vitrina/runner"
)

// naughty are texts that have broken programs: quotes and escapes of every language they pass through on their way, what
// spreadsheets take for something else, characters that cannot be seen or that turn the others around.
var naughty = []string{
	"O'Brien", `x' OR '1'='1`, `'; DROP TABLE users; --`, `"`, `""`, `'`, `''`, "`", `\`, `\\`, `\'`, `\"`, `\0`, `\n`, `\x41`, `\N`, `C:\tmp\new`,
	"$100", "$1", "${HOME}", "$(id)", "`id`", "%s %d %n", "100%", "%27", "a_b%c", "?", "{p1:String}", "{{ .q }}", "{{ table \"c\" }}", "{%", "__exception__", "DB::Exception",
	"/* comment */", "-- comment", "# comment", "a;b", "a,b", "a\tb", "a\nb", "a\r\nb", "\r", "\n\n", "line\n", "\ttab", "'\n", "\"\n\"",
	" leading", "trailing ", "  ", " ", "\u00a0", "\u3000wide\u3000", "two  spaces",
	"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://example.com\")", "=cmd|' /C calc'!A0", "'=1", "\t=1",
	"00123", "1e5", "1E400", "0x10", "1_000", "9007199254740993", "9223372036854775808", "18446744073709551616", "0.1", "1,5", ".5", "-0", "NaN", "inf", "-Infinity", "nan",
	"true", "FALSE", "null", "NULL", "None", "undefined", "2025-02-30", "1/2", "12:00", "#N/A", "#REF!",
	"<b>&amp;</b>", "<![CDATA[x]]>", "]]>", "<?xml?>", "&#0;", "&lt;", "_x0041_", "_x005F_", "_x0041", "_xD83D_", "x_x0000_", "</t>",
	"Größe", "naïve café", "Ω≈ç√", "田中さん", "مرحبا", "שלום", "Ünïcödé", "İstanbul ı", "ﬁ ﬂ", "e\u0301", "Z͑ͫalgo̴", "👍🏽👨‍👩‍👧", "🇯🇵", "𝒳", "\U0010FFFF",
	"\u202Ertl\u202C", "\u200B", "a\u200Bb", "\uFEFFmark", "\u2028", "\u2029", "\uFFFE", "\uFFFD", "\u0085", "\u00AD",
	"\x01", "\x08", "\x0b", "\x0c", "\x1b[31mred", "\x7f",
}

// longText has 40 KB, more than a cell of a workbook can hold.
var longText = strings.Repeat("0123456789", 4096)

const echo = `timezone: UTC
form:
  - {name: text, type: input}
  - {name: pick, type: select, options: %[1]s}
  - {name: ask, type: select, options: {sql: "SELECT s AS value, concat('label of ', s) AS label FROM %[2]s"}}
  - {name: boxes, type: checkbox, options: %[1]s}
  - {name: some, type: checkbox, options: {sql: "SELECT s AS value FROM %[2]s"}}
  - {name: ids, type: input, kind: list}
`

const (
	twoFiles  = "exports: [{cells: [c], format: csv}, {cells: [c], format: xlsx}]"
	fourFiles = "exports: [{cells: [c], format: csv}, {cells: [c], format: json}, {cells: [c], format: parquet}, {cells: [c], format: xlsx}]"
)

// one row for each value that a field holds
const echoCell = `SELECT tupleElement(x, 1) AS field, tupleElement(x, 2) AS value, length(value) AS bytes FROM (
  SELECT arrayJoin(arrayConcat(
    [('text', {{ .text }}), ('pick', {{ .pick }}), ('ask', {{ .ask }})],
    arrayMap(v -> ('boxes', v), {{ .boxes }}), arrayMap(v -> ('some', v), {{ .some }}), arrayMap(v -> ('ids', v), {{ .ids }}))) AS x)
ORDER BY ALL`

// echoReport is a report that returns what each of its fields was given. The options of its queries are loaded from a file.
func echoReport(t *testing.T, table, exports string, texts []string) string {
	t.Helper()
	var options []string
	var lines strings.Builder
	for _, text := range texts {
		options = append(options, "{value: "+strconv.QuoteToASCII(text)+"}") // Go's escapes are YAML's
		lines.Write(mustJSON(t, map[string]string{"s": text}))
		lines.WriteByte('\n')
	}
	must(t, "load", write(t, "texts.jsonl", lines.String()), "--table", table, "--replace", "--type", "s=String")
	return report(t, fmt.Sprintf(echo, "["+strings.Join(options, ", ")+"]", table)+exports, cell("c", echoCell))
}

// Every text passes through every field and comes back from every file as it was.
func TestNaughtyTexts(t *testing.T) {
	t.Parallel()
	path := echoReport(t, "naughty", twoFiles, naughty)
	for i, text := range naughty {
		t.Run(fmt.Sprintf("%d %.20q", i, text), func(t *testing.T) {
			t.Parallel()
			args, want := []string{path}, [][]string{}
			for _, field := range []string{"text", "pick", "ask"} {
				args = append(args, "-p", field+"="+escaped(text))
				want = append(want, []string{field, text})
			}
			checkEcho(t, record(t, args...), want)
		})
	}
}

// All of them at once, in the fields that take many.
func TestNaughtyLists(t *testing.T) {
	t.Parallel()
	path := echoReport(t, "naughty_lists", fourFiles, naughty)
	args, want := []string{path, "-p", "text=x", "-p", "pick=$1", "-p", "ask=$1"}, [][]string{{"text", "x"}, {"pick", "$1"}, {"ask", "$1"}}
	once := map[string]bool{}
	for _, text := range naughty {
		for _, field := range []string{"boxes", "some", "ids"} {
			args = append(args, "-p", field+"="+escaped(text))
		}
		if !once[text] {
			want = append(want, []string{"boxes", text}, []string{"some", text})
		}
		once[text] = true
		// Values of a list are trimmed, and blank ones are none.
		if trimmed := strings.TrimSpace(text); trimmed != "" && !once["list "+trimmed] {
			once["list "+trimmed] = true
			want = append(want, []string{"ids", trimmed})
		}
	}
	checkEcho(t, record(t, args...), want)
}

func escaped(text string) string {
	if strings.HasPrefix(text, "@") {
		return "@" + text
	}
	return text
}

// A file can hold what no command line can.
func TestTextsOnlyAFileCanHold(t *testing.T) {
	t.Parallel()
	path := echoReport(t, "naughty_file", fourFiles, []string{"a"})
	for name, text := range map[string]string{"NUL": "a\x00b", "only NUL": "\x00", "long": longText[:32_000], "many lines": strings.Repeat("a\n", 5000)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := record(t, path, "-p", "text=@"+write(t, "text", text), "-p", "pick=a", "-p", "ask=a")
			checkEcho(t, run, [][]string{{"text", text}, {"pick", "a"}, {"ask", "a"}})
		})
	}
}

// checkEcho compares each file of the run with what the fields were given.
func checkEcho(t *testing.T, run *runner.Run, want [][]string) {
	t.Helper()
	want = slices.Clone(want)
	for i, row := range want {
		want[i] = append(slices.Clone(row), fmt.Sprint(len(row[1])))
	}
	slices.SortFunc(want, slices.Compare)
	for _, a := range run.Artifacts {
		got := rowsIn(t, a, []string{"field", "value", "bytes"})
		slices.SortFunc(got, slices.Compare)
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%s:\n%s", a.Format, difference(got, want))
		}
	}
	if len(run.Artifacts) < 2 || len(run.Notes) > 0 {
		t.Errorf("%v, %v", run.Artifacts, run.Notes)
	}
}

func difference(got, want [][]string) string {
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !slices.Equal(got[i], want[i]) {
			return fmt.Sprintf("%d rows, not %d; from row %d on\ngot  %.300q\nwant %.300q", len(got), len(want), i, got[min(i, len(got)):], want[min(i, len(want)):])
		}
	}
	return "the same"
}

// rowsIn are the rows of a file as texts, read by somebody else's reader.
func rowsIn(t *testing.T, a runner.Artifact, columns []string) (rows [][]string) {
	t.Helper()
	switch a.Format {
	case "csv":
		rows = csvRows(t, string(read(t, a.Path)))
	case "xlsx":
		rows = sheet(t, a, "c")
	case "json":
		rows = jsonRows(t, read(t, a.Path), columns)
	default:
		rows = parquetRows(t, string(read(t, a.Path)))
	}
	if !slices.Equal(rows[0], columns) {
		t.Errorf("%s: columns %q", a.Format, rows[0])
	}
	for i := range rows { // excelize leaves out empty cells at the end
		for len(rows[i]) < len(columns) {
			rows[i] = append(rows[i], "")
		}
	}
	return rows[1:]
}

// csvRows reads RFC 4180 by itself: encoding/csv turns \r\n within a text into \n.
func csvRows(t *testing.T, data string) (rows [][]string) {
	t.Helper()
	var row []string
	for len(data) > 0 {
		var value strings.Builder
		if data[0] == '"' {
			for data = data[1:]; ; data = data[2:] {
				end := strings.IndexByte(data, '"')
				if end < 0 {
					t.Fatalf("no quote at the end of %.100q", data)
				}
				value.WriteString(data[:end])
				if data = data[end:]; !strings.HasPrefix(data, `""`) {
					break
				}
				value.WriteByte('"')
			}
			data = data[1:]
		} else {
			end := strings.IndexAny(data, ",\r")
			value.WriteString(data[:end])
			data = data[end:]
		}
		row = append(row, value.String())
		switch {
		case strings.HasPrefix(data, ","):
			data = data[1:]
		case strings.HasPrefix(data, "\r\n"):
			data = data[2:]
			rows, row = append(rows, row), nil
		default:
			t.Fatalf("after a value: %.100q", data)
		}
	}
	return rows
}

func jsonRows(t *testing.T, data []byte, columns []string) [][]string {
	t.Helper()
	if !utf8.Valid(data) {
		t.Error("the JSON is no UTF-8")
	}
	var objects []map[string]any
	if err := json.Unmarshal(data, &objects); err != nil {
		t.Fatal(err)
	}
	rows := [][]string{columns}
	for _, object := range objects {
		row := make([]string, len(columns))
		for i, column := range columns {
			row[i] = fmt.Sprint(object[column])
		}
		rows = append(rows, row)
	}
	return rows
}

func parquetRows(t *testing.T, data string) [][]string {
	t.Helper()
	file, err := parquet.OpenFile(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	var names []string
	for _, field := range file.Schema().Fields() {
		names = append(names, field.Name())
	}
	rows = append(rows, names)
	reader := parquet.NewReader(file)
	defer func() { _ = reader.Close() }()
	for {
		read := make([]parquet.Row, 16)
		n, err := reader.ReadRows(read)
		for _, values := range read[:n] {
			row := make([]string, len(values))
			for i, value := range values {
				row[i] = value.String()
			}
			rows = append(rows, row)
		}
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A text longer than a cell of a workbook is told; the other files have it whole.
func TestTextTooLongForAWorkbook(t *testing.T) {
	t.Parallel()
	path := report(t, "form: [{name: q, type: input}]\nexports: [{cells: [c], format: xlsx}, {cells: [c], format: csv}]", cell("c", "SELECT {{ .q }} AS q"))
	run := record(t, path, "-p", "q=@"+write(t, "long", longText))
	if rows := csvRows(t, string(artifact(t, run, "csv"))); rows[1][0] != longText {
		t.Errorf("%d bytes of csv", len(rows[1][0]))
	}
	book := artifactOf(t, run, "xlsx")
	if got := sheet(t, book, "c")[1][0]; len(got) != 32_767 || !strings.HasPrefix(longText, got) {
		t.Errorf("%d bytes of xlsx", len(got))
	}
	if len(run.Notes) != 1 || !strings.Contains(strings.Join(aboutOf(t, book), "\n"), run.Notes[0]) {
		t.Errorf("notes %q, About %.2000q", run.Notes, aboutOf(t, book))
	}
	if names := []string{book.Name, artifactOf(t, run, "csv").Name}; !strings.Contains(names[0], "cut") || strings.Contains(names[1], "cut") {
		t.Errorf("%q", names)
	}
}

// Values that are more than text come out of every format exactly.
func TestExactValues(t *testing.T) {
	t.Parallel()
	columns := []string{"big", "id", "dec", "moment", "nan", "empty", "nothing", "zeros", "day"}
	path := report(t, "timezone: Europe/Berlin\n"+fourFiles, cell("c", `SELECT
    toUInt64(18446744073709551615) AS big, toInt64(1234567890123456789) AS id, toDecimal128('1234567890123456789012345678.0123456789', 10) AS dec,
    toDateTime64('2025-07-01 12:34:56.123456', 6, 'Asia/Tokyo') AS moment, nan AS nan, '' AS empty, CAST(NULL AS Nullable(String)) AS nothing,
    '00123' AS zeros, toDate('2024-02-29') AS day`))
	run := record(t, path)
	want := []string{"18446744073709551615", "1234567890123456789", "1234567890123456789012345678.0123456789", "2025-07-01 12:34:56.123456", "nan", "", "", "00123", "2024-02-29"}
	if got, err := csv.NewReader(strings.NewReader(string(artifact(t, run, "csv")))).ReadAll(); err != nil || !slices.Equal(got[0], columns) || !slices.Equal(got[1], want) {
		t.Errorf("csv: %v\n%q\n%q", err, got, want)
	}
	if line := strings.Split(string(artifact(t, run, "csv")), "\r\n")[1]; !strings.Contains(line, `,"",,"00123"`) {
		t.Errorf("csv: empty and nothing are the same: %s", line)
	}
	wantJSON := slices.Clone(want)
	wantJSON[6] = "<nil>"
	if got := rowsIn(t, artifactOf(t, run, "json"), columns)[0]; !slices.Equal(got, wantJSON) {
		t.Errorf("json:\n%q\n%q", got, wantJSON)
	}
	wantXLSX := slices.Clone(want)
	wantXLSX[3], wantXLSX[8] = "45839.52426068287", "45351" // Excel's numbers of the moment, to the millisecond, and of the day
	if got := rowsIn(t, artifactOf(t, run, "xlsx"), columns)[0]; !slices.Equal(got, wantXLSX) {
		t.Errorf("xlsx:\n%q\n%q", got, wantXLSX)
	}
	if len(run.Notes) != 1 || !strings.Contains(run.Notes[0], "moment") {
		t.Errorf("the digits past the millisecond are lost without a word: %q", run.Notes)
	}
	// Parquet keeps the types, which the table gets that it is loaded into.
	must(t, "load", artifactOf(t, run, "parquet").Path, "--table", "exact", "--replace")
	got := must(t, "sql", "--format", "TSV", "SELECT big, id, dec, toString(moment, 'Asia/Tokyo'), nan, empty, nothing IS NULL, zeros, day, toTypeName(dec) FROM exact")
	if got != strings.Join([]string{want[0], want[1], want[2], want[3], "nan", "", "1", want[7], want[8], "Decimal(38, 10)"}, "\t")+"\n" {
		t.Errorf("parquet: %q", got)
	}
}
