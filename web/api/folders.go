package api

import (
	"context"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// FolderService keeps the folders of reports.
type FolderService interface {
	Folders(ctx context.Context, actor *people.Actor) ([]catalog.Folder, error)
	CreateFolder(ctx context.Context, actor *people.Actor, path string) error
	RenameFolder(ctx context.Context, actor *people.Actor, from, to string) error
	DeleteFolder(ctx context.Context, actor *people.Actor, path string) error
}

func (h handlers) ListFolders(ctx context.Context, _ wire.ListFoldersRequestObject) (wire.ListFoldersResponseObject, error) {
	folders, err := h.Reports.Folders(ctx, actorOf(ctx))
	return wire.ListFolders200JSONResponse{Items: mapped(folders, folderWire)}, err
}

func (h handlers) CreateFolder(ctx context.Context, request wire.CreateFolderRequestObject) (wire.CreateFolderResponseObject, error) {
	path := request.Body.Path
	err := h.Reports.CreateFolder(ctx, actorOf(ctx), path)
	return wire.CreateFolder201JSONResponse{Path: path}, err
}

func (h handlers) MoveFolder(ctx context.Context, request wire.MoveFolderRequestObject) (wire.MoveFolderResponseObject, error) {
	to := request.Body.Path
	if err := h.Reports.RenameFolder(ctx, actorOf(ctx), request.Params.Path, to); err != nil {
		return nil, err
	}
	folder, err := h.folder(ctx, to)
	return wire.MoveFolder200JSONResponse(folder), err
}

func (h handlers) DeleteFolder(ctx context.Context, request wire.DeleteFolderRequestObject) (wire.DeleteFolderResponseObject, error) {
	return wire.DeleteFolder204Response{}, h.Reports.DeleteFolder(ctx, actorOf(ctx), request.Params.Path)
}

// folder is one folder with what the actor sees in it.
func (h handlers) folder(ctx context.Context, path string) (wire.Folder, error) {
	folders, err := h.Reports.Folders(ctx, actorOf(ctx))
	at := slices.IndexFunc(folders, func(f catalog.Folder) bool { return f.Path == path })
	if err != nil || at < 0 {
		return wire.Folder{Path: path}, err
	}
	return folderWire(folders[at]), nil
}

func folderWire(f catalog.Folder) wire.Folder {
	return wire.Folder{Path: f.Path, Reports: f.Reports, Below: f.Below}
}
