package app

import (
	"context"
	"io"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

// Named is a source as lists show it: without its address.
type Named struct {
	people.Source
	Configured bool // in the configuration file or the embedded engine, and not to be changed in the product
}

// AllSources are all that a report can name, by name: those of the configuration and of the product, the workbench, and the databases
// of the embedded engine where no warehouse is configured. Of an engine that does not answer only the warehouse and the workbench are told.
func (a *App) AllSources(ctx context.Context) ([]Named, error) {
	byName, err := a.namedSources(ctx)
	if err != nil {
		return nil, err
	}
	byName[runner.Workbench] = embeddedSource(runner.Workbench, "default")
	if byName[warehouse].Driver == "embedded" {
		databases, err := a.engineDatabases(ctx)
		if err != nil && ctx.Err() == nil {
			a.logger.WarnContext(ctx, "The databases of the embedded engine could not be listed.", "error", err)
		}
		for _, name := range databases {
			if _, taken := byName[name]; !taken {
				byName[name] = embeddedSource(name, name)
			}
		}
	}
	all := make([]Named, 0, len(byName))
	for _, name := range sortedKeys(byName) {
		all = append(all, byName[name])
	}
	return all, nil
}

// namedSources are the sources somebody has named, and the warehouse.
func (a *App) namedSources(ctx context.Context) (map[string]Named, error) {
	kept, err := a.kept.all(ctx)
	if err != nil {
		return nil, err
	}
	byName := map[string]Named{warehouse: embeddedSource(warehouse, "default")}
	for _, source := range kept {
		byName[source.Name] = Named{Source: source}
	}
	for name, c := range a.config.Sources {
		byName[name] = Named{Configured: true, Source: people.Source{Name: name, Driver: c.Driver, Database: c.Database, Limits: people.SourceLimits(c.Limits)}}
	}
	return byName, nil
}

func embeddedSource(name, database string) Named {
	return Named{Source: people.Source{Name: name, Driver: "embedded", Database: database}, Configured: true}
}

// engineDatabases are those of the embedded engine that somebody made.
func (a *App) engineDatabases(ctx context.Context) ([]string, error) {
	bench, _, err := a.Source(ctx, runner.Workbench)
	if err != nil {
		return nil, err
	}
	formatter, ok := bench.(source.Formatter)
	if !ok {
		return nil, fault.New(fault.Failed, "the embedded engine writes no TSV")
	}
	const ask = "SELECT name FROM system.databases WHERE name NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA', 'default')"
	out, err := formatter.Format(ctx, source.Query{Statement: templates.Statement{Parts: []templates.Part{{Text: ask}}}}, "TSV", nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = out.Close() }()
	names, err := io.ReadAll(out)
	return strings.Fields(string(names)), err
}

// SourceRuns is how many runs may use a source at once over all processes, for those sources that say.
func (a *App) SourceRuns(ctx context.Context) (map[string]int, error) {
	named, err := a.namedSources(ctx)
	runs := map[string]int{}
	for name, source := range named {
		if source.Limits.Runs > 0 {
			runs[name] = source.Limits.Runs
		}
	}
	return runs, err
}
