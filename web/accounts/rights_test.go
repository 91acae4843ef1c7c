package accounts_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/storage"
)

// report makes a report in the folder and returns its id.
func (h *house) report(t *testing.T, folder string, owner *people.Actor) string {
	t.Helper()
	id := uuid.NewString()
	_, err := storage.NewCatalog(h.db).Create(t.Context(), catalog.NewReport{ID: id, Slug: "r", Folder: folder, OwnerID: owner.ID,
		Draft: catalog.Draft{Title: "T", Document: []byte("T"), Author: owner.Email}}, owner.Did("report.created", "report", id, "T", nil))
	succeeds(t, err)
	return id
}

func TestWhoMayShareWhat(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	owner, editor := h.add(t, "owner@example.com", people.Analyst), h.add(t, "editor@example.com", people.Analyst)
	reader, member := h.add(t, "reader@example.com", people.Analyst), h.add(t, "member@example.com", people.Member)
	stranger := h.add(t, "stranger@example.com", people.Analyst)
	report := h.report(t, "sales", owner)
	h.report(t, "costs", owner)
	for _, grant := range []people.Grant{
		{PersonID: editor.ID, Folder: "sales", Level: people.Edit},
		{PersonID: reader.ID, ReportID: report, Level: people.ViewSQL},
		{PersonID: member.ID, Folder: "sales", Level: people.Edit},
	} {
		_, err := h.Grant(t.Context(), h.admin, grant)
		succeeds(t, err)
	}
	token := *owner
	token.Via, token.Scopes = people.ByToken, read
	for _, c := range []struct {
		name         string
		actor        *people.Actor
		report, fold fault.Code // of sharing the report and its folder
	}{
		{"administrator", h.admin, "", ""},
		{"command line", people.Command(), "", ""},
		{"editor of the folder", editor, "", ""},
		{"owner of the report", owner, "", fault.Forbidden},
		{"owner by a token to read", &token, fault.Forbidden, fault.Forbidden},
		{"reader", reader, fault.Forbidden, fault.Forbidden},
		{"member with a grant to edit", member, fault.Forbidden, fault.Forbidden},
		{"stranger", stranger, fault.NotFound, fault.Forbidden},
	} {
		for what, on := range map[string]struct {
			grant people.Grant
			want  fault.Code
		}{
			"report":  {people.Grant{ReportID: report, PersonID: stranger.ID, Level: people.Run}, c.report},
			"folder":  {people.Grant{Folder: "sales", PersonID: stranger.ID, Level: people.Run}, c.fold},
			"another": {people.Grant{Folder: "costs", PersonID: stranger.ID, Level: people.Run}, map[bool]fault.Code{true: "", false: fault.Forbidden}[c.actor.IsAdministrator()]},
		} {
			given, err := h.Grant(t.Context(), c.actor, on.grant)
			if code := codeOf(err); code != on.want {
				t.Errorf("%s shares the %s: %q instead of %q: %v", c.name, what, code, on.want, err)
			}
			list := func() (err error) {
				if on.grant.ReportID != "" {
					_, err = h.GrantsOnReport(t.Context(), c.actor, report)
				} else {
					_, err = h.GrantsOnFolder(t.Context(), c.actor, on.grant.Folder)
				}
				return err
			}
			if code := codeOf(list()); code != on.want {
				t.Errorf("%s lists the grants of the %s: %q instead of %q", c.name, what, code, on.want)
			}
			if given == nil {
				continue
			}
			succeeds(t, h.Revoke(t.Context(), c.actor, given.ID))
		}
	}
	fails(t, h.Revoke(t.Context(), h.admin, nowhere), fault.NotFound, "no such grant")
	events := h.events(t, people.EventFilter{Action: "grant.", ObjectID: report})
	if len(events) < 2 || events[0].Details["to"] != "stranger@example.com" || events[0].Details["level"] != "run" || events[0].ObjectName != "T" || events[1].ObjectName != "T" {
		t.Errorf("%+v", events)
	}
}

func codeOf(err error) fault.Code {
	if err == nil {
		return ""
	}
	return fault.CodeOf(err)
}

func TestGrantsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ann := h.add(t, "ann@example.com", people.Member)
	report := h.report(t, "", h.admin)
	group, err := h.CreateGroup(t.Context(), h.admin, "g")
	succeeds(t, err)
	for name, c := range map[string]struct {
		grant people.Grant
		code  fault.Code
		words string
	}{
		"no level":          {people.Grant{ReportID: report}, fault.Invalid, "run, view_sql or edit"},
		"person and group":  {people.Grant{ReportID: report, PersonID: ann.ID, GroupID: group.ID, Level: people.Run}, fault.Invalid, "not for both"},
		"report and folder": {people.Grant{ReportID: report, Folder: "f", Level: people.Run}, fault.Invalid, "not on both"},
		"odd folder":        {people.Grant{Folder: "/f/", Level: people.Run}, fault.Invalid, "no folder"},
		"no such folder":    {people.Grant{Folder: "f", Level: people.Run}, fault.NotFound, "no folder f"},
		"no such report":    {people.Grant{ReportID: nowhere, Level: people.Run}, fault.NotFound, "no such report"},
		"no such person":    {people.Grant{ReportID: report, PersonID: nowhere, Level: people.Run}, fault.NotFound, "no such person"},
		"no such group":     {people.Grant{ReportID: report, GroupID: "g", Level: people.Run}, fault.NotFound, "no such group"},
	} {
		_, err := h.Grant(t.Context(), h.admin, c.grant)
		if err == nil {
			t.Errorf("%s: given", name)
		}
		fails(t, err, c.code, c.words)
	}
}

func TestGroupsOpenAndLimit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ann := h.add(t, "ann@example.com", people.Member)
	report := h.report(t, "sales", h.admin)
	group, err := h.CreateGroup(t.Context(), h.admin, "managers")
	succeeds(t, err)
	succeeds(t, h.AddMember(t.Context(), h.admin, group.ID, ann.ID))
	succeeds(t, h.SetLimits(t.Context(), h.admin, group.ID, map[string][]string{"partner": {"12", "15"}}))
	fails(t, h.SetLimits(t.Context(), h.admin, group.ID, map[string][]string{"Partner!": nil}), fault.Invalid, "no name of a field")
	_, err = h.Grant(t.Context(), h.admin, people.Grant{GroupID: group.ID, Folder: "sales", Level: people.ViewSQL})
	succeeds(t, err)
	_, actor := h.signIn(t, "ann@example.com", somePassword)
	if level, err := h.Level(t.Context(), actor, report); err != nil || level != people.ViewSQL {
		t.Errorf("%s, %v", level, err)
	}
	if got := actor.Allowed["partner"]; len(got) != 2 || got[0] != "12" || got[1] != "15" {
		t.Errorf("%v", actor.Allowed)
	}
	if grants, err := h.GrantsOf(t.Context(), actor, ann.ID); err != nil || len(grants) != 1 || grants[0].Name != "managers" {
		t.Errorf("%v, %v", grants, err)
	}
	if found, members, err := h.Group(t.Context(), h.admin, group.ID); err != nil || found.Members != 1 || members[0].ID != ann.ID {
		t.Errorf("%v, %v, %v", found, members, err)
	}
	succeeds(t, h.RemoveMember(t.Context(), h.admin, group.ID, ann.ID))
	if level, err := h.Level(t.Context(), actor, report); err != nil || level != people.None {
		t.Errorf("%s, %v", level, err)
	}
}

func TestSourcesInTheProduct(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ann := h.add(t, "ann@example.com", people.Analyst)
	source := people.Source{Name: "shop", Driver: "postgres", DSN: "postgres://u:p@h/d"}
	for words, wrong := range map[string]people.Source{
		"no name":        {Name: "Shop", Driver: "postgres", DSN: "x"},
		"workbench":      {Name: "workbench", Driver: "postgres", DSN: "x"},
		"no driver":      {Name: "shop", Driver: "oracle", DSN: "x"},
		"needs an":       {Name: "shop", Driver: "postgres"},
		"negative":       {Name: "shop", Driver: "postgres", DSN: "x", Limits: people.SourceLimits{Rows: -1}},
		"fail or cut":    {Name: "shop", Driver: "postgres", DSN: "x", Limits: people.SourceLimits{Overflow: "x"}},
		"in the meantim": {Name: "shop", Driver: "postgres", DSN: "x", Version: 3},
	} {
		if err := h.SaveSource(t.Context(), h.admin, wrong); !fault.IsInvalid(err) {
			t.Errorf("%s: %v", words, err)
		} else {
			fails(t, err, fault.CodeOf(err), words)
		}
	}
	succeeds(t, h.SaveSource(t.Context(), h.admin, source))
	may := func(want bool) {
		t.Helper()
		if got, err := h.MaySource(t.Context(), ann, "shop"); err != nil || got != want {
			t.Errorf("%v, %v", got, err)
		}
	}
	may(false)
	given, err := h.GrantSource(t.Context(), h.admin, people.SourceGrant{Source: "shop", PersonID: ann.ID})
	succeeds(t, err)
	may(true)
	if listed, err := h.SourceGrants(t.Context(), h.admin, "shop"); err != nil || len(listed) != 1 || listed[0].CreatedBy != adminEmail {
		t.Errorf("%v, %v", listed, err)
	}
	succeeds(t, h.RevokeSource(t.Context(), h.admin, given.ID))
	may(false)
	if ok, err := h.MaySource(t.Context(), people.System(), "shop"); err != nil || !ok {
		t.Errorf("%v, %v", ok, err)
	}
	succeeds(t, h.RemoveSource(t.Context(), h.admin, "shop"))
	if left, err := h.ConnectedSources(t.Context(), h.admin); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}
