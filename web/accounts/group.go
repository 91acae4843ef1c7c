package accounts

import (
	"context"
	"regexp"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// AllGroups are all groups, for those who may share reports with them.
func (s *Service) AllGroups(ctx context.Context, actor *people.Actor) ([]people.Group, error) {
	if !actor.Writes() {
		return nil, fault.New(fault.Forbidden, "Only administrators and analysts may see the groups.")
	}
	return s.stores.Groups.Groups(ctx)
}

// Group is one with its members.
func (s *Service) Group(ctx context.Context, actor *people.Actor, id string) (*people.Group, []people.Person, error) {
	if !actor.Writes() {
		return nil, nil, fault.New(fault.Forbidden, "Only administrators and analysts may see the groups.")
	}
	group, err := s.stores.Groups.Group(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	members, err := s.stores.Groups.Members(ctx, id)
	return group, members, err
}

// CreateGroup makes a group without members.
func (s *Service) CreateGroup(ctx context.Context, actor *people.Actor, name string) (*people.Group, error) {
	if err := administers(actor, "make groups"); err != nil {
		return nil, err
	}
	name, err := groupName(name)
	if err != nil {
		return nil, err
	}
	return s.stores.Groups.CreateGroup(ctx, name, actor.Did("group.created", "group", "", name, nil))
}

func groupName(name string) (string, error) {
	name = strings.TrimSpace(shortened(name, 200))
	if name == "" {
		return "", fault.New(fault.Invalid, "The group needs a name.")
	}
	return name, nil
}

// RenameGroup gives a group another name.
func (s *Service) RenameGroup(ctx context.Context, actor *people.Actor, id, name string) error {
	if err := administers(actor, "change groups"); err != nil {
		return err
	}
	name, err := groupName(name)
	if err != nil {
		return err
	}
	return s.changeGroup(ctx, actor, id, "group.renamed", map[string]any{"to": name}, func(event people.Event) error {
		return s.stores.Groups.RenameGroup(ctx, id, name, event)
	})
}

// RemoveGroup removes a group with what was granted to it.
func (s *Service) RemoveGroup(ctx context.Context, actor *people.Actor, id string) error {
	return s.changeGroup(ctx, actor, id, "group.removed", nil, func(event people.Event) error {
		return s.stores.Groups.RemoveGroup(ctx, id, event)
	})
}

// AddMember puts a person into a group.
func (s *Service) AddMember(ctx context.Context, actor *people.Actor, id, personID string) error {
	return s.changeMember(ctx, actor, id, personID, "group.member_added", s.stores.Groups.AddMember)
}

// RemoveMember takes a person out of a group.
func (s *Service) RemoveMember(ctx context.Context, actor *people.Actor, id, personID string) error {
	return s.changeMember(ctx, actor, id, personID, "group.member_removed", s.stores.Groups.RemoveMember)
}

func (s *Service) changeMember(ctx context.Context, actor *people.Actor, id, personID, action string,
	do func(ctx context.Context, id, personID string, event people.Event) error) error {
	if err := administers(actor, "change groups"); err != nil {
		return err
	}
	person, err := s.stores.People.Person(ctx, personID)
	if err != nil {
		return err
	}
	return s.changeGroup(ctx, actor, id, action, map[string]any{"person": person.Email}, func(event people.Event) error {
		return do(ctx, id, personID, event)
	})
}

var fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// SetLimits says which values of which fields the group may choose, in the place of what was said before. A field with no value at
// all may not be chosen from; a field that is not named is not limited.
func (s *Service) SetLimits(ctx context.Context, actor *people.Actor, id string, limits map[string][]string) error {
	if err := administers(actor, "change groups"); err != nil {
		return err
	}
	if err := checkLimits(limits); err != nil {
		return err
	}
	return s.changeGroup(ctx, actor, id, "group.limits_set", map[string]any{"limits": limits}, func(event people.Event) error {
		return s.stores.Groups.SetLimits(ctx, id, limits, event)
	})
}

func checkLimits(limits map[string][]string) error {
	for field, values := range limits {
		if !fieldName.MatchString(field) {
			return fault.New(fault.Invalid, "%q is no name of a field: those are small letters, digits and _.", shortened(field, 100))
		}
		for _, value := range values {
			if value != shortened(value, 1000) {
				return fault.New(fault.Invalid, "A value of %s is too long, or not text.", field)
			}
		}
	}
	return nil
}

func (s *Service) changeGroup(ctx context.Context, actor *people.Actor, id, action string, details map[string]any, do func(people.Event) error) error {
	if err := administers(actor, "change groups"); err != nil {
		return err
	}
	group, err := s.stores.Groups.Group(ctx, id)
	if err != nil {
		return err
	}
	return do(actor.Did(action, "group", id, group.Name, details))
}
