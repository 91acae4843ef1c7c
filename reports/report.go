package reports

import (
	"time"

	"github.com/vitrina-reports/vitrina/forms"
)

// DefaultSource is where cells run when neither they nor their report name a source.
const DefaultSource = "warehouse"

// Workbench is the name of the embedded engine as a source. It is always there.
const Workbench = "workbench"

// Report is what a document means.
type Report struct {
	Title       string // a text template
	Description string
	Tags        []string
	Source      string // DefaultSource when the document names none
	Timezone    string // an IANA name; empty: the server's setting
	Form        forms.Form
	Exports     []Export
	Blocks      []Block // in the order of the page
	Audience    *Audience
	Monitor     *Monitor
	Schedules   []Schedule
	Notify      []Notify
}

// Block is prose or a cell.
type Block struct {
	Text string // a text template of Markdown, as it is written; empty for a cell
	Cell *Cell  // nil for prose
}

// Kind is what a cell does.
type Kind string

const (
	SQLCell    Kind = "sql"
	CohortCell Kind = "cohort"
	ChartCell  Kind = "chart"
)

// Cell is a fenced block that yields a result, or draws one.
type Cell struct {
	Kind   Kind
	Name   string
	Attrs  map[string]string // the key=value pairs of the fence line
	Source string            // sql: where it runs, never empty
	Body   string            // the lines between the fences, as they are written
	Line   int               // the line of the document that the body starts on
	Chart  *Chart            // of a chart
	Cohort *Cohort           // of a cohort
}

// Export is a file to write, or several: see design.md, section 3.
type Export struct {
	Cells        []string
	Format       string // xlsx, csv, parquet or json
	Filename     string // a text template without the extension; empty: the report's title
	Template     string // xlsx: the workbook to fill; empty for a blank one
	BOM          bool   // csv: begin with a byte order mark
	Separator    string // csv: one character; empty for a comma
	FormulaGuard bool   // csv: keep spreadsheets from reading text as formulas
}

// Cohort asks a provider for the members of a cohort.
type Cohort struct {
	Provider   string
	ID         string // a text template
	URL        string // a text template; provider http
	Properties []string
}

// Audience turns a result into recipients: see design.md, section 5. Campaign, Control and the campaigns of Exclude are text
// templates.
type Audience struct {
	Cell     string
	ID       string
	Campaign string
	Control  string // percent, 0 to 50; empty for none
	Exclude  Exclusion
	MaxSize  int // 0 for no limit
}

// Exclusion says who is left out of an audience.
type Exclusion struct {
	ContactedWithin time.Duration
	Campaigns       []string
}

// Monitor watches a result: see design.md, section 6. Time, Value and Series name columns.
type Monitor struct {
	Cell        string
	Time        string
	Value       string
	Series      string
	Detector    string   // threshold, change or seasonal (default)
	Sensitivity float64  // between 0 and 1; 0 when not given
	Direction   string   // up, down or both (default)
	MinValue    *float64 // values below it are not judged
	Lower       *float64 // threshold
	Upper       *float64 // threshold
	Period      time.Duration
	Change      *float64 // change: percent against the value a Period earlier
	For         int      // consecutive evaluations before firing, 1 or more
	Renotify    time.Duration
}

// Schedule runs the report by itself.
type Schedule struct {
	Cron     string
	Timezone string    // empty: the report's
	Values   forms.Raw // of the form
	Overlap  string    // skip (default) or queue
	CatchUp  string    // none, one (default) or all
	Notify   []Notify  // empty: the report's
}

// Notify names where messages go.
type Notify struct {
	Channel string
	To      string
}

// Cells are the cells of the report in the order they run.
func (r *Report) Cells() []*Cell {
	var cells []*Cell
	for _, block := range r.Blocks {
		if block.Cell != nil {
			cells = append(cells, block.Cell)
		}
	}
	return cells
}

// Cell is the cell of that name, nil if there is none.
func (r *Report) Cell(name string) *Cell {
	for _, cell := range r.Cells() {
		if cell.Name == name {
			return cell
		}
	}
	return nil
}

// Downloads are the exports of the report, or, when it declares none, every sql cell as xlsx and as csv.
func (r *Report) Downloads() []Export {
	if len(r.Exports) > 0 {
		return r.Exports
	}
	var exports []Export
	for _, cell := range r.Cells() {
		if cell.Kind != SQLCell {
			continue
		}
		for _, format := range []string{"xlsx", "csv"} {
			exports = append(exports, Export{Cells: []string{cell.Name}, Format: format})
		}
	}
	return exports
}
