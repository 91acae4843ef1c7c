// Package export writes results into files: workbooks, CSV, Parquet and JSON, and publishes a file only once it is whole.
package export

import (
	"context"
	"errors"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Workbook is what an xlsx file is made of: a sheet per result, one per chart, and last the sheet that tells where it all came from.
type Workbook struct {
	Sheets []Sheet
	Charts []Chart
	About  *About // nil for none
	// Template is an .xlsx to fill; its styles, charts and formulas stay. Empty for a blank workbook.
	Template []byte
	// Location is the report's time zone, for moments whose column has none; nil for UTC.
	Location *time.Location
	// Progress is told every so many rows how many are written, of all sheets together; it must return at once. It may be nil.
	Progress func(rows int64)
}

// Sheet is one result.
type Sheet struct {
	Name string
	// Open returns the rows as RowBinary; it is called once, and what it returns is closed.
	Open func() (io.ReadCloser, error)
}

// Result tells what became of the rows.
type Result struct {
	Rows []int64 // of each sheet of the Workbook
	// Notes are sentences on what the file does not show as it is, such as texts longer than a cell.
	Notes []string
	// Truncated is set when something of the result is not in the file.
	Truncated bool
}

// bounds of a sheet. Tests set smaller ones.
type bounds struct {
	rows    int   // with the header
	columns int   //
	units   int   // UTF-16 units of a cell's text
	bytes   int64 // of a sheet's XML; from 4 GiB on zip needs extensions that not all readers of workbooks know
	points  int   // rows of a chart's data
}

var excelBounds = bounds{rows: 1_048_576, columns: 16_384, units: 32_767, bytes: 3 << 30, points: 10_000}

// WriteWorkbook writes the workbook in one pass with flat memory, however many rows there are. Sheets are compressed by a goroutine
// of their own while they are encoded. When it fails, what went to w is no file.
//
// The rows go past excelize: its stream writer takes a []any per row, and each cell costs several allocations. Everything else of
// the workbook (styles, charts, names, the parts of a template) is excelize's.
func WriteWorkbook(ctx context.Context, w io.Writer, book Workbook) (Result, error) {
	return writeWorkbook(ctx, w, book, excelBounds)
}

func writeWorkbook(ctx context.Context, w io.Writer, book Workbook, limits bounds) (_ Result, err error) {
	if len(book.Template) > 0 { // a damaged workbook can make excelize panic, which must not end the server
		defer func() {
			if p := recover(); p != nil {
				err = fault.New(fault.Invalid, "The template cannot be filled: it is damaged (%v).", p)
			}
		}()
	}
	b, err := newBook(w, book, limits)
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = b.file.Close() }()
	for _, sheet := range book.Sheets {
		if err := b.addResult(ctx, sheet); err != nil {
			return Result{}, err
		}
	}
	for _, chart := range book.Charts {
		if err := b.addChart(chart); err != nil {
			return Result{}, err
		}
	}
	if book.About != nil {
		if err := b.addAbout(*book.About); err != nil {
			return Result{}, err
		}
	}
	return b.result, b.finish()
}

// book is a workbook being written: sheets with results go to the zip at once, all else waits in file until the end.
type book struct {
	zip      *archive
	file     *excelize.File
	limits   bounds
	location *time.Location
	template bool   // file is an analyst's workbook
	parts    *parts // of the template
	blank    string
	sheets   []Sheet
	names    sheetNames
	styles   styles
	result   Result
	zones    []AboutValue // of columns that show another one than the report's
	progress func(rows int64)
	written  int64 // rows of the sheets before
}

func newBook(w io.Writer, content Workbook, limits bounds) (*book, error) {
	b := &book{
		zip: newArchive(w), limits: limits, location: content.Location, sheets: content.Sheets,
		names: sheetNames{}, result: Result{Rows: []int64{}}, progress: content.Progress,
	}
	if b.progress == nil {
		b.progress = func(int64) {}
	}
	if b.location == nil {
		b.location = time.UTC
	}
	if len(content.Template) > 0 {
		if err := b.openTemplate(content.Template); err != nil {
			return nil, err
		}
	} else {
		b.file = excelize.NewFile()
		b.blank = b.file.GetSheetName(0)
		if err := b.describe(content.About); err != nil {
			return nil, err
		}
	}
	b.styles = styles{file: b.file, made: map[styleKey]int{}}
	return b, nil
}

// describe fills the properties that file managers show.
func (b *book) describe(about *About) error {
	props := &excelize.DocProperties{Creator: "Vitrina"}
	if about != nil {
		props.Title = strings.ToValidUTF8(about.Report, "\uFFFD")
		if !about.Finished.IsZero() {
			props.Created = about.Finished.UTC().Format(time.RFC3339)
			props.Modified = props.Created
		}
	}
	err := errors.Join(b.file.SetDocProps(props), b.file.SetAppProps(&excelize.AppProperties{Application: "Vitrina"}))
	b.leaveOutModifier()
	return unexpected(err)
}

// leaveOutModifier takes the name of the last writer out of the properties: excelize always writes it without the prefix by which
// exceljs knows it, which then refuses the whole workbook.
func (b *book) leaveOutModifier() {
	const part = "docProps/core.xml"
	if core, ok := b.file.Pkg.Load(part); ok {
		b.file.Pkg.Store(part, modifier.ReplaceAll(core.([]byte), nil))
	}
}

var modifier = regexp.MustCompile(`<lastModifiedBy>[^<]*</lastModifiedBy>|<lastModifiedBy/>`)

// newSheet adds a sheet behind the others under a name of its own, as near to the wanted one as can be.
func (b *book) newSheet(name string) (string, error) {
	name = b.names.take(name)
	if b.blank != "" {
		err := b.file.SetSheetName(b.blank, name)
		b.blank = ""
		return name, unexpected(err)
	}
	_, err := b.file.NewSheet(name)
	return name, unexpected(err)
}

// finish writes what excelize holds around the sheets that are in the zip already.
func (b *book) finish() error {
	always := true
	if b.template {
		if err := b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &always}); err != nil {
			return unexpected(err)
		}
	}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return b.zip })
	if err := b.file.Write(io.Discard); err != nil {
		return b.zip.cause(err)
	}
	return b.zip.cause(b.zip.finish())
}

// unexpected is an error of excelize that no input should cause.
func unexpected(err error) error {
	if err == nil {
		return nil
	}
	return fault.New(fault.Failed, "the workbook cannot be made: %w", err)
}
