package runner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/export"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

// execution is one run while it happens.
type execution struct {
	options  Options
	request  Request
	observer Observer
	location *time.Location
	plan     plan
	values   forms.Values
	run      Run

	dir        string // the run's own folder for rows and half-written files
	statements map[string]templates.Statement
	spools     map[string]*spool
	results    results
	files      map[int]*pending // by export
	names      export.Filenames // of the artifacts
	drawn      map[string]drawn // charts, by name
	bench      source.Formatter // the workbench, once it was needed
	trial      *trialRun        // nil unless it is one
}

// env is what the report's templates see.
func (x *execution) env() templates.Env {
	return templates.Env{
		Values:  x.values,
		User:    x.request.User,
		Run:     templates.Run{ID: x.run.ID, Started: x.run.Started, Timezone: x.run.Timezone},
		Report:  templates.Report{Title: x.run.Title, Slug: x.run.Report, Revision: x.run.Revision},
		Results: x.results,
	}
}

// bind makes every cell's statement, so that a value a template cannot take is told before anything runs.
func (x *execution) bind() error {
	x.statements = map[string]templates.Statement{}
	for _, cell := range x.cells() {
		switch cell.Kind {
		case reports.SQLCell:
			statement, err := x.request.Report.SQL[cell.Name].Bind(x.env())
			if err != nil {
				return x.templateError(cell, err)
			}
			x.statements[cell.Name] = statement
		case reports.CohortCell:
			return fault.New(fault.Invalid, "Cell %s asks for a cohort of %s, which this version cannot fetch yet.", cell.Name, cell.Cohort.Provider)
		}
	}
	return nil
}

// findParts makes sure that the sources of the cells and the workbooks of the exports are there, so that none is missed half-way.
func (x *execution) findParts(ctx context.Context) error {
	for _, cell := range x.cells() {
		if cell.Kind != reports.SQLCell {
			continue
		}
		if _, _, err := x.options.Sources.Source(ctx, cell.Source); err != nil {
			return cancelledOr(ctx, cellError(cell, err))
		}
	}
	for _, wanted := range x.plan.exports {
		if _, err := x.workbookTemplate(wanted.Template); err != nil {
			return err
		}
	}
	return nil
}

// templateError says where in the file a cell's template failed.
func (x *execution) templateError(cell *reports.Cell, err error) error {
	var problem *templates.Problem
	if !errors.As(err, &problem) {
		return fault.New(fault.CodeOf(err), "Cell %s: %w", cell.Name, err)
	}
	return fault.New(fault.CodeOf(err), "%w", reports.Problem{
		File: x.request.Report.Document.Name, Line: cell.Line + problem.Line - 1, Column: problem.Column, Message: problem.Message,
	})
}

// execute runs the cells, tells the prose and writes the files: all of them or none.
func (x *execution) execute(ctx context.Context) (err error) {
	work, err := newWorkDir(x.options.WorkDir, fmt.Sprintf("%s-%d", x.run.ID, x.run.Attempt))
	if err != nil {
		return err
	}
	defer work.remove()
	x.dir = work.path
	defer x.discard()
	defer func() { err = cmp.Or(err, x.collect()) }()
	if err := x.createFiles(); err != nil {
		return err
	}
	for _, cell := range x.cells() {
		if cell.Kind != reports.SQLCell {
			continue
		}
		if err := x.runCell(ctx, cell); err != nil {
			return cancelledOr(ctx, cellError(cell, err))
		}
	}
	if err := x.tell(); err != nil {
		return err
	}
	if err := x.keepCharts(); err != nil {
		return err
	}
	if err := x.writeFiles(ctx); err != nil {
		return cancelledOr(ctx, err)
	}
	return x.publish(ctx)
}

// cellError says which cell failed.
func cellError(cell *reports.Cell, err error) error {
	return fault.New(fault.CodeOf(err), "Cell %s: %w", cell.Name, err)
}

// cancelledOr is err, unless the run was stopped from outside: then that is the reason, whatever broke because of it.
func cancelledOr(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fault.New(fault.Cancelled, "The run was cancelled.")
	}
	return err
}

// longestText is how much prose of all blocks is kept and shown, in bytes; templates bound that of each.
const longestText = 4 << 20

// tell renders the prose with the results.
func (x *execution) tell() error {
	if x.trial != nil && x.trial.Cell != "" {
		return nil
	}
	texts := make([]string, len(x.request.Report.Texts))
	length := 0
	for i, block := range x.request.Report.Texts {
		if block == nil {
			continue
		}
		rendered, err := block.Markdown(x.env())
		if err != nil {
			return err
		}
		if length += len(rendered); length > longestText {
			return fault.New(fault.Invalid, "The report's text grows beyond %d MB: shorten what it says of the results.", longestText>>20)
		}
		texts[i] = rendered
	}
	x.run.Text = strings.TrimSpace(strings.Join(texts, ""))
	x.run.Parts = x.arrange(texts)
	return nil
}

// lookUp runs the query behind a field's options.
func (x *execution) lookUp(ctx context.Context, field *forms.Field, earlier forms.Values, find forms.Find) ([]forms.Option, error) {
	env := x.env()
	env.Values = earlier
	statement, err := x.request.Report.Options[field.Name].Bind(env)
	if err != nil {
		return nil, err
	}
	src, limits, err := x.options.Sources.Source(ctx, x.request.Report.Report.Source)
	if err != nil {
		return nil, err
	}
	query := source.Query{Statement: statement, Timezone: x.run.Timezone, Limits: source.Limits{Time: limits.Time, Memory: limits.Memory}}
	columns, err := src.Describe(ctx, query)
	if err != nil {
		return nil, err
	}
	if query.Statement, err = optionQuery(statement, src.Dialect(), columns, find); err != nil {
		return nil, err
	}
	return readOptions(ctx, src, query)
}

// results tell templates what cells yielded.
type results struct {
	rows  map[string]int64
	first map[string]map[string]any
}

func (r results) Rows(cell string) (int64, error) {
	rows, ok := r.rows[cell]
	if !ok {
		return 0, fault.New(fault.Invalid, "cell %s has not run", cell)
	}
	return rows, nil
}

func (r results) Value(cell, column string) (any, error) {
	if rows, err := r.Rows(cell); err != nil || rows == 0 {
		return nil, err
	}
	value, ok := r.first[cell][column]
	if !ok {
		return nil, fault.New(fault.Invalid, "cell %s has no column %s", cell, column)
	}
	if value == (tooLong{}) {
		return nil, fault.New(fault.Invalid, "the first value of column %s in cell %s is too long to stand in a text", column, cell)
	}
	return value, nil
}
