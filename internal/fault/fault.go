// Package fault is the one error type of Vitrina: a code that commands and handlers map to exit and HTTP statuses, and a
// sentence for the person who must act.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Code says whose turn it is.
type Code string

const (
	// Invalid: the request was wrong (arguments, values, document). Exit code 2.
	Invalid Code = "invalid"
	// NotFound: what was named does not exist. Exit code 2.
	NotFound Code = "not_found"
	// Failed: it ran and failed. Exit code 1.
	Failed Code = "failed"
	// Limit: a limit of the source ended it. Exit code 1.
	Limit Code = "limit"
	// Cancelled: somebody stopped it. Exit code 1.
	Cancelled Code = "cancelled"
	// Unavailable: a part that is needed does not answer. Exit code 1.
	Unavailable Code = "unavailable"
	// Conflict: somebody else has changed or taken it in the meantime. Exit code 2.
	Conflict Code = "conflict"
	// Forbidden: the person may not do that. Exit code 2.
	Forbidden Code = "forbidden"
	// Unauthenticated: nobody has signed in, or the password or token is wrong. Exit code 2.
	Unauthenticated Code = "unauthenticated"
	// TooMany: too many requests; try again later. Exit code 1.
	TooMany Code = "too_many"
)

// Error carries a code and a sentence without secrets; the cause, if any, is for logs and errors.Is.
type Error struct {
	Code    Code
	Message string
	Cause   error
	// RetryAfter is how long to wait before the same is worth trying again; 0 when that is not known.
	RetryAfter time.Duration
}

func (e *Error) Error() string { return e.Message }

func (e *Error) Unwrap() error { return e.Cause }

// New makes an error of the code with a formatted sentence. %w keeps the cause.
func New(code Code, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Cause: errors.Unwrap(err)}
}

// Later makes a TooMany that is worth trying again after the time.
func Later(after time.Duration, format string, args ...any) error {
	return &Error{Code: TooMany, Message: fmt.Sprintf(format, args...), RetryAfter: after}
}

// CodeOf is the code of the first Error in the chain, and Failed for any other error.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Failed
}

// IsInvalid tells whether the request, not the work, was at fault.
func IsInvalid(err error) bool {
	switch CodeOf(err) {
	case Invalid, NotFound, Conflict, Forbidden, Unauthenticated:
		return true
	}
	return false
}
