package accounts

import (
	"context"
	"net/mail"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// NewPerson is who is to be made. Groups are ids.
type NewPerson struct {
	Email, Name string
	Role        people.Role
	Groups      []string
	// Password is made up when empty, and is then to be changed at the first sign-in.
	Password string
	// NoPassword is for those who sign in by OIDC alone.
	NoPassword bool
}

// FindPeople lists people for those who may share reports with them.
func (s *Service) FindPeople(ctx context.Context, actor *people.Actor, filter people.Filter) (found []people.Person, next string, err error) {
	if !actor.Writes() {
		return nil, "", fault.New(fault.Forbidden, "Only administrators and analysts may see who uses Vitrina.")
	}
	return s.stores.People.People(ctx, filter)
}

// Person is one, for administrators, analysts and the person.
func (s *Service) Person(ctx context.Context, actor *people.Actor, id string) (*people.Person, error) {
	if !actor.Writes() && actor.ID != id {
		return nil, fault.New(fault.NotFound, "There is no such person.")
	}
	return s.stores.People.Person(ctx, id)
}

// PersonByEmail is Person for those who know the email.
func (s *Service) PersonByEmail(ctx context.Context, actor *people.Actor, email string) (*people.Person, error) {
	if !actor.Writes() {
		return nil, fault.New(fault.NotFound, "There is no such person.")
	}
	person, err := s.stores.People.PersonByEmail(ctx, normalEmail(email))
	if fault.CodeOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "Nobody has the email %s.", normalEmail(email))
	}
	return person, err
}

// CreatePerson makes somebody. password is the one that was made up, to be told once; empty when there was one or is to be none.
func (s *Service) CreatePerson(ctx context.Context, actor *people.Actor, wanted NewPerson) (person *people.Person, password string, err error) {
	if err := administers(actor, "add people"); err != nil {
		return nil, "", err
	}
	made, password, err := s.prepare(ctx, wanted)
	if err != nil {
		return nil, "", err
	}
	event := actor.Did("person.created", "person", "", made.Email, map[string]any{"role": made.Role, "name": made.Name, "groups": made.Groups})
	if person, err = s.stores.People.Create(ctx, made, event); err != nil {
		return nil, "", err
	}
	return person, password, nil
}

func (s *Service) prepare(ctx context.Context, wanted NewPerson) (made people.New, password string, err error) {
	made = people.New{Email: normalEmail(wanted.Email), Name: personName(wanted.Name), Role: wanted.Role, Groups: wanted.Groups}
	if err := checkEmail(made.Email); err != nil {
		return made, "", err
	}
	if err := checkRole(made.Role); err != nil {
		return made, "", err
	}
	if wanted.NoPassword {
		return made, "", nil
	}
	chosen := wanted.Password
	if chosen == "" {
		password = newPassword()
		chosen, made.Temporary = password, true
	}
	if err := checkPassword(chosen, made.Email); err != nil {
		return made, "", err
	}
	made.PasswordHash, err = s.hasher.hash(ctx, chosen)
	return made, password, err
}

// Bootstrap makes the first administrator if there is nobody yet. password is to be told once.
func (s *Service) Bootstrap(ctx context.Context, email string) (password string, created bool, err error) {
	if found, _, err := s.stores.People.People(ctx, people.Filter{Page: people.Page{Limit: 1}}); err != nil || len(found) > 0 {
		return "", false, err
	}
	password = newPassword()
	made, _, err := s.prepare(ctx, NewPerson{Email: email, Role: people.Administrator, Password: password})
	if err != nil {
		return "", false, err
	}
	event := people.System().Did("person.created", "person", "", made.Email, map[string]any{"role": made.Role, "first": true})
	created, err = s.stores.People.CreateFirst(ctx, made, event)
	if err != nil || !created {
		return "", false, err
	}
	return password, true, nil
}

// ChangePerson changes email, name and role, for administrators; everybody may change their own name.
func (s *Service) ChangePerson(ctx context.Context, actor *people.Actor, id string, change people.Change) (*people.Person, error) {
	own := actor.ID == id && change.Email == nil && change.Role == nil && actor.Has(people.ScopeWrite)
	if !own {
		if err := administers(actor, "change people"); err != nil {
			return nil, err
		}
	}
	person, err := s.stores.People.Person(ctx, id)
	if err != nil {
		return nil, err
	}
	details, err := describe(person, &change)
	if err != nil {
		return nil, err
	}
	if len(details) == 0 {
		return person, nil
	}
	if err := s.stores.People.Change(ctx, id, change, actor.Did("person.changed", "person", id, person.Email, details)); err != nil {
		return nil, err
	}
	return s.stores.People.Person(ctx, id)
}

// describe checks a change, puts it as it will be kept, and says what was before.
func describe(person *people.Person, change *people.Change) (details map[string]any, err error) {
	details = map[string]any{}
	differs := func(what string, from, to any) {
		if from != to {
			details[what] = map[string]any{"from": from, "to": to}
		}
	}
	if change.Email != nil {
		email := normalEmail(*change.Email)
		change.Email = &email
		differs("email", person.Email, email)
		err = checkEmail(email)
	}
	if change.Name != nil {
		name := personName(*change.Name)
		change.Name = &name
		differs("name", person.Name, name)
	}
	if change.Role != nil && err == nil {
		differs("role", person.Role, *change.Role)
		err = checkRole(*change.Role)
	}
	return details, err
}

// DisablePerson keeps somebody out at once: sessions end and tokens are revoked.
func (s *Service) DisablePerson(ctx context.Context, actor *people.Actor, id string) error {
	return s.decide(ctx, actor, id, "disable people", "person.disabled", s.stores.People.Disable)
}

// EnablePerson lets somebody sign in again. Their tokens stay revoked.
func (s *Service) EnablePerson(ctx context.Context, actor *people.Actor, id string) error {
	return s.decide(ctx, actor, id, "enable people", "person.enabled", s.stores.People.Enable)
}

// RemovePerson forgets somebody. What they did stays on record.
func (s *Service) RemovePerson(ctx context.Context, actor *people.Actor, id string) error {
	return s.decide(ctx, actor, id, "remove people", "person.removed", s.stores.People.Remove)
}

// EndSessionsOf signs somebody out everywhere.
func (s *Service) EndSessionsOf(ctx context.Context, actor *people.Actor, id string) error {
	return s.decide(ctx, actor, id, "end the sessions of others", "session.ended", func(ctx context.Context, id string, event people.Event) error {
		return s.stores.Sessions.EndAll(ctx, id, "", event)
	})
}

func (s *Service) decide(ctx context.Context, actor *people.Actor, id, what, action string, do func(context.Context, string, people.Event) error) error {
	if err := administers(actor, what); err != nil {
		return err
	}
	person, err := s.stores.People.Person(ctx, id)
	if err != nil {
		return err
	}
	return do(ctx, id, actor.Did(action, "person", id, person.Email, nil))
}

func checkEmail(email string) error {
	address, err := mail.ParseAddress(email)
	if err != nil || address.Address != email || len(email) > 254 {
		return fault.New(fault.Invalid, "%q is no email address; one looks like name@example.com.", shortened(email, 100))
	}
	return nil
}

func checkRole(role people.Role) error {
	if slices.Contains(people.Roles, role) {
		return nil
	}
	return fault.New(fault.Invalid, "There is no role %q; there are administrator, analyst and member.", string(role))
}

func personName(name string) string { return strings.TrimSpace(shortened(name, 200)) }
