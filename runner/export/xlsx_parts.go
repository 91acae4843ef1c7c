package export

import (
	"encoding/xml"
	"fmt"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// parts tells where in the zip of a template its sheets and tables are.
type parts struct {
	sheets map[string]string   // path of the part, name of the sheet
	tables map[string][]string // path of a sheet's part, paths of its tables' parts
}

type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

func readParts(file *excelize.File) (*parts, error) {
	p := &parts{sheets: map[string]string{}, tables: map[string][]string{}}
	workbook := "xl/workbook.xml"
	for _, rel := range relationships(file, "") {
		if strings.HasSuffix(rel.Type, "/officeDocument") {
			workbook = rel.Target
		}
	}
	targets := map[string]string{}
	for _, rel := range relationships(file, workbook) {
		targets[rel.ID] = rel.Target
	}
	for _, sheet := range file.WorkBook.Sheets.Sheet {
		target, ok := targets[sheet.ID]
		if !ok {
			return nil, fmt.Errorf("its sheet %q is missing", sheet.Name)
		}
		p.sheets[target] = sheet.Name
		for _, rel := range relationships(file, target) {
			if strings.HasSuffix(rel.Type, "/table") {
				p.tables[target] = append(p.tables[target], rel.Target)
			}
		}
	}
	return p, nil
}

// relationships of a part, with targets as paths in the zip; none when it has none.
func relationships(file *excelize.File, part string) []relationship {
	dir, name := path.Split(part)
	content, ok := file.Pkg.Load(dir + "_rels/" + name + ".rels")
	if !ok {
		return nil
	}
	var list struct {
		All []relationship `xml:"Relationship"`
	}
	if xml.Unmarshal(content.([]byte), &list) != nil {
		return nil
	}
	for i := range list.All {
		if target := list.All[i].Target; strings.HasPrefix(target, "/") {
			list.All[i].Target = target[1:]
		} else {
			list.All[i].Target = path.Join(dir, target)
		}
	}
	return list.All
}

// part returns the bytes of a part.
func (b *book) part(path string) []byte {
	content, ok := b.file.Pkg.Load(path)
	if !ok {
		return nil
	}
	return content.([]byte)
}

// area is a rectangle of cells, counted from 1, both ends included.
type area struct{ left, top, right, bottom int }

// parseArea reads "A1:D10", "$A$1:$D$10" and "A1".
func parseArea(text string) (a area, ok bool) {
	from, to, ranged := strings.Cut(strings.ReplaceAll(text, "$", ""), ":")
	if !ranged {
		to = from
	}
	var err1, err2 error
	a.left, a.top, err1 = excelize.CellNameToCoordinates(from)
	a.right, a.bottom, err2 = excelize.CellNameToCoordinates(to)
	return a, err1 == nil && err2 == nil && a.left <= a.right && a.top <= a.bottom
}

func (a area) String() string {
	from, _ := excelize.CoordinatesToCellName(a.left, a.top)
	to, _ := excelize.CoordinatesToCellName(a.right, a.bottom)
	return from + ":" + to
}

// fixed is the area as formulas have it, with the sheet.
func (a area) fixed(sheet string) string {
	from, _ := excelize.CoordinatesToCellName(a.left, a.top, true)
	to, _ := excelize.CoordinatesToCellName(a.right, a.bottom, true)
	if from == to {
		return quoteSheet(sheet) + "!" + from
	}
	return quoteSheet(sheet) + "!" + from + ":" + to
}

// parseReference reads "Sheet1!$A$1:$D$10" and "'My sheet'!A1".
func parseReference(text string) (sheet string, a area, ok bool) {
	at := strings.LastIndexByte(text, '!')
	if at < 0 {
		return "", area{}, false
	}
	sheet = text[:at]
	if n := len(sheet); n > 1 && sheet[0] == '\'' && sheet[n-1] == '\'' {
		sheet = strings.ReplaceAll(sheet[1:n-1], "''", "'")
	}
	a, ok = parseArea(text[at+1:])
	return sheet, a, ok
}
