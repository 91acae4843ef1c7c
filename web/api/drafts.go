package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// DraftService keeps what people write before they save it. Each sees their own alone, and none of a report whose SQL they may not see.
type DraftService interface {
	KeptDrafts(ctx context.Context, actor *people.Actor, report string) ([]catalog.KeptDraft, error)
	KeptDraft(ctx context.Context, actor *people.Actor, id string) (catalog.KeptDraft, error)
	BeginDraft(ctx context.Context, actor *people.Actor, wanted catalog.DraftNew) (catalog.KeptDraft, error)
	KeepDraft(ctx context.Context, actor *people.Actor, id string, change catalog.DraftChange) (catalog.KeptDraft, error)
	DropDraft(ctx context.Context, actor *people.Actor, id string) error
}

func (h handlers) ListDrafts(ctx context.Context, request wire.ListDraftsRequestObject) (wire.ListDraftsResponseObject, error) {
	drafts, err := h.Reports.KeptDrafts(ctx, actorOf(ctx), given(request.Params.Report))
	return wire.ListDrafts200JSONResponse{Items: mapped(drafts, draftWire)}, err
}

func (h handlers) CreateDraft(ctx context.Context, request wire.CreateDraftRequestObject) (wire.CreateDraftResponseObject, error) {
	body := request.Body
	draft, err := h.Reports.BeginDraft(ctx, actorOf(ctx), catalog.DraftNew{
		Report: given(body.Report), Base: body.Base, Folder: given(body.Folder), Document: []byte(body.Document),
	})
	return wire.CreateDraft201JSONResponse(writtenWire(draft)), err
}

func (h handlers) GetDraft(ctx context.Context, request wire.GetDraftRequestObject) (wire.GetDraftResponseObject, error) {
	draft, err := h.Reports.KeptDraft(ctx, actorOf(ctx), request.Draft)
	return wire.GetDraft200JSONResponse(writtenWire(draft)), err
}

func (h handlers) SaveDraft(ctx context.Context, request wire.SaveDraftRequestObject) (wire.SaveDraftResponseObject, error) {
	body := request.Body
	draft, err := h.Reports.KeepDraft(ctx, actorOf(ctx), request.Draft, catalog.DraftChange{
		Version: body.Version, Base: body.Base, Folder: body.Folder, Document: []byte(body.Document),
	})
	return wire.SaveDraft200JSONResponse(draftWire(draft)), err
}

func (h handlers) DeleteDraft(ctx context.Context, request wire.DeleteDraftRequestObject) (wire.DeleteDraftResponseObject, error) {
	return wire.DeleteDraft204Response{}, h.Reports.DropDraft(ctx, actorOf(ctx), request.Draft)
}

// draftWire leaves the document out.
func draftWire(d catalog.KeptDraft) wire.Draft {
	return wire.Draft{
		ID: d.ID, ReportID: d.ReportID, Report: d.Report, Title: d.Title, Base: d.Base, Folder: d.Folder, Version: d.Version,
		Created: d.Created, Updated: d.Updated,
	}
}

func writtenWire(d catalog.KeptDraft) wire.Draft {
	draft := draftWire(d)
	draft.Document = new(string(d.Document))
	return draft
}
