package api

import (
	"context"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func grantOf(g people.Grant) wire.Grant {
	return wire.Grant{
		ID: g.ID, PersonID: g.PersonID, GroupID: g.GroupID, Name: g.Name, ReportID: g.ReportID, Folder: g.Folder,
		Level: wire.Level(g.Level.String()), CreatedBy: g.CreatedBy, Created: g.Created,
	}
}

// levelOf reads a level that the contract has held against the known ones.
func levelOf(level wire.Level) people.Level {
	parsed, _ := people.ParseLevel(string(level))
	return parsed
}

// ListReportGrants are those on the report and on the folders it is in.
func (h handlers) ListReportGrants(ctx context.Context, _ wire.ListReportGrantsRequestObject) (wire.ListReportGrantsResponseObject, error) {
	grants, err := h.Grants.GrantsOnReport(ctx, actorOf(ctx), reportOf(ctx).ID)
	if err != nil {
		return nil, err
	}
	items := mapped(grants, grantOf)
	h.tellNames(ctx, namesIn(items, grantNames)...)
	return wire.ListReportGrants200JSONResponse{Items: items}, nil
}

// GrantReport shares a report.
func (h handlers) GrantReport(ctx context.Context, request wire.GrantReportRequestObject) (wire.GrantReportResponseObject, error) {
	grant, err := h.Grants.Grant(ctx, actorOf(ctx), people.Grant{
		ReportID: reportOf(ctx).ID, PersonID: given(request.Body.PersonID), GroupID: given(request.Body.GroupID), Level: levelOf(request.Body.Level),
	})
	if err != nil {
		return nil, err
	}
	shared := grantOf(*grant)
	h.tellNames(ctx, grantNames(&shared)...)
	return wire.GrantReport201JSONResponse(shared), nil
}

// RevokeReportGrant takes back a grant on the report itself.
func (h handlers) RevokeReportGrant(ctx context.Context, request wire.RevokeReportGrantRequestObject) (wire.RevokeReportGrantResponseObject, error) {
	actor, report := actorOf(ctx), reportOf(ctx).ID
	grants, err := h.Grants.GrantsOnReport(ctx, actor, report)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(grants, func(g people.Grant) bool { return g.ID == request.Grant && g.ReportID == report }) {
		return nil, fault.New(fault.NotFound, "There is no such grant on this report.")
	}
	return wire.RevokeReportGrant204Response{}, h.Grants.Revoke(ctx, actor, request.Grant)
}

// ListFolderGrants are those on the folder and on the folders above it.
func (h handlers) ListFolderGrants(ctx context.Context, request wire.ListFolderGrantsRequestObject) (wire.ListFolderGrantsResponseObject, error) {
	grants, err := h.Grants.GrantsOnFolder(ctx, actorOf(ctx), request.Params.Folder)
	if err != nil {
		return nil, err
	}
	items := mapped(grants, grantOf)
	h.tellNames(ctx, namesIn(items, grantNames)...)
	return wire.ListFolderGrants200JSONResponse{Items: items}, nil
}

// GrantFolder shares all that is in a folder.
func (h handlers) GrantFolder(ctx context.Context, request wire.GrantFolderRequestObject) (wire.GrantFolderResponseObject, error) {
	b := request.Body
	grant, err := h.Grants.Grant(ctx, actorOf(ctx), people.Grant{
		Folder: b.Folder, PersonID: given(b.PersonID), GroupID: given(b.GroupID), Level: levelOf(b.Level),
	})
	if err != nil {
		return nil, err
	}
	shared := grantOf(*grant)
	h.tellNames(ctx, grantNames(&shared)...)
	return wire.GrantFolder201JSONResponse(shared), nil
}

// RevokeFolderGrant takes a grant back.
func (h handlers) RevokeFolderGrant(ctx context.Context, request wire.RevokeFolderGrantRequestObject) (wire.RevokeFolderGrantResponseObject, error) {
	return wire.RevokeFolderGrant204Response{}, h.Grants.Revoke(ctx, actorOf(ctx), request.Grant)
}

func sourceGrantOf(g people.SourceGrant) wire.SourceGrant {
	return wire.SourceGrant{
		ID: g.ID, PersonID: g.PersonID, GroupID: g.GroupID, Name: g.Name, Source: g.Source, CreatedBy: g.CreatedBy, Created: g.Created,
	}
}

// ListSourceGrants are those on all sources.
func (h handlers) ListSourceGrants(ctx context.Context, _ wire.ListSourceGrantsRequestObject) (wire.ListSourceGrantsResponseObject, error) {
	grants, err := h.Grants.SourceGrants(ctx, actorOf(ctx), "")
	if err != nil {
		return nil, err
	}
	items := mapped(grants, sourceGrantOf)
	h.tellNames(ctx, namesIn(items, sourceGrantNames)...)
	return wire.ListSourceGrants200JSONResponse{Items: items}, nil
}

// GrantSource lets analysts write SQL for a source that there is.
func (h handlers) GrantSource(ctx context.Context, request wire.GrantSourceRequestObject) (wire.GrantSourceResponseObject, error) {
	b := request.Body
	if _, err := h.source(ctx, b.Source); err != nil {
		return nil, mistaken{{Field: "source", Message: err.Error()}}
	}
	grant, err := h.Grants.GrantSource(ctx, actorOf(ctx), people.SourceGrant{Source: b.Source, PersonID: given(b.PersonID), GroupID: given(b.GroupID)})
	if err != nil {
		return nil, err
	}
	shared := sourceGrantOf(*grant)
	h.tellNames(ctx, sourceGrantNames(&shared)...)
	return wire.GrantSource201JSONResponse(shared), nil
}

// RevokeSourceGrant takes it back.
func (h handlers) RevokeSourceGrant(ctx context.Context, request wire.RevokeSourceGrantRequestObject) (wire.RevokeSourceGrantResponseObject, error) {
	return wire.RevokeSourceGrant204Response{}, h.Grants.RevokeSource(ctx, actorOf(ctx), request.Grant)
}
