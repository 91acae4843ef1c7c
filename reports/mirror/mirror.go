// Package mirror keeps a folder of files and the catalog the same, both ways. What it remembers of the last time tells who changed
// what since: a change on one side goes to the other, changes on both are a conflict, which is told and left alone.
package mirror

import (
	"context"
	"io/fs"

	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// Kept is a report, snippet or workbook of the catalog.
type Kept struct {
	ID       string // of a report; of a snippet its name, of a workbook its path
	Path     catalog.Path
	Revision int
	SHA256   string // of its content, in hex
	Author   string // of the revision
	Deleted  bool
}

// Catalog is one of the two sides. A change that began with another revision than the current one is fault.Conflict.
type Catalog interface {
	// Identity tells one installation's catalog from another's.
	Identity(ctx context.Context) (string, error)
	// Items are all items that may be changed, with deleted ones.
	Items(ctx context.Context) ([]Kept, error)
	// Content is exactly the bytes of that revision.
	Content(ctx context.Context, item Kept) ([]byte, error)
	// Create keeps a new item. File is what problems call it.
	Create(ctx context.Context, at catalog.Path, file string, content []byte, message string) (Kept, error)
	// Save keeps a new revision on top of the item's, and undeletes it when it is deleted.
	Save(ctx context.Context, item Kept, file string, content []byte, message string) (Kept, error)
	// Move gives a report another folder or slug.
	Move(ctx context.Context, item Kept, to catalog.Path) (Kept, error)
	// Delete deletes the item so that it can be brought back.
	Delete(ctx context.Context, item Kept) error
}

// Folder is the other side. Files are named by slashed paths; every change is whole or not at all.
type Folder interface {
	// Files are all files, also hidden ones.
	Files() fs.FS
	// Write puts a file in the place of one with the checksum was, or of none when it is empty. Another file there is fault.Conflict.
	Write(file string, content []byte, was string) error
	// Rename refuses to take the place of another file: fault.Conflict.
	Rename(from, to string) error
	// Remove removes a file that still has the checksum; another is fault.Conflict. Folders left empty go too.
	Remove(file string, was string) error
	// Preserve keeps a copy beside the file, under a name that no sync reads, and returns it.
	Preserve(file string) (string, error)
}

// Options of Sync. Folder and Catalog are required.
type Options struct {
	Folder  Folder
	Catalog Catalog
	Message string   // of the revisions; sync when empty
	Ours    []string // files whose conflict the folder wins
	Theirs  []string // files whose conflict the catalog wins
	DryRun  bool     // plan and change nothing
	// Tell is called with each change that was made, or is planned.
	Tell func(change string)
}

// Result of a sync: what it could not do, a sentence or a problem each.
type Result struct {
	Changes   int
	Conflicts []string
	Problems  []string
}

// Sync brings both sides together as far as they do not contradict each other. The error is about the sync as a whole; it can be
// run again after any, and after it was killed.
func Sync(ctx context.Context, options Options) (Result, error) {
	if options.Message == "" {
		options.Message = "sync"
	}
	if options.Tell == nil {
		options.Tell = func(string) {}
	}
	identity, err := options.Catalog.Identity(ctx)
	if err != nil {
		return Result{}, err
	}
	known, err := readState(options.Folder.Files(), identity)
	if err != nil {
		return Result{}, err
	}
	found, problems, refused, err := catalog.ReadFolder(options.Folder.Files())
	if err != nil {
		return Result{}, unreadable(err)
	}
	kept, err := options.Catalog.Items(ctx)
	if err != nil {
		return Result{}, err
	}
	c := &carrier{Options: options, known: known}
	for _, problem := range problems {
		c.result.Problems = append(c.result.Problems, problem.String())
	}
	p := newPlan(known, found, refused, kept, options)
	c.result.Problems = append(c.result.Problems, p.unused()...)
	return c.carryAll(ctx, p.items)
}
