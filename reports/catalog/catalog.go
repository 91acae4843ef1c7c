// Package catalog keeps reports: every save is a revision, nothing is lost, and slugs once given lead to their report for ever.
package catalog

import (
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
)

// Entry is a kept report without its document.
type Entry struct {
	ID          string
	Slug        string
	Folder      string // path, "" is the root
	Title       string
	Description string
	Tags        []string
	Fields      []string // names and labels of the form's fields
	Sources     []string // that its cells run on
	Revision    int      // the current one
	OwnerID     string
	Created     time.Time
	Updated     time.Time
	UpdatedBy   string // email
	Deleted     *time.Time
	DeletedBy   string
	Provisioned string // the folder it is kept in, when it is read-only here
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
	Deleted   bool // only deleted ones, for those who may edit them
	people.Page
}

// Snippet is a named piece of SQL that reports share.
type Snippet struct {
	Name     string
	SQL      string
	Revision int
	Author   string
	Message  string
	Updated  time.Time
	Deleted  *time.Time
}
