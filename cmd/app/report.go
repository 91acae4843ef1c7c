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
	snippetFolder := os.DirFS(filepath.Join(folder, reports.SnippetFolder))
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
	snippets, problems := loadSnippets(snippetFolder, filepath.Join(filepath.Dir(name), reports.SnippetFolder))
	options := a.config.CheckOptions()
	options.Snippets = snippets
	report, more := reports.Load(name, data, options)
	if problems = append(problems, more...); len(problems) > 0 {
		return nil, nil, fault.New(fault.Invalid, "%w", reports.Problems(problems))
	}
	return report, files, nil
}

// loadSnippets reads the folder of snippets beside a report, if there is one. Problems name their files as below path.
func loadSnippets(folder fs.FS, path string) (templates.Snippets, []reports.Problem) {
	if _, err := fs.Stat(folder, "."); err != nil {
		return nil, nil
	}
	snippets, problems := reports.LoadSnippets(folder)
	for i := range problems {
		problems[i].File = filepath.Join(path, problems[i].File)
	}
	return snippets, problems
}

func libraryNames() []string {
	entries, _ := fs.Glob(library.Reports(), "*.md")
	for i, entry := range entries {
		entries[i] = strings.TrimSuffix(entry, ".md")
	}
	return entries
}

// CheckOptions tell a check which sources there are and how their SQL is read. Without a configured warehouse any other name may be a
// database of the embedded engine.
func (c *Config) CheckOptions() reports.CheckOptions {
	options := reports.CheckOptions{Sources: map[string]templates.Dialect{}}
	for name, config := range c.Sources {
		options.Sources[name] = dialectOf(config.Driver)
	}
	_, options.OnlySources = c.Sources[warehouse]
	return options
}

func dialectOf(driver string) templates.Dialect {
	if driver == "postgres" {
		return templates.Postgres
	}
	return templates.ClickHouse
}
