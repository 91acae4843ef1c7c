package runner

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// spool keeps the rows of one cell in a file, so that later cells, files, charts and prose all see the same result however long it
// is and however often it is read.
type spool struct {
	path    string
	columns []source.Column
	rows    int64
	first   map[string]any // the first row, by column

	head Kept  // the rows to keep, without a path yet
	end  int64 // where they end in the file
}

// table offers the spool to a later query.
func (s *spool) table() source.Table {
	return source.Table{Columns: s.columns, Open: s.open}
}

func (s *spool) open() (io.ReadCloser, error) { return os.Open(s.path) }

// received counts what has come from a source, for progress and for limits.
type received struct {
	rows, bytes atomic.Int64
}

// fill writes the rows of a cell to a new file in the run's folder and closes nothing but that file. cut tells that rows were left
// behind because of the limits.
func (x *execution) fill(ctx context.Context, cell string, stream io.Reader, limits Limits, got *received) (s *spool, cut bool, err error) {
	dir := x.dir
	path := filepath.Join(dir, cell+".rows")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, false, fault.Disk(dir, err)
	}
	defer func() { err = errors.Join(err, fault.Disk(dir, file.Close())) }()
	out := bufio.NewWriterSize(file, 1<<18)
	sink := &failing{to: out}
	from := &counting{from: stream, got: got, limit: limits.Bytes}
	if limits.Cut { // rows left out take no bytes: keep looks at those kept
		from.limit = 0
	}
	rows, err := rowbinary.NewReader(io.TeeReader(from, sink))
	if err != nil {
		return nil, false, sink.cause(dir, err)
	}
	rows.SetZone(x.location) // prose shows moments as the files do
	s = &spool{path: path, columns: rows.Columns()}
	for s.mark(rows, x.request.Keep); rows.Next(); {
		s.mark(rows, x.request.Keep)
		if cut = x.cuts(cell, rows.Offset()); cut {
			break
		}
		if cut, err = s.keep(rows, limits); cut || err != nil {
			break
		}
		if got.rows.Store(s.rows); s.rows%1024 == 0 && ctx.Err() != nil {
			return nil, false, fault.New(fault.Cancelled, "The run was cancelled.")
		}
	}
	if err = errors.Join(err, rows.Err()); err == nil && limits.Bytes > 0 && rows.Offset() > limits.Bytes {
		err = tooManyBytes(limits.Bytes)
	}
	if err != nil {
		return nil, false, sink.cause(dir, err)
	}
	s.mark(rows, x.request.Keep)
	if err := out.Flush(); err != nil {
		return nil, false, fault.Disk(dir, err)
	}
	if cut {
		err = fault.Disk(dir, file.Truncate(rows.Offset()))
	}
	return s, cut, err
}

// mark remembers where the reader stands, behind the rows so far, if these are not too many to be kept.
func (s *spool) mark(rows *rowbinary.Reader, keep Keep) {
	if s.end == 0 || s.rows <= keep.Rows && (keep.Bytes == 0 || rows.Offset() <= keep.Bytes) {
		s.head.Rows, s.end = s.rows, rows.Offset()
	}
}

// keep counts the current row. A row beyond the limits is not kept: it cuts the result or fails the run.
func (s *spool) keep(rows *rowbinary.Reader, limits Limits) (cut bool, err error) {
	if limits.Bytes > 0 && rows.Offset() > limits.Bytes {
		return false, tooManyBytes(limits.Bytes)
	}
	if limits.Rows > 0 && s.rows == limits.Rows {
		if limits.Cut {
			return true, nil
		}
		return false, tooManyRows(limits.Rows)
	}
	if s.rows == 0 {
		s.first = firstRow(rows)
	}
	s.rows++
	return false, nil
}

func firstRow(rows *rowbinary.Reader) map[string]any {
	first := map[string]any{}
	for i, value := range rows.Row() {
		if len(value.Bytes()) > longestInText {
			first[rows.Columns()[i].Name] = tooLong{}
			continue
		}
		first[rows.Columns()[i].Name] = value.Any()
	}
	return first
}

// longestInText is how many bytes a value may have that prose can show. Longer ones are no text for people, and take memory.
const longestInText = 1 << 20

// tooLong stands for a value that is longer.
type tooLong struct{}

func tooManyRows(limit int64) error {
	return fault.New(fault.Limit, "The result has more than %d rows, the limit of this source. Narrow the form, or ask the administrator.", limit)
}

func tooManyBytes(limit int64) error {
	return fault.New(fault.Limit, "The result has more than %d bytes, the limit of this source. Narrow the form, or ask the administrator.", limit)
}

// counting counts bytes as they are read and ends the stream with an error at the limit.
type counting struct {
	from  io.Reader
	got   *received
	limit int64
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	total := c.got.bytes.Add(int64(n))
	if c.limit > 0 && total > c.limit {
		return n, tooManyBytes(c.limit)
	}
	return n, err
}

// failing remembers an error of writing, which a TeeReader passes on as one of reading.
type failing struct {
	to  io.Writer
	err error
}

func (f *failing) Write(p []byte) (int, error) {
	n, err := f.to.Write(p)
	if err != nil {
		f.err = err
	}
	return n, err
}

// cause is the error of writing, in words, if there was one, else err.
func (f *failing) cause(dir string, err error) error {
	if f.err != nil {
		return fault.Disk(dir, f.err)
	}
	return err
}
