package runner

import (
	"context"

	"github.com/vitrina-reports/vitrina/runner/source"
)

// Workbench is the name of the embedded engine as a source of cells.
const Workbench = "workbench"

// Sources finds the databases a run speaks to. It keeps them open; a run never closes one.
type Sources interface {
	// Source returns the database of that name with its limits. An unknown name is a fault.NotFound that tells the known ones.
	// The name Workbench is always known and is a source.Formatter.
	Source(ctx context.Context, name string) (source.Source, Limits, error)
}

// Limits of one query on a source.
type Limits struct {
	source.Limits
	// Cut keeps the first Rows rows of a longer result and says so, instead of failing the run.
	Cut bool
}

// sent are the limits the server is to enforce: those of a result to be cut are the runner's alone, since servers stop at block
// borders and count what will be left out.
func (l Limits) sent() source.Limits {
	sent := l.Limits
	if l.Cut {
		sent.Rows, sent.Bytes = 0, 0
	}
	return sent
}
