package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/library"
	"github.com/vitrina-reports/vitrina/templates"
)

// Report loads and checks a report: a file or, where there is no such file, a report of the library by its name. files is the folder
// it lies in, with its snippets and workbooks. A document with problems is an error of code Invalid with all of them.
func (a *App) Report(name string) (report *reports.Compiled, files fs.FS, err error) {
	folder := filepath.Dir(name)
	files = os.DirFS(folder)
	snippetFolder := os.DirFS(filepath.Join(folder, "snippets"))
	data, err := reports.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && !strings.ContainsAny(name, `/\`) {
		files, snippetFolder = library.Reports(), library.Snippets()
		file := strings.TrimSuffix(name, ".md") + ".md"
		name = "library/" + file
		if data, err = fs.ReadFile(files, file); err != nil {
			return nil, nil, fault.New(fault.Invalid, "There is no file %s and no report of that name in the library, which has %s.",
				strings.TrimPrefix(name, "library/"), strings.Join(libraryNames(), ", "))
		}
	}
	if err != nil {
		return nil, nil, fault.New(fault.Invalid, "The report cannot be read: %w", err)
	}
	snippets, problems := loadSnippets(snippetFolder)
	report, more := reports.Load(name, data, reports.CheckOptions{Snippets: snippets, Sources: a.dialects()})
	if problems = append(problems, more...); len(problems) > 0 {
		return nil, nil, fault.New(fault.Invalid, "%w", reports.Problems(problems))
	}
	return report, files, nil
}

// loadSnippets reads the folder snippets beside a report, if there is one.
func loadSnippets(folder fs.FS) (templates.Snippets, []reports.Problem) {
	if _, err := fs.Stat(folder, "."); err != nil {
		return nil, nil
	}
	return reports.LoadSnippets(folder)
}

func libraryNames() []string {
	entries, _ := fs.Glob(library.Reports(), "*.md")
	for i, entry := range entries {
		entries[i] = strings.TrimSuffix(entry, ".md")
	}
	return entries
}

// dialects tell how the SQL of each configured source is read. Without a configured warehouse any name may be a database of the
// embedded engine, and nil says so.
func (a *App) dialects() map[string]templates.Dialect {
	if _, configured := a.config.Sources[warehouse]; !configured {
		return nil
	}
	dialects := map[string]templates.Dialect{}
	for name, config := range a.config.Sources {
		if config.Driver == "postgres" {
			dialects[name] = templates.Postgres
		} else {
			dialects[name] = templates.ClickHouse
		}
	}
	return dialects
}
