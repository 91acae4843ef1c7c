package export

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// template builds a workbook as an analyst would make it.
type template struct {
	*excelize.File
	t *testing.T
}

func newTemplate(t *testing.T, sheets ...string) template {
	t.Helper()
	f := template{File: excelize.NewFile(), t: t}
	f.must(f.SetSheetName("Sheet1", sheets[0]))
	for _, sheet := range sheets[1:] {
		_, err := f.NewSheet(sheet)
		f.must(err)
	}
	return f
}

func (f template) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f template) row(sheet, at string, cells ...any) {
	f.t.Helper()
	f.must(f.SetSheetRow(sheet, at, &cells))
}

func (f template) bytes() []byte {
	f.t.Helper()
	buf, err := f.WriteToBuffer()
	f.must(err)
	return buf.Bytes()
}

// partner has a styled sheet with two sample rows, and another one with sums over it and a chart.
func partner(t *testing.T) []byte {
	t.Helper()
	f := newTemplate(t, "Summary", "cards")
	f.row("cards", "A1", "city", "amount", "day", nil, nil, "to the right")
	f.row("cards", "A2", "Sample", 1, 45000)
	f.row("cards", "A3", "Sample", 2, 45001)
	f.must(f.SetCellFormula("cards", "F2", "SUM(B:B)"))
	f.row("cards", "F9", "below, to the right")
	red, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "FF0000"}})
	f.must(err)
	f.must(f.SetCellStyle("cards", "A2", "C3", red))
	f.must(f.SetColWidth("cards", "A", "A", 33))
	f.must(f.SetCellFormula("Summary", "A1", "SUM(cards!B:B)"))
	f.must(f.SetDefinedName(&excelize.DefinedName{Name: "amounts", RefersTo: "cards!$B$2:$B$3"}))
	f.must(f.SetCellFormula("Summary", "A2", "SUM(amounts)"))
	f.must(f.AddChart("Summary", "C1", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{
		{Name: "cards!$B$1", Categories: "cards!$A$2:$A$3", Values: "cards!$B$2:$B$3"},
	}}))
	return f.bytes()
}

const cities = `SELECT ['Oslo', 'Rome', 'Köln', 'Ulm', 'Bern'][number + 1] AS city, toDecimal64((number + 1) * 10.5, 2) AS amount, toDate('2024-05-01') + number AS day FROM numbers(5)`

func TestASheetOfTheResultsNameIsFilled(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Template: partner(t), Sheets: []Sheet{result(t, "Cards", cities), result(t, "other", "SELECT 1 AS x")}, About: &About{Report: "r"}})
	if diff := cmp.Diff([]string{"Summary", "cards", "other", "About"}, w.file.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	want := [][]string{
		{"city", "amount", "day", "", "", "to the right"}, {"Oslo", "10.5", "45413"}, {"Rome", "21", "45414"}, {"Köln", "31.5", "45415"},
		{"Ulm", "42", "45416"}, {"Bern", "52.5", "45417"}, {}, {}, {"", "", "", "", "", "below, to the right"},
	}
	if diff := cmp.Diff(want, w.rows(t, "cards"), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	for at, sum := range map[string]string{"A1": "157.5", "A2": "157.5"} {
		if got, err := w.file.CalcCellValue("Summary", at); err != nil || got != sum {
			t.Errorf("%s is %s, %v", at, got, err)
		}
	}
	if got, err := w.file.GetCellFormula("cards", "F2"); err != nil || got != "SUM(B:B)" {
		t.Errorf("%s %v", got, err)
	}
}

func TestStylesWidthsAndChartsOfTheTemplateStay(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Template: partner(t), Sheets: []Sheet{result(t, "cards", cities)}})
	for at, format := range map[string]string{"A2": formatText, "B6": "0.00", "C6": formatDate} {
		id, err := w.file.GetCellStyle("cards", at)
		if err != nil {
			t.Fatal(err)
		}
		style, err := w.file.GetStyle(id)
		if err != nil || style.Font == nil || style.Font.Color != "FF0000" || style.CustomNumFmt == nil || *style.CustomNumFmt != format {
			t.Errorf("%s: %+v %v", at, style, err)
		}
	}
	if width, err := w.file.GetColWidth("cards", "A"); err != nil || width != 33 {
		t.Errorf("%v %v", width, err)
	}
	drawn := w.part(t, "xl/charts/chart1.xml")
	for _, want := range []string{"<f>cards!$B$1</f>", "<f>&#39;cards&#39;!$A$2:$A$6</f>", "<f>&#39;cards&#39;!$B$2:$B$6</f>"} {
		if !strings.Contains(drawn, want) {
			t.Errorf("there is no %s in %s", want, drawn)
		}
	}
	workbook := w.part(t, "xl/workbook.xml")
	if !strings.Contains(workbook, "fullCalcOnLoad") || !strings.Contains(workbook, "&#39;cards&#39;!$B$2:$B$6") {
		t.Error(workbook)
	}
}

func TestFewerRowsThanTheSampleLeaveNothingOfIt(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Template: partner(t), Sheets: []Sheet{result(t, "cards", cities+" WHERE 0")}})
	rows := w.rows(t, "cards")
	for _, row := range rows[1:] {
		if len(row) > 0 && row[0] != "" {
			t.Errorf("%v", rows)
		}
	}
}

func TestAnotherHeaderIsReplaced(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Template: partner(t), Sheets: []Sheet{result(t, "cards", "SELECT 'x' AS name, 5 AS amount")}})
	if diff := cmp.Diff([][]string{{"name", "amount", "day", "", "", "to the right"}, {"x", "5", "45000"}}, w.rows(t, "cards")[:2]); diff != "" {
		t.Error(diff)
	}
}

// tables has a table with sample rows, a computed column and a row of totals, away from the corner.
func tables(t *testing.T) []byte {
	t.Helper()
	f := newTemplate(t, "Summary", "Data")
	f.row("Data", "A1", "A title that stays")
	f.row("Data", "B3", "city", "amount", "double")
	f.row("Data", "B4", "Sample", 1)
	f.row("Data", "B5", "Total", nil)
	f.must(f.SetCellFormula("Data", "C5", "SUBTOTAL(109,sales[amount])"))
	f.must(f.AddTable("Data", &excelize.Table{Range: "B3:D5", Name: "sales"}))
	f.must(f.SetCellFormula("Summary", "A1", "SUM(Data!C4:C100)"))
	return rewritePart(t, f.bytes(), "xl/tables/table1.xml", func(part string) string {
		part = strings.Replace(part, `<table `, `<table totalsRowCount="1" `, 1)
		part = strings.Replace(part, `<autoFilter ref="B3:D5">`, `<autoFilter ref="B3:D4">`, 1)
		return strings.Replace(part, `name="double"></tableColumn>`, `name="double"><calculatedColumnFormula>sales[[#This Row],[amount]]*2</calculatedColumnFormula></tableColumn>`, 1)
	})
}

// rewritePart changes one part of a workbook.
func rewritePart(t *testing.T, workbook []byte, name string, change func(string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, entry := range in.File {
		content, err := readEntry(entry, maxTemplate)
		if err != nil {
			t.Fatal(err)
		}
		if entry.Name == name {
			content = []byte(change(string(content)))
		}
		w, err := z.Create(entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestATableGrowsWithItsRows(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Template: tables(t), Sheets: []Sheet{result(t, "sales", "SELECT city, amount FROM ("+cities+")")}})
	want := [][]string{{"A title that stays"}, {}, {"", "city", "amount", "double"}, {"", "Oslo", "10.5"}, {"", "Rome", "21"}, {"", "Köln", "31.5"},
		{"", "Ulm", "42"}, {"", "Bern", "52.5"}, {"", "Total"}}
	if diff := cmp.Diff(want, w.rows(t, "Data"), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	part := w.part(t, "xl/tables/table1.xml")
	if !strings.Contains(part, `ref="B3:D9"`) || !strings.Contains(part, `<autoFilter ref="B3:D8"`) {
		t.Error(part)
	}
	for at, formula := range map[string]string{"C9": "SUBTOTAL(109,sales[amount])", "D4": "sales[[#This Row],[amount]]*2", "D8": "sales[[#This Row],[amount]]*2"} {
		if got, err := w.file.GetCellFormula("Data", at); err != nil || got != formula {
			t.Errorf("%s: %q %v", at, got, err)
		}
	}
}

func TestATablesColumnsTakeTheResultsNames(t *testing.T) {
	t.Parallel()
	w := write(t, Workbook{Template: tables(t), Sheets: []Sheet{result(t, "SALES", `SELECT 'x' AS "a ""b"" & c", 2 AS two, 3 AS three, 4 AS four`)}})
	got, err := w.file.GetTables("Data")
	if err != nil || len(got) != 1 || got[0].Range != "B3:E5" {
		t.Errorf("%+v %v", got, err)
	}
	part := w.part(t, "xl/tables/table1.xml")
	for _, want := range []string{`count="4"`, `name="a &quot;b&quot; &amp; c"`, `id="4" name="four"`} {
		if !strings.Contains(part, want) {
			t.Errorf("there is no %s in %s", want, part)
		}
	}
	empty := write(t, Workbook{Template: tables(t), Sheets: []Sheet{result(t, "sales", "SELECT city, amount FROM ("+cities+") WHERE 0")}})
	if part := empty.part(t, "xl/tables/table1.xml"); !strings.Contains(part, `ref="B3:D5"`) { // header, an empty row, totals
		t.Error(part)
	}
}

func TestADefinedNameMarksThePlace(t *testing.T) {
	t.Parallel()
	f := newTemplate(t, "It's data")
	f.row("It's data", "C5", "city", "amount")
	f.row("It's data", "C6", "Sample", 1)
	f.must(f.SetDefinedName(&excelize.DefinedName{Name: "cards", RefersTo: "'It''s data'!$C$5:$D$6"}))
	w := write(t, Workbook{Template: f.bytes(), Sheets: []Sheet{result(t, "cards", "SELECT city, amount FROM ("+cities+")")}})
	if rows := w.rows(t, "It's data"); len(rows) != 10 || rows[9][2] != "Bern" {
		t.Errorf("%v", rows)
	}
	if names := w.file.GetDefinedName(); names[0].RefersTo != "'It''s data'!$C$5:$D$10" {
		t.Errorf("%v", names)
	}
}

func TestATemplatesSheetContinuesOnABlankOne(t *testing.T) {
	t.Parallel()
	limits := excelBounds
	limits.rows = 5
	f := newTemplate(t, "n")
	f.row("n", "A1", "n")
	w := writeWithin(t, Workbook{Template: f.bytes(), Sheets: []Sheet{sheetOf("n", numberRows(6))}}, limits)
	if diff := cmp.Diff([]string{"n", "n (2)"}, w.file.GetSheetList()); diff != "" {
		t.Fatal(diff)
	}
	if diff := cmp.Diff([][]string{{"n"}, {"5"}, {"6"}}, w.rows(t, "n (2)")); diff != "" {
		t.Error(diff)
	}
}

// Ids of sheets and numbers of their parts need not agree; a new sheet must not take another one's part.
func TestNewSheetsDoNotTakeTheTemplatesParts(t *testing.T) {
	t.Parallel()
	data := newTemplate(t, "one", "two").bytes()
	data = rewritePart(t, data, "xl/workbook.xml", func(part string) string { return strings.Replace(part, `sheetId="2"`, `sheetId="7"`, 1) })
	data = rewritePart(t, data, "xl/workbook.xml", func(part string) string { return strings.Replace(part, `sheetId="7"`, `sheetId="1"`, 1) })
	data = rewritePart(t, data, "xl/workbook.xml", func(part string) string { return strings.Replace(part, `sheetId="1"`, `sheetId="0"`, 1) })
	w := write(t, Workbook{Template: data, Sheets: []Sheet{sheetOf("new", numberRows(1))}})
	if diff := cmp.Diff([][]string{{"n"}, {"1"}}, w.rows(t, "new")); diff != "" {
		t.Error(diff)
	}
	if rows := w.rows(t, "two"); len(rows) != 0 {
		t.Errorf("%v", rows)
	}
}

func TestResultsOfFormulasAreNotKept(t *testing.T) {
	t.Parallel()
	for sheet, want := range map[string]string{
		`<c r="A1" s="1" t="str"><f>A2</f><v>old</v></c>`:       `<c r="A1" s="1"><f>A2</f></c>`,
		`<c r="A1"><f t="shared" si="0"/><v>1</v></c>`:          `<c r="A1"><f t="shared" si="0"/></c>`,
		`<c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c>`: `<c r="A1"><v>1</v></c><c r="B1"><f>A1</f></c>`,
		`<c r="A1" t="s"><v>0</v></c>`:                          `<c r="A1" t="s"><v>0</v></c>`,
		`<cols><col min="1"/></cols><c r="A1"><f>B1</f></c>`:    `<cols><col min="1"/></cols><c r="A1"><f>B1</f></c>`,
	} {
		if got := string(dropResults([]byte(sheet))); got != want {
			t.Errorf("%s became %s", sheet, got)
		}
	}
}

func TestWhatIsNoTemplateIsRefused(t *testing.T) {
	t.Parallel()
	yes := true
	late := newTemplate(t, "x")
	late.must(late.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	twice := []Sheet{sheetOf("cards", numberRows(1)), sheetOf("Cards", numberRows(1))}
	repeated := []Sheet{result(t, "sales", "SELECT 1 AS x, 2 AS X")}
	for name, c := range map[string]struct {
		book Workbook
		want string
	}{
		"no zip":        {Workbook{Template: []byte("hello")}, "it is no .xlsx workbook"},
		"another zip":   {Workbook{Template: emptyZip(t)}, "The template cannot be read"},
		"1904":          {Workbook{Template: late.bytes()}, "counts days from 1904"},
		"one place":     {Workbook{Template: partner(t), Sheets: twice}, "the place of two results"},
		"repeated name": {Workbook{Template: tables(t), Sheets: repeated}, `has two columns "X"`},
		"damaged sheet": {Workbook{Template: rewritePart(t, partner(t), "xl/worksheets/sheet2.xml", func(string) string { return "<worksheet><sheetData>" }), Sheets: twice[:1]}, "The template cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := WriteWorkbook(context.Background(), io.Discard, c.book)
			if err == nil || !strings.Contains(err.Error(), c.want) || !fault.IsInvalid(err) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func emptyZip(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := zip.NewWriter(&out).Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Whatever a sheet of a template looks like, taking it apart ends, and what stands around the rows is kept.
func FuzzFrame(f *testing.F) {
	f.Add(`<worksheet><dimension ref="A1"/><cols><col min="1" max="2" style="3"/></cols><sheetData><row r="2" ht="20"><c r="A2" s="1"><v>1</v></c><c><f>A2</f></c></row><row/></sheetData><autoFilter ref="A1:B2"/></worksheet>`)
	f.Add(`<worksheet><sheetData/></worksheet>`)
	f.Add(`<worksheet><sheetData><row r="9"><c r="ZZZ99"/></row><row r="1"><c r="x"/></row></sheetData></worksheet>`)
	f.Fuzz(func(t *testing.T, data string) {
		parsed, err := parseFrame([]byte(data))
		if err != nil {
			return
		}
		place := &filled{frame: parsed, at: area{left: 1, top: 1, right: 2, bottom: 1}, wide: 2}
		place.at.bottom = place.sampleEnd()
		_ = place.styles(2)
		out := place.begin(nil)
		for row := 1; row < 4; row++ {
			out = place.closeRow(place.openRow(out, row), row)
		}
		for _, row := range parsed.rows {
			for _, cell := range row.cells {
				_ = cell.move(7)
			}
		}
		if len(out) < len("<sheetData>") {
			t.Errorf("%q became %q", data, out)
		}
	})
}
