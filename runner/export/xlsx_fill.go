package export

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// filled is a sheet of a template that rows are written into. From the header down, the columns of the result are replaced; all other
// cells stay. Areas that covered the template's sample rows grow or shrink with the rows: the table, names, the series of charts.
type filled struct {
	*frame
	book    *book
	result  string // its name
	sheet   string
	at      area // the header, and down to the last sample row
	wide    int  // last column, with computed ones of the table
	keep    bool // the template's header says the same as ours
	table   *table
	extra   [][2][]byte // computed columns of the table: before and behind the row number
	nextRow int         // index of the first row not written
	totals  *frameRow
}

// templatePage finds the place the template keeps for the result: a table, a defined name or a sheet that is called so.
func (s *resultSheet) templatePage() (path string, ok bool, err error) {
	path, corner, t := s.place()
	if path == "" {
		return "", false, nil
	}
	if s.zip.written[path] {
		return "", false, fault.New(fault.Invalid, "The template's sheet %q is the place of two results; give each its own.", s.parts.sheets[path])
	}
	parsed, err := parseFrame(s.part(path))
	if err != nil {
		return "", false, fault.New(fault.Invalid, "The template cannot be read: %w", err)
	}
	f := &filled{frame: parsed, book: s.book, result: s.name, sheet: s.parts.sheets[path], table: t}
	columns := s.reader.Columns()
	f.at = area{left: corner.left, top: corner.top, right: corner.left + len(columns) - 1, bottom: corner.top}
	if f.at.right > s.limits.columns {
		return "", false, fault.New(fault.Failed, "%q has %d columns, more than a sheet holds from column %d on.", s.name, len(columns), corner.left)
	}
	f.lookAround(columns)
	if name := f.repeated(columns); name != "" {
		return "", false, fault.New(fault.Invalid, "%q has two columns %q; the template's table %s needs a name of its own for each.", s.name, name, t.name)
	}
	if s.grid, err = newGrid(columns, f.at.left, f.styles(f.at.top+1), &s.styles, s.limits.units); err != nil {
		return "", false, err
	}
	for i, style := range f.styles(f.at.top) {
		s.grid.columns[i].head = style
	}
	s.page, s.next = f, f.at.top
	return path, true, nil
}

// place returns the part of the sheet and the corner of the header.
func (s *resultSheet) place() (path string, corner area, t *table) {
	for sheet, tables := range s.parts.tables {
		for _, part := range tables {
			if t := readTable(part, s.part(part)); t != nil && strings.EqualFold(t.name, s.name) {
				return sheet, t.area, t
			}
		}
	}
	path = s.sheetPart(s.name)
	corner = area{left: 1, top: 1}
	for _, name := range s.file.GetDefinedName() {
		if sheet, a, ok := parseReference(name.RefersTo); ok && strings.EqualFold(name.Name, s.name) {
			path, corner = s.sheetPart(sheet), a
		}
	}
	for _, part := range s.parts.tables[path] {
		if t := readTable(part, s.part(part)); t != nil && t.area.left == corner.left && t.area.top == corner.top {
			return path, corner, t
		}
	}
	return path, corner, nil
}

func (b *book) sheetPart(name string) string {
	for path, sheet := range b.parts.sheets {
		if strings.EqualFold(sheet, name) {
			return path
		}
	}
	return ""
}

// lookAround finds out what of the sheet belongs to the result's place.
func (f *filled) lookAround(columns []source.Column) {
	f.wide = f.at.right
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.Name
	}
	f.keep = f.headerSays(names)
	if f.table != nil {
		f.wide = max(f.wide, f.table.area.right)
		f.table.fit(names, f.keep)
		f.extra = f.computed()
	}
	f.at.bottom = f.sampleEnd()
	if f.table == nil {
		return
	}
	f.at.bottom = f.table.area.bottom
	if f.table.totals {
		f.totals = f.row(f.table.area.bottom)
		f.at.bottom--
	}
}

// repeated is a name that two columns have and that the table would have to show.
func (f *filled) repeated(columns []source.Column) string {
	if f.table == nil || f.keep {
		return ""
	}
	seen := map[string]bool{}
	for _, column := range columns {
		name := strings.ToLower(column.Name)
		if seen[name] {
			return column.Name
		}
		seen[name] = true
	}
	return ""
}

// headerSays tells whether the template's header names the same columns.
func (f *filled) headerSays(names []string) bool {
	for i, name := range names {
		cell := area{left: f.at.left + i, top: f.at.top, right: f.at.left + i, bottom: f.at.top}
		text, err := f.book.file.GetCellValue(f.sheet, strings.Split(cell.String(), ":")[0])
		if err != nil || strings.TrimSpace(text) != strings.TrimSpace(name) {
			return false
		}
	}
	return true
}

// sampleEnd is the last of the filled rows that follow the header without a gap.
func (f *filled) sampleEnd() int {
	last := f.at.top
	for {
		row := f.row(last + 1)
		if row == nil || !row.filled(f.at.left, f.at.right) {
			return last
		}
		last++
	}
}

func (f *filled) styles(row int) []int {
	var all []int
	for column := f.at.left; column <= f.at.right; column++ {
		all = append(all, f.style(row, column))
	}
	return all
}

// computed are the cells of the table's columns that hold a formula of their own.
func (f *filled) computed() (cells [][2][]byte) {
	for column := f.at.right + 1; column <= f.table.area.right; column++ {
		formula := f.table.formula(column - f.table.area.left)
		if formula == "" {
			continue
		}
		letters := strings.TrimRight(strings.Split(area{left: column, top: 1, right: column, bottom: 1}.String(), ":")[0], "1")
		cells = append(cells, [2][]byte{
			[]byte(`<c r="` + letters),
			[]byte(`"` + string(styleAttribute(f.style(f.at.top+1, column))) + `><f>` + formula + `</f></c>`),
		})
	}
	return cells
}

var dimension = regexp.MustCompile(`<dimension\b[^>]*/>|<dimension\b[^>]*></dimension>`)

func (f *filled) begin(widths []int) []byte {
	return widened(dimension.ReplaceAll(f.prefix, nil), f.columns, f.at.left, widths)
}

func (f *filled) keepsHeader() bool { return f.keep }

func (f *filled) openRow(dst []byte, row int) []byte {
	for f.nextRow < len(f.rows) && f.rows[f.nextRow].number < row {
		dst = f.appendKept(dst, &f.rows[f.nextRow])
		f.nextRow++
	}
	dst = append(dst, `<row r="`...)
	dst = strconv.AppendInt(dst, int64(row), 10)
	dst = append(dst, '"')
	if f.nextRow < len(f.rows) && f.rows[f.nextRow].number == row {
		old := &f.rows[f.nextRow]
		dst = append(dst, old.attrs...)
		dst = append(dst, '>')
		return f.appendCells(dst, old, func(column int) bool {
			return column < f.at.left || row == f.at.top && f.keep && column <= f.at.right
		})
	}
	return append(dst, '>')
}

func (f *filled) closeRow(dst []byte, row int) []byte {
	if row > f.at.top {
		for _, cell := range f.extra {
			dst = append(dst, cell[0]...)
			dst = strconv.AppendInt(dst, int64(row), 10)
			dst = append(dst, cell[1]...)
		}
	}
	if f.nextRow < len(f.rows) && f.rows[f.nextRow].number == row {
		dst = f.appendCells(dst, &f.rows[f.nextRow], func(column int) bool {
			return column > f.wide || column > f.at.right && (row == f.at.top || len(f.extra) == 0)
		})
		f.nextRow++
	}
	return append(dst, `</row>`...)
}

// appendKept appends a row of the template without the cells that the result replaces.
func (f *filled) appendKept(dst []byte, row *frameRow) []byte {
	dst = append(dst, `<row r="`...)
	dst = strconv.AppendInt(dst, int64(row.number), 10)
	dst = append(append(append(dst, '"'), row.attrs...), '>')
	dst = f.appendCells(dst, row, func(column int) bool {
		return row.number < f.at.top || column < f.at.left || column > f.wide || column > f.at.right && f.table == nil
	})
	return append(dst, `</row>`...)
}

func (f *filled) appendCells(dst []byte, row *frameRow, wanted func(column int) bool) []byte {
	for _, cell := range row.cells {
		if wanted(cell.column) {
			dst = append(dst, cell.raw...)
		}
	}
	return dst
}

// end writes what is below the rows and lets all that covered the sample cover the rows.
func (f *filled) end(last int) ([]byte, error) {
	var out []byte
	if f.table != nil && last == f.at.top { // a table has at least one row
		last++
		out = f.closeRow(f.openRow(out, last), last)
	}
	if f.totals != nil && last < f.book.limits.rows {
		out = f.appendTotals(out, last+1)
	}
	for ; f.nextRow < len(f.rows); f.nextRow++ {
		out = f.appendKept(out, &f.rows[f.nextRow])
	}
	grown := func(a area) (area, bool) { return f.grown(a, last) }
	f.growNames(grown, last)
	f.growCharts(grown)
	if f.table != nil {
		f.book.file.Pkg.Store(f.table.part, f.table.resized(area{f.at.left, f.at.top, f.wide, last}))
	}
	return append(out, f.growFilter(last)...), nil
}

// appendTotals moves the table's row of totals below the last row.
func (f *filled) appendTotals(dst []byte, row int) []byte {
	dst = f.openRow(dst, row)
	for _, cell := range f.totals.cells {
		if cell.column >= f.at.left && cell.column <= f.wide {
			dst = append(dst, cell.move(row)...)
		}
	}
	if f.nextRow < len(f.rows) && f.rows[f.nextRow].number == row {
		dst = f.appendCells(dst, &f.rows[f.nextRow], func(column int) bool { return column > f.wide })
		f.nextRow++
	}
	return append(dst, `</row>`...)
}

// grown is the area with its end at the last row, if it is one that covered the sample rows, with or without the header.
func (f *filled) grown(a area, last int) (area, bool) {
	sample := max(f.at.bottom, f.at.top+1)
	if a.left < f.at.left || a.right > f.wide || a.top < f.at.top || a.top > f.at.top+1 || a.bottom != sample && a.bottom != f.at.bottom {
		return a, false
	}
	if a.bottom == f.at.top { // names of columns alone
		return a, false
	}
	a.bottom = max(last, a.top)
	return a, true
}

// growNames also lets the name that marked the place, and the hidden one of a filter, cover header and rows.
func (f *filled) growNames(grown func(area) (area, bool), last int) {
	if f.book.file.WorkBook.DefinedNames == nil {
		return
	}
	names := f.book.file.WorkBook.DefinedNames.DefinedName
	for i := range names {
		sheet, a, ok := parseReference(names[i].Data)
		if !ok || !strings.EqualFold(sheet, f.sheet) {
			continue
		}
		own := strings.EqualFold(names[i].Name, f.result) || names[i].Name == "_xlnm._FilterDatabase"
		if own && a.top == f.at.top && a.left == f.at.left {
			a, ok = area{a.left, a.top, max(a.right, f.at.right), last}, true
		} else {
			a, ok = grown(a)
		}
		if ok {
			names[i].Data = a.fixed(f.sheet)
		}
	}
}

var chartFormula = regexp.MustCompile(`(<(?:\w+:)?f>)([^<]*)(</(?:\w+:)?f>)`)

func (f *filled) growCharts(grown func(area) (area, bool)) {
	f.book.file.Pkg.Range(func(path, content any) bool {
		if !strings.HasPrefix(path.(string), "xl/charts/chart") {
			return true
		}
		old := content.([]byte)
		changed := chartFormula.ReplaceAllFunc(old, func(match []byte) []byte {
			m := chartFormula.FindSubmatch(match)
			sheet, a, ok := parseReference(html.UnescapeString(string(m[2])))
			if !ok || !strings.EqualFold(sheet, f.sheet) {
				return match
			}
			if a, ok = grown(a); !ok {
				return match
			}
			return slices.Concat(m[1], []byte(html.EscapeString(a.fixed(f.sheet))), m[3])
		})
		if !bytes.Equal(old, changed) {
			f.book.file.Pkg.Store(path, changed)
		}
		return true
	})
}

var sheetFilter = regexp.MustCompile(`(<autoFilter\b[^>]*\bref=")([^"]*)(")`)

// growFilter is the suffix of the sheet with its filter, if it was the header's, over all rows.
func (f *filled) growFilter(last int) []byte {
	return sheetFilter.ReplaceAllFunc(f.suffix, func(match []byte) []byte {
		m := sheetFilter.FindSubmatch(match)
		a, ok := parseArea(string(m[2]))
		if !ok || a.top != f.at.top || a.left < f.at.left {
			return match
		}
		a.bottom = last
		return slices.Concat(m[1], []byte(a.String()), m[3])
	})
}
