package reports

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// ReadFile reads a file that is to be a report, no further than a report can be long. Errors are about the file as a whole:
// fault.NotFound or fault.Invalid.
func ReadFile(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &fault.Error{Code: fault.NotFound, Message: "there is no file " + file, Cause: err}
	case err != nil:
		return nil, fault.New(fault.Invalid, "%s cannot be read: %w", file, err)
	case !info.Mode().IsRegular():
		return nil, fault.New(fault.Invalid, "%s is not a file", file)
	case info.Size() > MaxBytes:
		return nil, fault.New(fault.Invalid, "%w", Problem{file, 1, 1, tooLarge(info.Size())})
	}
	data, err := readCapped(os.DirFS(filepath.Dir(file)), filepath.Base(file))
	if err != nil {
		return nil, fault.New(fault.Invalid, "%s cannot be read: %w", file, err)
	}
	return data, nil
}

// LoadFile is [Load] of a file, with the snippets of the folder next to it unless options bring their own.
func LoadFile(file string, options CheckOptions) (*Compiled, []Problem) {
	data, err := ReadFile(file)
	if err != nil {
		return nil, []Problem{asProblem(file, err)}
	}
	var problems []Problem
	if options.Snippets == nil {
		options.Snippets, problems = loadSnippetFolder(filepath.Join(filepath.Dir(file), SnippetFolder))
	}
	compiled, own := Load(file, data, options)
	return compiled, append(own, problems...)
}

func loadSnippetFolder(folder string) (Snippets, []Problem) {
	snippets, problems := LoadSnippets(os.DirFS(folder))
	for i := range problems {
		problems[i].File = filepath.Join(folder, problems[i].File)
	}
	return snippets, problems
}

// notReports are folders whose documents are somebody else's, or wrong on purpose.
var notReports = map[string]bool{"node_modules": true, "testdata": true}

// CheckFiles checks files and, in folders and the folders in them, everything called *.md that is not hidden. Files in capitals
// without front matter (README.md) are passed over in folders. Reports use the snippets next to them, or in the nearest
// folder above within the one that was asked for, and fill the workbooks next to them; those of options are not read. The error is
// about a path that does not exist or cannot be read.
func CheckFiles(paths []string, options CheckOptions) (checked int, problems []Problem, err error) {
	c := &checker{options: options, seen: map[string]bool{}, slugs: map[string]string{}, snippets: map[string]Snippets{}}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return 0, nil, fault.New(fault.NotFound, "%s cannot be checked: %w", path, err)
		}
		if !info.IsDir() {
			c.file(path, filepath.Dir(path), false)
		} else if err := c.folder(path); err != nil {
			return 0, nil, fault.New(fault.Invalid, "%s cannot be read: %w", path, err)
		}
	}
	return c.reports, c.problems, nil
}

type checker struct {
	options  CheckOptions
	reports  int
	problems []Problem
	seen     map[string]bool
	slugs    map[string]string   // files by folder and slug
	snippets map[string]Snippets // by folder; nil for a folder without
}

func (c *checker) folder(root string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path != root && (strings.HasPrefix(entry.Name(), ".") || entry.IsDir() && notReports[entry.Name()]):
			if entry.IsDir() {
				return filepath.SkipDir
			}
		case !entry.IsDir() && strings.EqualFold(filepath.Ext(path), ".md"):
			c.file(path, root, true)
		}
		return nil
	})
}

func (c *checker) file(path, root string, walked bool) {
	path = filepath.Clean(path)
	if c.seen[path] {
		return
	}
	c.seen[path] = true
	data, err := ReadFile(path)
	if walked && err == nil && isNotice(path, data) {
		return
	}
	c.reports++
	c.checkSlug(path)
	if err != nil {
		c.problems = append(c.problems, asProblem(path, err))
		return
	}
	options := c.options
	folder := filepath.Dir(path)
	options.Snippets, options.Files = c.nearestSnippets(folder, filepath.Clean(root)), os.DirFS(folder)
	_, problems := Load(path, data, options)
	c.problems = append(c.problems, problems...)
}

// isNotice tells a README and its like from a report.
func isNotice(path string, data []byte) bool {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	first, _, _ := strings.Cut(strings.TrimPrefix(string(data), string(byteOrderMark)), "\n")
	return name == strings.ToUpper(name) && !isRule([]byte(first))
}

func (c *checker) checkSlug(path string) {
	slug := Slug(path)
	key := filepath.Join(filepath.Dir(path), slug)
	if other, taken := c.slugs[key]; taken {
		message := fmt.Sprintf("the report has the same address, %s, as %s: rename one of the files", slug, other)
		c.problems = append(c.problems, Problem{path, 1, 1, message})
		return
	}
	c.slugs[key] = path
}

func (c *checker) nearestSnippets(folder, root string) Snippets {
	for {
		if snippets := c.snippetsOf(folder); snippets != nil || folder == root || folder == filepath.Dir(folder) {
			return snippets
		}
		folder = filepath.Dir(folder)
	}
}

func (c *checker) snippetsOf(folder string) Snippets {
	snippets, known := c.snippets[folder]
	if known {
		return snippets
	}
	path := filepath.Join(folder, SnippetFolder)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		var problems []Problem
		snippets, problems = loadSnippetFolder(path)
		c.problems = append(c.problems, problems...)
	}
	c.snippets[folder] = snippets
	return snippets
}
