package api

import (
	"context"
	"io/fs"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// ReportService keeps reports, and asks for the actor's rights itself.
type ReportService interface {
	List(ctx context.Context, actor *people.Actor, filter catalog.Filter) (entries []catalog.Entry, next string, err error)
	Get(ctx context.Context, actor *people.Actor, key string) (catalog.Entry, error)
	Save(ctx context.Context, actor *people.Actor, save catalog.Save) (catalog.Entry, error)
	Rename(ctx context.Context, actor *people.Actor, id, slug string) (catalog.Entry, error)
	Move(ctx context.Context, actor *people.Actor, id, folder string) (catalog.Entry, error)
	Delete(ctx context.Context, actor *people.Actor, id string, base int) error
	Undelete(ctx context.Context, actor *people.Actor, id string) (catalog.Entry, error)
	Duplicate(ctx context.Context, actor *people.Actor, id string, folder *string) (catalog.Entry, error)
	Favourite(ctx context.Context, actor *people.Actor, id string, favourite bool) error

	Document(ctx context.Context, actor *people.Actor, id string, number int) (catalog.Revision, error)
	Revisions(ctx context.Context, actor *people.Actor, id string) ([]catalog.Revision, error)
	Diff(ctx context.Context, actor *people.Actor, id string, from, to int) (string, error)
	Restore(ctx context.Context, actor *people.Actor, id string, base, number int) (catalog.Entry, error)
	// Compiled asks for nobody's rights: its result goes to the runner, and never into an answer.
	Compiled(ctx context.Context, id string, revision int) (*reports.Compiled, catalog.Entry, fs.FS, error)

	// Try is NotFound for a report whose SQL the actor does not see.
	Try(ctx context.Context, actor *people.Actor, key string, document []byte) (catalog.Trial, error)
	TableUses(ctx context.Context, actor *people.Actor, table catalog.SourceTable) (visible []catalog.TableUse, hidden int, err error)

	FolderService
	SnippetService
	WorkbookService
	DraftService
}

func (h handlers) ListReports(ctx context.Context, request wire.ListReportsRequestObject) (wire.ListReportsResponseObject, error) {
	p := request.Params
	entries, next, err := h.Reports.List(ctx, actorOf(ctx), catalog.Filter{
		Search: given(p.Search), Folder: p.Folder, Below: given(p.Below), Tag: given(p.Tag), Source: given(p.Source),
		Favourite: given(p.Favourite), Deleted: given(p.Deleted), Page: people.Page{Cursor: given(p.Cursor), Limit: given(p.Limit)},
	})
	if err != nil {
		return nil, err
	}
	return wire.ListReports200JSONResponse{Items: h.reports(ctx, entries), Next: next}, nil
}

func (h handlers) GetReport(ctx context.Context, _ wire.GetReportRequestObject) (wire.GetReportResponseObject, error) {
	report, err := h.report(ctx, reportOf(ctx), nil)
	return wire.GetReport200JSONResponse(report), err
}

func (h handlers) CreateReport(ctx context.Context, request wire.CreateReportRequestObject) (wire.CreateReportResponseObject, error) {
	entry, err := h.Reports.Save(ctx, actorOf(ctx), catalog.Save{
		Document: []byte(request.Body.Document), Message: given(request.Body.Message), Folder: request.Body.Folder, Slug: given(request.Body.Slug),
	})
	report, err := h.report(ctx, entry, err)
	return wire.CreateReport201JSONResponse(report), err
}

// MoveReport checks both names before it begins, so that a mistake in one leaves the other alone.
func (h handlers) MoveReport(ctx context.Context, request wire.MoveReportRequestObject) (wire.MoveReportResponseObject, error) {
	entry, slug, folder := reportOf(ctx), request.Body.Slug, request.Body.Folder
	if slug != nil {
		if err := catalog.CheckSlug(*slug); err != nil {
			return nil, err
		}
	}
	if folder != nil {
		if err := catalog.CheckFolder(*folder); err != nil {
			return nil, err
		}
	}
	var err error
	if slug != nil {
		if entry, err = h.Reports.Rename(ctx, actorOf(ctx), entry.ID, *slug); err != nil {
			return nil, err
		}
	}
	if folder != nil {
		entry, err = h.Reports.Move(ctx, actorOf(ctx), entry.ID, *folder)
	}
	report, err := h.report(ctx, entry, err)
	return wire.MoveReport200JSONResponse(report), err
}

func (h handlers) DeleteReport(ctx context.Context, request wire.DeleteReportRequestObject) (wire.DeleteReportResponseObject, error) {
	return wire.DeleteReport204Response{}, h.Reports.Delete(ctx, actorOf(ctx), reportOf(ctx).ID, given(request.Params.Base))
}

func (h handlers) UndeleteReport(ctx context.Context, _ wire.UndeleteReportRequestObject) (wire.UndeleteReportResponseObject, error) {
	entry, err := h.Reports.Undelete(ctx, actorOf(ctx), reportOf(ctx).ID)
	report, err := h.report(ctx, entry, err)
	return wire.UndeleteReport200JSONResponse(report), err
}

func (h handlers) DuplicateReport(ctx context.Context, request wire.DuplicateReportRequestObject) (wire.DuplicateReportResponseObject, error) {
	entry, err := h.Reports.Duplicate(ctx, actorOf(ctx), reportOf(ctx).ID, request.Body.Folder)
	report, err := h.report(ctx, entry, err)
	return wire.DuplicateReport201JSONResponse(report), err
}

func (h handlers) AddFavourite(ctx context.Context, _ wire.AddFavouriteRequestObject) (wire.AddFavouriteResponseObject, error) {
	return wire.AddFavourite204Response{}, h.Reports.Favourite(ctx, actorOf(ctx), reportOf(ctx).ID, true)
}

func (h handlers) RemoveFavourite(ctx context.Context, _ wire.RemoveFavouriteRequestObject) (wire.RemoveFavouriteResponseObject, error) {
	return wire.RemoveFavourite204Response{}, h.Reports.Favourite(ctx, actorOf(ctx), reportOf(ctx).ID, false)
}

// report is the answer about one report, or the error of what was done with it.
func (h handlers) report(ctx context.Context, entry catalog.Entry, err error) (wire.Report, error) {
	if err != nil {
		return wire.Report{}, err
	}
	report := reportWire(entry)
	h.tellNames(ctx, reportNames(&report)...)
	return report, nil
}

func (h handlers) reports(ctx context.Context, entries []catalog.Entry) []wire.Report {
	items := mapped(entries, reportWire)
	h.tellNames(ctx, namesIn(items, reportNames)...)
	return items
}

// reportWire has nothing in it that tells how the report is made beyond the names of sources and fields. The names of people are to come.
func reportWire(e catalog.Entry) wire.Report {
	return wire.Report{
		ID: e.ID, Slug: e.Slug, Folder: e.Folder, Title: e.Title, Description: e.Description, Tags: listed(e.Tags), Fields: listed(e.Fields),
		Sources: listed(e.Sources), Revision: e.Revision, OwnerID: e.OwnerID, Level: wire.Level(e.Level.String()), Favourite: e.Favourite,
		Created: e.Created, Updated: e.Updated, UpdatedBy: e.UpdatedBy, Deleted: e.Deleted, DeletedBy: e.DeletedBy, Provisioned: e.Provisioned,
	}
}

// listed is never nil, so that JSON has an empty list and not null.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
