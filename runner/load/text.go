package load

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

var byteOrderMark = []byte("\uFEFF")

// replacement is what decoders write for bytes that the encoding does not have.
var replacement = []byte("\uFFFD")

// text is a file's content as UTF-8, without a byte order mark. What is no valid UTF-8 comes through for the reader to refuse.
type text struct {
	*bufio.Reader
	io.Closer
	// foreign is the encoding the content was in; empty for UTF-8. Its decoder writes replacements for what it does not know.
	foreign string
}

func (in *input) openText(ctx context.Context) (*text, error) {
	content, err := in.open(ctx)
	if err != nil {
		return nil, err
	}
	t := &text{Reader: bufio.NewReaderSize(content, bufferSize), Closer: content}
	if err := t.decode(in.encoding); err != nil {
		_ = content.Close()
		return nil, err
	}
	return t, nil
}

func (t *text) decode(name string) error {
	decoding, err := findEncoding(name)
	if err != nil {
		return err
	}
	if decoding == nil {
		if mark, _ := t.Peek(2); bytes.Equal(mark, []byte{0xff, 0xfe}) || bytes.Equal(mark, []byte{0xfe, 0xff}) {
			decoding = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		}
	} else {
		t.foreign = name
	}
	if decoding != nil {
		t.Reader = bufio.NewReaderSize(transform.NewReader(t.Reader, decoding.NewDecoder()), bufferSize)
	}
	if mark, _ := t.Peek(len(byteOrderMark)); bytes.Equal(mark, byteOrderMark) {
		_, err = t.Discard(len(mark))
	}
	return err
}

// findEncoding is nil for UTF-8.
func findEncoding(name string) (encoding.Encoding, error) {
	if name == "" {
		return nil, nil
	}
	found, err := htmlindex.Get(name)
	if err != nil || found == encoding.Replacement {
		return nil, fault.New(fault.Invalid, "The encoding %q is not known; write its usual name, such as windows-1251 or latin1.", name)
	}
	if found == unicode.UTF8 {
		return nil, nil
	}
	return found, nil
}

// flaw says in words what is wrong with the bytes of a value; empty if nothing is.
func (t *text) flaw(s []byte) string {
	switch {
	case !utf8.Valid(s):
		return "is not UTF-8. Name the file's encoding, such as --encoding windows-1251 or --encoding latin1"
	case t.foreign != "" && bytes.Contains(s, replacement):
		return "has bytes that " + t.foreign + " does not have. Name another encoding"
	}
	return ""
}

// whatItIs names files that are not rows of text by their first bytes; empty if they may be.
func whatItIs(sample []byte) string {
	for magic, name := range map[string]string{
		"PK\x03\x04":          "an Excel workbook or a zip archive. Save the sheet as CSV, or unpack the archive",
		"\xd0\xcf\x11\xe0":    "an old Excel workbook. Save the sheet as CSV",
		"%PDF-":               "a PDF",
		"SQLite format 3\x00": "an SQLite database. Export the table as CSV",
		"ORC":                 "an ORC file. Convert it to Parquet",
		"Obj\x01":             "an Avro file. Convert it to Parquet",
	} {
		if bytes.HasPrefix(sample, []byte(magic)) && (len(magic) > 3 || bytes.IndexByte(sample, 0) >= 0) {
			return name
		}
	}
	return ""
}

// looksBinary tells bytes that no text has: text in a single-byte encoding has hardly a control character, UTF-16 has its mark.
func looksBinary(sample []byte) bool {
	if bytes.HasPrefix(sample, []byte{0xff, 0xfe}) || bytes.HasPrefix(sample, []byte{0xfe, 0xff}) {
		return false
	}
	controls := 0
	for _, c := range sample {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			controls++
		}
	}
	return controls*20 > len(sample)
}

// readLine returns the next line with its end, at most limit bytes, valid until the next call.
func (t *text) readLine(end byte, spare []byte, limit int) (line, buf []byte, err error) {
	line, err = t.ReadSlice(end)
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line, spare, err
	}
	buf = append(spare[:0], line...)
	for errors.Is(err, bufio.ErrBufferFull) && len(buf) <= limit {
		line, err = t.ReadSlice(end)
		buf = append(buf, line...)
	}
	return buf, buf, err
}

// lineFinder reads the text anew, up to the place asked for.
func (in *input) lineFinder(ctx context.Context) lineFinder {
	return func(offset int64) int {
		t, err := in.openText(ctx)
		if err != nil {
			return 0
		}
		defer func() { _ = t.Close() }()
		line := 1
		for at := int64(0); ; at++ {
			c, err := t.ReadByte()
			if err != nil || at >= offset && !bytes.ContainsAny([]byte{c}, " \t\r\n,") {
				return line
			}
			if c == '\n' {
				line++
			}
		}
	}
}
