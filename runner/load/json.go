package load

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/load/infer"
)

// jsonReader reads objects that follow one another, as in JSON lines, or that are the elements of one array. Keys become columns in
// the order in which they first occur.
type jsonReader struct {
	name    string
	text    *text
	lineAt  lineFinder
	bounded *boundedReader
	decoder *json.Decoder
	inArray bool
	row     int64
	skipped int64 // bytes before what the decoder reads
	start   int64 // of the row, as the decoder counts bytes

	names   []string
	index   map[string]int
	cells   []infer.Cell
	present []int64 // the last row that had the key
	raw     json.RawMessage
	buf     []byte // unescaped texts of the row
}

// lineFinder tells the line of the first text behind so many bytes of the file.
type lineFinder func(offset int64) int

func newJSONReader(name string, t *text, lineAt lineFinder) (*jsonReader, error) {
	bounded := &boundedReader{from: t, left: maxRow}
	r := &jsonReader{name: name, text: t, lineAt: lineAt, bounded: bounded, decoder: json.NewDecoder(bounded), index: map[string]int{}}
	for {
		first, err := t.Peek(1)
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case err == nil && bytes.ContainsAny(first, " \t\r\n"):
			_, _ = t.Discard(1)
			r.skipped++
			continue
		case err == nil && first[0] == '[':
			r.inArray = true
			_, err = r.decoder.Token()
			return r, err
		}
		return r, nil
	}
}

func (r *jsonReader) Names() []string { return r.names }

func (r *jsonReader) Skipped() int64 { return 0 }

func (r *jsonReader) Place() string { return fmt.Sprintf("line %d", r.lineAt(r.skipped+r.start)) }

// Next returns the next row: a cell for each name so far.
func (r *jsonReader) Next() ([]infer.Cell, error) {
	r.bounded.left = maxRow
	if r.inArray && !r.decoder.More() {
		return nil, r.end()
	}
	r.row++
	r.start = r.decoder.InputOffset()
	if err := r.decoder.Decode(&r.raw); err != nil {
		if errors.Is(err, io.EOF) && !r.inArray {
			return nil, io.EOF
		}
		return nil, r.syntax(err)
	}
	if r.raw[0] != '{' {
		return nil, r.fault("there must be an object, and this is %s", kindName(r.raw))
	}
	if flaw := r.text.flaw(r.raw); flaw != "" {
		return nil, r.fault("the object %s", flaw)
	}
	return r.cells, r.split(r.raw)
}

// end checks what stands behind the last object of an array.
func (r *jsonReader) end() error {
	r.start = r.decoder.InputOffset()
	if _, err := r.decoder.Token(); err != nil {
		return r.syntax(err)
	}
	r.start = r.decoder.InputOffset()
	if _, err := r.decoder.Token(); err == nil || !errors.Is(err, io.EOF) {
		return r.fault("something follows the end of the array")
	}
	return io.EOF
}

// split finds the values of an object, whose JSON is known to be valid.
func (r *jsonReader) split(object []byte) error {
	for i := range r.cells {
		r.cells[i] = infer.Cell{Kind: infer.Null}
	}
	r.buf = r.buf[:0]
	for rest := skipSpace(object[1:]); rest[0] != '}'; {
		var key, value []byte
		key, rest = cutValue(rest)
		value, rest = cutValue(skipSpace(skipSpace(rest)[1:]))
		if err := r.set(key, value); err != nil {
			return err
		}
		if rest = skipSpace(rest); rest[0] == ',' {
			rest = skipSpace(rest[1:])
		}
	}
	return nil
}

func (r *jsonReader) set(key, value []byte) error {
	name, err := r.unquote(key)
	if err != nil {
		return r.fault("the key %s %w", key, err)
	}
	i, known := r.index[string(name)]
	if !known {
		if i = len(r.names); i == maxColumns {
			return r.fault("there are more than %d different keys", maxColumns)
		}
		r.index[string(name)] = i
		r.names = append(r.names, string(name))
		r.cells = append(r.cells, infer.Cell{})
		r.present = append(r.present, 0)
	}
	if r.present[i] == r.row {
		return r.fault("the key %q is there twice", name)
	}
	r.present[i] = r.row
	if r.cells[i], err = r.cell(value); err != nil {
		return r.fault("the value of %q %w", name, err)
	}
	return nil
}

func (r *jsonReader) cell(value []byte) (infer.Cell, error) {
	switch value[0] {
	case 'n':
		return infer.Cell{Kind: infer.Null}, nil
	case 't', 'f':
		return infer.Cell{Kind: infer.Bool, Text: value}, nil
	case '{', '[':
		var compact bytes.Buffer
		err := json.Compact(&compact, value)
		return infer.Cell{Kind: infer.Nested, Text: compact.Bytes()}, err
	case '"':
		text, err := r.unquote(value)
		return infer.Cell{Kind: infer.Text, Text: text}, err
	}
	return infer.Cell{Kind: infer.Number, Text: value}, nil
}

// unquote returns the text of a valid JSON string.
func (r *jsonReader) unquote(quoted []byte) ([]byte, error) {
	inner := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return inner, nil
	}
	start := len(r.buf)
	var err error
	r.buf, err = appendUnescaped(r.buf, inner)
	return r.buf[start:len(r.buf):len(r.buf)], err
}

// syntax words what the decoder says.
func (r *jsonReader) syntax(err error) error {
	var known *fault.Error
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, errTooLong):
		return r.fault("the object that begins here is longer than %d MB", maxRow>>20)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return r.fault("the file ends in the middle of what begins here")
	case errors.As(err, &syntax):
		return r.fault("what begins here is not valid JSON: %w", err)
	}
	return err
}

// fault is about the row, and names the line that it begins in.
func (r *jsonReader) fault(format string, args ...any) error {
	line := r.lineAt(r.skipped + r.start)
	return fault.New(fault.Invalid, "%s, line %d: %w.", r.name, line, fmt.Errorf(format, args...))
}

func kindName(value []byte) string {
	switch value[0] {
	case '[':
		return "an array"
	case '"':
		return "a text"
	case 'n':
		return "null"
	case 't', 'f':
		return "true or false"
	}
	return "a number"
}
