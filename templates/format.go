package templates

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

var errFragment = errors.New("SQL text cannot be changed or written within another text: put it where it belongs, in an action of its own")

// errOffered tells of a trap: the text would be bound as one value, which is not what a list of columns is for.
var errOffered = errors.New("this would make one text of the options' values: the field alone writes their SQL, with commas between, as in {{ .columns }}")

// printable is a value as print, printf and their kin write it.
func printable(v any) (any, error) {
	switch v := bare(v).(type) {
	case fragment:
		return nil, errFragment
	case decimal.Decimal:
		return printedDecimal{v}, nil
	case forms.Date, time.Time, period, []string, []forms.Date:
		return plainText(v), nil
	case choices, []any:
		if offered(v) {
			return nil, errOffered
		}
		return plainText(v), nil
	case nil:
		return "", nil
	default:
		return v, nil
	}
}

func allPrintable(values []any) ([]any, error) {
	written := make([]any, len(values))
	for i, v := range values {
		p, err := printable(v)
		if err != nil {
			return nil, err
		}
		written[i] = p
	}
	return written, nil
}

// printedDecimal writes a decimal exactly under %s, %v and %.2f.
type printedDecimal struct{ value decimal.Decimal }

func (d printedDecimal) Format(f fmt.State, verb rune) {
	text := d.value.String()
	switch places, ok := f.Precision(); {
	case verb == 'f' && ok:
		text = d.value.StringFixed(int32(min(places, maxDigits)))
	case verb == 'd' && !d.value.IsInteger(), !strings.ContainsRune("vsfd", verb):
		fmt.Fprintf(f, "%%!%c(%s)", verb, text)
		return
	}
	width, _ := f.Width()
	padding := strings.Repeat(" ", max(width-len(text), 0))
	if f.Flag('-') {
		text += padding
	} else {
		text = padding + text
	}
	_, _ = f.Write([]byte(text))
}

// written makes one text of values through a function such as fmt.Sprint.
func written(write func(...any) string) func(values ...any) (string, error) {
	return func(values ...any) (string, error) {
		list, err := allPrintable(values)
		if err != nil {
			return "", err
		}
		return write(list...), nil
	}
}

var (
	formatSize = regexp.MustCompile(`\d+`)
	badVerb    = regexp.MustCompile(`%!(.)?\(`)
)

// printf is fmt.Sprintf within bounds; a verb that does not fit its value is an error instead of noise.
func (w *work) printf(format string, values ...any) (string, error) {
	list, err := allPrintable(values)
	if err != nil {
		return "", err
	}
	if strings.Contains(format, "%*") || strings.Contains(format, ".*") {
		return "", errors.New("a width of * is not available in printf: write the number")
	}
	if err := w.text(formatBound(format, values)); err != nil {
		return "", err
	}
	text := fmt.Sprintf(format, list...)
	if m := badVerb.FindString(text); m != "" && !strings.Contains(format+fmt.Sprint(list...), m) {
		return "", fmt.Errorf("printf %q does not fit its values: %s", format, text)
	}
	return text, nil
}

// formatBound is how long a formatted text can get: each verb writes at most its width or the largest value, escaped.
func formatBound(format string, values []any) int {
	bound, largest := len(format), 0
	for _, v := range values {
		cost, _ := size(v, maxString, 0)
		largest = max(largest, cost)
	}
	for _, digits := range formatSize.FindAllString(format, -1) {
		n, err := strconv.Atoi(digits)
		if err != nil || n > maxString {
			return -1
		}
		bound += n
	}
	return bound + strings.Count(format, "%")*4*largest
}

func toText(v any) (string, error) {
	p, err := printable(v)
	return fmt.Sprint(p), err
}

func texts(list any) ([]string, error) {
	all, err := listOf(list)
	if err != nil {
		return nil, err
	}
	written := make([]string, 0, len(all))
	for _, item := range all {
		if item == nil {
			continue
		}
		text, err := toText(item)
		if err != nil {
			return nil, err
		}
		written = append(written, text)
	}
	return written, nil
}

func (w *work) join(separator string, list any) (string, error) {
	if offered(list) {
		return "", errOffered
	}
	items, err := texts(list)
	if err != nil {
		return "", err
	}
	total := len(separator) * len(items)
	for _, item := range items {
		total += len(item)
	}
	if err := w.text(total); err != nil {
		return "", err
	}
	return strings.Join(items, separator), nil
}

// offered tells whether a list has options that give SQL.
func offered(list any) bool {
	all, _ := listOf(list)
	for _, item := range all {
		if c, ok := item.(choice); ok && c.sql != "" {
			return true
		}
	}
	return false
}

func quoted(quote func(string) string) func(values ...any) (string, error) {
	return func(values ...any) (string, error) {
		all, err := texts(values)
		for i, text := range all {
			all[i] = quote(text)
		}
		return strings.Join(all, " "), err
	}
}

// date writes a date or time by a Go layout; nothing stays nothing.
func date(layout string, v any) (any, error) {
	v = bare(v)
	if v == nil {
		return nil, nil
	}
	t, ok := moment(v)
	if !ok {
		if t, ok = readDate(v); !ok {
			return nil, fmt.Errorf("date takes a date or time, and was given %s", describe(v))
		}
	}
	text := t.Format(layout)
	if text == layout {
		return nil, fmt.Errorf("the layout %q shows nothing of the date: write it with the sample date, such as 02.01.2006 or 2006-01-02 15:04", layout)
	}
	return text, nil
}

// grouped writes a number with commas between thousands.
func grouped(v any) (any, error) {
	if bare(v) == nil {
		return nil, nil
	}
	n, err := parsed(v)
	if err != nil {
		return nil, err
	}
	text, sign := n.decimal.String(), ""
	if strings.HasPrefix(text, "-") {
		text, sign = text[1:], "-"
	}
	digits, fraction, _ := strings.Cut(text, ".")
	if fraction != "" {
		fraction = "." + fraction
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits + fraction, nil
}

// truncate keeps the first characters, or with a negative count the last ones.
func truncate(count int, text string) string {
	runes := []rune(text)
	switch {
	case count >= 0 && count < len(runes):
		return string(runes[:count])
	case count < 0 && -count < len(runes):
		return string(runes[len(runes)+count:])
	default:
		return text
	}
}

// substring is from start to end in characters; a negative end, or one beyond the text, is its end.
func substring(start, end int, text string) (string, error) {
	runes := []rune(text)
	if end < 0 || end > len(runes) {
		end = len(runes)
	}
	if start = max(start, 0); start > end {
		return "", fmt.Errorf("substr from %d to %d of a text of %d characters", start, end, len(runes))
	}
	return string(runes[start:end]), nil
}

func abbreviate(width int, text string) string {
	if width < 4 || utf8.RuneCountInString(text) <= width {
		return text
	}
	return truncate(width-3, text) + "..."
}

// sprintCat is cat: the values that are there, with a space between.
func sprintCat(values ...any) string {
	there := slices.DeleteFunc(values, func(v any) bool { return v == "" })
	return strings.TrimSuffix(fmt.Sprintln(there...), "\n")
}

func noSpace(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func decoded(decode func(string) ([]byte, error)) func(text string) (string, error) {
	return func(text string) (string, error) {
		raw, err := decode(text)
		return string(raw), err
	}
}
