package api

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// ListAudit searches the audit log.
func (h handlers) ListAudit(ctx context.Context, request wire.ListAuditRequestObject) (wire.ListAuditResponseObject, error) {
	q := request.Params
	filter := people.EventFilter{
		Action: given(q.Action), ObjectKind: given(q.Kind), ObjectID: given(q.Object), Since: given(q.Since), Until: given(q.Until),
		Text: given(q.Search), Page: pageOf(q.Cursor, q.Limit),
	}
	if person := given(q.Person); uuid.Validate(person) == nil {
		filter.PersonID = person
	} else {
		filter.Person = person
	}
	events, next, err := h.Accounts.Events(ctx, actorOf(ctx), filter)
	if err != nil {
		return nil, err
	}
	items := mapped(events, eventOf)
	h.tellNames(ctx, namesIn(items, eventNames)...)
	return wire.ListAudit200JSONResponse{Items: items, Next: next}, nil
}

func eventOf(e people.Event) wire.AuditEvent {
	details := e.Details
	if details == nil {
		details = map[string]any{}
	}
	return wire.AuditEvent{
		ID: strconv.FormatInt(e.ID, 10), At: e.At, PersonID: e.PersonID, Person: e.Person, Via: string(e.Via), Address: e.Address,
		Action: e.Action, ObjectKind: e.ObjectKind, ObjectID: e.ObjectID, ObjectName: e.ObjectName, Details: details,
	}
}

const usualPage = 50

func pageOf(cursor *string, limit *int) people.Page {
	page := people.Page{Cursor: given(cursor), Limit: usualPage}
	if limit != nil {
		page.Limit = *limit
	}
	return page
}
