package templates

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"text/template"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// execute runs a rewritten tree. Its error is a *Problem with the place in text.
func execute(t *template.Template, text string, out io.Writer, data any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			problem := placed(text, 0, fmt.Sprintf("the template cannot be used on these values: %v", r))
			err = &problem
		}
	}()
	if err := t.Execute(out, data); err != nil {
		return located(text, err)
	}
	return nil
}

// executionError is how text/template writes an error: name:line:column, the column in bytes from 0, then what it was about.
var executionError = regexp.MustCompile(`(?s)^template: ` + treeName + `:(\d+):(\d+): executing "[^"]*" at <.*?>: (.*)$`)

// located gives an error of an execution its place in the text, and takes the words of text/template off it.
func located(text string, err error) error {
	m := executionError.FindStringSubmatch(err.Error())
	if m == nil {
		problem := placed(text, 0, err.Error())
		return &problem
	}
	line, _ := strconv.Atoi(m[1])
	column, _ := strconv.Atoi(m[2])
	src := source{text: text}
	problem := placed(text, src.lineStart(line)+column, abbreviate(maxMessage, executionSentence(err, m[3])))
	return &problem
}

// maxMessage is how many characters of a message are kept, which may quote a value.
const maxMessage = 500

// executionSentence is the error of the function that failed, or text/template's own in our words.
func executionSentence(err error, message string) string {
	var exec template.ExecError
	if errors.As(err, &exec) {
		if cause := errors.Unwrap(exec.Err); cause != nil {
			message = cause.Error()
		}
	}
	switch {
	case strings.Contains(message, "can't evaluate field"):
		return "the value before the last dot has no such part"
	case strings.Contains(message, "nil pointer evaluating"), strings.Contains(message, "index of untyped nil"):
		return "there is nothing here: for a field that may be left empty, put {{ if }} around it"
	case strings.Contains(message, "overflows int"):
		return "the number is too large"
	default:
		return message
	}
}

// invalid is the fault of a template on given values, for the person who runs it; the cause keeps the place.
func invalid(err error) error {
	var problem *Problem
	if errors.As(err, &problem) {
		return &fault.Error{
			Code:    fault.Invalid,
			Message: fmt.Sprintf("line %d, column %d: %s", problem.Line, problem.Column, problem.Message),
			Cause:   problem,
		}
	}
	return fault.New(fault.Invalid, "%w", err)
}
