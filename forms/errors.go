package forms

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Error is the mistakes one per line, each with the name of its field, for those who fill in by name.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Message
		if one.Field != "" && !mentions(one.Message, one.Field) {
			lines[i] = clip(one.Field) + ": " + one.Message
		}
	}
	return strings.Join(lines, "\n")
}

// asFault is nil when there are no mistakes; else code Invalid around Errors, for errors.As.
func (e Errors) asFault() error {
	if len(e) == 0 {
		return nil
	}
	return &fault.Error{Code: fault.Invalid, Message: e.Error(), Cause: e}
}

// mistake is what is wrong with a value, worded to follow the field's label: "must be a whole number". It is put into words only
// when read, since a list may hold a million of them.
type mistake struct {
	code string
	args []any // of the code's pattern, in its order
}

func mistakef(code string, args ...any) error { return &mistake{code, args} }

func (m *mistake) Error() string { return fill(patternOf(m.code), m.args) }

func (m *mistake) told() (string, map[string]any) { return m.code, namedArguments(m.code, m.args) }

// coded is a mistake with the code and the arguments by which programs know it.
type coded interface {
	error
	told() (code string, arguments map[string]any)
}

func isMistake(err error) bool { return errors.As(err, new(coded)) }

// fieldError is a mistake as the person reads it.
func fieldError(field, sentence string, err error) FieldError {
	told := FieldError{Field: field, Message: sentence}
	var mistake coded
	if errors.As(err, &mistake) {
		told.Code, told.Arguments = mistake.told()
	}
	return told
}

// wrongDefault is the mistake of a field's default, which nobody filled in.
type wrongDefault struct{ error }

func (d *wrongDefault) Unwrap() error { return d.error }

func (d *wrongDefault) told() (string, map[string]any) {
	of := fieldError("", "", d.error)
	if of.Arguments == nil {
		of.Arguments = map[string]any{}
	}
	of.Arguments["reason"] = of.Code
	return "default", of.Arguments
}

// standing is a mistake that is a sentence by itself, perhaps of no field of the form.
func standing(field, code string, args ...any) FieldError {
	err := mistakef(code, args...)
	return fieldError(field, err.Error(), err)
}

// sentence makes a mistake into what the person reads.
func (f *Field) sentence(err error) string { return stop(f.label() + " " + err.Error()) }

func stop(sentence string) string {
	if strings.HasSuffix(sentence, "?") {
		return sentence
	}
	return sentence + "."
}

func cannotBe[T ~string](word T) error { return fmt.Errorf("cannot be %s", quoted(word)) }

// misdeclared is a mistake of the report's author that only shows when the form is used; [Form.Check] finds it earlier.
func (f *Field) misdeclared(key string, err error) error {
	return fault.New(fault.Invalid, "The report declares the field %s wrongly: its %s %v.", f.Name, key, err)
}
