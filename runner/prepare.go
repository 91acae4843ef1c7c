package runner

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// begin makes the record of a run that has not asked anything of a source yet.
func (r *Runner) begin(request Request) (*execution, error) {
	location, err := r.location(request.Report.Report)
	if err != nil {
		return nil, err
	}
	if err := request.identify(r.options.Now()); err != nil {
		return nil, err
	}
	x := &execution{
		options: r.options, request: request, observer: request.Observer, location: location,
		spools: map[string]*spool{}, results: results{rows: map[string]int64{}, first: map[string]map[string]any{}},
		files: map[int]*pending{}, names: export.Filenames{}, drawn: map[string]drawn{},
	}
	x.run = Run{
		ID: request.ID, Attempt: request.Attempt, Report: request.Slug, Revision: request.Revision, Document: documentHash(request.Report),
		User: request.User.Email, Values: map[string]any{}, Timezone: location.String(), Started: request.Started.In(location),
		Status: Queued, Cells: []CellResult{}, Artifacts: []Artifact{},
	}
	x.plan, err = newPlan(request.Report, request.Format, request.Keep.Rows > 0)
	return x, err
}

// prepare checks everything that can be checked before a cell runs.
func (x *execution) prepare(ctx context.Context) error {
	if x.request.Report.Report.Audience != nil {
		return fault.New(fault.Invalid, "This report selects an audience, which this version cannot do yet.")
	}
	if err := x.fillIn(ctx); err != nil {
		return err
	}
	if err := x.bind(); err != nil {
		return err
	}
	return x.findParts(ctx)
}

// fillIn resolves the values and, with them, the title.
func (x *execution) fillIn(ctx context.Context) (err error) {
	if x.values, err = forms.Parse(ctx, x.request.Report.Report.Form, x.request.Values, x.formEnv()); err != nil {
		return err
	}
	x.run.Values = x.values.Record()
	x.run.Title, err = x.request.Report.Title.Render(x.env())
	return err
}

// formEnv is what the form's values depend on.
func (x *execution) formEnv() forms.Env {
	return forms.Env{Now: x.run.Started, Location: x.location, Resolver: resolver{x}, Allowed: x.request.Allowed}
}

func (r *Runner) location(report *reports.Report) (*time.Location, error) {
	if report.Timezone == "" {
		return r.options.Location, nil
	}
	location, err := time.LoadLocation(report.Timezone)
	if err != nil {
		return nil, fault.New(fault.Invalid, "The report's timezone %q does not exist.", report.Timezone)
	}
	return location, nil
}

// documentHash names the exact document that ran.
func documentHash(report *reports.Compiled) string {
	sum := sha256.Sum256(report.Document.Bytes())
	return hex.EncodeToString(sum[:])
}

// resolver looks up what a form needs of the report and its source.
type resolver struct{ x *execution }

func (r resolver) Options(ctx context.Context, field *forms.Field, earlier forms.Values, find forms.Find) ([]forms.Option, error) {
	return r.x.lookUp(ctx, field, earlier, find)
}

func (r resolver) Shown(field *forms.Field, earlier forms.Values) (bool, error) {
	condition := r.x.request.Report.ShowIf[field.Name]
	if condition == nil {
		return true, nil
	}
	env := r.x.env()
	env.Values = earlier
	return condition.Holds(env)
}
