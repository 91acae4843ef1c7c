package storage

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/reach"
)

// Codes of Postgres that stores ask for.
const (
	uniqueViolation     = "23505"
	foreignKeyViolation = "23503"
)

// told puts an error of the driver into a sentence that names no address; the driver's own error stays as the cause, for logs.
// Errors that are sentences already stay as they are.
func told(err error) error {
	var known *fault.Error
	var pg *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, context.Canceled):
		return &fault.Error{Code: fault.Cancelled, Message: "The request was cancelled.", Cause: err}
	case errors.As(err, &pg):
		return toldByServer(pg, err)
	}
	if reason, ok := reach.Reason(err); ok {
		return &fault.Error{Code: fault.Unavailable, Message: "The database of Vitrina does not answer: " + ended(reason), Cause: err}
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) || pgconn.SafeToRetry(err) {
		return &fault.Error{Code: fault.Unavailable, Message: "The database of Vitrina cannot be reached.", Cause: err}
	}
	return &fault.Error{Code: fault.Failed, Message: "The database of Vitrina refused what it was asked; the log has more.", Cause: err}
}

// ended is the end of a sentence with its full stop, if it is no question.
func ended(words string) string {
	if strings.HasSuffix(words, "?") {
		return words
	}
	return words + "."
}

func toldByServer(pg *pgconn.PgError, err error) error {
	switch {
	case pg.Code == "53100":
		return &fault.Error{Code: fault.Unavailable, Message: "The disk of Vitrina's database is full.", Cause: err}
	case pg.Code == "53300":
		return &fault.Error{Code: fault.Unavailable, Message: "The database of Vitrina has no connection to spare.", Cause: err}
	case pg.Code == "42P01" || pg.Code == "42703":
		return &fault.Error{Code: fault.Unavailable, Message: "The database of Vitrina lacks a migration: run vitrina migrate.", Cause: err}
	case strings.HasPrefix(pg.Code, "28"):
		return &fault.Error{Code: fault.Unavailable, Message: "The database of Vitrina refuses the user or the password (database: in the configuration).", Cause: err}
	case strings.HasPrefix(pg.Code, "3D"):
		return &fault.Error{Code: fault.Unavailable, Message: "The database of Vitrina does not exist on that server (database: in the configuration).", Cause: err}
	case strings.HasPrefix(pg.Code, "57P"), strings.HasPrefix(pg.Code, "08"), pg.Code == "25006":
		return &fault.Error{Code: fault.Unavailable, Message: "The database of Vitrina is being stopped or started.", Cause: err}
	}
	return &fault.Error{Code: fault.Failed, Message: "The database of Vitrina refused what it was asked; the log has more.", Cause: err}
}

// violates tells whether the error is Postgres's of that code, on the constraint or index of that name if one is given.
func violates(err error, code, constraint string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == code && (constraint == "" || pg.ConstraintName == constraint)
}

// orNotFound is a NotFound with the sentence where no row was found, and told(err) otherwise.
func orNotFound(err error, sentence string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.New(fault.NotFound, "%s", sentence)
	}
	return told(err)
}
