package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/accounts"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func personOf(p people.Person) wire.Person {
	return wire.Person{
		ID: p.ID, Email: p.Email, Name: p.Name, Role: wire.Role(p.Role), Groups: append([]string{}, p.Groups...),
		Disabled: p.Disabled, Created: p.Created, Seen: p.Seen, Password: p.Password, Temporary: p.Temporary,
	}
}

// ListPeople are those who can sign in, by email.
func (h handlers) ListPeople(ctx context.Context, request wire.ListPeopleRequestObject) (wire.ListPeopleResponseObject, error) {
	q := request.Params
	found, next, err := h.People.FindPeople(ctx, actorOf(ctx), people.Filter{
		Search: given(q.Search), Role: people.Role(given(q.Role)), GroupID: given(q.Group), Status: people.Status(given(q.Status)),
		Page: pageOf(q.Cursor, q.Limit),
	})
	if err != nil {
		return nil, err
	}
	return wire.ListPeople200JSONResponse{Items: mapped(found, personOf), Next: next}, nil
}

// CreatePerson answers with a password to be told, this once.
func (h handlers) CreatePerson(ctx context.Context, request wire.CreatePersonRequestObject) (wire.CreatePersonResponseObject, error) {
	b := request.Body
	person, password, err := h.People.CreatePerson(ctx, actorOf(ctx), accounts.NewPerson{
		Email: b.Email, Name: given(b.Name), Role: people.Role(b.Role), Groups: given(b.Groups),
		NoPassword: b.Password != nil && !*b.Password,
	})
	if err != nil {
		return nil, inField("email", err)
	}
	return wire.CreatePerson201JSONResponse{Person: personOf(*person), Password: password}, nil
}

// GetPerson is one of them.
func (h handlers) GetPerson(ctx context.Context, request wire.GetPersonRequestObject) (wire.GetPersonResponseObject, error) {
	person, err := h.People.Person(ctx, actorOf(ctx), request.Person)
	if err != nil {
		return nil, err
	}
	return wire.GetPerson200JSONResponse(personOf(*person)), nil
}

// ChangePerson changes what is given.
func (h handlers) ChangePerson(ctx context.Context, request wire.ChangePersonRequestObject) (wire.ChangePersonResponseObject, error) {
	actor, b := actorOf(ctx), request.Body
	if b.Email != nil || b.Name != nil || b.Role != nil {
		change := people.Change{Email: b.Email, Name: b.Name, Role: (*people.Role)(b.Role)}
		if _, err := h.People.ChangePerson(ctx, actor, request.Person, change); err != nil {
			return nil, err
		}
	}
	if b.Disabled != nil {
		change := h.People.EnablePerson
		if *b.Disabled {
			change = h.People.DisablePerson
		}
		if err := change(ctx, actor, request.Person); err != nil {
			return nil, err
		}
	}
	person, err := h.People.Person(ctx, actor, request.Person)
	if err != nil {
		return nil, err
	}
	return wire.ChangePerson200JSONResponse(personOf(*person)), nil
}

// ResetPassword answers with the new password, this once.
func (h handlers) ResetPassword(ctx context.Context, request wire.ResetPasswordRequestObject) (wire.ResetPasswordResponseObject, error) {
	password, err := h.People.ResetPassword(ctx, actorOf(ctx), request.Person)
	if err != nil {
		return nil, err
	}
	return wire.ResetPassword201JSONResponse{Password: password}, nil
}

// EndSessions signs somebody out everywhere.
func (h handlers) EndSessions(ctx context.Context, request wire.EndSessionsRequestObject) (wire.EndSessionsResponseObject, error) {
	return wire.EndSessions204Response{}, h.People.EndSessionsOf(ctx, actorOf(ctx), request.Person)
}

const principals = 20 // that are offered to share with

// ListPrincipals are groups, then people, whose name or email has the text.
func (h handlers) ListPrincipals(ctx context.Context, request wire.ListPrincipalsRequestObject) (wire.ListPrincipalsResponseObject, error) {
	actor, search := actorOf(ctx), given(request.Params.Search)
	groups, err := h.People.AllGroups(ctx, actor)
	if err != nil {
		return nil, err
	}
	found, _, err := h.People.FindPeople(ctx, actor, people.Filter{Search: search, Status: people.Enabled, Page: people.Page{Limit: principals}})
	if err != nil {
		return nil, err
	}
	items := mapped(called(groups, search), func(g people.Group) wire.Principal {
		return wire.Principal{Kind: wire.PrincipalKindGroup, ID: g.ID, Name: g.Name}
	})
	for _, p := range found {
		items = append(items, wire.Principal{Kind: wire.PrincipalKindPerson, ID: p.ID, Name: p.Name, Detail: p.Email})
	}
	return wire.ListPrincipals200JSONResponse{Items: items[:min(len(items), principals)]}, nil
}
