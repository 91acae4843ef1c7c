package export

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// frame is a sheet of a template taken apart: what stands before and behind its rows, and the rows, each cell with its bytes.
type frame struct {
	prefix, suffix []byte
	rows           []frameRow
	columns        []columnRange
}

type frameRow struct {
	number int
	attrs  string // of the row, other than its number
	cells  []frameCell
}

type frameCell struct {
	column int
	style  int
	empty  bool
	raw    []byte
}

// parseFrame reads the XML of a sheet.
func parseFrame(data []byte) (*frame, error) {
	p := &frameParser{data: data, decoder: xml.NewDecoder(bytes.NewReader(data)), frame: &frame{}}
	for {
		start := p.decoder.InputOffset()
		token, err := p.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			p.open(token, start)
		case xml.EndElement:
			p.shut(token.Name.Local)
		}
	}
	if p.frame.suffix == nil {
		return nil, errors.New("one of its sheets has no rows that can be found; save it again with Excel")
	}
	return p.frame, nil
}

type frameParser struct {
	data    []byte
	decoder *xml.Decoder
	frame   *frame
	inside  bool // of sheetData
	cell    int64
}

func (p *frameParser) open(e xml.StartElement, start int64) {
	switch {
	case e.Name.Space != "":
	case e.Name.Local == "sheetData" && !p.inside:
		p.inside = true
		p.frame.prefix = append(bytes.Clone(p.data[:start]), "<sheetData>"...)
	case e.Name.Local == "col" && !p.inside:
		p.frame.columns = append(p.frame.columns, readColumnRange(e))
	case e.Name.Local == "row" && p.inside:
		p.openRow(e)
	case e.Name.Local == "c" && p.inside && len(p.frame.rows) > 0:
		p.openCell(e, start)
	case (e.Name.Local == "v" || e.Name.Local == "f" || e.Name.Local == "is") && p.inside:
		if cell := p.lastCell(); cell != nil {
			cell.empty = false
		}
	}
}

func (p *frameParser) openRow(e xml.StartElement) {
	row := frameRow{number: number(e, "r")}
	if row.number == 0 { // the number may be left out
		row.number = 1
		if n := len(p.frame.rows); n > 0 {
			row.number = p.frame.rows[n-1].number + 1
		}
	}
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "ht", "customHeight", "s", "customFormat", "thickTop", "thickBot":
			row.attrs += " " + a.Name.Local + `="` + a.Value + `"`
		}
	}
	p.frame.rows = append(p.frame.rows, row)
}

func (p *frameParser) openCell(e xml.StartElement, start int64) {
	row := &p.frame.rows[len(p.frame.rows)-1]
	column, _, err := excelize.CellNameToCoordinates(attribute(e, "r"))
	if err != nil {
		column = 1
		if n := len(row.cells); n > 0 {
			column = row.cells[n-1].column + 1
		}
	}
	p.cell = start
	row.cells = append(row.cells, frameCell{column: column, style: number(e, "s"), empty: true})
}

func (p *frameParser) lastCell() *frameCell {
	if n := len(p.frame.rows); n > 0 {
		if cells := p.frame.rows[n-1].cells; len(cells) > 0 {
			return &cells[len(cells)-1]
		}
	}
	return nil
}

func (p *frameParser) shut(name string) {
	if !p.inside {
		return
	}
	switch end := p.decoder.InputOffset(); name {
	case "c":
		if cell := p.lastCell(); cell != nil {
			cell.raw = p.data[p.cell:end]
		}
	case "sheetData":
		p.inside = false
		p.frame.suffix = append([]byte("</sheetData>"), p.data[end:]...)
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func number(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attribute(e, name))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// row is the row of that number, or nil.
func (f *frame) row(number int) *frameRow {
	at, found := slices.BinarySearchFunc(f.rows, number, func(r frameRow, n int) int { return r.number - n })
	if !found {
		return nil
	}
	return &f.rows[at]
}

// style of the cell, or else of its column.
func (f *frame) style(row, column int) int {
	if r := f.row(row); r != nil {
		for _, c := range r.cells {
			if c.column == column {
				return c.style
			}
		}
	}
	for _, c := range f.columns {
		if column >= c.from && column <= c.to {
			return c.style
		}
	}
	return 0
}

// filled tells whether a cell of the row in these columns has a value.
func (r *frameRow) filled(left, right int) bool {
	for _, c := range r.cells {
		if c.column >= left && c.column <= right && !c.empty {
			return true
		}
	}
	return false
}

// move gives the cell's bytes another row.
func (c frameCell) move(row int) []byte {
	name, err := excelize.CoordinatesToCellName(c.column, row)
	if err != nil {
		return nil
	}
	_, rest, _ := bytes.Cut(c.raw, []byte("<c"))
	head, tail, found := strings.Cut(string(rest), ">")
	if !found {
		return nil
	}
	if at := strings.Index(head, ` r="`); at >= 0 {
		end := strings.IndexByte(head[at+4:], '"')
		head = head[:at] + head[at+4+end+1:]
	}
	return []byte(`<c r="` + name + `"` + head + ">" + tail)
}
