package reports

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// SnippetFolder is the folder next to reports that their snippets are in.
const SnippetFolder = "snippets"

// Snippet is a named piece of SQL shared by reports.
type Snippet struct {
	Name        string
	Description string // the comment lines it begins with, without their dashes
	SQL         string // the whole file, a template
}

// Snippets are snippets by name. They are the templates' Snippets.
type Snippets map[string]Snippet

// Snippet is the text of a snippet.
func (s Snippets) Snippet(name string) (text string, ok bool) {
	snippet, ok := s[name]
	return snippet.SQL, ok
}

// LoadSnippets reads every .sql file of a folder, but not of the folders in it. A folder that does not exist has no snippets. A file
// with a problem is left out.
func LoadSnippets(folder fs.FS) (Snippets, []Problem) {
	snippets := Snippets{}
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return snippets, nil
		}
		return snippets, []Problem{{File: ".", Line: 1, Column: 1, Message: fmt.Sprintf("the folder of snippets cannot be read: %v", err)}}
	}
	var problems []Problem
	for _, entry := range entries {
		file := entry.Name()
		plain := entry.Type().IsRegular() || entry.Type() == fs.ModeSymlink
		if path.Ext(file) != ".sql" || strings.HasPrefix(file, ".") || !plain {
			continue
		}
		snippet, problem := loadSnippet(folder, file)
		if problem != nil {
			problems = append(problems, *problem)
			continue
		}
		snippets[snippet.Name] = snippet
	}
	return snippets, problems
}

func loadSnippet(folder fs.FS, file string) (Snippet, *Problem) {
	data, err := readCapped(folder, file)
	if err != nil {
		return Snippet{}, &Problem{file, 1, 1, fmt.Sprintf("the file cannot be read: %v", err)}
	}
	return ParseSnippet(file, data)
}

// ParseSnippet reads a snippet that is called like its file, with .sql. The problem is nil when it has none.
func ParseSnippet(file string, data []byte) (Snippet, *Problem) {
	name := strings.TrimSuffix(path.Base(file), ".sql")
	switch {
	case !isName(name):
		return Snippet{}, &Problem{file, 1, 1, fmt.Sprintf("a snippet cannot be called %q: %s", name, nameRule)}
	case len(data) > MaxBytes:
		return Snippet{}, &Problem{file, 1, 1, "the file is larger than 1 MB: is this a snippet?"}
	case invalidUTF8(data) >= 0 || bytes.IndexByte(data, 0) >= 0:
		return Snippet{}, &Problem{file, 1, 1, "the file is not UTF-8 text"}
	}
	text := strings.TrimPrefix(string(data), string(byteOrderMark))
	if _, err := references(text); err != nil {
		line, message := templateError(err)
		return Snippet{}, &Problem{file, line, 1, "the template does not parse: " + message}
	}
	return Snippet{Name: name, Description: leadingComment(text), SQL: text}, nil
}

// readCapped reads a regular file up to just over MaxBytes.
func readCapped(folder fs.FS, file string) ([]byte, error) {
	f, err := folder.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, MaxBytes+1))
}

var templateErrorForm = regexp.MustCompile(`(?s)^template: [^:]*:(\d+): (.*)$`)

func templateError(err error) (line int, message string) {
	m := templateErrorForm.FindStringSubmatch(err.Error())
	if m == nil {
		return 1, err.Error()
	}
	line, _ = strconv.Atoi(m[1])
	return line, m[2]
}

func leadingComment(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		comment, ok := strings.CutPrefix(strings.TrimSpace(line), "--")
		if !ok {
			break
		}
		lines = append(lines, strings.TrimSpace(comment))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
