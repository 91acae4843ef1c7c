// Package jobs keeps runs and shares them among processes: a run is recorded with the job that will do it, taken by one process at a
// time, taken up by another when that one dies, and finished once.
package jobs

import (
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
)

// Record is a kept run.
type Record struct {
	// Run.User is the email of the person. Started is when the latest attempt began, zero before the first. Listings leave out Text,
	// Cells and large Values.
	runner.Run
	ReportID string     `json:"report_id"`
	PersonID string     `json:"person_id"` // empty once the person was removed
	Via      people.Via `json:"via"`
	Format   string     `json:"format"`
	Sources  []string   `json:"sources"`
	// Allowed are the value limits it was made under.
	Allowed map[string][]string `json:"-"`
	// Queued is when the person asked: what relative dates refer to.
	Queued   time.Time `json:"queued"`
	Progress *Progress `json:"progress,omitempty"`
	// ErrorCode is a fault.Code; the sentence is Run.Error.
	ErrorCode       string     `json:"error_code,omitempty"`
	CancelRequested *time.Time `json:"cancel_requested,omitempty"`
	CancelledBy     string     `json:"cancelled_by,omitempty"`
	// KeptFrom is the earlier run whose result this one shows; Computed is when that result was made (Finished of that run).
	KeptFrom string    `json:"kept_from,omitempty"`
	Computed time.Time `json:"computed"`
	// FilesExpire is when retention removes the files, FilesRemoved when it did.
	FilesExpire  *time.Time `json:"files_expire,omitempty"`
	FilesRemoved *time.Time `json:"files_removed,omitempty"`
	// Files are there in listings alone.
	Files []File `json:"-"`
}

// Progress is how far a run is. It is sent a few times a second and kept about once a second.
type Progress struct {
	Run     string        `json:"run"`
	Status  runner.Status `json:"status"`
	Ahead   int           `json:"ahead"` // runs that will start before this one, while it is queued
	Attempt int           `json:"attempt"`
	// Sequence grows with every change within an attempt.
	Sequence int64          `json:"sequence"`
	Cells    []CellProgress `json:"cells"`
	Files    []FileProgress `json:"files"`
}

// Final tells whether nothing follows.
func (p Progress) Final() bool { return final(p.Status) }

func final(s runner.Status) bool { return s != runner.Queued && s != runner.Running }

// CellProgress is how far a cell is. Total is the server's estimate and may grow; 0 when unknown.
type CellProgress struct {
	Name     string `json:"name"`
	Done     bool   `json:"done"`
	Read     int64  `json:"read"`     // rows the server has read
	Total    int64  `json:"total"`    // rows it expects to read
	Bytes    int64  `json:"bytes"`    // read by the server
	Received int64  `json:"received"` // rows of the result
}

// FileProgress is how far a file is.
type FileProgress struct {
	Format  string `json:"format"`
	Done    bool   `json:"done"`
	Written int64  `json:"written"` // rows
	Total   int64  `json:"total"`
}

// File is an artifact of a kept run. Its URL is made by the web.
type File struct {
	ID     string
	RunID  string // of the run it was made by
	Number int
	runner.Artifact
	Key string // in the artifact store
}

// Request asks for a run of a kept report.
type Request struct {
	ReportID string
	Revision int // 0: the current one
	Values   map[string]any
	Format   string
	// MaxAge lets a result made so long ago, of the same revision and values, answer; 0 runs anew.
	MaxAge time.Duration
	// Key is the person's idempotency key with the hash of what they asked; the same again answers with the same run.
	Key     string
	Request []byte
}

// LinkRequest asks for a link to a file.
type LinkRequest struct {
	Anyone  bool      // opens without signing in
	Expires time.Time // zero for the usual time; never later than the file is kept
}

// Process is one that shares the work.
type Process struct {
	ID      string
	Host    string
	PID     int
	Roles   []string
	Version string
	Started time.Time
	Seen    time.Time // a few seconds ago, unless it is gone
}

// Stats tell how the queue is.
type Stats struct {
	Queued  int
	Oldest  time.Time      // when the longest waiting was asked for; zero with an empty queue
	Running map[string]int // by source; a run counts for each of its sources
}

// Filter of a listing of runs, newest first. Zero values do not narrow.
type Filter struct {
	ReportID string
	PersonID string
	Status   runner.Status
	Since    time.Time
	people.Page
}

// Link is a signed address of a file.
type Link struct {
	ID        string
	FileID    string
	RunID     string
	PersonID  string // who made it, and without whose rights it does not open
	Person    string
	Anyone    bool // opens without signing in
	Created   time.Time
	Expires   time.Time
	Revoked   *time.Time
	RevokedBy string
	Opened    int
	OpenedAt  *time.Time
}
