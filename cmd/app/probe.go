package app

import (
	"context"
	"slices"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// testTime is how long a source may take to answer, or to show what is wrong with it.
const testTime = 10 * time.Second

// TestSource connects to the source of that name anew, so that it is tested as it is now. The error says in words what is wrong.
func (a *App) TestSource(ctx context.Context, name string) (source.Found, error) {
	if _, configured := a.config.Sources[name]; !configured && name != runner.Workbench {
		kept, ok, err := a.kept.find(ctx, name)
		if err != nil {
			return source.Found{}, err
		}
		if ok {
			return a.TrySource(ctx, people.Source{Name: name, Driver: kept.Driver, Database: kept.Database})
		}
	}
	config, err := a.sourceConfig(name)
	if err != nil {
		return source.Found{}, err
	}
	return a.probe(ctx, name, config)
}

// TrySource connects to a source that is not kept yet, or with settings that are not. Without a DSN it takes the one that is kept
// under the source's name.
func (a *App) TrySource(ctx context.Context, tried people.Source) (source.Found, error) {
	if !slices.Contains(drivers, tried.Driver) {
		return source.Found{}, fault.New(fault.Invalid, "There is no driver %q; there are clickhouse, postgres and embedded.", tried.Driver)
	}
	config := SourceConfig{Driver: tried.Driver, DSN: tried.DSN, Database: tried.Database}
	if config.DSN == "" {
		if _, ok, err := a.kept.find(ctx, tried.Name); err != nil || !ok {
			return source.Found{}, needsAddress(tried.Driver, err)
		}
		kept, err := a.kept.config(ctx, tried.Name)
		if err != nil {
			return source.Found{}, err
		}
		config.DSN = kept.DSN
	}
	return a.probe(ctx, tried.Name, config)
}

func needsAddress(driver string, err error) error {
	if err != nil {
		return err
	}
	example := "http://user:password@host:8123/database"
	if driver == "postgres" {
		example = "postgres://user:password@host:5432/database"
	}
	return fault.New(fault.Invalid, "The source needs an address, as in %s.", example)
}

// probe opens a source, looks around and closes it.
func (a *App) probe(ctx context.Context, name string, config SourceConfig) (source.Found, error) {
	ctx, cancel := context.WithTimeout(ctx, testTime)
	defer cancel()
	opened, err := a.openSource(ctx, name, config)
	if err != nil {
		return source.Found{}, err
	}
	defer func() { _ = opened.Close() }()
	tester, ok := opened.(source.Tester)
	if !ok {
		return source.Found{}, fault.New(fault.Failed, "The driver %s cannot be tested.", config.Driver)
	}
	return tester.Test(ctx)
}
