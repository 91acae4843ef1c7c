// Package catalog keeps reports: every save is a revision, nothing is lost, and slugs once given lead to their report for ever.
package catalog

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
)

// Catalog is the service: who may do what with reports, snippets, workbooks and folders, and what must hold when they do. It may be
// used by many goroutines.
type Catalog struct {
	store   Store
	rights  Rights
	sources Sources
	now     func() time.Time
	kept    *cache
}

// Options of New. Store, Rights and Sources are required.
type Options struct {
	Store   Store
	Rights  Rights
	Sources Sources
	Now     func() time.Time
}

// Sources tells which sources there are: the options of a check, without snippets.
type Sources func(ctx context.Context) (reports.CheckOptions, error)

// New makes the service on its store.
func New(options Options) *Catalog {
	if options.Now == nil {
		options.Now = time.Now
	}
	return &Catalog{store: options.Store, rights: options.Rights, sources: options.Sources, now: options.Now, kept: newCache()}
}

// Entry is a kept report without its document.
type Entry struct {
	ID          string
	Slug        string
	Folder      string // path, "" is the root
	Title       string
	Description string
	Tags        []string
	Fields      []string // names and labels of the form's fields
	Sources     []string // that its cells and options run on
	Snippets    []string // that it uses, also within snippets
	Workbooks   []string // that its exports fill
	Revision    int      // the current one
	SHA256      string   // of the current document, in hex
	OwnerID     string
	Created     time.Time
	Updated     time.Time
	UpdatedBy   string // email
	Deleted     *time.Time
	DeletedBy   string
	Provisioned string // the folder it is kept in, when it is read-only here
	File        string // in that folder
	Level       people.Level
	Favourite   bool
}

// Revision is one save of a report.
type Revision struct {
	ReportID string
	Number   int
	Document []byte // nil in listings
	SHA256   string // of the document, in hex
	Author   string // email
	Message  string
	Created  time.Time
}

// Filter of a listing. Zero values do not narrow.
type Filter struct {
	Search    string // in title, description, tags and fields; every word must occur
	Folder    *string
	Below     bool // also in the folders below Folder
	Tag       string
	Source    string
	Favourite bool
	Deleted   bool     // only deleted ones, for those who may edit them
	Snippets  []string // uses any of them
	Workbook  string
	people.Page
}

// Snippet is a named piece of SQL that reports share.
type Snippet struct {
	Name        string
	SQL         string // empty in listings of revisions
	Revision    int
	Author      string // email
	Message     string
	Updated     time.Time
	Deleted     *time.Time
	Provisioned string // the folder it is kept in, when it is read-only here
}

// File is a workbook that exports of the reports in its folder name as template.
type File struct {
	Folder      string
	Name        string
	Revision    int
	Content     []byte // nil in listings
	Size        int64
	SHA256      string // of the content, in hex
	Author      string // email
	Updated     time.Time
	Provisioned string // the folder it is kept in, when it is read-only here
}

// Folder is a place of reports, with how many of them somebody sees.
type Folder struct {
	Path    string // "" is the root
	Reports int    // in it
	Below   int    // in it and in the folders below
}
