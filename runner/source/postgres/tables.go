package postgres

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// sendTable makes a temporary table of an earlier result and fills it, which only has to happen if the statement will run.
func (r *run) sendTable(name string, table source.Table, rows bool) error {
	columns, names := make([]string, len(table.Columns)), source.Distinct(table.Columns)
	for i, c := range table.Columns {
		t, err := rowbinary.ParseType(c.Type)
		if err != nil {
			return invalid("the result of cell %q: column %q: %w", name, c.Name, err)
		}
		columns[i] = sqltext.Postgres.Name(names[i]) + " " + columnType(t)
	}
	target := tempName(name)
	if err := r.exec("CREATE TEMPORARY TABLE " + target + " (" + strings.Join(columns, ", ") + ") ON COMMIT DROP"); err != nil || !rows {
		return r.notAllowed(err, name)
	}
	data, err := table.Open()
	if err != nil {
		return err
	}
	err = r.copyTable(target, name, data)
	return errors.Join(err, data.Close())
}

// notAllowed says what an administrator has to do when there can be no temporary tables.
func (r *run) notAllowed(err error, cell string) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "42501" || pg.Code == "25006") {
		return &fault.Error{
			Code:    fault.Failed,
			Message: fmt.Sprintf("the result of cell %q cannot be sent to source %q: its role needs the right TEMPORARY, on a server that is no standby (%s)", cell, r.source.name, pg.Message),
			Cause:   err,
		}
	}
	return err
}

func (r *run) copyTable(target, name string, data io.Reader) error {
	in, err := rowbinary.NewReader(data)
	if err != nil {
		return err
	}
	lines := &copyReader{in: in, cell: name}
	if _, err := r.pg.CopyFrom(r.ctx, lines, "COPY "+target+" FROM STDIN"); err != nil {
		if lines.err != nil {
			return lines.err // Postgres only says that the data did not come
		}
		return err
	}
	return r.exec("ANALYZE " + target)
}

// copyReader gives rows in the text form of COPY.
type copyReader struct {
	in   *rowbinary.Reader
	cell string
	buf  []byte
	text []byte
	pos  int
	err  error
}

func (c *copyReader) Read(p []byte) (int, error) {
	for c.pos == len(c.buf) {
		if c.err != nil {
			return 0, c.err
		}
		if !c.in.Next() {
			if err := c.in.Err(); err != nil {
				c.err = err
				return 0, err
			}
			return 0, io.EOF
		}
		c.pos, c.buf = 0, c.buf[:0]
		c.err = c.line()
	}
	n := copy(p, c.buf[c.pos:])
	c.pos += n
	return n, nil
}

func (c *copyReader) line() error {
	for i := range c.in.Row() {
		if i > 0 {
			c.buf = append(c.buf, '\t')
		}
		value := &c.in.Row()[i]
		if value.IsNull() {
			c.buf = append(c.buf, `\N`...)
			continue
		}
		c.text = appendValue(c.text[:0], value)
		if err := checkText(string(c.text)); err != nil {
			return invalid("the result of cell %q, column %q: %w", c.cell, c.in.Columns()[i].Name, err)
		}
		c.buf = appendCopyText(c.buf, c.text)
	}
	c.buf = append(c.buf, '\n')
	return nil
}

// appendValue writes the value so that columnType's type reads it back.
func appendValue(dst []byte, v *rowbinary.Value) []byte {
	if v.Kind() == rowbinary.KindDateTime {
		return append(dst, timeText(v.Time())...)
	}
	return v.AppendText(dst)
}

func appendCopyText(dst, text []byte) []byte {
	for _, c := range text {
		switch c {
		case '\\':
			dst = append(dst, '\\', '\\')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
