package runner

import (
	"context"
	"errors"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
)

// Stop cancels what an earlier attempt of a run may have left running on its sources, as when its process was killed. It tries every
// query the attempt can have had, and returns when none is left or with the errors of those that could not be stopped.
func (r *Runner) Stop(ctx context.Context, report *reports.Compiled, run string, attempt int) error {
	attempt = max(attempt, 1)
	var errs []error
	for _, cell := range report.Report.Cells() {
		if cell.Kind == reports.SQLCell {
			errs = append(errs, r.cancel(ctx, cell.Source, queryID(run, cell.Name, attempt)))
		}
	}
	for _, cell := range exportedCells(report) {
		for _, format := range Formats {
			if format != xlsx {
				errs = append(errs, r.cancel(ctx, Workbench, formatQueryID(run, cell, format, attempt)))
			}
		}
	}
	return errors.Join(errs...)
}

func (r *Runner) cancel(ctx context.Context, source, id string) error {
	src, _, err := r.options.Sources.Source(ctx, source)
	if err == nil {
		err = src.Cancel(ctx, id)
	}
	if err != nil {
		return fault.New(fault.CodeOf(err), "The query %s could not be stopped: %w", id, err)
	}
	return nil
}

// exportedCells are those whose rows files are made of, each once.
func exportedCells(report *reports.Compiled) []string {
	var cells []string
	for _, export := range report.Report.Downloads() {
		for _, cell := range export.Cells {
			if !slices.Contains(cells, cell) {
				cells = append(cells, cell)
			}
		}
	}
	return cells
}
