package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/storage/artifacts"
)

// Options are what the command line adds to the configuration.
type Options struct {
	DataDir string
	Logger  *slog.Logger // nothing is logged when nil
}

// App holds the parts that live as long as the process. Sources and the engine are opened when first needed.
type App struct {
	config Config
	data   string
	logger *slog.Logger

	engines   *shared[*engine.Engine] // the embedded one
	sources   *shared[source.Source]
	databases *shared[database] // Vitrina's own
	files     *shared[artifacts.Store]
	kept      *keptSources // nil without the service
}

// New puts the parts together without starting any.
func New(config Config, options Options) (*App, error) {
	data, err := dataDir(options.DataDir, config.Data)
	if err != nil {
		return nil, err
	}
	logger := options.Logger
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	return &App{
		config: config, data: data, logger: logger,
		engines: newShared[*engine.Engine](), sources: newShared[source.Source](),
		databases: newShared[database](), files: newShared[artifacts.Store](),
	}, nil
}

// Location is the time zone of reports that name none.
func (a *App) Location() *time.Location {
	location, err := time.LoadLocation(a.config.Timezone)
	if err != nil {
		return time.UTC
	}
	return location
}

// Runner makes a runner on the app's sources.
func (a *App) Runner() *runner.Runner {
	return runner.New(runner.Options{Sources: a, WorkDir: filepath.Join(a.data, "work"), Location: a.Location()})
}

// Close closes everything that was opened and leaves the embedded engines, which end when nobody uses them.
func (a *App) Close() error {
	return errors.Join(a.sources.close(), a.engines.close(), a.files.close(), a.databases.close())
}

// startEngine joins or starts the embedded engine of the data folder.
func (a *App) startEngine(ctx context.Context) (*engine.Engine, error) {
	return a.engines.get(ctx, "the embedded engine", func(ctx context.Context) (*engine.Engine, error) {
		return engine.Start(ctx, engine.Options{
			Dir:       filepath.Join(a.data, "engine"),
			Library:   a.config.Engine.Library,
			MaxMemory: a.config.Engine.Memory,
			Logger:    a.logger,
		})
	})
}
