package app

import (
	"context"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/runner/source/postgres"
)

// warehouse is the source of reports that name none.
const warehouse = "warehouse"

// Source opens the source of that name once and keeps it. With no warehouse configured, warehouse is the embedded engine, and so is
// every other database of the engine by its own name.
func (a *App) Source(ctx context.Context, name string) (source.Source, runner.Limits, error) {
	if _, configured := a.config.Sources[name]; !configured && name != runner.Workbench {
		kept, ok, err := a.kept.find(ctx, name)
		if err != nil {
			return nil, runner.Limits{}, err
		}
		if ok {
			return a.keptSource(ctx, kept)
		}
	}
	config, err := a.sourceConfig(name)
	if err != nil {
		return nil, runner.Limits{}, err
	}
	src, err := a.sources.get(ctx, name, func(ctx context.Context) (source.Source, error) {
		src, err := a.openSource(ctx, name, config)
		if err != nil {
			return nil, err
		}
		return inTurn(src, config.Limits.runs()), nil
	})
	if err != nil {
		return nil, runner.Limits{}, err
	}
	return src, config.Limits.limits(), nil
}

// keptSource opens a source of the product in its present version and lets go of the one before.
func (a *App) keptSource(ctx context.Context, kept people.Source) (source.Source, runner.Limits, error) {
	limits := limitsOf(kept)
	key, outdated := a.kept.key(kept)
	src, err := a.sources.get(ctx, key, func(ctx context.Context) (source.Source, error) {
		config, err := a.kept.config(ctx, kept.Name)
		if err != nil {
			return nil, err
		}
		src, err := a.openSource(ctx, kept.Name, config)
		if err != nil {
			return nil, err
		}
		return inTurn(src, limits.runs()), nil
	})
	if outdated != "" {
		a.sources.retire(outdated)
	}
	return src, limits.limits(), err
}

func (a *App) sourceConfig(name string) (SourceConfig, error) {
	if config, ok := a.config.Sources[name]; ok && name != runner.Workbench {
		return config, nil
	}
	_, configured := a.config.Sources[warehouse]
	switch {
	case name == runner.Workbench, name == warehouse:
		return SourceConfig{Driver: "embedded", Database: "default"}, nil
	case configured:
		return SourceConfig{}, fault.New(fault.NotFound, "There is no source %q; there are %s.", name,
			strings.Join(append(sortedKeys(a.config.Sources), runner.Workbench), ", "))
	default:
		return SourceConfig{Driver: "embedded", Database: name}, nil
	}
}

func (a *App) openSource(ctx context.Context, name string, config SourceConfig) (source.Source, error) {
	switch config.Driver {
	case "postgres":
		return postgres.Open(ctx, postgres.Options{Name: name, DSN: config.DSN, MaxRuns: config.Limits.runs()})
	case "clickhouse":
		return clickhouse.Open(ctx, clickhouse.Options{Name: name, DSN: config.DSN, MaxRuns: config.Limits.runs()})
	default:
		return a.openEmbedded(ctx, name, config)
	}
}

func (a *App) openEmbedded(ctx context.Context, name string, config SourceConfig) (source.Source, error) {
	started, err := a.startEngine(ctx)
	if err != nil {
		return nil, err
	}
	endpoint, err := started.Endpoint(ctx)
	if err != nil {
		return nil, err
	}
	src, err := clickhouse.Open(ctx, clickhouse.Options{
		Name: name, Addr: endpoint.Addr, Endpoint: currentEndpoint(started), Database: config.Database, MaxRuns: config.Limits.runs(),
	})
	if err != nil {
		return nil, err
	}
	if err := src.Ping(ctx); err != nil {
		_ = src.Close()
		if code := fault.CodeOf(err); code == fault.Unavailable || code == fault.Cancelled {
			return nil, err // the engine's trouble says nothing of what there is
		}
		return nil, fault.New(fault.NotFound, "There is no source %q: it is neither configured nor a database of the embedded engine (%w)", name, err)
	}
	return src, nil
}

// currentEndpoint follows the engine: after a crash it may be somewhere else.
func currentEndpoint(of *engine.Engine) func(context.Context) (clickhouse.Endpoint, error) {
	return func(ctx context.Context) (clickhouse.Endpoint, error) {
		at, err := of.Endpoint(ctx)
		return clickhouse.Endpoint{Addr: at.Addr, User: at.User, Password: at.Password}, err
	}
}

// runs is how many queries may run at once.
func (c LimitsConfig) runs() int {
	if c.Runs == 0 {
		return defaultRuns
	}
	return c.Runs
}

func (c LimitsConfig) limits() runner.Limits {
	return runner.Limits{
		Limits: source.Limits{Time: c.Time, Rows: c.Rows, Bytes: c.Bytes, Memory: c.Memory},
		Cut:    c.Overflow == "cut",
	}
}
