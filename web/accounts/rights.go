package accounts

import (
	"context"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// Level is how much of the report the actor may.
func (s *Service) Level(ctx context.Context, actor *people.Actor, reportID string) (people.Level, error) {
	if actor.ID == "" && actor.IsAdministrator() {
		return people.Edit, nil
	}
	return s.stores.Grants.Level(ctx, actor.ID, reportID)
}

// FolderLevel is how much the actor may of all that is in the folder.
func (s *Service) FolderLevel(ctx context.Context, actor *people.Actor, folder string) (people.Level, error) {
	if actor.ID == "" && actor.IsAdministrator() {
		return people.Edit, nil
	}
	return s.stores.Grants.FolderLevel(ctx, actor.ID, folder)
}

// MaySource tells whether the actor may write SQL for the source.
func (s *Service) MaySource(ctx context.Context, actor *people.Actor, source string) (bool, error) {
	if actor.ID == "" && actor.IsAdministrator() {
		return true, nil
	}
	return s.stores.Grants.MaySource(ctx, actor.ID, source)
}

// GrantsOnReport are the grants that open a report, also through its folders, for those who may share it.
func (s *Service) GrantsOnReport(ctx context.Context, actor *people.Actor, reportID string) ([]people.Grant, error) {
	if err := s.mayShare(ctx, actor, people.Grant{ReportID: reportID}); err != nil {
		return nil, err
	}
	return s.stores.Grants.OnReport(ctx, reportID)
}

// GrantsOnFolder are the grants that open all of a folder, also through those above, for those who may share it.
func (s *Service) GrantsOnFolder(ctx context.Context, actor *people.Actor, folder string) ([]people.Grant, error) {
	if err := s.mayShare(ctx, actor, people.Grant{Folder: folder}); err != nil {
		return nil, err
	}
	return s.stores.Grants.OnFolder(ctx, folder)
}

// GrantsOf are the grants that reach a person, for administrators and the person.
func (s *Service) GrantsOf(ctx context.Context, actor *people.Actor, personID string) ([]people.Grant, error) {
	if actor.ID != personID {
		if err := administers(actor, "see what was granted to others"); err != nil {
			return nil, err
		}
	}
	return s.stores.Grants.OfPerson(ctx, personID)
}

// Grant shares a report (ReportID) or a folder (Folder) with a person, a group or everyone. What they had there is replaced.
func (s *Service) Grant(ctx context.Context, actor *people.Actor, grant people.Grant) (*people.Grant, error) {
	switch {
	case grant.Level < people.Run || grant.Level > people.Edit:
		return nil, fault.New(fault.Invalid, "A grant is for run, view_sql or edit.")
	case grant.PersonID != "" && grant.GroupID != "":
		return nil, fault.New(fault.Invalid, "A grant is for a person or for a group, not for both.")
	case grant.ReportID != "" && grant.Folder != "":
		return nil, fault.New(fault.Invalid, "A grant is on a report or on a folder, not on both.")
	case !isFolder(grant.Folder):
		return nil, fault.New(fault.Invalid, "%q is no folder; one is written as sales/partners.", shortened(grant.Folder, 100))
	}
	if err := s.mayShare(ctx, actor, grant); err != nil {
		return nil, err
	}
	name, err := s.grantee(ctx, grant.PersonID, grant.GroupID)
	if err != nil {
		return nil, err
	}
	grant.CreatedBy = actor.Email
	return s.stores.Grants.Put(ctx, grant, grantEvent(actor, "grant.given", grant, name))
}

// Revoke takes a grant back.
func (s *Service) Revoke(ctx context.Context, actor *people.Actor, id string) error {
	grant, err := s.stores.Grants.Grant(ctx, id)
	if err != nil {
		return err
	}
	if err := s.mayShare(ctx, actor, *grant); err != nil {
		return err
	}
	name, err := s.grantee(ctx, grant.PersonID, grant.GroupID)
	if err != nil {
		return err
	}
	return s.stores.Grants.Remove(ctx, id, grantEvent(actor, "grant.revoked", *grant, name))
}

// mayShare refuses those who may not edit what the grant is on. Who may not even run a report does not learn that there is one.
func (s *Service) mayShare(ctx context.Context, actor *people.Actor, on people.Grant) error {
	var level people.Level
	var err error
	what := "the report"
	if on.ReportID != "" {
		level, err = s.Level(ctx, actor, on.ReportID)
	} else {
		level, err = s.FolderLevel(ctx, actor, on.Folder)
		what = "everything in the folder"
	}
	switch {
	case err != nil:
		return err
	case level == people.None && on.ReportID != "":
		return fault.New(fault.NotFound, "There is no such report.")
	case level < people.Edit || !actor.Writes():
		return fault.New(fault.Forbidden, "Only those who may edit %s may share it.", what)
	case !actor.Has(people.ScopeWrite):
		return fault.New(fault.Forbidden, "The token needs the scope write to share reports.")
	}
	return nil
}

// grantee is who gets it, in words.
func (s *Service) grantee(ctx context.Context, personID, groupID string) (string, error) {
	switch {
	case personID != "":
		person, err := s.stores.People.Person(ctx, personID)
		if err != nil {
			return "", err
		}
		return person.Email, nil
	case groupID != "":
		group, err := s.stores.Groups.Group(ctx, groupID)
		if err != nil {
			return "", err
		}
		return "group " + group.Name, nil
	}
	return "everyone", nil
}

func grantEvent(actor *people.Actor, action string, grant people.Grant, to string) people.Event {
	kind, id, name := "report", grant.ReportID, grant.Title
	if id == "" {
		kind, id, name = "folder", "/"+grant.Folder, "/"+grant.Folder
	}
	return actor.Did(action, kind, id, name, map[string]any{"to": to, "level": grant.Level.String()})
}

func isFolder(path string) bool {
	return path == shortened(path, 500) && !strings.HasPrefix(path, "/") && !strings.HasSuffix(path, "/") && !strings.Contains(path, "//")
}
