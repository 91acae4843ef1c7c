package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// unwritten answers for the operations that have no handler yet. A method of handlers takes the place of the one here.
type unwritten struct{}

var errUnwritten = fault.New(fault.Unavailable, "This part of Vitrina is not there yet.")

func (unwritten) CheckDocument(context.Context, wire.CheckDocumentRequestObject) (wire.CheckDocumentResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListFiles(context.Context, wire.ListFilesRequestObject) (wire.ListFilesResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) DeleteFile(context.Context, wire.DeleteFileRequestObject) (wire.DeleteFileResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) GetFile(context.Context, wire.GetFileRequestObject) (wire.GetFileResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) SaveFile(context.Context, wire.SaveFileRequestObject) (wire.SaveFileResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) DeleteFolder(context.Context, wire.DeleteFolderRequestObject) (wire.DeleteFolderResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListFolders(context.Context, wire.ListFoldersRequestObject) (wire.ListFoldersResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) MoveFolder(context.Context, wire.MoveFolderRequestObject) (wire.MoveFolderResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) CreateFolder(context.Context, wire.CreateFolderRequestObject) (wire.CreateFolderResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) RevokeLink(context.Context, wire.RevokeLinkRequestObject) (wire.RevokeLinkResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListReports(context.Context, wire.ListReportsRequestObject) (wire.ListReportsResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) CreateReport(context.Context, wire.CreateReportRequestObject) (wire.CreateReportResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) DeleteReport(context.Context, wire.DeleteReportRequestObject) (wire.DeleteReportResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) GetReport(context.Context, wire.GetReportRequestObject) (wire.GetReportResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) MoveReport(context.Context, wire.MoveReportRequestObject) (wire.MoveReportResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) DiffRevisions(context.Context, wire.DiffRevisionsRequestObject) (wire.DiffRevisionsResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) GetDocument(context.Context, wire.GetDocumentRequestObject) (wire.GetDocumentResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) SaveDocument(context.Context, wire.SaveDocumentRequestObject) (wire.SaveDocumentResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) DuplicateReport(context.Context, wire.DuplicateReportRequestObject) (wire.DuplicateReportResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) RemoveFavourite(context.Context, wire.RemoveFavouriteRequestObject) (wire.RemoveFavouriteResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) AddFavourite(context.Context, wire.AddFavouriteRequestObject) (wire.AddFavouriteResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) FillForm(context.Context, wire.FillFormRequestObject) (wire.FillFormResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListFieldOptions(context.Context, wire.ListFieldOptionsRequestObject) (wire.ListFieldOptionsResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListRevisions(context.Context, wire.ListRevisionsRequestObject) (wire.ListRevisionsResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) GetRevision(context.Context, wire.GetRevisionRequestObject) (wire.GetRevisionResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) RestoreRevision(context.Context, wire.RestoreRevisionRequestObject) (wire.RestoreRevisionResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) CreateRun(context.Context, wire.CreateRunRequestObject) (wire.CreateRunResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) UndeleteReport(context.Context, wire.UndeleteReportRequestObject) (wire.UndeleteReportResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListRuns(context.Context, wire.ListRunsRequestObject) (wire.ListRunsResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) GetRun(context.Context, wire.GetRunRequestObject) (wire.GetRunResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) CancelRun(context.Context, wire.CancelRunRequestObject) (wire.CancelRunResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListRows(context.Context, wire.ListRowsRequestObject) (wire.ListRowsResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) WatchRun(context.Context, wire.WatchRunRequestObject) (wire.WatchRunResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListLinks(context.Context, wire.ListLinksRequestObject) (wire.ListLinksResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) CreateLink(context.Context, wire.CreateLinkRequestObject) (wire.CreateLinkResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListSnippets(context.Context, wire.ListSnippetsRequestObject) (wire.ListSnippetsResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) DeleteSnippet(context.Context, wire.DeleteSnippetRequestObject) (wire.DeleteSnippetResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) GetSnippet(context.Context, wire.GetSnippetRequestObject) (wire.GetSnippetResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) SaveSnippet(context.Context, wire.SaveSnippetRequestObject) (wire.SaveSnippetResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListSnippetRevisions(context.Context, wire.ListSnippetRevisionsRequestObject) (wire.ListSnippetRevisionsResponseObject, error) {
	return nil, errUnwritten
}

func (unwritten) ListSnippetUses(context.Context, wire.ListSnippetUsesRequestObject) (wire.ListSnippetUsesResponseObject, error) {
	return nil, errUnwritten
}
