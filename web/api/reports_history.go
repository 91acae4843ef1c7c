package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func (h handlers) GetDocument(ctx context.Context, request wire.GetDocumentRequestObject) (wire.GetDocumentResponseObject, error) {
	revision, err := h.Reports.Document(ctx, actorOf(ctx), reportOf(ctx).ID, given(request.Params.Revision))
	document, err := h.document(ctx, revision, err)
	return wire.GetDocument200JSONResponse(document), err
}

func (h handlers) SaveDocument(ctx context.Context, request wire.SaveDocumentRequestObject) (wire.SaveDocumentResponseObject, error) {
	entry, err := h.Reports.Save(ctx, actorOf(ctx), catalog.Save{
		ID: reportOf(ctx).ID, Base: request.Body.Base, Document: []byte(request.Body.Document), Message: given(request.Body.Message),
	})
	report, err := h.report(ctx, entry, err)
	return wire.SaveDocument200JSONResponse(report), err
}

func (h handlers) ListRevisions(ctx context.Context, _ wire.ListRevisionsRequestObject) (wire.ListRevisionsResponseObject, error) {
	revisions, err := h.Reports.Revisions(ctx, actorOf(ctx), reportOf(ctx).ID)
	if err != nil {
		return nil, err
	}
	items := mapped(revisions, revisionWire)
	h.tellNames(ctx, namesIn(items, revisionNames)...)
	return wire.ListRevisions200JSONResponse{Items: items}, nil
}

func (h handlers) GetRevision(ctx context.Context, request wire.GetRevisionRequestObject) (wire.GetRevisionResponseObject, error) {
	revision, err := h.Reports.Document(ctx, actorOf(ctx), reportOf(ctx).ID, request.Number)
	document, err := h.document(ctx, revision, err)
	return wire.GetRevision200JSONResponse(document), err
}

// RestoreRevision builds on whichever revision is current, unless the request names one.
func (h handlers) RestoreRevision(ctx context.Context, request wire.RestoreRevisionRequestObject) (wire.RestoreRevisionResponseObject, error) {
	report, base := reportOf(ctx), given(request.Params.Base)
	if base == 0 {
		base = report.Revision
	}
	entry, err := h.Reports.Restore(ctx, actorOf(ctx), report.ID, base, request.Number)
	answer, err := h.report(ctx, entry, err)
	return wire.RestoreRevision200JSONResponse(answer), err
}

func (h handlers) DiffRevisions(ctx context.Context, request wire.DiffRevisionsRequestObject) (wire.DiffRevisionsResponseObject, error) {
	from, to := request.Params.From, request.Params.To
	text, err := h.Reports.Diff(ctx, actorOf(ctx), reportOf(ctx).ID, from, to)
	return wire.DiffRevisions200JSONResponse{From: from, To: to, Text: text}, err
}

// documentName is what problems of a document that is not kept yet call it.
const documentName = "report.md"

func (h handlers) CheckDocument(ctx context.Context, request wire.CheckDocumentRequestObject) (wire.CheckDocumentResponseObject, error) {
	options, err := h.checkOptions(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	_, problems := reports.Load(documentName, []byte(request.Body.Document), options)
	return wire.CheckDocument200JSONResponse{Problems: documentProblems(problems)}, nil
}

// checkOptions know the sources and the snippets as they are now.
func (h handlers) checkOptions(ctx context.Context, actor *people.Actor) (reports.CheckOptions, error) {
	if h.CheckOptions == nil {
		return reports.CheckOptions{}, fault.New(fault.Unavailable, "Documents cannot be checked here.")
	}
	options, err := h.CheckOptions(ctx)
	if err != nil {
		return options, err
	}
	kept, err := h.Reports.Snippets(ctx, actor)
	snippets := make(reports.Snippets, len(kept))
	for _, snippet := range kept {
		if parsed, problem := reports.ParseSnippet(snippet.Name+".sql", []byte(snippet.SQL)); problem == nil {
			snippets[parsed.Name] = parsed
		}
	}
	options.Snippets = snippets
	return options, err
}

func revisionWire(r catalog.Revision) wire.Revision {
	return wire.Revision{Number: r.Number, Sha256: r.SHA256, Author: r.Author, Message: r.Message, Created: r.Created}
}

func (h handlers) document(ctx context.Context, r catalog.Revision, err error) (wire.Revision, error) {
	if err != nil {
		return wire.Revision{}, err
	}
	revision := revisionWire(r)
	revision.Document = new(string(r.Document))
	h.tellNames(ctx, revisionNames(&revision)...)
	return revision, nil
}
