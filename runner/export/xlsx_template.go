package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// maxTemplate is how large a template may be, unpacked.
const maxTemplate = 256 << 20

// openTemplate opens an analyst's workbook. Its parts stay as they are, byte for byte, save those that must change.
func (b *book) openTemplate(data []byte) error {
	prepared, err := prepareTemplate(data)
	if err != nil {
		return fault.New(fault.Invalid, "The template cannot be read: %w", err)
	}
	b.file, err = excelize.OpenReader(bytes.NewReader(prepared), excelize.Options{UnzipSizeLimit: 2 * maxTemplate, UnzipXMLSizeLimit: 2 * maxTemplate})
	if err != nil {
		return fault.New(fault.Invalid, "The template cannot be read: %w", err)
	}
	b.template = true
	props, err := b.file.GetWorkbookProps()
	if err != nil {
		return unexpected(err)
	}
	if props.Date1904 != nil && *props.Date1904 {
		return fault.New(fault.Invalid, "The template counts days from 1904: switch that off in Excel's options for the workbook, and save it again.")
	}
	for _, name := range b.file.GetSheetList() {
		b.names[strings.ToLower(name)] = true
	}
	b.parts, err = readParts(b.file)
	if err != nil {
		return fault.New(fault.Invalid, "The template cannot be read: %w", err)
	}
	b.avoidParts()
	return nil
}

// avoidParts makes sure that sheets to come get parts of their own: excelize numbers them after the highest id of a sheet, which need
// not be that of the highest part.
func (b *book) avoidParts() {
	sheets := b.file.WorkBook.Sheets.Sheet
	highest := 0
	for path := range b.parts.sheets {
		var n int
		if _, err := fmt.Sscanf(path, "xl/worksheets/sheet%d.xml", &n); err == nil {
			highest = max(highest, n)
		}
	}
	for _, sheet := range sheets {
		highest = max(highest, sheet.SheetID)
	}
	if n := len(sheets); n > 0 {
		sheets[n-1].SheetID = highest
	}
}

var (
	calcChainPart = "xl/calcChain.xml"
	calcChainType = regexp.MustCompile(`<Override\b[^>]*/xl/calcChain\.xml[^>]*(?:/>|></Override>)`)
	calcChainRel  = regexp.MustCompile(`<Relationship\b[^>]*calcChain[^>]*(?:/>|></Relationship>)`)
	cellFormula   = regexp.MustCompile(`<c\b([^>]*)>(\s*(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)\s*)(?:<v\b[^>]*/>|<v\b[^>]*>[^<]*</v>)`)
	typeAttribute = regexp.MustCompile(`\st="[^"]*"`)
)

// prepareTemplate takes out what would be wrong in the finished workbook: the results of formulas, which whoever opens it shall compute
// anew, and the list of cells with formulas, some of which may be gone.
func prepareTemplate(data []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.New("it is no .xlsx workbook, or it is protected by a password")
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	left := int64(maxTemplate)
	for _, entry := range in.File {
		content, err := readEntry(entry, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(content))
		switch name := strings.TrimPrefix(entry.Name, "/"); {
		case name == calcChainPart:
			continue
		case name == "[Content_Types].xml":
			content = calcChainType.ReplaceAll(content, nil)
		case name == "xl/_rels/workbook.xml.rels":
			content = calcChainRel.ReplaceAll(content, nil)
		case strings.HasPrefix(name, "xl/worksheets/"):
			content = dropResults(content)
		}
		part, err := w.CreateHeader(&zip.FileHeader{Name: entry.Name, Method: zip.Store})
		if err == nil {
			_, err = part.Write(content)
		}
		if err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

func readEntry(entry *zip.File, most int64) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, fmt.Errorf("its part %s is damaged: %w", entry.Name, err)
	}
	if int64(len(content)) > most {
		return nil, fmt.Errorf("it is larger than %d MiB unpacked", maxTemplate>>20)
	}
	return content, nil
}

// dropResults removes what formulas came to when the template was saved.
func dropResults(sheet []byte) []byte {
	return cellFormula.ReplaceAllFunc(sheet, func(cell []byte) []byte {
		parts := cellFormula.FindSubmatch(cell)
		out := append([]byte(`<c`), typeAttribute.ReplaceAll(parts[1], nil)...)
		return append(append(out, '>'), parts[2]...)
	})
}
