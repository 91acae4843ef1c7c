package api

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
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

// Owners knows people by their id; NotFound for those who were removed.
type Owners interface {
	Person(ctx context.Context, id string) (*people.Person, error)
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

// ownersOf are the emails of the reports' owners, by id.
func (r Reporting) ownersOf(ctx context.Context, entries ...catalog.Entry) (map[string]string, error) {
	emails := map[string]string{"": ""}
	for _, entry := range entries {
		if _, known := emails[entry.OwnerID]; known {
			continue
		}
		owner, err := r.Owners.Person(ctx, entry.OwnerID)
		switch {
		case err == nil:
			emails[entry.OwnerID] = owner.Email
		case fault.CodeOf(err) != fault.NotFound:
			return nil, err
		default:
			emails[entry.OwnerID] = ""
		}
	}
	return emails, nil
}
