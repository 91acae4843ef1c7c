package reports_test

import (
	"bytes"
	_ "embed"
	"errors"
	"strings"
	"testing"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
)

//go:embed testdata/loyalty.md
var loyalty []byte

func parse(t *testing.T, text string) *reports.Document {
	t.Helper()
	doc, err := reports.Parse("report.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// clean parses a document that must have no problem.
func clean(t *testing.T, text string) *reports.Document {
	t.Helper()
	doc := parse(t, text)
	for _, problem := range doc.Check(reports.CheckOptions{}) {
		t.Errorf("unexpected problem: %s", problem)
	}
	return doc
}

func TestParseReadsTheWholeDocument(t *testing.T) {
	t.Parallel()
	report := clean(t, string(loyalty)).Report
	if report.Title != "Loyalty cards of a partner" || report.Source != "warehouse" {
		t.Errorf("title %q, source %q", report.Title, report.Source)
	}
	if diff := cmp.Diff([]string{"exports", "partners"}, report.Tags); diff != "" {
		t.Error(diff)
	}
	want := []reports.Export{
		{Cells: []string{"cards"}, Format: "xlsx", Filename: "cards {{ .label.partner }} {{ .period.from }}"},
		{Cells: []string{"cards"}, Format: "csv"},
	}
	if diff := cmp.Diff(want, report.Exports); diff != "" {
		t.Error(diff)
	}
	if len(report.Form) != 4 || report.Form[2].Options.Given[2].SQL != "dictGet('cities', 'name', city_id) AS city" {
		t.Errorf("form: %+v", report.Form)
	}
	if len(report.Blocks) != 3 || !strings.Contains(report.Blocks[0].Text, `{{ rows "cards" }} cards`) {
		t.Errorf("blocks: %+v", report.Blocks)
	}
	chart := &reports.Chart{Type: "bar", Cell: "cards", X: "issued_on", Y: []reports.Measure{{Text: "count()", Function: "count"}}}
	if diff := cmp.Diff(chart, report.Cell("by_day").Chart); diff != "" {
		t.Error(diff)
	}
	cards := report.Cell("cards")
	if cards.Line != 39 || !strings.HasPrefix(cards.Body, "SELECT") || !strings.HasSuffix(cards.Body, "card_number\n") {
		t.Errorf("cell cards: line %d, body %q", cards.Line, cards.Body)
	}
}

func TestLineEndingsAndByteOrderMarkChangeNoMeaning(t *testing.T) {
	t.Parallel()
	plain := clean(t, string(loyalty))
	for name, text := range map[string]string{
		"byte order mark":  "\uFEFF" + string(loyalty),
		"crlf":             strings.ReplaceAll(string(loyalty), "\n", "\r\n"),
		"no final newline": strings.TrimRight(string(loyalty), "\n"),
		"both":             "\uFEFF" + strings.ReplaceAll(string(loyalty), "\n", "\r\n"),
		"spaces after ---": strings.Replace(string(loyalty), "---\n", "---  \n", 2),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := clean(t, text)
			if !bytes.Equal(doc.Bytes(), []byte(text)) {
				t.Error("the bytes changed")
			}
			lf := cmp.Transformer("lf", func(s string) string { return strings.TrimRight(strings.ReplaceAll(s, "\r\n", "\n"), "\n") })
			if diff := cmp.Diff(plain.Report, doc.Report, cmpopts.EquateEmpty(), cmp.FilterPath(isText, lf)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func isText(path cmp.Path) bool {
	last := path.Last().String()
	return last == ".Body" || last == ".Text"
}

func TestWhatIsNoReport(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ data, want string }{
		"large":      {strings.Repeat("x", 10<<20), "report.md:1:1: the file is 10 MB; a report is at most 1 MB: is this a report?"},
		"binary":     {"---\ntitle: a\n---\nPK\x00\x01", "report.md:4:3: the file is not a text file: is this a report?"},
		"cp1251":     {"---\ntitle: \xd2\xe5\xf1\xf2\n---\n", "report.md:2:8: the file is not UTF-8 text from here on: save it as UTF-8"},
		"empty":      {"", "report.md:1:1: there is no front matter: a report starts with a line ---"},
		"markdown":   {"# Hello\n", "report.md:1:1: there is no front matter"},
		"never ends": {"---\ntitle: a\n", "report.md:1:1: the front matter does not end"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := reports.Parse("report.md", []byte(c.data))
			if err == nil || !strings.HasPrefix(err.Error(), c.want) || !fault.IsInvalid(err) {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			if problem := (reports.Problem{}); !errors.As(err, &problem) || problem.File != "report.md" {
				t.Errorf("the error carries no place: %#v", err)
			}
		})
	}
}

func TestDownloadsWithoutExports(t *testing.T) {
	t.Parallel()
	doc := clean(t, "---\ntitle: a\n---\n```sql one\nSELECT 1\n```\n\n```chart c\ntype: bar\ncell: one\nx: a\ny: [b, sum(c)]\n```\n")
	want := []reports.Export{{Cells: []string{"one"}, Format: "xlsx"}, {Cells: []string{"one"}, Format: "csv"}}
	if diff := cmp.Diff(want, doc.Report.Downloads()); diff != "" {
		t.Error(diff)
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"reports/Loyalty Cards (2).md": "loyalty-cards-2", "a_b.md": "a-b", "--x--.md": "x", "Карты партнёров.md": "karty-partnerov", "Café Ünal.md": "cafe-unal", "日本.md": "report-9f26ee51",
		"счётчик": "schetchik", "week.2025.md": "week-2025",
	} {
		if got := (&reports.Document{Name: "reports/" + name}).Slug(); got != want {
			t.Errorf("the slug of %q is %q, want %q", name, got, want)
		}
	}
}
