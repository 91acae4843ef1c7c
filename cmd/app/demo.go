package app

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports/library"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// demoFolder marks the reports of the library where they are kept.
const demoFolder = "library"

// hasDemo tells whether the demo is in the warehouse as a whole: the statements fill demo_period last.
func hasDemo(ctx context.Context, warehouse source.Source) bool {
	return warehouse.Exec(ctx, "SELECT throwIf(count() = 0) FROM demo_period") == nil
}

// LoadDemo makes the demo in the source, anew when it is there already.
func LoadDemo(ctx context.Context, into source.Source) error {
	for _, statement := range library.Demo() {
		if err := into.Exec(ctx, statement); err != nil {
			if ctx.Err() != nil {
				return fault.New(fault.Cancelled, "Loading was stopped; load the demo again before you use it.")
			}
			return err
		}
	}
	return nil
}

// ownTables are those that a report of the library reads and the demo does not make: people load them.
var ownTables = map[string]string{"retail.md": "online_retail"}

// withoutTables are the reports of the library that cannot run, as their table was not loaded.
func withoutTables(ctx context.Context, warehouse source.Source) (reports []string) {
	for report, table := range ownTables {
		if warehouse.Exec(ctx, "SELECT 1 FROM "+table+" LIMIT 0") != nil {
			reports = append(reports, report)
		}
	}
	return reports
}

// prepareDemo loads the demo unless it is there and keeps the library's reports.
func (s *Service) prepareDemo(ctx context.Context) error {
	into, _, err := s.app.Source(ctx, warehouse)
	if err != nil {
		return err
	}
	if !hasDemo(ctx, into) {
		s.app.logger.Info("The demo warehouse is being made.")
		if err := LoadDemo(ctx, into); err != nil {
			return fault.New(fault.CodeOf(err), "The demo warehouse could not be made: %w", err)
		}
	}
	return s.provision(ctx, demoFolder, library.Folder(withoutTables(ctx, into)...))
}
