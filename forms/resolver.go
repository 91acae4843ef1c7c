package forms

import (
	"context"
	"time"
)

// Resolver is what a form asks of the outside while values are checked. The earlier values are those of the fields before that are
// free of mistakes; they are to be read during the call only.
type Resolver interface {
	// Options returns the options of a query field, for the values of the fields before it. With Only set, just those of the
	// named values that exist, in any order. An error here fails the whole check, it is not the person's mistake. A field whose
	// query mentions an earlier one that is at fault is not asked for.
	Options(ctx context.Context, field *Field, earlier Values, find Find) ([]Option, error)
	// Shown renders the field's show_if over earlier values.
	Shown(field *Field, earlier Values) (bool, error)
}

// Find narrows the options of a query.
type Find struct {
	Search string   // part of a label or value, any case; empty for all
	Only   []string // exactly these values; nil for all
	Named  []string // value or label is one of these, whatever the case; nil for all. More than these may come
	Limit  int      // at most so many; 0 for no limit
}

// Env is what relative dates and query options depend on.
type Env struct {
	Now      time.Time
	Location *time.Location // the report's time zone; UTC when nil
	Resolver Resolver       // may be nil for a form without query options and show_if
	// Allowed limits fields to certain values, written as a person would: a field that is a key here must be given, and with none but
	// these. Dates, times and ranges cannot be limited. A key that is no field is a mistake too, as the limit could not be kept.
	Allowed map[string][]string
}

// FieldError is one mistake in one field, as a sentence for the person who filled it in, and by a code of README.md for those who
// say it in another language.
type FieldError struct {
	Field     string         `json:"field"`
	Message   string         `json:"message"`
	Code      string         `json:"code,omitempty"`
	Arguments map[string]any `json:"arguments,omitempty"` // texts, numbers and lists of texts
}

// Errors are all mistakes of a form at once, in the order of its fields, then unknown fields by name.
type Errors []FieldError
