package templates

import (
	"time"

	"github.com/vitrina-reports/vitrina/forms"
)

// Dialect is the SQL a text is read as, to find its strings and comments. It changes nothing in how values are bound.
type Dialect string

const (
	ClickHouse Dialect = "clickhouse" // also when empty
	Postgres   Dialect = "postgres"
)

// Scope is what a template may name.
type Scope struct {
	Form     forms.Form // the fields it may use; for a field's options and show_if, those before it
	Later    []string   // names of fields that exist but come too late to be used here
	Cells    []string   // earlier sql and cohort cells
	Snippets Snippets   // nil: there are none
	Dialect  Dialect
}

// Snippets finds the named pieces of SQL that reports share. A snippet is read once, when the template is parsed.
type Snippets interface {
	Snippet(name string) (text string, ok bool)
}

// Problem is one mistake of a template: line and column, in characters, both from 1, within its text.
type Problem struct {
	Line, Column int
	Message      string
}

func (p *Problem) Error() string { return p.Message }

// Env is what a template says about one run.
type Env struct {
	Values  forms.Values
	User    User
	Run     Run
	Report  Report
	Results Results // of the cells that ran; only texts ask for it
}

// User is the person a run belongs to.
type User struct {
	Email, Name string
	Groups      []string
}

// Run is the run in progress. Started is shown in the zone it carries.
type Run struct {
	ID       string
	Started  time.Time
	Timezone string
}

// Report is the report that runs.
type Report struct {
	Title, Slug string
	Revision    int
}

// Results tell what earlier cells yielded. Value is the named column of the cell's first row, nil when it has no rows; an unknown
// column is an error whose text is a sentence.
type Results interface {
	Rows(cell string) (int64, error)
	Value(cell, column string) (any, error)
}

// Limits of one template. They stop templates that would take the process down, and are far from what a report needs.
const (
	maxTemplate   = 1 << 20   // bytes of a template's text
	maxOutput     = 1 << 20   // bytes of a statement's SQL or of a rendered text
	maxParams     = 10_000    // values of one statement
	maxWork       = 256 << 20 // bytes that pass through the functions of one execution
	maxValue      = 64 << 20  // bytes of one value that a function takes or makes
	maxString     = 16 << 20  // bytes of one text that a function makes
	maxRounds     = 1_000_000 // rounds of all loops, and snippets written, of one execution
	snippetRounds = 100       // what writing a snippet costs of maxRounds
	maxNesting    = 64        // lists within lists
	maxSnippets   = 16        // snippets within snippets
	maxProblems   = 100       // told of one template
)
