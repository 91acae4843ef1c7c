package runner

import (
	"context"
	"errors"
	"fmt"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// publish gives the files their names: from here on they are there for others to see. An error takes all of them back.
func (x *execution) publish(ctx context.Context) error {
	if ctx.Err() != nil {
		return fault.New(fault.Cancelled, "The run was cancelled.")
	}
	for index, wanted := range x.plan.exports {
		if err := x.commit(ctx, wanted, x.files[index]); err != nil {
			err = cancelledOr(ctx, err)
			for _, earlier := range x.run.Artifacts {
				err = errors.Join(err, x.request.Out.Withdraw(context.WithoutCancel(ctx), earlier))
			}
			x.run.Artifacts = []Artifact{}
			return err
		}
	}
	for _, artifact := range x.run.Artifacts {
		x.observer.FileFinished(artifact)
	}
	return nil
}

func (x *execution) commit(ctx context.Context, wanted planned, file *pending) error {
	name, err := x.filename(wanted, file)
	if err != nil {
		return err
	}
	artifact, err := x.request.Out.Publish(ctx, Artifact{
		Name: name, Format: wanted.Format, Rows: file.rows, Bytes: file.file.Bytes(), SHA256: file.file.SHA256(),
	}, file.file)
	if err != nil {
		return err
	}
	artifact.Name = x.names.Take(artifact.Name) // not every Output keeps files under their names
	x.run.Artifacts = append(x.run.Artifacts, artifact)
	return nil
}

// discard removes what was written and not published.
func (x *execution) discard() {
	for _, file := range x.files {
		file.file.Abort()
	}
}

// filename is the rendered name of an export, or the report's title with the cell when the export has one alone; a file that does not
// hold the whole result says so in its name.
func (x *execution) filename(wanted planned, file *pending) (string, error) {
	name := x.run.Title
	if len(wanted.Cells) == 1 {
		name += " " + wanted.Cells[0]
	}
	if wanted.filename != nil {
		rendered, err := wanted.filename.Render(x.env())
		if err != nil {
			return "", err
		}
		name = rendered
	}
	mark := ""
	switch {
	case file.cut:
		mark = fmt.Sprintf(" (cut at %d rows)", file.rows)
	case file.shortened:
		mark = " (texts cut)"
	}
	return export.MarkedFilename(name, mark, file.ext), nil
}
