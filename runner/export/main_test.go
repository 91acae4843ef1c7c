package export

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// ask runs the query on the embedded engine and returns its answer in the format.
func ask(tb testing.TB, format string, settings map[string]string, query string) []byte {
	tb.Helper()
	all := map[string]string{"output_format_binary_write_json_as_string": "1", "enable_time_time64_type": "1"}
	maps.Copy(all, settings)
	return enginetest.Ask(tb, format, all, query)
}

// result is the query's answer as a sheet.
func result(tb testing.TB, name, query string) Sheet {
	tb.Helper()
	return sheetOf(name, ask(tb, source.RowBinary, nil, query))
}

func sheetOf(name string, rows []byte) Sheet {
	return Sheet{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(rows)), nil }}
}

// reader is the query's answer, row by row.
func reader(tb testing.TB, query string) *rowbinary.Reader {
	tb.Helper()
	r, err := rowbinary.NewReader(bytes.NewReader(ask(tb, source.RowBinary, nil, query)))
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// textRows is a result of one column of texts.
func textRows(column string, texts ...string) []byte {
	out := append([]byte{1}, appendString(appendString(nil, column), "String")...)
	for _, text := range texts {
		out = appendString(out, text)
	}
	return out
}

func appendString(dst []byte, text string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

// numberRows is a result of one UInt32 column, counting from 1.
func numberRows(n int) []byte {
	out := append([]byte{1}, appendString(appendString(nil, "n"), "UInt32")...)
	for i := range n {
		out = binary.LittleEndian.AppendUint32(out, uint32(i+1))
	}
	return out
}

// written is a workbook and what was told about it.
type written struct {
	result Result
	data   []byte
	file   *excelize.File
}

func write(tb testing.TB, book Workbook) written {
	tb.Helper()
	return writeWithin(tb, book, excelBounds)
}

func writeWithin(tb testing.TB, book Workbook, limits bounds) written {
	tb.Helper()
	var out bytes.Buffer
	res, err := writeWorkbook(context.Background(), &out, book, limits)
	if err != nil {
		tb.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = f.Close() })
	return written{result: res, data: out.Bytes(), file: f}
}

// part returns a part of the zip.
func (w written) part(tb testing.TB, name string) string {
	tb.Helper()
	archive, err := zip.NewReader(bytes.NewReader(w.data), int64(len(w.data)))
	if err != nil {
		tb.Fatal(err)
	}
	r, err := archive.Open(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(r)
	if err != nil {
		tb.Fatal(err)
	}
	return string(content)
}

// rows are the cells of a sheet as they are stored, not as formats show them.
func (w written) rows(tb testing.TB, sheet string) [][]string {
	tb.Helper()
	rows, err := w.file.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		tb.Fatal(err)
	}
	for i, row := range rows {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		rows[i] = row
	}
	return rows
}

// cell tells the type, number format and stored value of a cell.
func (w written) cell(tb testing.TB, sheet, at string) string {
	tb.Helper()
	kind, err := w.file.GetCellType(sheet, at)
	if err != nil {
		tb.Fatal(err)
	}
	value, err := w.file.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		tb.Fatal(err)
	}
	id, err := w.file.GetCellStyle(sheet, at)
	if err != nil {
		tb.Fatal(err)
	}
	format := ""
	if style, err := w.file.GetStyle(id); err == nil && style.CustomNumFmt != nil {
		format = " as " + *style.CustomNumFmt
	}
	names := map[excelize.CellType]string{excelize.CellTypeInlineString: "text", excelize.CellTypeUnset: "number", excelize.CellTypeBool: "bool"}
	return fmt.Sprintf("%s %s%s", names[kind], value, format)
}

func moscow(tb testing.TB) *time.Location {
	tb.Helper()
	zone, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		tb.Fatal(err)
	}
	return zone
}
