package export

import (
	"testing"

	"github.com/xuri/excelize/v2"
)

// partnerTemplate is a workbook as an analyst would make it: a styled sheet with two sample rows, one with sums over it and a chart.
func partnerTemplate(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.SetSheetName("Sheet1", "Summary"))
	_, err := f.NewSheet("cards")
	check(err)
	check(f.SetSheetRow("cards", "A1", &[]any{"city", "amount", "day"}))
	check(f.SetSheetRow("cards", "A2", &[]any{"Sample", 1, 45000}))
	check(f.SetSheetRow("cards", "A3", &[]any{"Sample", 2, 45001}))
	check(f.SetCellStr("cards", "F1", "to the right"))
	check(f.SetCellFormula("cards", "F2", "SUM(B:B)"))
	red, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "FF0000"}})
	check(err)
	check(f.SetCellStyle("cards", "A2", "C3", red))
	check(f.SetCellFormula("Summary", "A1", "SUM(cards!B:B)"))
	check(f.SetCellFormula("Summary", "A2", "COUNTA(cards!A:A)-1"))
	check(f.SetDefinedName(&excelize.DefinedName{Name: "amounts", RefersTo: "cards!$B$2:$B$3"}))
	check(f.SetCellFormula("Summary", "A3", "SUM(amounts)"))
	check(f.AddChart("Summary", "C1", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{
		{Name: "cards!$B$1", Categories: "cards!$A$2:$A$3", Values: "cards!$B$2:$B$3"},
	}}))
	_, err = f.NewSheet("Tables")
	check(err)
	check(f.SetSheetRow("Tables", "B3", &[]any{"old", "names", "double"}))
	check(f.AddTable("Tables", &excelize.Table{Range: "B3:D5", Name: "sales"}))
	check(f.SetCellFormula("Summary", "A4", "SUM(sales[amount])"))
	buf, err := f.WriteToBuffer()
	check(err)
	return buf.Bytes()
}
