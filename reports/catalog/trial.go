package catalog

import (
	"context"
	"io/fs"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
)

// Trial is a document that is not kept, ready to run.
type Trial struct {
	*reports.Compiled
	Entry   Entry // the report it is of; the zero Entry for a new one
	Sources []string
	SHA256  string // of the document, in hex
	Files   fs.FS  // the workbooks beside the report, which can be read as long as ctx lives; nil for a new one
}

// Try compiles a document for an actor who was granted all sources that its SQL runs on. key is the id or slug of the report it is of,
// whose SQL the actor must see, or empty. The error of a document with problems is that of Save.
func (c *Catalog) Try(ctx context.Context, actor *people.Actor, key string, document []byte) (trial Trial, err error) {
	if err := writes(actor, "try documents"); err != nil {
		return trial, err
	}
	file := "report.md"
	if key != "" {
		trial.Entry, err = c.need(ctx, actor, key, people.ViewSQL)
		if err != nil && fault.CodeOf(err) == fault.Forbidden {
			err = errNoReport
		}
		if err != nil {
			return trial, err
		}
		trial.Files = workbooks{ctx, c.store, trial.Entry.Folder}
		file = trial.Entry.Slug + ".md"
	}
	options, err := c.checkOptions(ctx)
	if err != nil {
		return trial, err
	}
	compiled, problems := reports.Load(file, document, options)
	if len(problems) > 0 {
		return trial, fault.New(fault.Invalid, "%w", reports.Problems(problems))
	}
	trial.Compiled, trial.Sources, trial.SHA256 = compiled, sourcesOf(compiled.Report), Checksum(document)
	return trial, c.maySources(ctx, actor, trial.Sources)
}
