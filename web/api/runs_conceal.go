package api

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/templates"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// A database's own words may quote the query, and the problems of a document quote the document. Whoever may not see how a report is
// made reads a sentence without them.

var (
	failedCell    = regexp.MustCompile(`^Cell ([a-z][a-z0-9_]*):`)
	failedOptions = regexp.MustCompile(`^(The options of .{1,200}? could not be read):`)
	// errorNumber is what sources put behind the database's words: (SYNTAX_ERROR, code 62) or (42P01).
	errorNumber = regexp.MustCompile(`\((?:[A-Z][A-Z0-9_]+, )?(?:code (\d+)|([0-9A-Z]{5}))\)`)
)

// databaseWords is where a sentence about a limit goes over to the database's own.
const databaseWords = " ClickHouse says: "

// plainFailure is the sentence of a failure for those below view_sql. cell may be empty, or is found in the sentence.
func plainFailure(code fault.Code, sentence, cell string) string {
	switch code {
	case fault.Cancelled, fault.Unavailable:
		return sentence
	case fault.Limit:
		own, _, _ := strings.Cut(sentence, databaseWords)
		return own
	}
	if found := failedCell.FindStringSubmatch(sentence); found != nil {
		cell = found[1]
	}
	number := numberIn(sentence)
	if found := failedOptions.FindStringSubmatch(sentence); found != nil {
		return found[1] + number + "; the report's author can see more."
	}
	if cell == "" {
		return "The report could not be run to its end" + number + "; its author can see more."
	}
	return "The query of cell " + cell + " failed" + number + "; its author can see more."
}

func numberIn(sentence string) string {
	all := errorNumber.FindAllStringSubmatch(sentence, -1)
	if len(all) == 0 {
		return ""
	}
	last := all[len(all)-1]
	return " (code " + last[1] + last[2] + ")"
}

// concealed is the error for somebody with that level on the report. What the person can mend themselves stays as it is.
func concealed(err error, level people.Level) error {
	var known *fault.Error
	var mistakes forms.Errors
	if err == nil || level >= people.ViewSQL || errors.As(err, &mistakes) || !errors.As(err, &known) {
		return err
	}
	message := known.Message
	switch known.Code {
	case fault.Failed, fault.Limit:
		message = plainFailure(known.Code, message, "")
	case fault.Invalid:
		message = plainProblem(err, message)
	}
	if message == known.Message {
		return err
	}
	return &fault.Error{Code: known.Code, Message: message, RetryAfter: known.RetryAfter, Cause: &unsaid{err}}
}

// plainProblem leaves out where in the document a template could not take the values, and all of a document that is wrong by now.
func plainProblem(err error, message string) string {
	var problems reports.Problems
	var problem reports.Problem
	var template *templates.Problem
	switch {
	case errors.As(err, &problems):
		return "The report cannot be run as it is made; its author can see why."
	case errors.As(err, &problem):
		return sentence(problem.Message)
	case errors.As(err, &template):
		return sentence(template.Message)
	}
	return message
}

// sentence begins with a capital and ends with a stop.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + strings.TrimRight(text[size:], ".") + "."
}

// unsaid is a cause that goes into the log alone: nothing finds what is in its chain.
type unsaid struct{ error }

// concealing hides in runs what their reader may not see, and asks once for their level on each report.
type concealing struct {
	handlers
	levels map[string]people.Level
}

func (h handlers) concealing() *concealing {
	return &concealing{h, map[string]people.Level{}}
}

// level is None on a report that is gone for the actor.
func (c *concealing) level(ctx context.Context, reportID string) (people.Level, error) {
	if level, ok := c.levels[reportID]; ok {
		return level, nil
	}
	entry, err := c.Reports.Get(ctx, actorOf(ctx), reportID)
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return people.None, err
	}
	if err != nil {
		entry.Level = people.None
	}
	c.levels[reportID] = entry.Level
	return entry.Level, nil
}

// conceal rewrites the errors of a run for a reader below view_sql.
func (c *concealing) conceal(ctx context.Context, record jobs.Record, run *wire.Run) error {
	if !tellsErrors(run) {
		return nil
	}
	level, err := c.level(ctx, record.ReportID)
	if err != nil || level >= people.ViewSQL {
		return err
	}
	code := fault.Code(record.ErrorCode)
	if run.Error != "" {
		run.Error = plainFailure(code, run.Error, "")
	}
	for i := range run.Cells {
		if cell := &run.Cells[i]; cell.Error != "" {
			cell.Error = plainFailure(code, cell.Error, cell.Name)
		}
	}
	return nil
}

func tellsErrors(run *wire.Run) bool {
	if run.Error != "" {
		return true
	}
	for _, cell := range run.Cells {
		if cell.Error != "" {
			return true
		}
	}
	return false
}
