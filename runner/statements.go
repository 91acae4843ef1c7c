package runner

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// Statement is what would be sent for a cell.
type Statement struct {
	Cell, Source string
	source.Preview
	Error string // why it cannot be made
}

// Statements are those that the values lead to, of the sql cells in their order. Nothing is sent but queries of options. Mistakes of
// the values are forms.Errors.
func (r *Runner) Statements(ctx context.Context, request Request) ([]Statement, error) {
	x, err := r.begin(request)
	if err != nil {
		return nil, err
	}
	if err := x.fillIn(ctx); err != nil {
		return nil, err
	}
	statements := []Statement{}
	for _, cell := range x.cells() {
		if cell.Kind != reports.SQLCell {
			continue
		}
		statement := Statement{Cell: cell.Name, Source: cell.Source}
		if statement.Preview, err = x.preview(ctx, cell); err != nil {
			statement.Error = err.Error()
		}
		statements = append(statements, statement)
	}
	return statements, nil
}

func (x *execution) preview(ctx context.Context, cell *reports.Cell) (source.Preview, error) {
	bound, err := x.request.Report.SQL[cell.Name].Bind(x.env())
	if err != nil {
		return source.Preview{}, x.templateError(cell, err)
	}
	src, _, err := x.options.Sources.Source(ctx, cell.Source)
	if err != nil {
		return source.Preview{}, err
	}
	previewer, ok := source.As[source.Previewer](src)
	if !ok {
		return source.Preview{}, errNoPreview
	}
	tables := map[string]source.Table{}
	for _, name := range x.request.Report.SQL[cell.Name].Tables() {
		tables[name] = source.Table{}
	}
	return previewer.Preview(source.Query{Statement: bound, Tables: tables})
}

var errNoPreview = fault.New(fault.Invalid, "This source does not show what is sent to it.")
