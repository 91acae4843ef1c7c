package app

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
	"github.com/vitrina-reports/vitrina/storage"
	"github.com/vitrina-reports/vitrina/templates"
	"github.com/vitrina-reports/vitrina/web/api"
)

// Units of figures.
const (
	inCount   = "count"
	inBytes   = "bytes"
	inSeconds = "seconds"
)

// figures are those of the parts that the system page shows. What cannot be found out just now is left out: the part itself tells of
// trouble. Everybody who looks asks again every few seconds, so what takes long to count is a minute old.
type figures struct {
	service *Service
	count   func(context.Context) (storage.Figures, error)
	now     func() time.Time

	mu      sync.Mutex
	counted storage.Figures
	at      time.Time
}

// countedAge is how old the sizes may be.
const countedAge = time.Minute

// of are the figures of one part.
func (f *figures) of(ctx context.Context, part string) []api.Figure {
	switch part {
	case "database":
		return f.database(ctx)
	case "files":
		return f.files(ctx)
	case "engine":
		return f.engine(ctx)
	}
	return nil
}

// sizes are counted by one who asks, while the others wait.
func (f *figures) sizes(ctx context.Context) (storage.Figures, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now().Sub(f.at) < countedAge {
		return f.counted, nil
	}
	counted, err := f.count(ctx)
	if err == nil {
		f.counted, f.at = counted, f.now()
	}
	return counted, err
}

func (f *figures) database(ctx context.Context) (known []api.Figure) {
	if sizes, err := f.sizes(ctx); err == nil {
		known = append(known, api.Figure{Name: "size", Unit: inBytes, Value: float64(sizes.Size)})
	}
	if connections, err := f.service.DB.Connections(ctx); err == nil {
		known = append(known, api.Figure{Name: "connections", Unit: inCount, Value: float64(connections)})
	}
	return known
}

func (f *figures) files(ctx context.Context) (known []api.Figure) {
	if sizes, err := f.sizes(ctx); err == nil {
		known = append(known,
			api.Figure{Name: "files", Unit: inCount, Value: float64(sizes.Files)},
			api.Figure{Name: "size", Unit: inBytes, Value: float64(sizes.Bytes)})
	}
	if !f.service.app.config.Artifacts.inFolder() {
		return known
	}
	if free, err := freeSpace(f.service.files.Dir()); err == nil {
		known = append(known, api.Figure{Name: "free", Unit: inBytes, Value: free})
	}
	return known
}

// inFolder tells whether files are kept on a disk of this machine.
func (c ArtifactsConfig) inFolder() bool { return c.Store == "" || strings.HasPrefix(c.Store, "file:") }

func (f *figures) engine(ctx context.Context) []api.Figure {
	memory, up, ok, err := f.service.engineFigures(ctx)
	if err != nil || !ok {
		return nil
	}
	return []api.Figure{{Name: "memory", Unit: inBytes, Value: memory}, {Name: "uptime", Unit: inSeconds, Value: up}}
}

const askEngine = "SELECT toString(value), toString(uptime()) FROM system.metrics WHERE metric = 'MemoryTracking'"

// engineFigures asks the embedded engine, if this process uses it, and never starts it: how many bytes of memory it holds, and for how
// many seconds it has run.
func (s *Service) engineFigures(ctx context.Context) (memory, uptime float64, ok bool, err error) {
	bench, ok := s.app.sources.present(runner.Workbench)
	if !ok {
		return 0, 0, false, nil
	}
	stream, err := bench.Query(ctx, source.Query{Owner: true, Statement: templates.Statement{Parts: []templates.Part{{Text: askEngine}}}})
	if err != nil {
		return 0, 0, false, err
	}
	defer func() { _ = stream.Close() }()
	rows, err := rowbinary.NewReader(stream)
	if err != nil || !rows.Next() {
		return 0, 0, false, err
	}
	if memory, err = strconv.ParseFloat(string(rows.Row()[0].AppendText(nil)), 64); err != nil {
		return 0, 0, false, err
	}
	uptime, err = strconv.ParseFloat(string(rows.Row()[1].AppendText(nil)), 64)
	return memory, uptime, err == nil, err
}
