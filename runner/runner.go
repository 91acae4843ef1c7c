package runner

import (
	"context"
	"errors"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// Options of a Runner. Sources and WorkDir are required.
type Options struct {
	Sources  Sources
	WorkDir  string         // where rows wait; each attempt of a run has a folder of its own in it
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

// Run prepares and executes a run. When the request itself is at fault it returns no run and the error of Prepare. Otherwise the run
// tells what happened: its files are whole, or there are none and the error, also returned, says why.
func (r *Runner) Run(ctx context.Context, request Request) (*Run, error) {
	x, err := r.begin(request)
	if err != nil {
		return nil, err
	}
	if err = x.prepare(ctx); fault.IsInvalid(err) {
		return nil, err
	}
	if err != nil {
		return x.finish(err)
	}
	return (&Prepared{x}).Execute(ctx)
}

// Prepared is a run that can be executed: its request was found right, and nothing of it has run.
type Prepared struct{ x *execution }

// Prepare checks the request: the values are resolved and checked against the form, the statements are bound, and sources and
// workbook templates found. What is wrong with the request is an error of code Invalid or NotFound; the fields' mistakes are
// forms.Errors in it. Other errors are those of a source that was asked for options.
//
// The Values of the record, also decoded from its JSON, prepare the same run again when Started is the record's too.
func (r *Runner) Prepare(ctx context.Context, request Request) (*Prepared, error) {
	x, err := r.begin(request)
	if err != nil {
		return nil, err
	}
	if err := x.prepare(ctx); err != nil {
		return nil, err
	}
	return &Prepared{x}, nil
}

// Run is the record as it stands before the execution: queued, with the values resolved.
func (p *Prepared) Run() Run { return p.x.run }

// Execute runs the cells and writes the files. It is to be called once. What shows only now, such as a column that the prose misses,
// is a run that failed; the record tells the error that is also returned.
func (p *Prepared) Execute(ctx context.Context) (*Run, error) {
	p.x.run.Status = Running
	err := p.x.execute(ctx)
	if fault.IsInvalid(err) {
		err = fault.New(fault.Failed, "%w", err)
	}
	return p.x.finish(err)
}

// finish closes the record.
func (x *execution) finish(err error) (*Run, error) {
	x.run.Finished = x.options.Now().In(x.location)
	x.run.Status = Succeeded
	if err == nil {
		return &x.run, nil
	}
	x.run.Error = err.Error()
	x.run.Status = Failed
	if fault.CodeOf(err) == fault.Cancelled || errors.Is(err, context.Canceled) {
		x.run.Status = Cancelled
	}
	return &x.run, err
}
