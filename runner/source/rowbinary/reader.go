package rowbinary

import (
	"errors"
	"io"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
)

const (
	startBuffer = 64 << 10
	maxColumns  = 100_000
)

// Reader goes through rows one by one:
//
//	for r.Next() {
//		for i, value := range r.Row() { … }
//	}
//	return r.Err()
//
// It is not for several goroutines at once.
type Reader struct {
	src     io.Reader
	decoder decoder
	buf     []byte // buf[start:end] is read and not yet decoded
	start   int
	end     int
	eof     bool
	columns []source.Column
	types   []*Type
	row     []Value
	rows    int64
	offset  int64 // of the current row
	length  int64 // of the current row
	err     error
}

// NewReader reads the header. Moments without a zone of their own are in UTC until SetZone says otherwise. An error of r comes
// through as it is; a column that cannot be read is an Invalid fault that names it.
func NewReader(r io.Reader) (*Reader, error) {
	reader := &Reader{src: r, buf: make([]byte, startBuffer)}
	for {
		next, err := reader.header()
		if err != nil {
			return nil, err
		}
		if next >= 0 {
			reader.start, reader.offset = next, int64(next)
			break
		}
		if !reader.fill() {
			return nil, reader.headerError()
		}
	}
	reader.row = make([]Value, len(reader.types))
	reader.SetZone(time.UTC)
	return reader, nil
}

// SetZone says where moments are that have no zone of their own: in the report's. It is to be called before Next.
func (r *Reader) SetZone(zone *time.Location) {
	for _, t := range r.types {
		t.setZone(zone)
	}
}

func (r *Reader) headerError() error {
	if r.err != nil {
		return r.err
	}
	return fault.New(fault.Failed, "the result ended before its header was whole: %w", io.ErrUnexpectedEOF)
}

// Columns are the names and types of the header.
func (r *Reader) Columns() []source.Column { return r.columns }

// Types are the parsed types of the columns. They belong to the Reader.
func (r *Reader) Types() []*Type { return r.types }

// Rows is the number of rows read so far.
func (r *Reader) Rows() int64 { return r.rows }

// Offset is where the row that Row holds begins, in bytes from the start of the stream; after the last row it is where that ended.
func (r *Reader) Offset() int64 { return r.offset }

// Row holds a value per column. It and its values are valid until Next.
func (r *Reader) Row() []Value { return r.row }

// Err is nil when the rows ended where the stream did.
func (r *Reader) Err() error { return r.err }

// Next steps to the next row; false at the end and on an error.
func (r *Reader) Next() bool {
	r.offset += r.length
	r.length = 0
	for r.err == nil {
		if r.start < r.end {
			if next := r.decodeRow(); next > 0 {
				r.start += next
				r.length = int64(next)
				r.rows++
				return true
			}
			if r.err != nil {
				break
			}
		}
		if !r.fill() {
			if r.err == nil && r.start < r.end {
				r.err = fault.New(fault.Failed, "the result ended in the middle of row %d: %w", r.rows+1, io.ErrUnexpectedEOF)
			}
			break
		}
	}
	return false
}

// decodeRow returns the length of the row at the start of the buffer, or -1 with err set or more bytes needed.
func (r *Reader) decodeRow() int {
	d := &r.decoder
	d.buf = r.buf[r.start:r.end]
	pos := 0
	for i, t := range r.types {
		if pos = d.value(t, pos, &r.row[i]); pos < 0 {
			if d.err != nil {
				r.err = fault.New(fault.Failed, "row %d of the result is damaged in column %q: %w", r.rows+1, r.columns[i].Name, d.err)
			}
			return -1
		}
	}
	if pos == 0 {
		r.err = fault.New(fault.Failed, "the result has rows without any bytes; select a column that has values")
		return -1
	}
	return pos
}

// fill reads on. It makes sure that what the decoder asked for can fit, and for long rows waits for twice the bytes there were, so
// that a row is not decoded again for every piece of it. It returns false at the end of the stream and on an error.
func (r *Reader) fill() bool {
	if r.eof {
		return false
	}
	have := r.end - r.start
	want := max(have+1, r.decoder.need)
	if have > startBuffer/2 {
		want = max(want, 2*have)
	}
	r.decoder.need = 0
	if have >= MaxRow {
		r.err = fault.New(fault.Limit, "row %d of the result is longer than %d MiB; select fewer or shorter values", r.rows+1, MaxRow>>20)
		return false
	}
	r.makeRoom(want)
	for empty := 0; r.end-r.start < want && r.end < len(r.buf); {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		switch {
		case errors.Is(err, io.EOF):
			r.eof = true
			return r.end-r.start > have
		case err != nil:
			r.err = err
			return false
		case n > 0:
			empty = 0
		case empty > 100:
			r.err = io.ErrNoProgress
			return false
		default:
			empty++
		}
	}
	return true
}

// makeRoom moves what is left to the front and doubles the buffer if that is not enough. It never doubles at once to what a length
// in the data claims: memory follows the bytes that really came.
func (r *Reader) makeRoom(want int) {
	have := r.end - r.start
	target := r.buf
	if want > len(r.buf) && have > len(r.buf)/2 {
		target = make([]byte, 2*len(r.buf))
	}
	copy(target, r.buf[r.start:r.end])
	r.buf, r.start, r.end = target, 0, have
}

// header parses the header at the start of the buffer and returns its length, or -1 when more bytes are needed.
func (r *Reader) header() (int, error) {
	d := decoder{buf: r.buf[r.start:r.end]}
	n, pos := d.length(0)
	if pos >= 0 && (n == 0 || n > maxColumns) {
		return 0, fault.New(fault.Failed, "the result's header is damaged: it has %d columns", n)
	}
	texts := make([]string, 0, 64)
	var v Value
	for i := 0; pos >= 0 && i < 2*n; i++ {
		if pos = d.sized(text, pos, &v); pos >= 0 {
			texts = append(texts, string(v.raw))
		}
	}
	if pos < 0 {
		r.decoder.need = d.need
		if d.err != nil {
			return 0, fault.New(fault.Failed, "the result's header is damaged: %w", d.err)
		}
		return -1, nil
	}
	return pos, r.setColumns(texts[:n], texts[n:])
}

var text = &Type{Name: "String", Code: String}

func (r *Reader) setColumns(names, types []string) error {
	for i, name := range names {
		t, err := ParseType(types[i])
		if err != nil {
			return fault.New(fault.Invalid, "column %q: %w", name, err)
		}
		if err := readable(name, t); err != nil {
			return err
		}
		r.columns = append(r.columns, source.Column{Name: name, Type: types[i]})
		r.types = append(r.types, t)
	}
	return nil
}

// readable refuses columns whose values only ClickHouse itself understands.
func readable(name string, t *Type) (err error) {
	t.each(func(t *Type) {
		if t.Code == AggregateFunction && err == nil {
			err = fault.New(fault.Invalid, "column %q is an unfinished aggregation, %s: finish it with the function's -Merge form or with finalizeAggregation(%s)",
				name, shorten(t.Name), name)
		}
	})
	return err
}
