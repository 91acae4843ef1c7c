package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
)

// Kind is what a file in a folder of reports is.
type Kind string

const (
	ReportFile   Kind = "report"   // FOLDER/SLUG.md
	SnippetFile  Kind = "snippet"  // snippets/NAME.sql
	WorkbookFile Kind = "workbook" // FOLDER/NAME.xlsx
)

// Path is where a file belongs in a folder of reports.
type Path struct {
	Kind   Kind
	Folder string // "" is the root; of a snippet always
	Name   string // slug of a report, name of a snippet, name with .xlsx of a workbook
}

// String is the path with slashes.
func (p Path) String() string {
	switch p.Kind {
	case SnippetFile:
		return path.Join(reports.SnippetFolder, p.Name+".sql")
	case ReportFile:
		return path.Join(p.Folder, p.Name+".md")
	}
	return path.Join(p.Folder, p.Name)
}

// Check refuses paths that could lead elsewhere, or that not every system can have.
func (p Path) Check() error {
	if err := CheckFolder(p.Folder); err != nil {
		return err
	}
	switch p.Kind {
	case SnippetFile:
		if _, problem := reports.ParseSnippet(p.Name+".sql", nil); problem != nil {
			return fault.New(fault.Invalid, "%s", problem.Message)
		}
		return checkName(p.Name)
	case ReportFile:
		return CheckSlug(p.Name)
	}
	return CheckFile(p.Name)
}

// PathOf tells what the file at a slashed path is by its name alone; ok is false for files that are nothing of Vitrina's. A report's
// name becomes its slug.
func PathOf(file string) (p Path, ok bool) {
	folder, name := path.Split(file)
	folder = strings.TrimSuffix(folder, "/")
	switch extension := path.Ext(name); {
	case strings.EqualFold(extension, ".md"):
		return Path{ReportFile, folder, reports.Slug(strings.TrimSuffix(name, extension))}, true
	case strings.EqualFold(extension, ".xlsx"):
		return Path{WorkbookFile, folder, name}, true
	case extension == ".sql" && folder == reports.SnippetFolder:
		return Path{SnippetFile, "", strings.TrimSuffix(name, ".sql")}, true
	case extension == ".sql" && path.Base(folder) == reports.SnippetFolder:
		return Path{SnippetFile, folder, strings.TrimSuffix(name, ".sql")}, true
	}
	return Path{}, false
}

// Found is a file in a folder of reports.
type Found struct {
	File    string // its slashed path
	Path    Path
	Content []byte
}

// ReadFolder reads the reports, snippets and workbooks of a folder, also in the folders in it, but nothing hidden and no links. Notices
// such as README.md are passed over. What cannot be kept at all is a problem; its path is then among refused.
func ReadFolder(files fs.FS) (found []Found, problems []reports.Problem, refused []string, err error) {
	refuse := func(file, format string, args ...any) {
		refused = append(refused, file)
		problems = append(problems, reports.Problem{File: file, Line: 1, Column: 1, Message: fmt.Sprintf(format, args...)})
	}
	err = fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && file != ".":
			return nil // it went while the folder was read
		case err != nil:
			return err
		case file != "." && passedOver(entry):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		at, ok := PathOf(file)
		if entry.IsDir() || !ok {
			return nil
		}
		content, err := readBounded(files, file, at.Kind)
		if err != nil {
			refuse(file, "%v", err)
			return nil
		}
		if at.Kind == ReportFile && isNotice(file, content) {
			return nil
		}
		if err := at.Check(); err != nil {
			refuse(file, "%v", err)
			return nil
		}
		found = append(found, Found{file, at, content})
		return nil
	})
	return found, problems, refused, err
}

func passedOver(entry fs.DirEntry) bool {
	name := entry.Name()
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
		return true
	}
	if entry.IsDir() {
		return name != reports.SnippetFolder && slices.Contains(reservedFolders, strings.ToLower(name))
	}
	return !entry.Type().IsRegular()
}

// isNotice tells a README and its like from a report.
func isNotice(file string, content []byte) bool {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	return name == strings.ToUpper(name) && !bytes.HasPrefix(bytes.TrimPrefix(content, []byte("\ufeff")), []byte("---"))
}

func readBounded(files fs.FS, file string, kind Kind) ([]byte, error) {
	info, err := fs.Stat(files, file)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	}
	limit := int64(reports.MaxBytes)
	if kind == WorkbookFile {
		limit = MaxFileBytes
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("the file has %d MB: %d MB are the most for a %s", info.Size()>>20, limit>>20, kind)
	}
	content, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	}
	return content, nil
}
