package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/web/api/internal/contract"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

const problemMedia = "application/problem+json"

// statuses of the codes. A code without one is a failure of the service.
var statuses = map[fault.Code]int{
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Forbidden:       http.StatusForbidden,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
	fault.Limit:           http.StatusUnprocessableEntity,
	fault.Cancelled:       http.StatusUnprocessableEntity,
}

// refusal is a fault.Invalid with a status of its own.
type refusal struct {
	error
	status int
}

func (r *refusal) Unwrap() error { return r.error }

func refuse(status int, format string, args ...any) error {
	return &refusal{fault.New(fault.Invalid, format, args...), status}
}

// mistaken is what the contract finds wrong with a request.
type mistaken []contract.Mistake

func (m mistaken) Error() string {
	if len(m) == 1 {
		return m[0].Message
	}
	return "Some fields of the request are wrong."
}

func (m mistaken) Unwrap() error { return fault.New(fault.Invalid, "%s", m.Error()) }

// inField names the field that a fault.Invalid is about, where the service that found it does not.
func inField(name string, err error) error {
	var known *fault.Error
	if !errors.As(err, &known) || known.Code != fault.Invalid {
		return err
	}
	return mistaken{{Field: name, Message: known.Message}}
}

// problemOf puts an error into the words of the interface. Only the sentences of faults are told; of any other error nothing is.
func problemOf(err error, requestID string) wire.Problem {
	problem := wire.Problem{Type: "about:blank", Status: http.StatusInternalServerError, RequestID: requestID}
	var known *fault.Error
	if errors.As(err, &known) {
		problem.Code, problem.Detail = wire.ProblemCode(known.Code), known.Message
		if status, ok := statuses[known.Code]; ok {
			problem.Status = status
		}
		problem.RetryAfter = retryAfter(known)
		explain(&problem, err)
	} else {
		problem.Code = wire.ProblemCodeFailed
		problem.Detail = "Something went wrong. If it happens again, tell an administrator the number of this request: " + requestID + "."
	}
	var refused *refusal
	if errors.As(err, &refused) {
		problem.Status = refused.status
	}
	problem.Title = http.StatusText(problem.Status)
	return problem
}

// explain adds what is wrong in particular.
func explain(problem *wire.Problem, err error) {
	var mistakes mistaken
	var fields forms.Errors
	var problems reports.Problems
	var conflict *catalog.ConflictError
	switch {
	case errors.As(err, &mistakes):
		problem.Fields = new(mapped(mistakes, func(m contract.Mistake) wire.FieldError { return wire.FieldError{Field: m.Field, Message: m.Message} }))
	case errors.As(err, &fields):
		problem.Fields = new(mapped(fields, fieldErrorOf))
	case errors.As(err, &problems):
		problem.Problems = new(documentProblems(problems))
	case errors.As(err, &conflict):
		problem.Conflict = &wire.Conflict{Base: conflict.Base, Current: conflict.Current}
	}
}

// fieldErrorOf is a mistake in a form as the API tells it.
func fieldErrorOf(f forms.FieldError) wire.FieldError {
	told := wire.FieldError{Field: f.Field, Message: f.Message}
	if f.Code != "" {
		told.Code, told.Arguments = &f.Code, &f.Arguments
	}
	return told
}

func documentProblems(problems []reports.Problem) []wire.DocumentProblem {
	return mapped(problems, func(p reports.Problem) wire.DocumentProblem {
		return wire.DocumentProblem{File: p.File, Line: p.Line, Column: p.Column, Message: p.Message}
	})
}

// retryAfter is in whole seconds, at least one for what is worth trying again.
func retryAfter(f *fault.Error) *int {
	switch f.Code {
	case fault.TooMany, fault.Unavailable:
		return new(max(1, int(math.Ceil(f.RetryAfter.Seconds()))))
	}
	return nil
}

// fail answers with a problem and keeps the cause in the log when the service is to blame.
func (s *server) fail(c *gin.Context, err error) {
	v := visitOf(c)
	err = tooLong(err)
	problem := problemOf(err, v.id)
	if problem.Status >= http.StatusInternalServerError {
		s.logFailure(c, err)
	}
	c.Abort()
	if c.Writer.Written() {
		return
	}
	if problem.RetryAfter != nil {
		c.Header("Retry-After", strconv.Itoa(*problem.RetryAfter))
	}
	if problem.Status == http.StatusUnauthorized {
		c.Header("WWW-Authenticate", "Bearer")
	}
	body, _ := json.Marshal(problem)
	c.Data(problem.Status, problemMedia, body)
}

// logFailure keeps the cause in the log, unless it is that nobody waits for the answer any more.
func (s *server) logFailure(c *gin.Context, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	s.log.LogAttrs(c, slog.LevelError, "a request failed", slog.String("request", visitOf(c).id), slog.Any("error", cause(err)))
}

// cause is what the log gets: the chain of errors behind the sentence.
func cause(err error) error {
	var known *fault.Error
	if errors.As(err, &known) && known.Cause != nil {
		return errors.Join(err, known.Cause)
	}
	return err
}

// tooLong words the error of a body that is over its limit.
func tooLong(err error) error {
	var over *http.MaxBytesError
	if !errors.As(err, &over) {
		return err
	}
	return refuse(http.StatusRequestEntityTooLarge, "The body of the request is too long: at most %d MB may be sent here.", over.Limit>>20)
}
