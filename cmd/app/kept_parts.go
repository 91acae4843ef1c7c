package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/storage"
)

// keptReports finds kept reports for the runs.
type keptReports struct {
	catalog *catalog.Catalog
	store   *storage.Catalog
}

func (k keptReports) Report(ctx context.Context, id string, revision int) (jobs.Kept, error) {
	compiled, entry, files, err := k.catalog.Compiled(ctx, id, revision)
	if err != nil {
		return jobs.Kept{}, err
	}
	if entry.Deleted != nil {
		return jobs.Kept{}, fault.New(fault.NotFound, "The report %q was deleted.", entry.Title)
	}
	if revision == 0 {
		revision = entry.Revision
	}
	shared, err := k.shared(ctx, entry)
	return jobs.Kept{
		Compiled: compiled, ID: entry.ID, Slug: entry.Slug, Folder: entry.Folder, Revision: revision, Files: files, Shared: shared,
	}, err
}

// shared changes with the snippets and workbooks that the report uses.
func (k keptReports) shared(ctx context.Context, entry catalog.Entry) (string, error) {
	var shared strings.Builder
	if len(entry.Snippets) > 0 {
		version, err := k.store.SnippetsVersion(ctx)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&shared, "snippets %d ", version)
	}
	if len(entry.Workbooks) > 0 {
		files, err := k.catalog.Files(ctx, people.System(), &entry.Folder)
		if err != nil {
			return "", err
		}
		for _, file := range files {
			fmt.Fprintf(&shared, "%s %s ", file.Name, file.SHA256)
		}
	}
	return shared.String(), nil
}

// runRights tell what people may do, for the runs.
type runRights struct {
	*storage.Grants
	*storage.People
}

func (r runRights) Actor(ctx context.Context, id string) (*people.Actor, error) {
	return r.People.Actor(ctx, id)
}

var _ jobs.Rights = runRights{}

// problemsLogged tells of documents that could not be taken over.
func (a *App) logProblems(folder string, problems []reports.Problem) {
	for _, problem := range problems {
		a.logger.Warn("A report of a folder has a problem.", "folder", folder, "problem", problem.String())
	}
}
