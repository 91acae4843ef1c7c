package export

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// page is a sheet that rows are being written to.
type page interface {
	// begin returns what stands before the rows, given the width of each column in characters.
	begin(widths []int) []byte
	// openRow and closeRow append what stands around the cells of a row.
	openRow(dst []byte, row int) []byte
	closeRow(dst []byte, row int) []byte
	// keepsHeader says that openRow writes the header's cells by itself.
	keepsHeader() bool
	// end returns what stands behind the last row.
	end(last int) ([]byte, error)
}

const worksheetOpen = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
	`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`

// newPage is a blank sheet: header row frozen and filtered, columns as wide as their values.
type newPage struct {
	file    *excelize.File
	name    string
	columns int
}

// path is where excelize will look for the sheet's part.
func (p *newPage) path() string {
	for id, name := range p.file.GetSheetMap() {
		if name == p.name {
			return "xl/worksheets/sheet" + strconv.Itoa(id) + ".xml"
		}
	}
	return ""
}

func (p *newPage) begin(widths []int) []byte {
	selected := ""
	if index, err := p.file.GetSheetIndex(p.name); err == nil && index == p.file.GetActiveSheetIndex() {
		selected = ` tabSelected="1"`
	}
	out := []byte(worksheetOpen + `<sheetViews><sheetView` + selected +
		` workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
		`<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`)
	for i, width := range widths {
		out = fmt.Appendf(out, `<col min="%d" max="%d" width="%d.7109375" customWidth="1"/>`, i+1, i+1, width)
	}
	return append(out, `</cols><sheetData>`...)
}

func (p *newPage) keepsHeader() bool { return false }

func (p *newPage) openRow(dst []byte, row int) []byte {
	dst = append(dst, `<row r="`...)
	dst = strconv.AppendInt(dst, int64(row), 10)
	return append(dst, `">`...)
}

func (p *newPage) closeRow(dst []byte, _ int) []byte { return append(dst, `</row>`...) }

// end filters the whole range and keeps Excel from marking long ids as "numbers stored as text".
func (p *newPage) end(last int) ([]byte, error) {
	corner, err := excelize.CoordinatesToCellName(p.columns, last)
	if err != nil {
		return nil, unexpected(err)
	}
	if err := p.nameFilter("A1:" + corner); err != nil {
		return nil, unexpected(err)
	}
	return []byte(`</sheetData><autoFilter ref="A1:` + corner + `"/><ignoredErrors><ignoredError sqref="A1:` + corner +
		`" numberStoredAsText="1"/></ignoredErrors></worksheet>`), nil
}

// nameFilter makes the hidden name that Excel keeps for a filter. excelize puts the sheet's name into it as it is, but an apostrophe
// is to be doubled there.
func (p *newPage) nameFilter(area string) error {
	if err := p.file.AutoFilter(p.name, area, nil); err != nil || !strings.Contains(p.name, "'") {
		return err
	}
	names := p.file.WorkBook.DefinedNames.DefinedName
	for i := range names {
		if rest, ok := strings.CutPrefix(names[i].Data, "'"+p.name+"'!"); ok {
			names[i].Data = quoteSheet(p.name) + "!" + rest
		}
	}
	return nil
}

// quoteSheet is the sheet's name as formulas have it.
func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
