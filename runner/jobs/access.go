package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/templates"
)

// access is what somebody may do with a run.
type access struct {
	see    bool // that it is there, with what was asked
	data   bool // what it found
	manage bool // cancel it, take its links back
}

// accessTo asks for the rights of now. People see their own runs, but what they found only as long as they could run the same again;
// so do colleagues, unless a report that asks who runs it may have found something else for them. Those who may edit the report see all
// of it.
func (s *Service) accessTo(ctx context.Context, actor *people.Actor, record Record) (access, error) {
	if actor.IsAdministrator() {
		return access{true, true, true}, nil
	}
	level, err := s.Rights.Level(ctx, actor.ID, record.ReportID)
	if err != nil {
		return access{}, err
	}
	if level >= people.Edit {
		return access{true, true, true}, nil
	}
	allowed := level >= people.Run
	if allowed {
		if allowed, err = s.allows(ctx, actor.Allowed, record); err != nil {
			return access{}, err
		}
	}
	own := actor.ID != "" && actor.ID == record.PersonID
	if allowed && !own {
		allowed, err = s.isAnybodys(ctx, record)
	}
	return access{see: own || allowed, data: allowed, manage: own}, err
}

// allows tells whether value limits let the run's values through.
func (s *Service) allows(ctx context.Context, allowed map[string][]string, record Record) (bool, error) {
	if len(allowed) == 0 {
		return true, nil
	}
	report, found, err := s.reportOf(ctx, record)
	if err != nil || !found {
		return false, err
	}
	location, err := time.LoadLocation(record.Timezone)
	if err != nil {
		return false, fault.New(fault.Failed, "The timezone %q of the run does not exist here.", record.Timezone)
	}
	_, err = forms.Parse(ctx, report.Compiled.Report.Form, record.Values, forms.Env{
		Now: record.Queued, Location: location, Resolver: accepted{record, report}, Allowed: report.Compiled.Report.Form.Limits(allowed),
	})
	var mistakes forms.Errors
	if errors.As(err, &mistakes) {
		return false, nil
	}
	return err == nil, err
}

// isAnybodys tells whether the run's result does not depend on who ordered it. Those who order the same get it too.
func (s *Service) isAnybodys(ctx context.Context, record Record) (bool, error) {
	report, found, err := s.reportOf(ctx, record)
	return found && !mayAskWho(report.Compiled), err
}

// reportOf is the report as the run used it; found is false when it is gone, or cannot be understood any more, which is nothing to tell
// the reader of a run.
func (s *Service) reportOf(ctx context.Context, record Record) (report Kept, found bool, err error) {
	report, err = s.Reports.Report(ctx, record.ReportID, record.Revision)
	switch fault.CodeOf(err) {
	case fault.NotFound, fault.Invalid:
		return report, false, nil
	}
	return report, err == nil, err
}

// accepted resolves the form of a run whose values were accepted before: whatever was chosen is an option.
type accepted struct {
	record Record
	report Kept
}

func (a accepted) Options(_ context.Context, _ *forms.Field, _ forms.Values, find forms.Find) ([]forms.Option, error) {
	options := make([]forms.Option, len(find.Only))
	for i, value := range find.Only {
		options[i] = forms.Option{Value: value, Label: value}
	}
	return options, nil
}

func (a accepted) Shown(field *forms.Field, earlier forms.Values) (bool, error) {
	condition := a.report.Compiled.ShowIf[field.Name]
	if condition == nil {
		return true, nil
	}
	return condition.Holds(templates.Env{
		Values: earlier, User: templates.User{Email: a.record.User},
		Run:    templates.Run{ID: a.record.ID, Started: a.record.Queued, Timezone: a.record.Timezone},
		Report: templates.Report{Slug: a.record.Report, Title: a.record.Title, Revision: a.record.Revision},
	})
}

// visible is the run with what the actor may do; NotFound when they may not know of it.
func (s *Service) visible(ctx context.Context, actor *people.Actor, id string) (Record, access, error) {
	record, err := s.Storage.Run(ctx, id)
	if err != nil {
		return record, access{}, err
	}
	may, err := s.accessTo(ctx, actor, record)
	if err != nil {
		return Record{}, may, err
	}
	if !may.see {
		return Record{}, may, fault.New(fault.NotFound, "There is no such run.")
	}
	return record, may, nil
}

// withData is visible for what the run found.
func (s *Service) withData(ctx context.Context, actor *people.Actor, id string) (Record, error) {
	record, may, err := s.visible(ctx, actor, id)
	if err == nil && !may.data {
		err = fault.New(fault.Forbidden, "You may no longer see what this run found: the report, or these values, are not shared with you any more.")
	}
	return record, err
}
