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
	return s.provision(ctx, demoFolder, library.Folder())
}
