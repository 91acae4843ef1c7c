package api

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// ListMySessions are the places where the person is signed in.
func (h handlers) ListMySessions(ctx context.Context, _ wire.ListMySessionsRequestObject) (wire.ListMySessionsResponseObject, error) {
	actor := actorOf(ctx)
	sessions, err := h.Accounts.MySessions(ctx, actor)
	if err != nil {
		return nil, err
	}
	return wire.ListMySessions200JSONResponse{Items: mapped(sessions, func(s people.Session) wire.SessionInfo {
		return wire.SessionInfo{
			ID: s.ID, Created: s.Created, Seen: s.Seen, Expires: s.Expires, Address: s.Address, Agent: s.Agent,
			Current: actor.Via == people.BySession && s.ID == actor.Session,
		}
	})}, nil
}

// EndMySession signs the person out elsewhere.
func (h handlers) EndMySession(ctx context.Context, request wire.EndMySessionRequestObject) (wire.EndMySessionResponseObject, error) {
	return wire.EndMySession204Response{}, h.Accounts.EndSession(ctx, actorOf(ctx), request.ID)
}

// ChangeMyPassword needs the current one.
func (h handlers) ChangeMyPassword(ctx context.Context, request wire.ChangeMyPasswordRequestObject) (wire.ChangeMyPasswordResponseObject, error) {
	return wire.ChangeMyPassword204Response{}, h.Accounts.ChangePassword(ctx, actorOf(ctx), request.Body.Current, request.Body.New)
}

// ListMyTokens are the person's API tokens, revoked ones too.
func (h handlers) ListMyTokens(ctx context.Context, _ wire.ListMyTokensRequestObject) (wire.ListMyTokensResponseObject, error) {
	actor := actorOf(ctx)
	tokens, err := h.Accounts.TokensOf(ctx, actor, actor.ID)
	if err != nil {
		return nil, err
	}
	return wire.ListMyTokens200JSONResponse{Items: mapped(tokens, tokenOf)}, nil
}

// CreateMyToken answers with the secret, this once.
func (h handlers) CreateMyToken(ctx context.Context, request wire.CreateMyTokenRequestObject) (wire.CreateMyTokenResponseObject, error) {
	wanted := accounts.NewToken{
		Name:   request.Body.Name,
		Scopes: mapped(request.Body.Scopes, func(s wire.Scope) people.Scope { return people.Scope(s) }),
	}
	if seconds := request.Body.ExpiresIn; seconds != nil {
		wanted.Expires = new(h.Now().Add(time.Duration(*seconds) * time.Second))
	}
	secret, token, err := h.Accounts.CreateToken(ctx, actorOf(ctx), wanted)
	if err != nil {
		return nil, err
	}
	return wire.CreateMyToken201JSONResponse{Secret: secret, Token: tokenOf(*token)}, nil
}

// RevokeMyToken makes a token worthless.
func (h handlers) RevokeMyToken(ctx context.Context, request wire.RevokeMyTokenRequestObject) (wire.RevokeMyTokenResponseObject, error) {
	return wire.RevokeMyToken204Response{}, h.Accounts.RevokeToken(ctx, actorOf(ctx), request.ID)
}

func tokenOf(t people.Token) wire.Token {
	return wire.Token{
		ID: t.ID, Name: t.Name, Hint: t.Hint, Created: t.Created, Expires: t.Expires, Used: t.Used, Revoked: t.Revoked,
		Scopes: mapped(t.Scopes, func(s people.Scope) wire.Scope { return wire.Scope(s) }),
	}
}
