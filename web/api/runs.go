package api

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// RunService takes orders for runs and tells of them, asking for the actor's rights itself.
type RunService interface {
	Create(ctx context.Context, actor *people.Actor, request jobs.Request) (record jobs.Record, created bool, err error)
	Get(ctx context.Context, actor *people.Actor, id string) (jobs.Record, error)
	List(ctx context.Context, actor *people.Actor, filter jobs.Filter) (records []jobs.Record, next string, err error)
	Cancel(ctx context.Context, actor *people.Actor, id string) error
	// Watch asks for nobody's rights.
	Watch(ctx context.Context, id string) (<-chan jobs.Progress, error)
	Page(ctx context.Context, actor *people.Actor, id, cell string, offset, limit int64) (runner.Page, error)
	SortedPage(ctx context.Context, actor *people.Actor, id, cell string, by runner.Sorting, offset, limit int64) (runner.Page, error)
	Files(ctx context.Context, actor *people.Actor, id string) ([]jobs.File, error)
	Open(ctx context.Context, actor *people.Actor, id, fileID string) (jobs.File, jobs.Object, error)

	LinkService
}

func (h handlers) CreateRun(ctx context.Context, request wire.CreateRunRequestObject) (wire.CreateRunResponseObject, error) {
	report := reportOf(ctx)
	record, created, err := h.Runs.Create(ctx, actorOf(ctx), runRequest(report.ID, request))
	if err != nil {
		return nil, concealed(err, report.Level)
	}
	run, err := h.run(ctx, record)
	if err != nil {
		return nil, err
	}
	if created && record.KeptFrom == "" {
		return ordered{run, http.StatusCreated}, nil
	}
	return ordered{run, http.StatusOK}, nil
}

func runRequest(reportID string, request wire.CreateRunRequestObject) jobs.Request {
	body := request.Body
	wanted := jobs.Request{
		ReportID: reportID, Revision: given(body.Revision), Values: given(body.Values), Format: given(body.Format),
		MaxAge: time.Duration(given(body.MaxAge)) * time.Second, Key: given(request.Params.IdempotencyKey),
	}
	if wanted.Key != "" {
		wanted.Request = asked(wanted)
	}
	return wanted
}

// asked is the hash of all that a run was asked for: the same key with another hash is a conflict. Maps are written in the order of
// their keys.
func asked(request jobs.Request) []byte {
	data, _ := json.Marshal([]any{request.ReportID, request.Revision, request.Values, request.Format, request.MaxAge}) // it came from JSON
	sum := sha256.Sum256(data)
	return sum[:]
}

// ordered answers an order with the run and its address.
type ordered struct {
	run    wire.Run
	status int
}

func (o ordered) VisitCreateRunResponse(w http.ResponseWriter) error {
	w.Header().Set("Location", Root+"/runs/"+o.run.ID)
	return writeJSON(w, o.status, o.run)
}

func writeJSON(w http.ResponseWriter, status int, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, err = w.Write(data)
	return err
}

func (h handlers) ListRuns(ctx context.Context, request wire.ListRunsRequestObject) (wire.ListRunsResponseObject, error) {
	p := request.Params
	filter := jobs.Filter{
		PersonID: given(p.Person), Status: runner.Status(given(p.Status)), Since: given(p.Since),
		Page: people.Page{Cursor: given(p.Cursor), Limit: given(p.Limit)},
	}
	if given(p.Mine) {
		filter.PersonID = actorOf(ctx).ID
	}
	if p.Report != nil {
		report, err := h.Reports.Get(ctx, actorOf(ctx), *p.Report)
		if err != nil {
			return nil, err
		}
		filter.ReportID = report.ID
	}
	records, next, err := h.Runs.List(ctx, actorOf(ctx), filter)
	if err != nil {
		return nil, err
	}
	page := wire.ListRuns200JSONResponse{Items: make([]wire.Run, len(records)), Next: next}
	hiding := h.concealing()
	for i, record := range records {
		record.Text, record.Charts, record.Parts = "", nil, nil
		page.Items[i] = runWire(record)
		page.Items[i].Artifacts = mapped(record.Files, func(f jobs.File) wire.Artifact { return artifactWire(record, f) })
		if err := hiding.conceal(ctx, record, &page.Items[i]); err != nil {
			return nil, err
		}
	}
	h.tellNames(ctx, namesIn(page.Items, runNames)...)
	return page, nil
}

func (h handlers) GetRun(ctx context.Context, _ wire.GetRunRequestObject) (wire.GetRunResponseObject, error) {
	run, err := h.run(ctx, runOf(ctx))
	return wire.GetRun200JSONResponse(run), err
}

func (h handlers) CancelRun(ctx context.Context, request wire.CancelRunRequestObject) (wire.CancelRunResponseObject, error) {
	if err := h.Runs.Cancel(ctx, actorOf(ctx), request.Run); err != nil {
		return nil, err
	}
	run, err := h.runNow(ctx, request.Run)
	return wire.CancelRun200JSONResponse(run), err
}

func (h handlers) runNow(ctx context.Context, id string) (wire.Run, error) {
	record, err := h.Runs.Get(ctx, actorOf(ctx), id)
	if err != nil {
		return wire.Run{}, err
	}
	return h.run(ctx, record)
}

// run is the answer about one run, with its files.
func (h handlers) run(ctx context.Context, record jobs.Record) (wire.Run, error) {
	run := runWire(record)
	if record.Status == runner.Succeeded {
		files, err := h.Runs.Files(ctx, actorOf(ctx), record.ID)
		if err != nil {
			return run, err
		}
		run.Artifacts = mapped(files, func(f jobs.File) wire.Artifact { return artifactWire(record, f) })
	}
	h.tellNames(ctx, runNames(&run)...)
	return run, h.concealing().conceal(ctx, record, &run)
}
