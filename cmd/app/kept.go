package app

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
)

// keptSourcesAge is how long a process may not notice that a source was changed.
const keptSourcesAge = time.Second

// SourceKeeper keeps the sources that administrators connected in the product.
type SourceKeeper interface {
	// Sources are all, without their DSNs.
	Sources(ctx context.Context) ([]people.Source, error)
	// Source is one with its DSN, or NotFound.
	Source(ctx context.Context, name string) (*people.Source, error)
}

// keptSources are the sources of the product as this process knows them.
type keptSources struct {
	keeper SourceKeeper
	now    func() time.Time

	mu     sync.Mutex
	known  []people.Source
	asked  time.Time
	opened map[string]string // the key a source was last opened under, by name
}

// KeepSources lets the app open the sources that are kept there, beside those of the configuration, which come first.
func (a *App) KeepSources(keeper SourceKeeper) {
	a.kept = &keptSources{keeper: keeper, now: time.Now, opened: map[string]string{}}
}

// all are the sources as of a moment ago.
func (k *keptSources) all(ctx context.Context) ([]people.Source, error) {
	if k == nil {
		return nil, nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.now().Sub(k.asked) < keptSourcesAge {
		return k.known, nil
	}
	known, err := k.keeper.Sources(ctx)
	if err != nil {
		return nil, err
	}
	k.known, k.asked = known, k.now()
	return known, nil
}

// forget makes the next question see what was just changed here.
func (k *keptSources) forget() {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.asked = time.Time{}
}

// find is the source of that name; ok is false when there is none.
func (k *keptSources) find(ctx context.Context, name string) (kept people.Source, ok bool, err error) {
	all, err := k.all(ctx)
	if err != nil {
		return kept, false, err
	}
	at := slices.IndexFunc(all, func(s people.Source) bool { return s.Name == name })
	if at < 0 {
		return kept, false, nil
	}
	return all[at], true, nil
}

// key names one version of a source among what is open.
func (k *keptSources) key(kept people.Source) (key, outdated string) {
	key = fmt.Sprintf("%s@%d", kept.Name, kept.Version)
	k.mu.Lock()
	defer k.mu.Unlock()
	if before := k.opened[kept.Name]; before != key {
		outdated = before
	}
	k.opened[kept.Name] = key
	return key, outdated
}

// config is the source with its address, as if it were configured.
func (k *keptSources) config(ctx context.Context, name string) (SourceConfig, error) {
	kept, err := k.keeper.Source(ctx, name)
	if err != nil {
		return SourceConfig{}, err
	}
	return SourceConfig{Driver: kept.Driver, DSN: kept.DSN, Database: kept.Database, Limits: limitsOf(*kept)}, nil
}

func limitsOf(kept people.Source) LimitsConfig {
	l := kept.Limits
	return LimitsConfig{Time: l.Time, Rows: l.Rows, Bytes: l.Bytes, Memory: l.Memory, Runs: l.Runs, Overflow: l.Overflow}
}

// CheckOptions tell a check which sources there are now, those connected in the product included.
func (a *App) CheckOptions(ctx context.Context) (reports.CheckOptions, error) {
	options := a.config.CheckOptions()
	kept, err := a.kept.all(ctx)
	for _, source := range kept {
		if _, configured := options.Sources[source.Name]; !configured {
			options.Sources[source.Name] = dialectOf(source.Driver)
			options.OnlySources = options.OnlySources || source.Name == warehouse
		}
	}
	return options, err
}
