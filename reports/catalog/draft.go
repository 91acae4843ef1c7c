package catalog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/templates"
)

// checkOptions know all sources and the snippets as they are kept.
func (c *Catalog) checkOptions(ctx context.Context) (reports.CheckOptions, error) {
	options, err := c.sources(ctx)
	if err != nil {
		return options, err
	}
	snippets, err := c.loadedSnippets(ctx)
	options.Snippets = snippets
	return options, err
}

// draft checks a document and draws from it what listings show. The error of a document with problems is fault.Invalid around
// reports.Problems.
func (c *Catalog) draft(ctx context.Context, file string, document []byte) (Draft, error) {
	options, err := c.checkOptions(ctx)
	if err != nil {
		return Draft{}, err
	}
	return drafted(file, document, options)
}

// Check is nil when the document could be saved in the folder and finds the workbooks there that it fills. Else it is the error that Save
// would give for its problems.
func (c *Catalog) Check(ctx context.Context, folder, file string, document []byte) error {
	options, err := c.checkOptions(ctx)
	if err != nil {
		return err
	}
	options.Files = workbooks{ctx, c.store, folder}
	_, err = drafted(file, document, options)
	return err
}

// Identity tells one installation's catalog from another's.
func (c *Catalog) Identity(ctx context.Context) (string, error) { return c.store.Identity(ctx) }

func drafted(file string, document []byte, options reports.CheckOptions) (Draft, error) {
	used := &used{snippets: options.Snippets}
	options.Snippets = used
	compiled, problems := reports.Load(file, document, options)
	if len(problems) > 0 {
		return Draft{}, fault.New(fault.Invalid, "%w", reports.Problems(problems))
	}
	report := compiled.Report
	return Draft{
		Title: report.Title, Description: report.Description, Tags: report.Tags,
		Fields: fieldNames(report), Sources: sourcesOf(report), Snippets: used.names, Workbooks: workbooksOf(report),
		Document: document, SHA256: Checksum(document),
	}, nil
}

// Checksum is the SHA-256 of the content in hex.
func Checksum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// used remembers which snippets were asked for.
type used struct {
	snippets templates.Snippets
	names    []string
}

func (u *used) Snippet(name string) (string, bool) {
	if !slices.Contains(u.names, name) {
		u.names = append(u.names, name)
	}
	if u.snippets == nil {
		return "", false
	}
	return u.snippets.Snippet(name)
}

func fieldNames(report *reports.Report) []string {
	var names []string
	for _, field := range report.Form {
		names = append(names, field.Name)
		if field.Label != "" && field.Label != field.Name {
			names = append(names, field.Label)
		}
	}
	return names
}

// sourcesOf are the sources that SQL of the report runs on: that of its cells, and of options that come from a query.
func sourcesOf(report *reports.Report) []string {
	var sources []string
	for _, cell := range report.Cells() {
		if cell.Kind == reports.SQLCell {
			sources = append(sources, cell.Source)
		}
	}
	for _, field := range report.Form {
		if field.Options != nil && field.Options.Query != "" {
			sources = append(sources, report.Source)
		}
	}
	slices.Sort(sources)
	return slices.Compact(sources)
}

func workbooksOf(report *reports.Report) []string {
	var workbooks []string
	for _, export := range report.Exports {
		if export.Template != "" && !slices.Contains(workbooks, export.Template) {
			workbooks = append(workbooks, export.Template)
		}
	}
	return workbooks
}
