// Package runner executes reports in two steps: Prepare checks the values and everything else that can be known beforehand, Execute
// runs the cells in order on their sources, hands results to later cells and writes the exports. What happened is kept in a [Run].
package runner

import (
	"time"

	"github.com/vitrina-reports/vitrina/runner/source"
)

// Status is the state of a run. A run moves from queued to running and ends in one of the other three.
type Status string

const (
	Queued    Status = "queued"
	Running   Status = "running"
	Succeeded Status = "succeeded"
	Failed    Status = "failed"
	Cancelled Status = "cancelled"
)

// Run is the permanent record of one execution of one revision of a report with given values.
type Run struct {
	ID       string         `json:"id"`
	Attempt  int            `json:"attempt"` // which execution of the run this is, from 1
	Report   string         `json:"report"`  // slug
	Title    string         `json:"title"`
	Revision int            `json:"revision"` // 0 for a report that is a file
	Document string         `json:"document"` // sha256 of the document's bytes, in hex
	User     string         `json:"user,omitempty"`
	Values   map[string]any `json:"values"` // resolved: feeding them back gives the same run
	Timezone string         `json:"timezone"`
	Started  time.Time      `json:"started"`
	Finished time.Time      `json:"finished"`
	Status   Status         `json:"status"`
	Error    string         `json:"error"`
	// Notes are what a reader of the files must know, such as a result cut by a limit.
	Notes     []string     `json:"notes,omitempty"`
	Text      string       `json:"text,omitempty"` // the report's prose with the results, as Markdown
	Cells     []CellResult `json:"cells"`
	Artifacts []Artifact   `json:"artifacts"`
	// Charts and Parts are there when results were kept to be looked at. Parts are all there is to see, in the order of the document.
	Charts []ChartResult `json:"charts,omitempty"`
	Parts  []Part        `json:"parts,omitempty"`
}

// CellResult is what one cell of a run did.
type CellResult struct {
	Name    string  `json:"name"`
	Source  string  `json:"source"`
	Rows    int64   `json:"rows"`
	Bytes   int64   `json:"bytes"` // as received from the source
	Seconds float64 `json:"seconds"`
	QueryID string  `json:"query_id"`
	Cut     bool    `json:"cut,omitempty"`   // a limit ended it early; Rows are those kept
	Error   string  `json:"error,omitempty"` // why it failed
	// Columns are known of a result that went through the runner, which those streamed into a file by their source do not.
	Columns []source.Column `json:"columns,omitempty"`
	Kept    *Kept           `json:"kept,omitempty"`
}

// Kept is the beginning of a result that was handed to Output.Keep.
type Kept struct {
	Path string `json:"path"`
	Rows int64  `json:"rows"`
}

// Artifact is a file a run has written.
type Artifact struct {
	Name   string `json:"name"` // for people, unique within the run
	Path   string `json:"path"` // where its Output has put it
	Format string `json:"format"`
	Rows   int64  `json:"rows"` // of all its cells together
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}
