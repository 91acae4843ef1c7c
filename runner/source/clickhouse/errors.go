package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/reach"
)

// fault puts an error of the driver into a sentence. The address of a request, which has settings and values in it, is left out.
func (s *Source) fault(err error) error {
	var known *fault.Error
	var exception *clickhouse.Exception
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case errors.As(err, &exception):
		return &fault.Error{Code: codeOf(exception.Code), Message: s.sentence(exception), Cause: err}
	}
	if errors.Is(err, clickhouse.ErrAcquireConnTimeout) {
		return s.unavailable("does not answer at "+s.addr+" in time, or too many queries run at once", err)
	}
	reason, ok := reach.Reason(err)
	if ok && s.embedded && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, os.ErrDeadlineExceeded) {
		return &fault.Error{Code: fault.Unavailable, Message: embeddedMessage, Cause: err}
	}
	if ok {
		return s.unavailable("does not answer at "+s.addr+": "+reason, err)
	}
	var answer *clickhouse.HTTPError
	if errors.As(err, &answer) {
		return s.unavailable(fmt.Sprintf("is no ClickHouse: something at %s answered with HTTP status %d", s.addr, answer.StatusCode), err)
	}
	var request *url.Error
	if errors.As(err, &request) {
		return s.unavailable("does not answer at "+s.addr+": "+request.Err.Error(), err)
	}
	if strings.Contains(err.Error(), "must not contain a trailing FORMAT clause") {
		return &fault.Error{Code: fault.Failed, Message: formatMessage, Cause: err}
	}
	return &fault.Error{Code: fault.Failed, Message: fmt.Sprintf("source %q: %v", s.name, err), Cause: err}
}

const embeddedMessage = "the embedded engine stopped while the query ran; it starts again by itself: run the report once more"

func (s *Source) unavailable(what string, cause error) error {
	return &fault.Error{Code: fault.Unavailable, Message: fmt.Sprintf("source %q %s", s.name, what), Cause: cause}
}

// codes are those of ClickHouse's errors that are no fault of the statement.
var codes = map[int32]fault.Code{
	158: fault.Limit,       // TOO_MANY_ROWS
	159: fault.Limit,       // TIMEOUT_EXCEEDED
	160: fault.Limit,       // TOO_SLOW
	191: fault.Limit,       // SET_SIZE_LIMIT_EXCEEDED
	201: fault.Limit,       // QUOTA_EXCEEDED
	241: fault.Limit,       // MEMORY_LIMIT_EXCEEDED
	243: fault.Limit,       // NOT_ENOUGH_SPACE
	307: fault.Limit,       // TOO_MANY_BYTES
	396: fault.Limit,       // TOO_MANY_ROWS_OR_BYTES
	394: fault.Cancelled,   // QUERY_WAS_CANCELLED
	734: fault.Cancelled,   // QUERY_WAS_CANCELLED_BY_CLIENT
	192: fault.Unavailable, // UNKNOWN_USER
	193: fault.Unavailable, // WRONG_PASSWORD
	194: fault.Unavailable, // REQUIRED_PASSWORD
	516: fault.Unavailable, // AUTHENTICATION_FAILED
	202: fault.Unavailable, // TOO_MANY_SIMULTANEOUS_QUERIES
}

func codeOf(number int32) fault.Code {
	if code, ok := codes[number]; ok {
		return code
	}
	return fault.Failed
}

var (
	versionSuffix = regexp.MustCompile(`\s*\(version [^()]*(\([^()]*\))?\)\s*$`)
	nameSuffix    = regexp.MustCompile(`[.\s]*\(([A-Z][A-Z0-9_]+)\)\s*$`)
	classPrefix   = regexp.MustCompile(`^(Code: \d+\. )?(DB::[A-Za-z]*Exception: )+`)
)

// sentence is ClickHouse's own message with name and number of the error behind it.
func (s *Source) sentence(e *clickhouse.Exception) string {
	message := versionSuffix.ReplaceAllString(strings.TrimSpace(e.Message), "")
	name := e.CodeName
	if found := nameSuffix.FindStringSubmatch(message); found != nil {
		name = found[1]
		message = nameSuffix.ReplaceAllString(message, "")
	}
	message = fewer(strings.TrimRight(classPrefix.ReplaceAllString(message, ""), ". "))
	if codeOf(e.Code) == fault.Unavailable {
		message = fmt.Sprintf("source %q at %s: %s", s.name, s.addr, message)
	}
	if name != "" {
		name += ", "
	}
	message = fmt.Sprintf("%s (%scode %d)%s", message, name, e.Code, hint(e.Code, message))
	if over := overLimit[e.Code]; over != "" {
		message = fmt.Sprintf("The query %s the limit of the source %s. Narrow the form, or ask the administrator. ClickHouse says: %s", over, s.name, message)
	}
	return message
}

// overLimit says which limit a query went over, by the number of the error.
var overLimit = map[int32]string{
	158: "reads more rows than",
	159: "takes longer than",
	160: "would take longer than",
	191: "makes a larger set than",
	201: "goes over the quota, which is",
	241: "needs more memory than",
	243: "needs more disk than",
	307: "reads more bytes than",
	396: "yields more rows or bytes than",
}

// expectations is how many of the words a parser would have taken are told.
const expectations = 10

// fewer leaves out most of the hundred words that could stand where the syntax is wrong.
func fewer(message string) string {
	const list = "Expected one of: "
	start := strings.LastIndex(message, list)
	if start < 0 {
		return message
	}
	start += len(list)
	words := strings.Split(message[start:], ", ")
	if len(words) <= expectations {
		return message
	}
	return message[:start] + strings.Join(words[:expectations], ", ") + ", …"
}

// hint adds the mend where ClickHouse's words do not tell it.
func hint(code int32, message string) string {
	if code == readonlyCode && strings.Contains(message, "Cannot modify") {
		return ". A report's query can have a SETTINGS clause at its end, with numbers and texts as values. If it does, " +
			"let the administrator give Vitrina a user whose profile has readonly = 2."
	}
	return ""
}

const readonlyCode = 164
