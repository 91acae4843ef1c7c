package api

import (
	"context"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func groupOf(g people.Group) wire.Group {
	return wire.Group{ID: g.ID, Name: g.Name, Members: g.Members, Limits: limitsOf(g.Limits)}
}

func limitsOf(limits map[string][]string) wire.ValueLimits {
	result := wire.ValueLimits{}
	for field, values := range limits {
		result[field] = append([]string{}, values...)
	}
	return result
}

// called are the groups whose name has the text, in any case.
func called(groups []people.Group, text string) []people.Group {
	text = strings.ToLower(text)
	return slices.DeleteFunc(groups, func(g people.Group) bool { return !strings.Contains(strings.ToLower(g.Name), text) })
}

// ListGroups are all groups by name.
func (h handlers) ListGroups(ctx context.Context, _ wire.ListGroupsRequestObject) (wire.ListGroupsResponseObject, error) {
	groups, err := h.People.AllGroups(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return wire.ListGroups200JSONResponse{Items: mapped(groups, groupOf)}, nil
}

// CreateGroup makes a group with its limits, if any. One whose limits cannot be kept is not made.
func (h handlers) CreateGroup(ctx context.Context, request wire.CreateGroupRequestObject) (wire.CreateGroupResponseObject, error) {
	actor := actorOf(ctx)
	group, err := h.People.CreateGroup(ctx, actor, request.Body.Name)
	if err != nil {
		return nil, inField("name", err)
	}
	if limits := request.Body.Limits; limits != nil {
		if err := h.People.SetLimits(ctx, actor, group.ID, *limits); err != nil {
			if left := h.People.RemoveGroup(context.WithoutCancel(ctx), actor, group.ID); left != nil {
				return nil, left
			}
			return nil, inField("limits", err)
		}
		group.Limits = *limits
	}
	return wire.CreateGroup201JSONResponse(groupOf(*group)), nil
}

// GetGroup is one with its members.
func (h handlers) GetGroup(ctx context.Context, request wire.GetGroupRequestObject) (wire.GetGroupResponseObject, error) {
	group, members, err := h.People.Group(ctx, actorOf(ctx), request.Group)
	if err != nil {
		return nil, err
	}
	return wire.GetGroup200JSONResponse{Group: groupOf(*group), People: mapped(members, personOf)}, nil
}

// ChangeGroup changes what is given. Limits take the place of all that were there.
func (h handlers) ChangeGroup(ctx context.Context, request wire.ChangeGroupRequestObject) (wire.ChangeGroupResponseObject, error) {
	actor, b := actorOf(ctx), request.Body
	if b.Name != nil {
		if err := h.People.RenameGroup(ctx, actor, request.Group, *b.Name); err != nil {
			return nil, inField("name", err)
		}
	}
	if b.Limits != nil {
		if err := h.People.SetLimits(ctx, actor, request.Group, *b.Limits); err != nil {
			return nil, inField("limits", err)
		}
	}
	group, _, err := h.People.Group(ctx, actor, request.Group)
	if err != nil {
		return nil, err
	}
	return wire.ChangeGroup200JSONResponse(groupOf(*group)), nil
}

// DeleteGroup takes its grants along.
func (h handlers) DeleteGroup(ctx context.Context, request wire.DeleteGroupRequestObject) (wire.DeleteGroupResponseObject, error) {
	return wire.DeleteGroup204Response{}, h.People.RemoveGroup(ctx, actorOf(ctx), request.Group)
}

// AddMember may be called twice.
func (h handlers) AddMember(ctx context.Context, request wire.AddMemberRequestObject) (wire.AddMemberResponseObject, error) {
	return wire.AddMember204Response{}, h.People.AddMember(ctx, actorOf(ctx), request.Group, request.Person)
}

// RemoveMember may be called twice.
func (h handlers) RemoveMember(ctx context.Context, request wire.RemoveMemberRequestObject) (wire.RemoveMemberResponseObject, error) {
	return wire.RemoveMember204Response{}, h.People.RemoveMember(ctx, actorOf(ctx), request.Group, request.Person)
}
