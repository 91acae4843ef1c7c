package postgres

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/reach"
)

// fault puts an error of the driver into a sentence; sql is the statement that positions in it refer to.
func (s *Source) fault(err error, sql string) error {
	var known *fault.Error
	var pg *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.As(err, &pg):
		return &fault.Error{Code: codeOf(pg), Message: s.sentence(pg, sql), Cause: err}
	}
	if reason, ok := reach.Reason(err); ok {
		return &fault.Error{Code: fault.Unavailable, Message: fmt.Sprintf("source %q does not answer at %s: %s", s.name, s.addr, reason), Cause: err}
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return &fault.Error{Code: fault.Unavailable, Message: fmt.Sprintf("source %q cannot be reached at %s", s.name, s.addr), Cause: err}
	}
	return &fault.Error{Code: fault.Failed, Message: fmt.Sprintf("source %q: %v", s.name, err), Cause: err}
}

func (s *Source) cancelled(cause error) error {
	return &fault.Error{Code: fault.Cancelled, Message: "the query was cancelled", Cause: cause}
}

// codes by the first letters of Postgres's five, the longer ones first.
var codes = []struct {
	prefix string
	code   fault.Code
}{
	{"57014", fault.Cancelled}, // query_canceled
	{"53300", fault.Unavailable},
	{"53", fault.Limit}, // insufficient resources: disk, memory
	{"54", fault.Limit}, // program limit exceeded
	{"57P", fault.Unavailable},
	{"08", fault.Unavailable},
	{"28", fault.Unavailable}, // user or password
	{"3D", fault.Unavailable}, // no such database
}

func codeOf(pg *pgconn.PgError) fault.Code {
	if pg.Code == "57014" && strings.Contains(pg.Message, "timeout") {
		return fault.Limit // of the role or the server
	}
	for _, c := range codes {
		if strings.HasPrefix(pg.Code, c.prefix) {
			return c.code
		}
	}
	return fault.Failed
}

// sentence is Postgres's own message with the place, its hint and its code.
func (s *Source) sentence(pg *pgconn.PgError, sql string) string {
	var out strings.Builder
	if codeOf(pg) == fault.Unavailable {
		fmt.Fprintf(&out, "source %q at %s: ", s.name, s.addr)
	}
	out.WriteString(pg.Message)
	if line, column, ok := position(sql, int(pg.Position)); ok {
		fmt.Fprintf(&out, ", at line %d, column %d of the statement", line, column)
	}
	fmt.Fprintf(&out, " (%s)", pg.Code)
	for _, more := range []string{pg.Detail, pg.Hint} {
		if more != "" {
			out.WriteString(". " + strings.TrimSuffix(more, "."))
		}
	}
	return out.String()
}

// position turns a count of characters from 1 into line and column.
func position(sql string, at int) (line, column int, ok bool) {
	if at < 1 || at > utf8.RuneCountInString(sql) {
		return 0, 0, false
	}
	line, column = 1, 1
	for _, r := range sql {
		if at--; at == 0 {
			break
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
	}
	return line, column, true
}
