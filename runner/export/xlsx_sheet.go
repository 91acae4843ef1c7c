package export

import (
	"context"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

const (
	peekRows  = 500     // rows whose values widths are fitted to
	peekBytes = 1 << 20 // at most so much of their XML
	minWidth  = 8       // of a column, in characters
	maxWidth  = 60
)

// resultSheet writes the rows of one result to a sheet, and on to further ones when it is full.
type resultSheet struct {
	*book
	name   string
	reader *rowbinary.Reader
	grid   *grid
	page   page
	entry  *entry
	next   int // row of the sheet
	widths []int
}

func (b *book) addResult(ctx context.Context, sheet Sheet) (err error) {
	stream, err := sheet.Open()
	if err != nil {
		return err
	}
	defer func() { _ = stream.Close() }()
	reader, err := rowbinary.NewReader(stream)
	if err != nil {
		return err
	}
	reader.SetZone(b.location)
	if n := len(reader.Columns()); n > b.limits.columns {
		return fault.New(fault.Failed, "%q has %d columns and a sheet holds %d; select fewer, or write csv", sheet.Name, n, b.limits.columns)
	}
	b.tellZones(sheet.Name, reader)
	s := &resultSheet{book: b, name: sheet.Name, reader: reader}
	path, err := s.firstPage()
	if err != nil {
		return err
	}
	err = s.write(ctx, path)
	b.result.Rows = append(b.result.Rows, reader.Rows())
	b.written += reader.Rows()
	s.tell()
	return err
}

// tellZones remembers the columns whose moments have a zone of their own, for the About sheet.
func (b *book) tellZones(sheet string, reader *rowbinary.Reader) {
	for i, t := range reader.Types() {
		if t.Temporal() && t.Zone != nil && t.Zone.String() != b.location.String() {
			b.zones = append(b.zones, AboutValue{"Time zone of " + sheet + "." + reader.Columns()[i].Name, t.Zone.String()})
		}
	}
}

// firstPage is the sheet of the template that the result belongs to, or else a new one. It returns the part of the zip.
func (s *resultSheet) firstPage() (path string, err error) {
	if s.template {
		if path, ok, err := s.templatePage(); ok || err != nil {
			return path, err
		}
	}
	if s.grid, err = newGrid(s.reader.Columns(), 1, nil, &s.styles, s.limits.units); err != nil {
		return "", err
	}
	return s.newPage(s.name)
}

func (s *resultSheet) newPage(name string) (path string, err error) {
	name, err = s.newSheet(name)
	if err != nil {
		return "", err
	}
	s.next = 1
	p := &newPage{file: s.file, name: name, columns: len(s.reader.Columns())}
	s.page = p
	return p.path(), nil
}

func (s *resultSheet) write(ctx context.Context, path string) error {
	head, err := s.peek()
	if err != nil {
		return err
	}
	if s.entry, err = s.zip.stream(path); err != nil {
		return err
	}
	err = s.writeRows(ctx, head)
	if failed := s.entry.close(); failed != nil {
		return failed
	}
	return err
}

// peek encodes the header and the first rows and fits the widths to them, as widths stand before the rows in the file.
func (s *resultSheet) peek() (head []byte, err error) {
	if head, err = s.appendHeader(nil); err != nil {
		return nil, err
	}
	s.widths = make([]int, len(s.grid.columns))
	for i := range s.grid.columns {
		s.measure(i, 3+utf8.RuneCountInString(s.grid.columns[i].name)) // the filter's button takes some
	}
	for n := 0; n < peekRows && len(head) < peekBytes && s.next <= s.limits.rows && s.reader.Next(); n++ {
		head = s.appendRow(head)
		for i, value := range s.reader.Row() {
			s.measure(i, displayWidth(&value, &s.grid.scratch))
		}
	}
	return head, nil
}

func (s *resultSheet) measure(column, width int) {
	s.widths[column] = max(s.widths[column], min(max(width+1, minWidth), maxWidth))
}

// displayWidth is about how many characters the value takes.
func displayWidth(v *rowbinary.Value, scratch *[]byte) int {
	if v.Kind() == rowbinary.KindString {
		return lineWidth(v.Bytes())
	}
	*scratch = v.AppendText((*scratch)[:0])
	switch t := v.Type(); {
	case v.Kind() == rowbinary.KindDecimal:
		return decimalWidth(*scratch, t.Scale)
	case v.Kind() == rowbinary.KindDateTime, v.Kind() == rowbinary.KindTime:
		return len(*scratch) - max(t.Precision-maxPrecision, 0)
	}
	return lineWidth(*scratch)
}

func lineWidth(text []byte) (width int) {
	for i := 0; i < len(text) && text[i] != '\n' && width < maxWidth; {
		r, size := utf8.DecodeRune(text[i:])
		width++
		if r >= 0x1100 { // where the wide scripts begin
			width++
		}
		i += size
	}
	return width
}

func (s *resultSheet) writeRows(ctx context.Context, head []byte) error {
	s.entry.buf = append(s.entry.buf, s.page.begin(s.widths)...)
	s.entry.buf = append(s.entry.buf, head...)
	for s.reader.Next() {
		if s.next > s.limits.rows || s.entry.size > s.limits.bytes {
			if err := s.turn(); err != nil {
				return err
			}
		}
		s.entry.buf = s.appendRow(s.entry.buf)
		s.entry.flush()
		if s.next%1024 != 0 {
			continue
		}
		if s.progress(s.written + s.reader.Rows()); ctx.Err() != nil {
			return fault.New(fault.Cancelled, "the workbook was cancelled: %w", ctx.Err())
		}
	}
	if s.reader.Err() != nil {
		return s.reader.Err()
	}
	return s.endPage()
}

// turn ends the full sheet and goes on to a new one.
func (s *resultSheet) turn() error {
	if err := s.endPage(); err != nil {
		return err
	}
	if err := s.entry.close(); err != nil {
		return err
	}
	path, err := s.newPage(s.name)
	if err != nil {
		return err
	}
	if err = s.grid.leaveTemplate(); err != nil {
		return err
	}
	if s.entry, err = s.zip.stream(path); err != nil {
		return err
	}
	s.entry.buf = append(s.entry.buf, s.page.begin(s.widths)...)
	s.entry.buf, err = s.appendHeader(s.entry.buf)
	return err
}

func (s *resultSheet) endPage() error {
	end, err := s.page.end(s.next - 1)
	s.entry.buf = append(s.entry.buf, end...)
	if err != nil {
		return err
	}
	return s.grid.err
}

func (s *resultSheet) appendHeader(dst []byte) (_ []byte, err error) {
	dst = s.page.openRow(dst, s.next)
	if !s.page.keepsHeader() {
		if dst, err = s.grid.appendHeader(dst, s.next); err != nil {
			return nil, err
		}
	}
	dst = s.page.closeRow(dst, s.next)
	s.next++
	return dst, nil
}

func (s *resultSheet) appendRow(dst []byte) []byte {
	dst = s.page.openRow(dst, s.next)
	dst = s.grid.appendCells(dst, s.next, s.reader.Row())
	dst = s.page.closeRow(dst, s.next)
	s.next++
	return dst
}

// tell adds the notes on what could not be written as it is.
func (s *resultSheet) tell() {
	for i := range s.grid.columns {
		c := &s.grid.columns[i]
		if c.cut > 0 {
			s.result.Truncated = true
			s.note("%s: column %q: %s longer than the %d characters a cell of Excel can hold, and cut there.",
				s.name, c.name, texts(c.cut), s.limits.units)
		}
		if c.invalid > 0 {
			s.note("%s: column %q: %s not valid UTF-8; what could not be read is shown as \uFFFD.", s.name, c.name, texts(c.invalid))
		}
		if c.finer > 0 {
			s.note("%s: the moments of column %q are shown to the millisecond; %s digits beyond it, which a csv file has.",
				s.name, c.name, having(c.finer))
		}
		if c.rounded > 0 {
			s.note("%s: the numbers of column %q are shown to %d digits; %s more, which a csv file has.",
				s.name, c.name, maxDigits, having(c.rounded))
		}
	}
}

func texts(n int64) string {
	if n == 1 {
		return "1 text was"
	}
	return strconv.FormatInt(n, 10) + " texts were"
}

func having(n int64) string {
	if n == 1 {
		return "1 has"
	}
	return strconv.FormatInt(n, 10) + " have"
}

func (b *book) note(format string, args ...any) {
	b.result.Notes = append(b.result.Notes, fmt.Sprintf(format, args...))
}
