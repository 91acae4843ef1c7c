package catalog

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/people"
)

// Store keeps the catalog. What changes something keeps the event in the same transaction: both happen or neither. Everything may be
// called by many at once. What does not exist is fault.NotFound.
type Store interface {
	// Identity tells one installation's catalog from another's, also after it was restored from a backup.
	Identity(ctx context.Context) (string, error)
	ReportStore
	FolderStore
	SnippetStore
	FileStore
	DraftStore
}

// Viewer is whose rights narrow a listing.
type Viewer struct {
	PersonID string // may be empty for a viewer of everything
	All      bool   // sees everything, at the level edit
}

// Draft is a document to keep and what is said of it in listings.
type Draft struct {
	Title       string
	Description string
	Tags        []string
	Fields      []string
	Sources     []string
	Snippets    []string
	Workbooks   []string
	Document    []byte
	SHA256      string // of the document, in hex
	Author      string // email
	Message     string
}

// NewReport is a report to be made.
type NewReport struct {
	ID          string
	Slug        string
	Exact       bool // the slug itself or a Conflict; otherwise -2, -3… is added to one that is taken
	Folder      string
	OwnerID     string // may be empty
	Provisioned string
	File        string
	Draft
}

// ReportStore keeps reports. A slug that a report has or had belongs to it for ever.
type ReportStore interface {
	// Entry is the report with that id or slug, also a former slug and also a deleted report. Its Level is not set; Favourite is the
	// person's, if one is given.
	Entry(ctx context.Context, key, personID string) (Entry, error)
	// Entries are the viewer's, the best match first, or by title. next is the cursor of the next page, empty on the last.
	Entries(ctx context.Context, viewer Viewer, filter Filter) (entries []Entry, next string, err error)
	// ProvisionedFolders are the names of folders that something is kept in, read-only here.
	ProvisionedFolders(ctx context.Context) ([]string, error)
	// Provisioned are all reports kept in the folder of that name, also deleted ones.
	Provisioned(ctx context.Context, name string) ([]Entry, error)
	// Create keeps a new report with its first revision and makes the folders it lies in. It returns the slug it was given.
	Create(ctx context.Context, report NewReport, event people.Event) (slug string, err error)
	// Revise adds the revision base+1. It is a *ConflictError when base is not the current one, and a Conflict when the report is
	// deleted.
	Revise(ctx context.Context, id string, base int, draft Draft, event people.Event) error
	// Rename gives the report a slug that is free or was its own; else a Conflict.
	Rename(ctx context.Context, id, slug string, event people.Event) error
	// Move puts the report into a folder, which is made when it is not there.
	Move(ctx context.Context, id, folder string, event people.Event) error
	// Remove marks the report as deleted. It is a *ConflictError when base is neither 0 nor the current revision.
	Remove(ctx context.Context, id string, base int, by string, event people.Event) error
	// Revive undoes Remove.
	Revive(ctx context.Context, id string, event people.Event) error
	// SetFavourite may be called twice.
	SetFavourite(ctx context.Context, personID, id string, favourite bool) error
	// Revisions are the newest first, without documents.
	Revisions(ctx context.Context, id string) ([]Revision, error)
	// Revision is the one of that number.
	Revision(ctx context.Context, id string, number int) (Revision, error)
}

// FolderStore keeps folders.
type FolderStore interface {
	// Folders are all folders with what the viewer sees in them, by path, the root first; without those where the viewer sees nothing
	// unless they want empty ones.
	Folders(ctx context.Context, viewer Viewer, empty bool) ([]Folder, error)
	// CreateFolder makes the folder and those above it. One that is there already, or differs from one in case alone, is a Conflict.
	CreateFolder(ctx context.Context, path string, event people.Event) error
	// RenameFolder takes along all that is in the folder: folders, reports, workbooks and grants. A taken name is a Conflict.
	RenameFolder(ctx context.Context, from, to string, event people.Event) error
	// DeleteFolder deletes a folder without reports, workbooks and folders in it; otherwise it is a Conflict. Grants on it go too if
	// granted is set, and are Forbidden otherwise.
	DeleteFolder(ctx context.Context, path string, granted bool, event people.Event) error
}

// SnippetStore keeps snippets.
type SnippetStore interface {
	// SnippetsVersion grows with each change of any snippet.
	SnippetsVersion(ctx context.Context) (int64, error)
	// Snippets are all that are there, or all that are deleted, by name.
	Snippets(ctx context.Context, deleted bool) ([]Snippet, error)
	// Snippet is one of them, also a deleted one. Revision 0 is the current one.
	Snippet(ctx context.Context, name string, revision int) (Snippet, error)
	// SnippetRevisions are the newest first, without SQL.
	SnippetRevisions(ctx context.Context, name string) ([]Snippet, error)
	// SaveSnippet adds the revision base+1, also to a deleted snippet, which is back then. base 0 is a new one, or one that is
	// deleted. It is a *ConflictError when base is not the current one. Revision and Updated of the snippet are not read.
	SaveSnippet(ctx context.Context, snippet Snippet, base int, event people.Event) (Snippet, error)
	// DeleteSnippet marks it as deleted; its revisions stay. base as in SaveSnippet, 0 is any.
	DeleteSnippet(ctx context.Context, name string, base int, event people.Event) error
}

// FileStore keeps workbooks.
type FileStore interface {
	// Files are all workbooks, or those of a folder, by folder and name, without content; or those that are deleted.
	Files(ctx context.Context, folder *string, deleted bool) ([]File, error)
	// File is one with its content, as it is now.
	File(ctx context.Context, folder, name string) (File, error)
	// SaveFile adds a revision and makes the folders it lies in; base is as in SaveSnippet, or negative for any.
	SaveFile(ctx context.Context, file File, base int, event people.Event) (File, error)
	// DeleteFile marks it as deleted; its revisions stay. base 0 is any.
	DeleteFile(ctx context.Context, folder, name string, base int, event people.Event) error
}
