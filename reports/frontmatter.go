package reports

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/words"
)

// MaxBytes is the largest file that is taken for a report.
const MaxBytes = 1 << 20

const byteOrderMark = '\uFEFF'

const beginning = "a report starts with a line ---, then title: and the other settings, then a line --- again"

// extent is a part of the document's bytes, from start up to but not including end.
type extent struct{ start, end int }

func (d *Document) reject(offset int, format string, args ...any) error {
	problem := locate(d.Name, d.data, []finding{{offset, fmt.Sprintf(format, args...)}})[0]
	return fault.New(fault.Invalid, "%w", problem)
}

func (d *Document) acceptable() error {
	if len(d.data) > MaxBytes {
		return d.reject(0, "%s", tooLarge(int64(len(d.data))))
	}
	if i := bytes.IndexByte(d.data, 0); i >= 0 {
		return d.reject(i, "the file is not a text file: is this a report?")
	}
	if i := invalidUTF8(d.data); i >= 0 {
		return d.reject(i, "the file is not UTF-8 text from here on: save it as UTF-8")
	}
	return nil
}

func tooLarge(size int64) string {
	return fmt.Sprintf("the file is %s; a report is at most 1 MB: is this a report?", megabytes(size))
}

func megabytes(size int64) string {
	switch over := size - MaxBytes; {
	case over < MaxBytes/20: // which would be told as 1.0 MB
		return words.Count(int(over), "byte") + " over 1 MB"
	case size < 10*MaxBytes:
		return fmt.Sprintf("%.1f MB", float64(size)/MaxBytes)
	}
	return fmt.Sprintf("%d MB", size/MaxBytes)
}

func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// split finds the lines of front matter and what comes after them.
func (d *Document) split() (front, body extent, err error) {
	start := 0
	if bytes.HasPrefix(d.data, []byte(string(byteOrderMark))) {
		start = len(string(byteOrderMark))
	}
	first := d.line(start)
	if !isRule(d.data[first.start:first.end]) {
		return front, body, d.reject(start, "there is no front matter: %s", beginning)
	}
	for at := first.end; at < len(d.data); {
		line := d.line(at)
		if isRule(d.data[line.start:line.end]) {
			return extent{first.end, line.start}, extent{line.end, len(d.data)}, nil
		}
		at = line.end
	}
	return front, body, d.reject(start, "the front matter does not end: %s", beginning)
}

// line is the line that starts at the offset, with its line break.
func (d *Document) line(start int) extent {
	if i := bytes.IndexByte(d.data[start:], '\n'); i >= 0 {
		return extent{start, start + i + 1}
	}
	return extent{start, len(d.data)}
}

func isRule(line []byte) bool {
	return string(bytes.TrimRight(line, " \t\r\n")) == "---"
}
