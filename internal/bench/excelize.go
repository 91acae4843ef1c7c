package main

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

// writeExcelize writes rows like those of the query with excelize's stream writer alone, the way its documentation does.
func writeExcelize(path string, rows int) error {
	file := excelize.NewFile()
	defer func() { _ = file.Close() }()
	sheet, err := file.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	if err := sheet.SetRow("A1", []any{"id", "card", "customer", "amount", "day", "at"}); err != nil {
		return err
	}
	day, err := file.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return err
	}
	start := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range rows {
		row := []any{
			i, fmt.Sprint(1000000000000 + i*7919%1000000000000), fmt.Sprint("customer ", i%100003), float64(i%100000) / 100,
			excelize.Cell{StyleID: day, Value: start.AddDate(0, 0, i%365)}, excelize.Cell{StyleID: day, Value: start.Add(time.Duration(i) * time.Second)},
		}
		if err := sheet.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
			return err
		}
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	return file.SaveAs(path)
}
