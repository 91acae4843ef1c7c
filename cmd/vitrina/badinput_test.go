package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

const formOfEverything = `form:
  - {name: partner, label: Partner, type: select, required: true, options: [{value: a, label: Alpha}, {value: b}]}
  - {name: day, type: input, kind: date}
  - {name: n, label: Number, type: input, kind: integer}
  - {name: ids, type: input, kind: list}
  - {name: few, type: input, kind: list, of: integer, max_items: 2}
  - {name: columns, type: checkbox, options: [{value: x}, {value: y}]}
  - {name: period, type: input, kind: daterange}`

// Whatever is wrong with the values is told field by field, and nothing has run: no file, no run record.
func TestWrongValues(t *testing.T) {
	t.Parallel()
	path := report(t, formOfEverything, cell("c", "SELECT {{ .partner }} AS p"))
	million := write(t, "ids.txt", numbers(1_000_001))
	for name, c := range map[string]struct {
		params []string
		want   []string
	}{
		"unknown field":            {[]string{"partner=a", "colour=red"}, []string{"colour", "no field"}},
		"missing required value":   {nil, []string{"partner: Partner is required."}},
		"emptied required value":   {[]string{"partner="}, []string{"partner: Partner is required."}},
		"option not on the list":   {[]string{"partner=c"}, []string{"partner: ", `"c"`}},
		"no label for a value":     {[]string{"partner=Alpha"}, []string{"partner: ", `"Alpha"`}},
		"31 February":              {[]string{"partner=a", "day=2025-02-31"}, []string{"day: ", "2025-02-31"}},
		"text in an integer":       {[]string{"partner=a", "n=many"}, []string{"n: Number must be a whole number", `"many"`}},
		"integer beyond 64 bits":   {[]string{"partner=a", "n=18446744073709551616"}, []string{"n: "}},
		"SQL in an integer":        {[]string{"partner=a", "n=1 OR 1=1"}, []string{"n: "}},
		"too long a list":          {[]string{"partner=a", "ids=@" + million}, []string{"ids: ids takes at most 1,000,000 values, but 1,000,001 were given"}},
		"over max_items":           {[]string{"partner=a", "few=1,2,3"}, []string{"few: ", "at most 2 values"}},
		"text in a list":           {[]string{"partner=a", "few=1,x"}, []string{"few: ", `"x"`}},
		"wrong and right options":  {[]string{"partner=a", "columns=x", "columns=z"}, []string{"columns: ", `"z"`}},
		"two values for one":       {[]string{"partner=a", "partner=b"}, []string{"partner: ", "one value"}},
		"period that ends early":   {[]string{"partner=a", "period=2025-02-01..2025-01-01"}, []string{"period: "}},
		"period with 30 February":  {[]string{"partner=a", "period=2025-02-01..2025-02-30"}, []string{"period: ", "2025-02-30"}},
		"all mistakes at once":     {[]string{"partner=c", "day=2025-13-01", "n=x", "foo=1"}, []string{"partner: ", "day: ", "n: ", "foo"}},
		"no = in a parameter":      {[]string{"partner"}, []string{"-p partner: write it as -p name=value"}},
		"no name in a parameter":   {[]string{"=a"}, []string{"-p =a: write it as -p name=value"}},
		"a file that is not there": {[]string{"partner=a", "ids=@/no/such/file"}, []string{"-p ids=@/no/such/file", "cannot be read", "@@"}},
		"a file in another code":   {[]string{"partner=a", "ids=@" + write(t, "latin1", "caf\xe9")}, []string{"ids", "not UTF-8"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "out")
			args := []string{"run", path, "--json", "--out", out}
			for _, param := range c.params {
				args = append(args, "-p", param)
			}
			refused(t, vitrina(t, args...), c.want...)
			if left := files(t, out); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

// refused checks that the request was refused with these words on stderr and nothing on stdout.
func refused(t *testing.T, got outcome, want ...string) {
	t.Helper()
	if got.code != exitWrong || got.out != "" {
		t.Errorf("code %d, stdout %.300q, stderr %.300q", got.code, got.out, got.err)
	}
	for _, words := range want {
		if !strings.Contains(got.err, words) {
			t.Errorf("%q is missing in: %.500s", words, got.err)
		}
	}
}

func numbers(n int) string {
	var text strings.Builder
	for i := range n {
		_, _ = fmt.Fprintln(&text, i)
	}
	return text.String()
}

// Problems of a document are told with file, line and column, by check as by run.
func TestWrongDocuments(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string // place and words of each problem
	}{
		"unknown key":          {"---\ntitle: T\ncolour: red\n---\n" + cell("c", "SELECT 1"), []string{":3:1: ", "colour"}},
		"unknown key of field": {"---\ntitle: T\nform:\n  - {name: a, type: input, colour: red}\n---\n", []string{":4:", "colour"}},
		"YAML that is none":    {"---\ntitle: [T\n---\n" + cell("c", "SELECT 1"), []string{":2:"}},
		"template":             {"---\ntitle: T\n---\n" + cell("c", "SELECT {{ .a"), []string{":5:"}},
		"unknown field":        {"---\ntitle: T\n---\n" + cell("c", "SELECT {{ .nobody }}"), []string{":5:", "nobody"}},
		"later cell": {"---\ntitle: T\n---\n" + cell("a", "SELECT 1") + cell("b", `SELECT * FROM {{ table "c" }}`) + cell("c", "SELECT 1"),
			[]string{":8:", `"c" is a later cell`}},
		"itself":              {"---\ntitle: T\n---\n" + cell("a", `SELECT * FROM {{ table "a" }}`), []string{":5:", "itself"}},
		"two of one name":     {"---\ntitle: T\n---\n" + cell("a", "SELECT 1") + cell("a", "SELECT 2"), []string{":7:", `a`}},
		"two fields":          {"---\ntitle: T\nform: [{name: a, type: input}, {name: a, type: input}]\n---\n", []string{":3:", "a"}},
		"export of no cell":   {"---\ntitle: T\nexports: [{cells: [b], format: csv}]\n---\n" + cell("a", "SELECT 1"), []string{":3:", "b"}},
		"value within quotes": {"---\ntitle: T\nform: [{name: a, type: input}]\n---\n" + cell("c", "SELECT '{{ .a }}'"), []string{":6:", "quote"}},
		"value in a comment":  {"---\ntitle: T\nform: [{name: a, type: input}]\n---\n" + cell("c", "SELECT 1 -- {{ .a }}"), []string{":6:", "comment"}},
		"10 MB":               {strings.Repeat("no report at all\n", 10<<20/17), []string{":1:1: ", "MB"}},
		"10 MB of one line":   {strings.Repeat("x", 10<<20), []string{":1:1: "}},
		"binary":              {"PK\x03\x04\x00\xff\xfe", []string{":1:"}},
		"empty":               {"", []string{":1:"}},
		"several":             {"---\ntitle: T\ncolour: red\n---\n" + cell("c", "SELECT {{ .x }}") + cell("c", "SELECT 1"), []string{":3:", ":6:", ":8:"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := write(t, "wrong.md", c.text)
			out := filepath.Join(t.TempDir(), "out")
			refused(t, vitrina(t, "run", path, "--out", out), append(c.want, path)...)
			if left := files(t, out); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
			checked := vitrina(t, "check", path)
			if checked.code != exitWrong || !strings.Contains(checked.err, "problem") {
				t.Errorf("check: code %d, %.300q", checked.code, checked.err)
			}
			for _, words := range append(c.want, path) {
				if !strings.Contains(checked.out, words) {
					t.Errorf("check: %q is missing in: %.500s", words, checked.out)
				}
			}
		})
	}
}

// A byte order mark and Windows line ends are no mistakes.
func TestDocumentsFromWindows(t *testing.T) {
	t.Parallel()
	text := "---\ntitle: Größe\nform: [{name: q, type: input}]\n---\nText.\n\n" + cell("c", "SELECT {{ .q }} AS q,\n  2 AS two")
	for name, text := range map[string]string{
		"byte order mark": "\ufeff" + text,
		"CRLF":            strings.ReplaceAll(text, "\n", "\r\n"),
		"both":            "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := record(t, write(t, "windows.md", text), "-p", "q=O'Brien", "--format", "csv")
			if got := string(artifact(t, run, "csv")); got != "\"q\",\"two\"\r\n\"O'Brien\",2\r\n" {
				t.Errorf("%q", got)
			}
		})
	}
}

// What is wrong with the command line itself.
func TestWrongCommandLines(t *testing.T) {
	t.Parallel()
	path := report(t, "", cell("c", "SELECT 1"))
	folder := t.TempDir()
	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"unknown command":       {[]string{"rum", path}, []string{`"rum"`, "vitrina --help"}},
		"unknown flag":          {[]string{"run", path, "--fast"}, []string{"--fast", "Usage: ", "vitrina run --help"}},
		"flag without value":    {[]string{"run", path, "-p"}, []string{"-p", "Usage: "}},
		"no report":             {[]string{"run"}, []string{"which report?", "Usage: "}},
		"two reports":           {[]string{"run", path, path}, []string{"too many", "Usage: "}},
		"missing report":        {[]string{"run", folder + "/none.md"}, []string{folder + "/none.md"}},
		"missing name":          {[]string{"run", "no-such-report"}, []string{"no-such-report", "library", "partner-cards"}},
		"folder as report":      {[]string{"run", folder}, []string{folder}},
		"unknown format":        {[]string{"run", path, "--format", "docx"}, []string{`"docx"`, "xlsx, csv, parquet and json"}},
		"missing config":        {[]string{"run", path, "--config", folder + "/none.yaml"}, []string{"none.yaml"}},
		"nothing to check":      {[]string{"check"}, []string{"arg"}},
		"check of nothing":      {[]string{"check", folder + "/none"}, []string{folder + "/none"}},
		"no query":              {[]string{"sql", " ; "}, []string{"there is no query"}},
		"unknown source":        {[]string{"sql", "--source", "nowhere", "SELECT 1"}, []string{"nowhere"}},
		"load without file":     {[]string{"load", "--table", "t"}, []string{"which file?"}},
		"load without table":    {[]string{"load", path}, []string{"into which table?", "--table"}},
		"load of a missing":     {[]string{"load", folder + "/none.csv", "--table", "t"}, []string{folder + "/none.csv"}},
		"load both ways":        {[]string{"load", path, "--table", "t", "--append", "--replace"}, []string{"append", "replace"}},
		"load demo of a file":   {[]string{"load", path, "--demo"}, []string{"--demo"}},
		"load demo to a table":  {[]string{"load", "--demo", "--table", "t"}, []string{"--demo"}},
		"load wrong delimiter":  {[]string{"load", path, "--table", "t", "--delimiter", "ab"}, []string{"--delimiter"}},
		"load wrong type":       {[]string{"load", path, "--table", "t", "--type", "x"}, []string{"--type x"}},
		"version takes nothing": {[]string{"version", "x"}, []string{"x"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, vitrina(t, c.args...), c.want...)
		})
	}
}

// What a report needs besides its document is looked for before anything runs.
func TestMissingParts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ front, body, want string }{
		"source":   {"", cell("a", "SELECT 1 AS one") + "```sql b source=nowhere\nSELECT 1\n```\n", "nowhere"},
		"workbook": {"exports: [{cells: [a], format: xlsx, template: none.xlsx}]", cell("a", "SELECT 1 AS one"), "none.xlsx"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "out")
			refused(t, vitrina(t, "run", report(t, c.front, c.body), "--json", "--out", out), c.want)
			if left := files(t, out); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}
