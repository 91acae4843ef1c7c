package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/telemetry"
)

// Roles a process may have.
const (
	RoleAll       = "all"
	RoleWeb       = "web"
	RoleWorker    = "worker"
	RoleScheduler = "scheduler"
)

// ServeOptions are what the command line says to a service.
type ServeOptions struct {
	Listen  string // instead of the configuration's
	Roles   []string
	Demo    bool
	Version string
	// Ready is told the address the service can be reached at and how the first administrator signs in, when one was just made.
	Ready func(address string, first *FirstAdministrator)
}

// FirstAdministrator is who was made at the very first start.
type FirstAdministrator struct{ Email, Password string }

// firstEmail is the address of the administrator that the first start makes.
const firstEmail = "admin@localhost"

func (o ServeOptions) has(role string) bool {
	return slices.Contains(o.Roles, RoleAll) || slices.Contains(o.Roles, role)
}

func (o ServeOptions) parallel(config RunsConfig) int {
	if !o.has(RoleWorker) {
		return 0
	}
	return config.parallel()
}

// collectAt is how much garbage, in percent of what is in use, the service lets gather. It holds little at once, so that the usual 100
// makes it spend a fifth of its time collecting; with this it may use some tens of megabytes more. GOGC overrides it.
const collectAt = 400

// Serve runs the service until ctx ends and then lets it come to rest: the web answers what it has begun, running runs finish within
// the configured grace.
func (a *App) Serve(ctx context.Context, options ServeOptions) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	stopTracing, err := telemetry.StartTracing(ctx, options.Version)
	if err != nil {
		return fault.New(fault.Invalid, "Traces cannot be sent: %w", err)
	}
	defer func() { _ = stopTracing(context.WithoutCancel(ctx)) }()
	listener, err := net.Listen("tcp", a.config.Address(options.Listen))
	if err != nil {
		return fault.New(fault.Unavailable, "The service cannot listen at %s: %w", a.config.Address(options.Listen), err)
	}
	defer func() { _ = listener.Close() }()
	s, err := a.awaitService(ctx, options)
	if err != nil {
		return err
	}
	return s.run(ctx, listener)
}

// databaseWait is how long a service that starts waits for a database that does not answer yet.
const databaseWait = 30 * time.Second

func (a *App) awaitService(ctx context.Context, options ServeOptions) (*Service, error) {
	deadline := time.Now().Add(databaseWait)
	for {
		s, err := a.newService(ctx, options)
		if err == nil || fault.CodeOf(err) != fault.Unavailable || time.Now().After(deadline) {
			return s, err
		}
		a.logger.Warn("The service cannot start yet and tries again.", "error", err)
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(time.Second):
		}
	}
}

// run starts the parts, serves, and stops the parts in the order that loses nothing.
func (s *Service) run(ctx context.Context, listener net.Listener) error {
	if s.options.Demo {
		if err := s.prepareDemo(ctx); err != nil {
			return err
		}
	}
	if s.options.has(RoleScheduler) {
		if err := s.withdraw(ctx); err != nil {
			return err
		}
	}
	handler, err := s.handler()
	if err != nil {
		return err
	}
	// Late, as nobody learns the password of a start that fails.
	first, err := s.firstAdministrator(ctx)
	if err != nil {
		return err
	}
	if err := s.Jobs.Start(ctx); err != nil {
		return err
	}
	s.watchMetrics()
	background, endBackground := context.WithCancel(ctx)
	defer endBackground()
	if s.options.has(RoleScheduler) {
		go s.keepFolder(background)
		go s.sweepAccounts(background)
	}
	requests, endRequests := context.WithCancel(context.WithoutCancel(ctx))
	defer endRequests()
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return requests },
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	s.app.logger.Info("The service is up.", "address", s.app.addressOf(listener), "roles", s.options.Roles, "version", s.options.Version)
	if s.options.Ready != nil {
		s.options.Ready(s.app.addressOf(listener), first)
	}
	select {
	case err = <-served:
	case <-ctx.Done():
	}
	return errors.Join(err, s.stop(server, endRequests))
}

// stop ends the web first, then the runs.
func (s *Service) stop(server *http.Server, endRequests func()) error {
	s.app.logger.Info("The service is stopping; running runs are finished.")
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	// Streams of progress would keep the server open for as long as people look.
	server.RegisterOnShutdown(endRequests)
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	return errors.Join(err, s.Jobs.Stop(context.Background()))
}

// firstAdministrator makes nobody where passwords open nothing: there, vitrina user adds who signs in through the provider.
func (s *Service) firstAdministrator(ctx context.Context) (*FirstAdministrator, error) {
	if s.app.config.SignIn.noPasswords() {
		return nil, nil
	}
	password, created, err := s.Accounts.Bootstrap(ctx, firstEmail)
	if err != nil || !created {
		return nil, err
	}
	return &FirstAdministrator{Email: firstEmail, Password: password}, nil
}

// addressOf is what a person types to get there.
func (a *App) addressOf(listener net.Listener) string {
	if a.config.PublicURL != "" {
		return a.config.PublicURL
	}
	host, port, _ := net.SplitHostPort(listener.Addr().String())
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// sweepAccountsEvery is how often ended sessions are forgotten.
const sweepAccountsEvery = time.Hour

func (s *Service) sweepAccounts(ctx context.Context) {
	tick := time.NewTicker(sweepAccountsEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.Accounts.Sweep(ctx); err != nil && ctx.Err() == nil {
				s.app.logger.Warn("Sessions that ended could not be forgotten.", "error", err)
			}
		}
	}
}
