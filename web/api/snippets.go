package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// SnippetService keeps the SQL that reports share.
type SnippetService interface {
	Snippets(ctx context.Context, actor *people.Actor) ([]catalog.Snippet, error)
	Snippet(ctx context.Context, actor *people.Actor, name string, revision int) (catalog.Snippet, error)
	SnippetRevisions(ctx context.Context, actor *people.Actor, name string) ([]catalog.Snippet, error)
	SaveSnippet(ctx context.Context, actor *people.Actor, save catalog.SnippetSave) (catalog.Snippet, error)
	DeleteSnippet(ctx context.Context, actor *people.Actor, name string, base int) error
	// Uses are the reports that the actor may run; hidden counts the others.
	Uses(ctx context.Context, actor *people.Actor, name string) (visible []catalog.Use, hidden int, err error)
}

func (h handlers) ListSnippets(ctx context.Context, _ wire.ListSnippetsRequestObject) (wire.ListSnippetsResponseObject, error) {
	snippets, err := h.Reports.Snippets(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return wire.ListSnippets200JSONResponse{Items: h.snippets(ctx, snippets)}, nil
}

func (h handlers) GetSnippet(ctx context.Context, request wire.GetSnippetRequestObject) (wire.GetSnippetResponseObject, error) {
	snippet, err := h.Reports.Snippet(ctx, actorOf(ctx), request.Name, given(request.Params.Revision))
	kept, err := h.snippet(ctx, snippet, err)
	return wire.GetSnippet200JSONResponse(kept), err
}

func (h handlers) SaveSnippet(ctx context.Context, request wire.SaveSnippetRequestObject) (wire.SaveSnippetResponseObject, error) {
	snippet, err := h.Reports.SaveSnippet(ctx, actorOf(ctx), catalog.SnippetSave{
		Name: request.Name, Base: given(request.Body.Base), SQL: request.Body.SQL, Message: given(request.Body.Message),
		Force: given(request.Body.Force),
	})
	kept, err := h.snippet(ctx, snippet, err)
	return wire.SaveSnippet200JSONResponse(kept), err
}

func (h handlers) DeleteSnippet(ctx context.Context, request wire.DeleteSnippetRequestObject) (wire.DeleteSnippetResponseObject, error) {
	return wire.DeleteSnippet204Response{}, h.Reports.DeleteSnippet(ctx, actorOf(ctx), request.Name, given(request.Params.Base))
}

func (h handlers) ListSnippetRevisions(ctx context.Context, request wire.ListSnippetRevisionsRequestObject) (wire.ListSnippetRevisionsResponseObject, error) {
	revisions, err := h.Reports.SnippetRevisions(ctx, actorOf(ctx), request.Name)
	if err != nil {
		return nil, err
	}
	return wire.ListSnippetRevisions200JSONResponse{Items: h.snippets(ctx, revisions)}, nil
}

// ListSnippetUses tells where the snippet is used. The problems of a report are for those who may see how it is made.
func (h handlers) ListSnippetUses(ctx context.Context, request wire.ListSnippetUsesRequestObject) (wire.ListSnippetUsesResponseObject, error) {
	uses, hidden, err := h.Reports.Uses(ctx, actorOf(ctx), request.Name)
	if err != nil {
		return nil, err
	}
	found := h.reports(ctx, mapped(uses, func(u catalog.Use) catalog.Entry { return u.Entry }))
	items := make([]wire.SnippetUse, len(uses))
	for i, use := range uses {
		items[i] = wire.SnippetUse{Report: found[i], Problems: []wire.DocumentProblem{}}
		if use.Level >= people.ViewSQL {
			items[i].Problems = documentProblems(use.Problems)
		}
	}
	return wire.ListSnippetUses200JSONResponse{Items: items, Hidden: hidden}, nil
}

func (h handlers) snippets(ctx context.Context, kept []catalog.Snippet) []wire.Snippet {
	items := mapped(kept, snippetWire)
	h.tellNames(ctx, namesIn(items, snippetNames)...)
	return items
}

// snippet is the answer about one, or the error of what was done with it.
func (h handlers) snippet(ctx context.Context, kept catalog.Snippet, err error) (wire.Snippet, error) {
	if err != nil {
		return wire.Snippet{}, err
	}
	snippet := snippetWire(kept)
	h.tellNames(ctx, snippetNames(&snippet)...)
	return snippet, nil
}

func snippetWire(s catalog.Snippet) wire.Snippet {
	return wire.Snippet{
		Name: s.Name, SQL: s.SQL, Revision: s.Revision, Author: s.Author, Message: s.Message, Updated: s.Updated, Deleted: s.Deleted, Provisioned: s.Provisioned,
	}
}
