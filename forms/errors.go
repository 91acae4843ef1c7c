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
	format string
	args   []any
}

func mistakef(format string, args ...any) error { return &mistake{format, args} }

func (m *mistake) Error() string { return fmt.Sprintf(m.format, m.args...) }

func isMistake(err error) bool {
	var m *mistake
	return errors.As(err, &m)
}

// sentence makes a mistake into what the person reads.
func (f *Field) sentence(err error) string { return stop(f.label() + " " + err.Error()) }

func stop(sentence string) string {
	if strings.HasSuffix(sentence, "?") {
		return sentence
	}
	return sentence + "."
}

// misdeclared is a mistake of the report's author that only shows when the form is used; [Form.Check] finds it earlier.
func (f *Field) misdeclared(key string, err error) error {
	return fault.New(fault.Invalid, "The report declares the field %s wrongly: its %s %v.", f.Name, key, err)
}
