package runner

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"time"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/templates"
)

// Options of a Runner. Sources and WorkDir are required.
type Options struct {
	Sources  Sources
	WorkDir  string         // where rows and half-written files wait; each run has a folder of its own in it
	Location *time.Location // of reports that name no zone; UTC when nil
	Now      func() time.Time
}

// Runner runs reports. It may be used by many goroutines.
type Runner struct {
	options Options
}

// New makes a runner.
func New(options Options) *Runner {
	if options.Location == nil {
		options.Location = time.UTC
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	return &Runner{options: options}
}

// Request is what a person asks for.
type Request struct {
	Report *reports.Compiled
	Values forms.Raw
	User   templates.User
	Format string // instead of the report's own exports; empty for these
	Out    string // folder the files go to; it is made when it does not exist
	Files  fs.FS  // where the workbooks that exports name as template are; may be nil
	// Observer is told how the run gets on; may be nil.
	Observer Observer
}

// Run runs a report. When the request itself is at fault it returns no run and an error of code Invalid or NotFound, and no cell has
// run; the fields' mistakes are forms.Errors. Otherwise the run tells what happened: its files are whole, or there are none and the
// error, also returned, says why.
func (r *Runner) Run(ctx context.Context, request Request) (*Run, error) {
	x, err := r.begin(request)
	if err != nil {
		return nil, err
	}
	if err = x.prepare(ctx); fault.IsInvalid(err) {
		return nil, err
	}
	if err == nil {
		// What shows only now, such as a column that the prose misses, is a run that failed.
		if err = x.execute(ctx); fault.IsInvalid(err) {
			err = fault.New(fault.Failed, "%w", err)
		}
	}
	x.finish(err)
	return &x.run, err
}

// begin makes the record of a run that has not asked anything of a source yet.
func (r *Runner) begin(request Request) (*execution, error) {
	location, err := r.location(request.Report.Report)
	if err != nil {
		return nil, err
	}
	if request.Report.Report.Audience != nil {
		return nil, fault.New(fault.Invalid, "This report selects an audience, which this version cannot do yet.")
	}
	x := &execution{
		options: r.options, request: request, observer: request.Observer, location: location,
		spools: map[string]*spool{}, results: results{rows: map[string]int64{}, first: map[string]map[string]any{}},
		files: map[int]*pending{},
	}
	if x.observer == nil {
		x.observer = Silent{}
	}
	x.run = Run{
		ID: uuid.Must(uuid.NewV7()).String(), Report: request.Report.Document.Slug(), Revision: revision(request.Report),
		User: request.User.Email, Values: map[string]any{}, Timezone: location.String(), Started: r.options.Now().In(location),
		Status: Running, Cells: []CellResult{}, Artifacts: []Artifact{},
	}
	x.plan, err = newPlan(request.Report, request.Format)
	return x, err
}

// prepare checks everything that can be checked before a cell runs.
func (x *execution) prepare(ctx context.Context) (err error) {
	env := forms.Env{Now: x.run.Started, Location: x.location, Resolver: resolver{x}}
	if x.values, err = forms.Parse(ctx, x.request.Report.Report.Form, x.request.Values, env); err != nil {
		return err
	}
	x.run.Values = x.values.Record()
	if x.run.Title, err = x.request.Report.Title.Render(x.env()); err != nil {
		return err
	}
	if err := x.bind(); err != nil {
		return err
	}
	return x.findParts(ctx)
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

// revision names the exact document that ran.
func revision(report *reports.Compiled) string {
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

// finish closes the record.
func (x *execution) finish(err error) {
	x.run.Finished = x.options.Now().In(x.location)
	x.run.Status = Succeeded
	if err == nil {
		return
	}
	x.run.Error = err.Error()
	x.run.Status = Failed
	if fault.CodeOf(err) == fault.Cancelled || errors.Is(err, context.Canceled) {
		x.run.Status = Cancelled
	}
}
