package api

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
)

// Reporting is what the operations on reports and runs need besides the services. Forms and Owners are required.
type Reporting struct {
	Forms  FormService
	Owners Owners
	// Schemas and Trials are for those who write reports; nil where that is not done.
	Schemas SchemaService
	Trials  TrialService
	// CheckOptions know the sources; the snippets come from Reports. Documents cannot be checked without it.
	CheckOptions func(ctx context.Context) (reports.CheckOptions, error)
	// Location is the zone of reports that name none; UTC when nil.
	Location *time.Location
	// Audit keeps downloads that no link is counted for; nil for nothing.
	Audit people.Auditor
	// Pulse is how often a stream of events shows that it lives and asks whether the person still may read it; 15 s when 0.
	Pulse time.Duration
}

// Owners knows what people are called, by their ids or emails. Those who were removed are not among them.
type Owners interface {
	Called(ctx context.Context, ids, emails []string) ([]people.Called, error)
}

const usualPulse = 15 * time.Second

func (r Reporting) pulse() time.Duration {
	if r.Pulse > 0 {
		return r.Pulse
	}
	return usualPulse
}

func (r Reporting) location() *time.Location {
	if r.Location == nil {
		return time.UTC
	}
	return r.Location
}
