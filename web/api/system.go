package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// GetSystem tells how the service is.
func (h handlers) GetSystem(ctx context.Context, _ wire.GetSystemRequestObject) (wire.GetSystemResponseObject, error) {
	state, err := h.System.State(ctx)
	if err != nil {
		return nil, err
	}
	return wire.GetSystem200JSONResponse{
		Version: h.Version, Now: h.Now(), Queue: queueOf(state.Queue),
		Processes: mapped(state.Processes, processOf),
		Parts:     mapped(state.Parts, partOf),
	}, nil
}

func partOf(p Part) wire.SystemPart {
	part := wire.SystemPart{Name: p.Name, OK: p.OK, Message: p.Message}
	if len(p.Figures) > 0 {
		part.Figures = new(mapped(p.Figures, func(f Figure) wire.Figure {
			return wire.Figure{Name: f.Name, Unit: wire.FigureUnit(f.Unit), Value: f.Value}
		}))
	}
	return part
}

func queueOf(s jobs.Stats) wire.Queue {
	queue := wire.Queue{Queued: s.Queued, Running: map[string]int{}}
	for source, runs := range s.Running {
		queue.Running[source] = runs
	}
	if !s.Oldest.IsZero() {
		queue.Oldest = &s.Oldest
	}
	return queue
}

func processOf(p jobs.Process) wire.Process {
	return wire.Process{
		ID: p.ID, Host: p.Host, PID: p.PID, Roles: append([]string{}, p.Roles...), Version: p.Version, Started: p.Started, Seen: p.Seen,
	}
}

// GetOpenAPIYAML is the document as it was written.
func (h handlers) GetOpenAPIYAML(context.Context, wire.GetOpenAPIYAMLRequestObject) (wire.GetOpenAPIYAMLResponseObject, error) {
	return wire.GetOpenAPIYAML200ApplicationYamlResponse{Body: bytes.NewReader(document), ContentLength: int64(len(document))}, nil
}

// GetOpenAPIJSON is the same as JSON.
func (h handlers) GetOpenAPIJSON(context.Context, wire.GetOpenAPIJSONRequestObject) (wire.GetOpenAPIJSONResponseObject, error) {
	return documentJSON(h.specJSON), nil
}

// documentJSON is an answer that is JSON already.
type documentJSON []byte

// VisitGetOpenAPIJSONResponse writes it.
func (d documentJSON) VisitGetOpenAPIJSONResponse(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "application/json")
	_, err := w.Write(d)
	return err
}
