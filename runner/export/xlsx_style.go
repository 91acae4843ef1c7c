package export

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// Number formats. Text cells are marked as text so that Excel does not turn 00123 into 123 when somebody edits them.
const (
	formatText    = "@"
	formatInteger = "0"
	formatDate    = "yyyy-mm-dd"
	formatMoment  = "yyyy-mm-dd hh:mm:ss"
	formatTime    = "[h]:mm:ss"
)

const (
	maxDecimals  = 10 // digits after the point that all decimals of a column are shown with
	maxPrecision = 3  // digits of a second that Excel shows
)

// styles makes each style of a workbook once.
type styles struct {
	file *excelize.File
	made map[styleKey]int
}

type styleKey struct {
	base   int // a style of the template that is kept in all but the number format
	format string
	bold   bool
}

// number is the style with the number format on top of base. A base that has a format of its own, other than General, keeps it.
func (s *styles) number(base int, format string) (int, error) {
	if format == "" {
		return base, nil
	}
	return s.make(styleKey{base: base, format: format})
}

func (s *styles) header() (int, error) { return s.make(styleKey{format: formatText, bold: true}) }

func (s *styles) make(key styleKey) (int, error) {
	if id, ok := s.made[key]; ok {
		return id, nil
	}
	style := &excelize.Style{}
	if key.base != 0 {
		known, err := s.file.GetStyle(key.base)
		if err != nil {
			return 0, unexpected(err)
		}
		if known.NumFmt != 0 || known.CustomNumFmt != nil {
			s.made[key] = key.base
			return key.base, nil
		}
		style = known
	}
	style.CustomNumFmt = &key.format
	if key.bold {
		family, err := s.file.GetDefaultFont()
		if err != nil {
			return 0, unexpected(err)
		}
		style.Font = &excelize.Font{Bold: true, Family: family, Size: 11}
	}
	id, err := s.file.NewStyle(style)
	s.made[key] = id
	return id, unexpected(err)
}

// formatOf is the number format for numbers of the type; empty for General. Without one Excel shows integers of 12 digits and more
// as 1.2E+11.
func formatOf(t *rowbinary.Type) string {
	switch t.Code {
	case rowbinary.Date, rowbinary.Date32:
		return formatDate
	case rowbinary.DateTime, rowbinary.DateTime64:
		return formatMoment + fraction(min(t.Precision, maxPrecision))
	case rowbinary.Time, rowbinary.Time64:
		return formatTime + fraction(min(t.Precision, maxPrecision))
	case rowbinary.Decimal32, rowbinary.Decimal64, rowbinary.Decimal128, rowbinary.Decimal256:
		return formatInteger + fraction(min(t.Scale, maxDecimals))
	case rowbinary.Float32, rowbinary.Float64, rowbinary.BFloat16, rowbinary.Bool:
		return ""
	}
	if t.Numeric() {
		return formatInteger
	}
	return formatText
}

func fraction(digits int) string {
	if digits == 0 {
		return ""
	}
	return "." + strings.Repeat("0", digits)
}
