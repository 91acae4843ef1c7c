package postgres

import (
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// chunk is how many bytes of rows are encoded at a time.
const chunk = 64 << 10

var errClosed = errors.New("the result was closed")

// stream encodes rows as they come from the server, which waits while nobody reads.
type stream struct {
	run  *run
	rows *pgconn.ResultReader
	buf  []byte
	pos  int
	err  error // once set, the run has ended
}

func (r *run) stream() *stream {
	formats := make([]int16, len(r.columns))
	header := make([]source.Column, len(r.columns))
	for i, c := range r.columns {
		formats[i], header[i] = c.format, c.Column
	}
	s := &stream{run: r, buf: rowbinary.AppendHeader(make([]byte, 0, chunk+chunk/4), header)}
	s.rows = r.pg.ExecPrepared(r.ctx, "", r.sql.values, nil, formats)
	return s
}

func (s *stream) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for s.pos == len(s.buf) {
		if s.err != nil {
			return 0, s.err
		}
		s.pos, s.buf = 0, s.buf[:0]
		s.fill()
	}
	n := copy(p, s.buf[s.pos:])
	s.pos += n
	return n, nil
}

func (s *stream) fill() {
	for len(s.buf) < chunk {
		if s.run.ctx.Err() != nil || !s.rows.NextRow() {
			_, err := s.rows.Close()
			s.finish(err)
			return
		}
		if err := s.appendRow(s.rows.Values()); err != nil {
			s.abandon(err)
			return
		}
	}
}

func (s *stream) appendRow(values [][]byte) error {
	start := len(s.buf)
	for i := range s.run.columns {
		buf, err := s.run.columns[i].append(s.buf, values[i])
		if err != nil {
			s.buf = s.buf[:start]
			return &fault.Error{Code: fault.Failed, Message: fmt.Sprintf("column %q: %v", s.run.columns[i].Name, err), Cause: err}
		}
		s.buf = buf
	}
	return nil
}

// finish ends the run with what the server said last.
func (s *stream) finish(err error) {
	if err == nil && s.run.ctx.Err() != nil {
		// Cancelled after the server had sent everything: the rows that were skipped here are lost all the same.
		err = s.run.ctx.Err()
	}
	if s.err = s.run.end(err); s.err == nil {
		s.err = io.EOF
	}
}

// abandon stops the query on the server before its end.
func (s *stream) abandon(err error) {
	s.run.cancel()
	_, _ = s.rows.Close()
	_ = s.run.end(nil)
	s.err = err
}

// Close stops the query if it is not at its end. It must not be called while Read runs; cancel the context for that.
func (s *stream) Close() error {
	if s.err == nil {
		s.abandon(errClosed)
	}
	s.buf, s.pos = nil, 0
	if errors.Is(s.err, io.EOF) {
		s.err = errClosed
	}
	return nil
}
