// Package library is what the product ships with: finished reports, the snippets they share, and the demo warehouse they run on.
// The data is made by SQL on the engine itself, in seconds and always the same to the last digit.
package library

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed *.md snippets/*.sql demo/*.sql demo/crm/*.sql
var files embed.FS

// Reports are the documents, *.md.
func Reports() fs.FS { return reports{files} }

// Snippets are the pieces of SQL the reports share, *.sql; a snippet is called like its file.
func Snippets() fs.FS { return folder("snippets") }

// Demo are the statements that make the demo, in their order: the tables of the warehouse in the database one is connected to, and
// the database crm, which reports know as the source crm. Running them again replaces the demo. The table demo_period gets its
// row last, so a demo that was interrupted can be told from a whole one.
func Demo() []string {
	var statements []string
	for _, dir := range []string{"demo/crm", "demo"} {
		paths, err := fs.Glob(files, dir+"/*.sql")
		if err != nil {
			panic(fmt.Sprintf("library: %v", err)) // the pattern is a constant
		}
		slices.Sort(paths)
		for _, path := range paths {
			text, err := files.ReadFile(path)
			if err != nil {
				panic(fmt.Sprintf("library: %v", err)) // it is embedded
			}
			statements = append(statements, split(string(text))...)
		}
	}
	return statements
}

// split cuts a script at the semicolons that end a line. The demo has none of these within a string or comment.
func split(script string) []string {
	var statements []string
	for part := range strings.SplitSeq(script+"\n", ";\n") {
		if part = strings.TrimSpace(part); part != "" {
			statements = append(statements, part)
		}
	}
	return statements
}

// reports shows the documents alone.
type reports struct{ embed.FS }

func (r reports) Open(name string) (fs.File, error) {
	if name != "." && !strings.HasSuffix(name, ".md") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return r.FS.Open(name)
}

func (r reports) ReadFile(name string) ([]byte, error) {
	if !strings.HasSuffix(name, ".md") {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
	}
	return r.FS.ReadFile(name)
}

func (r reports) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := r.FS.ReadDir(name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.IsDir() }), err
}

// Folder is the library as a folder of files that a catalog can take over: the documents without those named, and snippets/.
func Folder(without ...string) fs.FS {
	return partly{files, append([]string{"demo"}, without...)}
}

// partly hides files of the root, and all below them; among these are the statements that make the demo.
type partly struct {
	embed.FS
	hidden []string
}

func (p partly) hides(name string) bool {
	root, _, _ := strings.Cut(name, "/")
	return slices.Contains(p.hidden, root)
}

func (p partly) Open(name string) (fs.File, error) {
	if p.hides(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return p.FS.Open(name)
}

func (p partly) ReadFile(name string) ([]byte, error) {
	if p.hides(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return p.FS.ReadFile(name)
}

func (p partly) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := p.FS.ReadDir(name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return name == "." && p.hides(e.Name()) }), err
}

func folder(name string) fs.FS {
	sub, err := fs.Sub(files, name)
	if err != nil {
		panic(fmt.Sprintf("library: %v", err)) // the name is a constant
	}
	return sub
}
