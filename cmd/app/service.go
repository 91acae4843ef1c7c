package app

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/vitrina-reports/vitrina/internal/telemetry"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
	"github.com/vitrina-reports/vitrina/storage/secrets"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

// Kept is everything that is kept in Vitrina's database, put together for those who work with it.
type Kept struct {
	DB       *storage.DB
	Keyring  *secrets.Keyring
	Accounts *accounts.Service
	Catalog  *catalog.Catalog
	store    *storage.Catalog
}

// Kept opens Vitrina's own database, brings it up to date, and puts together what is kept there.
func (a *App) Kept(ctx context.Context) (*Kept, error) {
	db, err := a.Migrated(ctx)
	if err != nil {
		return nil, err
	}
	keyring, err := a.keyring(ctx, db)
	if err != nil {
		return nil, err
	}
	sources := storage.NewSources(db, keyring)
	a.KeepSources(sources)
	k := &Kept{DB: db, Keyring: keyring, store: storage.NewCatalog(db)}
	k.Accounts = accounts.New(accounts.Options{
		Stores: accounts.Stores{
			People: storage.NewPeople(db), Groups: storage.NewGroups(db), Grants: storage.NewGrants(db), Sessions: storage.NewSessions(db),
			SignIns: storage.NewSignIns(db), Tokens: storage.NewTokens(db), Audit: storage.NewAudit(db), Sources: sources,
		},
		OIDC: a.config.SignIn.OIDC.accounts(a.config.PublicURL), Sealer: keyring, NoPasswords: a.config.SignIn.noPasswords(),
		Idle: a.config.Sessions.Idle, Life: a.config.Sessions.Longest, Logger: a.logger,
	})
	k.Catalog = catalog.New(catalog.Options{Store: k.store, Rights: storage.NewGrants(db), Sources: a.CheckOptions})
	return k, nil
}

// accounts is the provider as web/accounts needs it; nil when there is none.
func (c OIDCConfig) accounts(publicURL string) *accounts.OIDCConfig {
	if c.Issuer == "" {
		return nil
	}
	return &accounts.OIDCConfig{
		Name: c.Name, Issuer: c.Issuer, ClientID: c.ClientID, ClientSecret: c.ClientSecret, RedirectURL: publicURL + "/auth/oidc/callback",
		GroupsClaim: c.GroupsClaim, AllowedDomains: c.Domains, Create: c.Create,
	}
}

// Service is a process that serves the web, runs reports, or both.
type Service struct {
	*Kept
	Jobs    *jobs.Service
	runner  *runner.Runner
	app     *App
	options ServeOptions
	files   artifacts.Store
	metrics *telemetry.Metrics
}

// newService puts a process of the service together. Nothing happens until its Run.
func (a *App) newService(ctx context.Context, options ServeOptions) (*Service, error) {
	kept, err := a.Kept(ctx)
	if err != nil {
		return nil, err
	}
	s := &Service{Kept: kept, runner: a.Runner(), app: a, options: options, metrics: telemetry.NewMetrics(options.Version)}
	if s.files, err = a.Files(ctx); err != nil {
		return nil, err
	}
	if err := s.files.Check(ctx); err != nil {
		a.logger.Error("The store of files cannot be written to: runs that write files will fail.", "error", err)
	}
	runs, err := a.runStorage(ctx, kept.DB)
	if err != nil {
		return nil, err
	}
	c := a.config
	s.Jobs = jobs.New(jobs.Options{
		Storage: runs, Rights: runRights{storage.NewGrants(kept.DB), storage.NewPeople(kept.DB)}, Reports: keptReports{kept.Catalog, kept.store},
		Runner: s.runner, Artifacts: storage.RunArtifacts(s.files), Signer: kept.Keyring,
		Parallel: options.parallel(c.Runs), Roles: options.Roles, Version: options.Version,
		PersonParallel: c.Runs.perPerson(), PersonQueued: c.Runs.queuedPerPerson(), SourceParallel: s.sourceRuns,
		Retention: c.Artifacts.retention(), Keep: runner.Keep{Rows: c.Runs.previewRows(), Bytes: 64 << 20}, Grace: c.Runs.grace(),
		LinkLife: c.Links.expire(), NoOpenLinks: c.Links.Anyone == "deny", Witness: witness{s.metrics}, Logger: a.logger,
	})
	return s, nil
}

// runStorage keeps runs: orders and what people look at over the web's connections, the queue and its news over the others.
func (a *App) runStorage(ctx context.Context, db *storage.DB) (jobs.Storage, error) {
	ordered, err := storage.NewRuns(db)
	if err != nil {
		return nil, err
	}
	work, err := a.workDatabase(ctx)
	if err != nil {
		return nil, err
	}
	shared, err := storage.NewRuns(work)
	if err != nil {
		return nil, err
	}
	return struct {
		jobs.Store
		jobs.Queue
		jobs.Events
		jobs.Keeping
	}{ordered, shared, shared, shared}, nil
}

// sourceRuns is what the queue is told of the sources' limits; when they cannot be read just now, the last ones known hold.
func (s *Service) sourceRuns() map[string]int {
	ctx, cancel := context.WithTimeout(context.Background(), checkTime)
	defer cancel()
	runs, err := s.app.SourceRuns(ctx)
	if err != nil {
		s.app.logger.Warn("The limits of sources could not be read.", "error", err)
	}
	return runs
}

// provision keeps the reports of a folder. What is wrong with single documents is told in the log.
func (s *Service) provision(ctx context.Context, name string, folder fs.FS) error {
	problems, err := s.Catalog.Provision(ctx, name, folder)
	s.app.logProblems(name, problems)
	return err
}

// withdraw deletes the reports of a folder that is configured no longer. Those of the demo stay: other processes may serve it.
func (s *Service) withdraw(ctx context.Context) error {
	keep := []string{demoFolder}
	if folder := s.app.config.Reports; folder != "" {
		keep = append(keep, filepath.Base(folder))
	}
	return s.Catalog.Withdraw(ctx, keep...)
}

// provisionEvery is how often the configured folder of reports is looked at.
const provisionEvery = 30 * time.Second

// keepFolder keeps the reports of the configured folder up to date until ctx ends.
func (s *Service) keepFolder(ctx context.Context) {
	folder := s.app.config.Reports
	if folder == "" {
		return
	}
	tick := time.NewTicker(provisionEvery)
	defer tick.Stop()
	for {
		if err := s.provision(ctx, filepath.Base(folder), os.DirFS(folder)); err != nil && ctx.Err() == nil {
			s.app.logger.Error("The reports of the folder could not be taken over.", "folder", folder, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
