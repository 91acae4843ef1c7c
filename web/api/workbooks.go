package api

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// WorkbookService keeps the workbooks that exports fill in.
type WorkbookService interface {
	Files(ctx context.Context, actor *people.Actor, folder *string) ([]catalog.File, error)
	File(ctx context.Context, actor *people.Actor, folder, name string) (catalog.File, error)
	PutFile(ctx context.Context, actor *people.Actor, folder, name string, content []byte, base int) (catalog.File, error)
	// FileUses are the reports that fill it and that the actor may run; hidden counts the others.
	FileUses(ctx context.Context, actor *people.Actor, folder, name string) (visible []catalog.Entry, hidden int, err error)
	DeleteFile(ctx context.Context, actor *people.Actor, folder, name string, base int) error
}

func (h handlers) ListFiles(ctx context.Context, request wire.ListFilesRequestObject) (wire.ListFilesResponseObject, error) {
	files, err := h.Reports.Files(ctx, actorOf(ctx), new(given(request.Params.Folder)))
	if err != nil {
		return nil, err
	}
	items := mapped(files, fileWire)
	h.tellNames(ctx, namesIn(items, fileNames)...)
	return wire.ListFiles200JSONResponse{Items: items}, nil
}

func (h handlers) GetFile(ctx context.Context, request wire.GetFileRequestObject) (wire.GetFileResponseObject, error) {
	file, err := h.Reports.File(ctx, actorOf(ctx), given(request.Params.Folder), request.Name)
	return workbook(file), err
}

// workbook is a workbook as an answer.
type workbook catalog.File

func (w workbook) VisitGetFileResponse(to http.ResponseWriter) error {
	header := to.Header()
	header.Set("Content-Type", "application/octet-stream")
	header.Set("Content-Length", strconv.Itoa(len(w.Content)))
	header.Set("Content-Disposition", attachment(w.Name))
	to.WriteHeader(http.StatusOK)
	_, err := to.Write(w.Content)
	return err
}

// anyRevision is the base of a change that replaces whatever is kept.
const anyRevision = -1

func (h handlers) SaveFile(ctx context.Context, request wire.SaveFileRequestObject) (wire.SaveFileResponseObject, error) {
	content, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, unread(err)
	}
	base := anyRevision
	if request.Params.Base != nil {
		base = *request.Params.Base
	}
	file, err := h.Reports.PutFile(ctx, actorOf(ctx), given(request.Params.Folder), request.Name, content, base)
	if err != nil {
		return nil, err
	}
	kept := fileWire(file)
	h.tellNames(ctx, fileNames(&kept)...)
	return wire.SaveFile200JSONResponse(kept), nil
}

func (h handlers) DeleteFile(ctx context.Context, request wire.DeleteFileRequestObject) (wire.DeleteFileResponseObject, error) {
	return wire.DeleteFile204Response{}, h.Reports.DeleteFile(ctx, actorOf(ctx), given(request.Params.Folder), request.Name, given(request.Params.Base))
}

func (h handlers) ListFileUses(ctx context.Context, request wire.ListFileUsesRequestObject) (wire.ListFileUsesResponseObject, error) {
	uses, hidden, err := h.Reports.FileUses(ctx, actorOf(ctx), given(request.Params.Folder), request.Name)
	if err != nil {
		return nil, err
	}
	return wire.ListFileUses200JSONResponse{Items: h.reports(ctx, uses), Hidden: hidden}, nil
}

func fileWire(f catalog.File) wire.File {
	return wire.File{
		Folder: f.Folder, Name: f.Name, Revision: f.Revision, Bytes: f.Size, Sha256: f.SHA256, Author: f.Author, Updated: f.Updated, Provisioned: f.Provisioned,
	}
}
