package jobs

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/export"
)

// Keys of files are runs/<id>/<attempt>/<n>, and runs/<id>/<attempt>/rows-<cell> for results kept to be looked at. No two attempts
// share one.
const allRuns = "runs/"

func runPrefix(run string) string { return allRuns + run + "/" }

func prefixOf(run string, attempt int) string { return fmt.Sprintf("%s%d/", runPrefix(run), attempt) }

// runOf is the run and the attempt of a key.
func runOf(key string) (run string, attempt int, ok bool) {
	rest, ok := strings.CutPrefix(key, allRuns)
	run, rest, found := strings.Cut(rest, "/")
	if _, err := fmt.Sscanf(rest, "%d/", &attempt); !ok || !found || err != nil || uuid.Validate(run) != nil {
		return "", 0, false
	}
	return run, attempt, true
}

// output puts the files of one attempt among the artifacts.
type output struct {
	files  Artifacts
	prefix string
	count  int
}

func (o *output) Dir() string { return o.files.Dir() }

func (o *output) Publish(ctx context.Context, artifact runner.Artifact, file *export.File) (runner.Artifact, error) {
	o.count++
	artifact.Path = fmt.Sprintf("%s%d", o.prefix, o.count)
	return artifact, o.files.Adopt(ctx, artifact.Path, file)
}

func (o *output) Withdraw(ctx context.Context, artifact runner.Artifact) error {
	return o.files.Remove(ctx, artifact.Path)
}

func (o *output) Keep(ctx context.Context, cell string, rows io.Reader) (string, error) {
	key := o.prefix + "rows-" + cell
	return key, o.files.Put(ctx, key, rows)
}
