package jobs

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/runner"
)

// Options of a Service. Those of the first block are required.
type Options struct {
	Storage   Storage
	Rights    Rights
	Reports   Reports
	Runner    *runner.Runner
	Artifacts Artifacts
	Signer    Signer

	// Parallel is how many runs this process does at once; 0 for one that only takes orders.
	Parallel int
	Roles    []string // of the process, for the system page
	Version  string

	PersonParallel int // runs of one person at once in all processes; 4 when 0
	PersonQueued   int // runs of one person that may wait; 200 when 0
	// SourceParallel are the sources with a limit of runs at once in all processes; may be nil. It is asked for each run that is taken.
	SourceParallel func() map[string]int

	Retention time.Duration // of files; for ever when 0
	Keep      runner.Keep   // of results, to be looked at
	// LinkLife is how long a link leads to its file unless its maker says, and no longer than the file is kept; 7 days when 0.
	LinkLife    time.Duration
	NoOpenLinks bool          // no links that open without signing in
	Grace       time.Duration // for running runs when the process stops; 30 s when 0

	Lease       time.Duration // after which a silent process has lost its runs; 20 s when 0
	Heartbeat   time.Duration // 2.5 s when 0
	Attempts    int           // after so many lost ones a run fails; 3 when 0
	UpkeepEvery time.Duration // between two rounds of housekeeping; 15 min when 0

	Witness Witness // nil: nobody
	Now     func() time.Time
	Logger  *slog.Logger
}

// Witness is told what this process's runs do, for metrics and traces. It must return at once.
type Witness interface {
	// Began is told of an attempt; what it executes has the returned context.
	Began(ctx context.Context, record Record) context.Context
	// Ended is told, in that context, how an attempt ended; code is that of its error, if any.
	Ended(ctx context.Context, record Record, result runner.Run, code string)
}

// nobody is a Witness that does nothing.
type nobody struct{}

func (nobody) Began(ctx context.Context, _ Record) context.Context { return ctx }
func (nobody) Ended(context.Context, Record, runner.Run, string)   {}

func (o Options) orDefaults() Options {
	orDefault(&o.PersonParallel, 4)
	orDefault(&o.PersonQueued, 200)
	orDefault(&o.Grace, 30*time.Second)
	orDefault(&o.LinkLife, 7*24*time.Hour)
	orDefault(&o.Lease, 20*time.Second)
	orDefault(&o.Heartbeat, 2500*time.Millisecond)
	orDefault(&o.Attempts, 3)
	orDefault(&o.UpkeepEvery, 15*time.Minute)
	if o.SourceParallel == nil {
		o.SourceParallel = func() map[string]int { return nil }
	}
	if o.Witness == nil {
		o.Witness = nobody{}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

func orDefault[T comparable](value *T, usual T) {
	var zero T
	if *value == zero {
		*value = usual
	}
}

// Service takes orders for runs and, in a process that works, does them. It may be used by many goroutines.
type Service struct {
	Options
	process Process
	hub     *hub
	active  *active
	orders  *orders

	ctx      context.Context // of what goes on between Start and the end of Stop
	cancel   context.CancelFunc
	open     context.Context // until Stop begins
	shut     context.CancelFunc
	running  sync.WaitGroup
	stopWork func(context.Context) error
}

// New makes a service. Nothing happens until Start, but orders are taken.
func New(options Options) *Service {
	host, _ := os.Hostname()
	s := &Service{Options: options.orDefaults(), hub: newHub(), active: newActive(), orders: newOrders(ordersSize)}
	s.process = Process{
		ID: uuid.Must(uuid.NewV7()).String(), Host: host, PID: os.Getpid(), Roles: append([]string{}, s.Roles...), Version: s.Version, Started: s.now(),
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.open, s.shut = context.WithCancel(s.ctx)
	return s
}

// now is a moment as the database keeps it, to the microsecond.
func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// Start begins to listen for news, to show this process to the others and, if it works, to take runs.
func (s *Service) Start(ctx context.Context) error {
	if err := s.beat(ctx); err != nil {
		return err
	}
	s.running.Go(func() { s.Storage.Listen(s.ctx, s.catchUp, s.hear) })
	s.running.Go(func() { s.every(s.Heartbeat, s.pulse) })
	s.running.Go(func() { s.every(refreshQueued, s.refresh) })
	s.running.Go(func() { s.every(refreshAll, func(context.Context) { s.catchUp() }) })
	if s.Parallel <= 0 {
		return nil
	}
	s.running.Go(func() { s.every(tellProgress, s.tell) })
	stop, err := s.Storage.Work(ctx, Crew{Parallel: s.Parallel, Do: func(context.Context) { s.work() }, Upkeep: s.upkeep, Every: s.UpkeepEvery})
	s.stopWork = stop
	if err != nil {
		return errors.Join(err, s.Stop(ctx))
	}
	return nil
}

// every does something again and again until the service has stopped.
func (s *Service) every(interval time.Duration, do func(context.Context)) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
			do(s.ctx)
		}
	}
}

// lastWords is how long runs that were told to end have for it.
const lastWords = 5 * time.Second

// Stop takes no more runs, lets running ones finish within the grace period or until ctx ends, and gives those that did not back to
// the queue.
func (s *Service) Stop(ctx context.Context) error {
	defer s.running.Wait()
	defer s.cancel()
	s.active.close()
	s.shut()
	if s.stopWork == nil {
		return nil
	}
	idle := make(chan error, 1)
	go func() { idle <- s.stopWork(context.WithoutCancel(ctx)) }()
	grace := time.NewTimer(s.Grace)
	defer grace.Stop()
	select {
	case err := <-idle:
		return err
	case <-grace.C:
	case <-ctx.Done():
	}
	s.active.cancelAll(errStopping)
	select {
	case err := <-idle:
		return err
	case <-time.After(lastWords):
		return errors.New("some runs did not end in time; another process takes them up")
	}
}

// Process is this process as others see it.
func (s *Service) Process() Process { return s.process }

// Processes are all that share the work, those too that were seen within the last day.
func (s *Service) Processes(ctx context.Context) ([]Process, error) { return s.Storage.Processes(ctx) }

// Stats tell how the queue is.
func (s *Service) Stats(ctx context.Context) (Stats, error) { return s.Storage.Stats(ctx) }
