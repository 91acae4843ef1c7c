package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// GetSession tells who asks.
func (h handlers) GetSession(ctx context.Context, _ wire.GetSessionRequestObject) (wire.GetSessionResponseObject, error) {
	return wire.GetSession200JSONResponse(sessionOf(actorOf(ctx))), nil
}

func sessionOf(actor *people.Actor) wire.Session {
	scopes := actor.Scopes
	if actor.Via != people.ByToken {
		scopes = people.Scopes
	}
	return wire.Session{
		Person: personOf(actor.Person), Via: string(actor.Via), Limits: limitsOf(actor.Allowed),
		Scopes: mapped(scopes, func(s people.Scope) wire.Scope { return wire.Scope(s) }),
	}
}

// SignIn starts a session.
func (h handlers) SignIn(ctx context.Context, request wire.SignInRequestObject) (wire.SignInResponseObject, error) {
	token, actor, err := h.Accounts.SignIn(ctx, request.Body.Email, request.Body.Password, originOf(ctx))
	if err != nil {
		return nil, err
	}
	return wire.SignIn201JSONResponse{SignedInJSONResponse: wire.SignedInJSONResponse{
		Body: sessionOf(actor), Headers: wire.SignedInResponseHeaders{SetCookie: h.sessionCookie(token)},
	}}, nil
}

func originOf(ctx context.Context) accounts.Origin {
	v := visitOf(ctx)
	return accounts.Origin{Address: v.address, Agent: v.agent}
}

// SignOut ends the session. A token has none and stays.
func (h handlers) SignOut(ctx context.Context, _ wire.SignOutRequestObject) (wire.SignOutResponseObject, error) {
	if actor := actorOf(ctx); actor.Via == people.BySession {
		if err := h.Accounts.SignOut(ctx, actor); err != nil {
			return nil, err
		}
	}
	return wire.SignOut204Response{Headers: wire.SignedOutResponseHeaders{SetCookie: h.sessionCookie("")}}, nil
}

// GetSessionOptions is what the page for signing in shows.
func (h handlers) GetSessionOptions(context.Context, wire.GetSessionOptionsRequestObject) (wire.GetSessionOptionsResponseObject, error) {
	options := wire.SessionOptions{Product: "Vitrina", Version: h.Version, Password: !h.NoPasswords, OIDC: []wire.OIDCOption{}}
	if h.SignOn != nil {
		options.OIDC = append(options.OIDC, wire.OIDCOption{Name: h.SignOn.Name(), URL: oidcStart})
	}
	return wire.GetSessionOptions200JSONResponse(options), nil
}
