package api

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// LinkService makes the links to files and opens what they lead to.
type LinkService interface {
	Link(ctx context.Context, actor *people.Actor, run, fileID string, request jobs.LinkRequest) (link jobs.Link, token string, err error)
	// Links come with the tokens, by link, of those that still open.
	Links(ctx context.Context, actor *people.Actor, run string) (links []jobs.Link, tokens map[string]string, err error)
	Revoke(ctx context.Context, actor *people.Actor, linkID string) error
	// OpenLink counts the opening. The opener is nil when nobody has signed in; then fault.Unauthenticated says that signing in may help.
	OpenLink(ctx context.Context, token string, opener *people.Actor) (jobs.File, jobs.Object, error)
	// LookLink is OpenLink without counting.
	LookLink(ctx context.Context, token string, opener *people.Actor) (jobs.File, jobs.Object, error)
}

func (h handlers) ListLinks(ctx context.Context, request wire.ListLinksRequestObject) (wire.ListLinksResponseObject, error) {
	links, tokens, err := h.Runs.Links(ctx, actorOf(ctx), request.Run)
	if err != nil {
		return nil, err
	}
	items := mapped(links, linkWire)
	for i := range items {
		items[i].URL = linkAddress(tokens[items[i].ID])
	}
	h.tellNames(ctx, namesIn(items, linkNames)...)
	return wire.ListLinks200JSONResponse{Items: items}, nil
}

func (h handlers) CreateLink(ctx context.Context, request wire.CreateLinkRequestObject) (wire.CreateLinkResponseObject, error) {
	wanted := jobs.LinkRequest{Anyone: given(request.Body.Anyone)}
	if life := request.Body.ExpiresIn; life != nil {
		wanted.Expires = h.Now().Add(time.Duration(*life) * time.Second)
	}
	link, token, err := h.Runs.Link(ctx, actorOf(ctx), request.Run, request.Body.Artifact, wanted)
	if err != nil {
		return nil, err
	}
	made := linkWire(link)
	made.URL = linkAddress(token)
	h.tellNames(ctx, linkNames(&made)...)
	return wire.CreateLink201JSONResponse(made), nil
}

func (h handlers) RevokeLink(ctx context.Context, request wire.RevokeLinkRequestObject) (wire.RevokeLinkResponseObject, error) {
	return wire.RevokeLink204Response{}, h.Runs.Revoke(ctx, actorOf(ctx), request.Link)
}

// linkWire has no address yet.
func linkWire(l jobs.Link) wire.Link {
	return wire.Link{
		ID: l.ID, Artifact: l.FileID, Run: l.RunID, Person: l.Person, Anyone: l.Anyone, Created: l.Created, Expires: l.Expires,
		Revoked: l.Revoked, RevokedBy: l.RevokedBy, Opened: l.Opened, OpenedAt: l.OpenedAt,
	}
}
