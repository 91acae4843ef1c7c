package jobs

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
)

// Storage is all that runs are kept in.
type Storage interface {
	Store
	Queue
	Events
	Keeping
}

// Store keeps runs, their files and links. IDs it is asked for may be any text. Errors are sentences; Unavailable means that the
// database is away and the same may be tried again.
type Store interface {
	// Create keeps the run with the job that will do it, or answers with a kept result, and keeps the event with it. created is false
	// when the person's key led to an earlier run, which is returned; asked with another request, it is a Conflict. TooMany when the
	// person has so many queued runs already.
	Create(ctx context.Context, run Order, event people.Event) (record Record, created bool, err error)
	// ByKey is the run that the person's key led to, if any.
	ByKey(ctx context.Context, personID, key string, request []byte) (Record, bool, error)
	// Run is the record of one run, or NotFound.
	Run(ctx context.Context, id string) (Record, error)
	// List are the runs the viewer may see. An empty viewer sees all.
	List(ctx context.Context, viewer string, filter Filter) (records []Record, next string, err error)
	// Cancel ends a queued run, or asks the process of a running one to; it tells the status after that. A run that ended before
	// stays as it is.
	Cancel(ctx context.Context, id, by string, event people.Event) (runner.Status, error)
	// Progress tells the present states of those runs that exist.
	Progress(ctx context.Context, ids []string) ([]Progress, error)

	// Files are those a run shows, in their order.
	Files(ctx context.Context, run string) ([]File, error)

	CreateLink(ctx context.Context, link Link, event people.Event) error
	Link(ctx context.Context, id string) (Link, File, error)
	Links(ctx context.Context, run string) ([]Link, error)
	RevokeLink(ctx context.Context, id, by string, event people.Event) error
	// Opened counts an opening of a link.
	Opened(ctx context.Context, id string, event people.Event) error
}

// Order is a run to be made.
type Order struct {
	Record
	Hash      []byte // what decides the result
	MaxAge    time.Duration
	Key       string
	Request   []byte
	MaxQueued int
}

// Queue shares queued runs among processes. Only the process that holds a run's lease can renew, finish or return it.
type Queue interface {
	// Work lets do run for each token of work, up to so many at once, and upkeep now and then in one process at a time. The returned
	// function takes no more tokens and waits for what runs.
	Work(ctx context.Context, crew Crew) (stop func(context.Context) error, err error)
	// Claim takes the fairest queued run: of the person with the fewest running, then of the one whose turn was longest ago, then the
	// oldest. It skips people and sources at their limits.
	Claim(ctx context.Context, claim Claim) (Record, bool, error)
	// Renew extends the leases of the process's runs, keeps their progress and the process itself, and tells which of them are still
	// its own and whether somebody has cancelled them.
	Renew(ctx context.Context, process Process, lease time.Duration, runs []Lease) ([]Held, error)
	// Finish keeps how the run ended. It is false when the run is another's by now; it may be called again after an error.
	Finish(ctx context.Context, end End) (bool, error)
	// Return queues a run again whose process is stopping; false when it is another's by now.
	Return(ctx context.Context, lease Lease) (bool, error)
	// Recover queues the runs whose lease has passed again, fails those that went lost so often, and makes sure that there are tokens
	// for up to so many of the runs that could start now. It tells how many runs were lost.
	Recover(ctx context.Context, limits Claim, lost, tokens int) (int, error)
	Processes(ctx context.Context) ([]Process, error)
	Stats(ctx context.Context) (Stats, error)
}

// Crew is what a process does for the queue.
type Crew struct {
	Parallel int
	Do       func(context.Context)
	Upkeep   func(context.Context) error
	Every    time.Duration // between two upkeeps
}

// Claim says who takes a run, and which may be taken.
type Claim struct {
	Worker    string
	Lease     time.Duration
	PerPerson int            // parallel runs of one person; 0 for any number
	Sources   map[string]int // parallel runs; a source without a limit is missing or 0
	Now       time.Time
}

// Lease names one attempt of a run and who has it.
type Lease struct {
	Run      string
	Attempt  int
	Worker   string
	Progress *Progress // the latest; nil when nothing changed
}

// Held is an attempt that is still the process's.
type Held struct {
	Run         string
	Attempt     int
	Cancelled   bool
	CancelledBy string
}

// End is how an attempt ended.
type End struct {
	Lease
	Result      runner.Run
	ErrorCode   string
	CancelledBy string
	FilesExpire time.Time // zero when there are none
}

// Events carry news between processes, to all that listen, at once or not at all.
type Events interface {
	Tell(ctx context.Context, events []Event) error
	// Listen hands over each event until ctx ends. connected is called whenever listening begins, also after a loss: what happened
	// before is not told.
	Listen(ctx context.Context, connected func(), handle func(Event))
}

// Event is news of a run: its progress, or that it is to be cancelled.
type Event struct {
	Progress
	Cancel string `json:"cancel,omitempty"` // by whom
}

// Keeping is what the upkeep asks for.
type Keeping interface {
	// Expire marks the files of runs that are due as removed and returns the runs, at most so many.
	Expire(ctx context.Context, now time.Time, limit int) ([]string, error)
	// Known tells what the runs' records say of their files. Runs that do not exist are missing.
	Known(ctx context.Context, runs []string) (map[string]Known, error)
	// Forget removes idempotency keys and processes last seen before the moment.
	Forget(ctx context.Context, before time.Time) error
}

// Known is what a record says of the files of a run.
type Known struct {
	Attempt int
	Status  runner.Status
	Removed bool
	Keys    []string
}
