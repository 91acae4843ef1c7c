package runner_test

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/runner"
)

func workbook(t *testing.T, data string) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func sheet(t *testing.T, book *excelize.File, name string) [][]string {
	t.Helper()
	rows, err := book.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// A chart of a cell is a real one, in the workbook that has the cell, next to the values it draws.
func TestChartsAreInTheWorkbook(t *testing.T) {
	t.Parallel()
	report := compile(t, "form: [{name: q, type: input}]\nexports: [{cells: [sales], format: xlsx}, {cells: [other], format: xlsx}]",
		cell("sales", "SELECT toDate('2025-01-01') + number % 3 AS day, number % 2 = 0 ? 'even' : 'odd' AS kind, toDecimal64(number, 2) / 4 AS amount FROM numbers(60)")+
			cell("other", "SELECT 1 AS one")+
			"```chart by_day\ntype: bar\ncell: sales\nx: day\ny: [sum(amount), count()]\nseries: kind\ntitle: Sales & '{{ .q }}' of {{ value \"other\" \"one\" }}\n```\n"+
			"```chart share\ntype: pie\ncell: sales\nx: kind\ny: count()\n```\n")
	done := run(t, newSources(t), report, forms.Raw{"q": "two <b>"})
	book := workbook(t, file(t, done, "xlsx"))
	if got := book.GetSheetList(); !slices.Equal(got, []string{"sales", "by_day", "share", "About"}) {
		t.Errorf("%q", got)
	}
	if got := len(sheet(t, book, "sales")); got != 61 {
		t.Errorf("%d rows", got)
	}
	data := sheet(t, book, "share")
	if len(data) != 3 || data[1][0] != "even" || data[1][1] != "30" || data[2][1] != "30" {
		t.Errorf("%q", data)
	}
	charts := parts(t, file(t, done, "xlsx"), "xl/charts/chart")
	if !strings.Contains(charts[0], "Sales &amp; &#39;two &lt;b&gt;&#39; of 1<") {
		t.Errorf("the title is not filled in: %s", charts[0])
	}
	if len(charts) != 2 || !strings.Contains(charts[0], "barChart") || !strings.Contains(charts[1], "pieChart") {
		t.Errorf("%d charts: %.300q", len(charts), charts)
	}
}

// Whoever runs a report chooses its columns and cannot mend its charts: one over a column that is not there is left out and told of.
func TestAChartOfAMissingColumnIsLeftOut(t *testing.T) {
	t.Parallel()
	report := compile(t, "exports: [{cells: [c], format: xlsx}]",
		cell("c", "SELECT 1 AS n, 'a' AS text")+
			"```chart nowhere\ntype: bar\ncell: c\nx: nobody\ny: count()\n```\n"+
			"```chart words\ntype: bar\ncell: c\nx: n\ny: sum(text)\n```\n"+
			"```chart fine\ntype: bar\ncell: c\nx: n\ny: count()\n```\n")
	done := run(t, newSources(t), report, nil)
	if got := workbook(t, file(t, done, "xlsx")).GetSheetList(); !slices.Equal(got, []string{"c", "fine", "About"}) {
		t.Errorf("%q", got)
	}
	if len(done.Notes) != 2 || !strings.HasPrefix(done.Notes[0], "Chart nowhere is left out: ") || !strings.Contains(done.Notes[1], "text") {
		t.Errorf("%q", done.Notes)
	}
}

// parts are the parts of a workbook whose names begin so.
func parts(t *testing.T, data, prefix string) (texts []string) {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(archive.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, part := range archive.File {
		if !strings.HasPrefix(part.Name, prefix) || !strings.HasSuffix(part.Name, ".xml") {
			continue
		}
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return texts
}

// An analyst's workbook is filled: its other sheets, formulas and styles stay.
func TestWorkbookTemplateIsFilled(t *testing.T) {
	t.Parallel()
	template := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(template.SetSheetName("Sheet1", "Summary"))
	check(template.SetCellFormula("Summary", "A1", "SUM(cards!B:B)"))
	check(template.SetCellStr("Summary", "A2", "Ours & theirs"))
	_, err := template.NewSheet("cards")
	check(err)
	check(template.SetSheetRow("cards", "A1", &[]any{"Card", "Amount"}))
	check(template.SetSheetRow("cards", "A2", &[]any{"sample", 1}))
	check(template.SetSheetRow("cards", "A3", &[]any{"sample", 2}))
	data, err := template.WriteToBuffer()
	check(err)

	report := compile(t, "form: [{name: q, type: input}]\nexports: [{cells: [cards], format: xlsx, template: partner.xlsx, filename: filled}]",
		cell("cards", "SELECT concat({{ .q }}, toString(number)) AS card, number + 10 AS amount FROM numbers(5)"))
	request := runner.Request{
		Report: report, Values: forms.Raw{"q": "00"}, Out: runner.Folder(t.TempDir()),
		Files: fstest.MapFS{"partner.xlsx": {Data: data.Bytes()}},
	}
	done, err := newRunner(t, newSources(t)).Run(t.Context(), request)
	check(err)
	book := workbook(t, file(t, done, "xlsx"))
	if got := sheet(t, book, "cards"); len(got) != 6 || !slices.Equal(got[1], []string{"000", "10"}) || !slices.Equal(got[5], []string{"004", "14"}) {
		t.Errorf("%q", got)
	}
	formula, err := book.GetCellFormula("Summary", "A1")
	if check(err); formula != "SUM(cards!B:B)" {
		t.Errorf("%q", formula)
	}
	if text, err := book.GetCellValue("Summary", "A2"); err != nil || text != "Ours & theirs" {
		t.Errorf("%q, %v", text, err)
	}

	for name, broken := range map[string]fstest.MapFS{"missing": {}, "no workbook": {"partner.xlsx": {Data: bytes.Repeat([]byte("x"), 1000)}}} {
		request.Files = broken
		if done, err := newRunner(t, newSources(t)).Run(t.Context(), request); err == nil || !strings.Contains(err.Error(), "template") || done != nil && len(done.Artifacts) > 0 {
			t.Errorf("%s: %v, %+v", name, err, done)
		}
	}
}

// The last sheet tells where the file comes from, with the labels that the person saw.
func TestAboutTellsTheRun(t *testing.T) {
	t.Parallel()
	report := compile(t, `timezone: Asia/Tokyo
form:
  - {name: partner, label: Partner, type: select, default: "7", options: [{value: "7", label: "=Café O'Brien"}]}
  - {name: ids, label: Only these, type: input, kind: list, default: [a, b, c, d, e, f]}
  - {name: none, type: input}
exports: [{cells: [c], format: xlsx}]`, cell("c", "SELECT number FROM numbers(3)"))
	done := run(t, newSources(t), report, nil)
	about := map[string]string{}
	for _, row := range sheet(t, workbook(t, file(t, done, "xlsx")), "About") {
		about[row[0]] = strings.Join(row[1:], "|")
	}
	for label, want := range map[string]string{
		"Report": "Test", "Revision": done.Document[:12], "Run": done.ID, "Source": "warehouse", "Time zone": "Asia/Tokyo",
		"Partner": "=Café O'Brien", "Only these": "6 values", "none": "", "Rows of c": "3", "Started": done.Started.Format("2006-01-02 15:04:05 -07:00"),
	} {
		if got, there := about[label]; got != want || !there {
			t.Errorf("%s: %q, not %q", label, got, want)
		}
	}
}
