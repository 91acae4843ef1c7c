package storage

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

const noPerson = "There is no such person."

// People keeps who may sign in. What changes somebody keeps its event in the same transaction.
type People struct{ db *DB }

// NewPeople keeps people in the database.
func NewPeople(db *DB) *People { return &People{db} }

// Person is the one of that id; a fault.NotFound when there is none.
func (s *People) Person(ctx context.Context, id string) (*people.Person, error) {
	if !isID(id) {
		return nil, fault.New(fault.NotFound, noPerson)
	}
	return s.one(ctx, "person", id)
}

// PersonByEmail compares without regard to case.
func (s *People) PersonByEmail(ctx context.Context, email string) (*people.Person, error) {
	return s.one(ctx, "person_by_email", email)
}

// PersonBySubject is who signed in by OIDC as that subject before.
func (s *People) PersonBySubject(ctx context.Context, subject string) (*people.Person, error) {
	return s.one(ctx, "person_by_subject", subject)
}

func (s *People) one(ctx context.Context, name, key string) (*people.Person, error) {
	rows, err := s.db.pool.Query(ctx, query(name), key)
	if err != nil {
		return nil, told(err)
	}
	person, err := pgx.CollectExactlyOneRow(rows, scanPerson)
	if err != nil {
		return nil, orNotFound(err, noPerson)
	}
	return &person, nil
}

func scanPerson(row pgx.CollectableRow) (p people.Person, err error) {
	err = row.Scan(personColumns(&p)...)
	return p, err
}

// personColumns are the places of known_people's columns.
func personColumns(p *people.Person) []any {
	return []any{&p.ID, &p.Email, &p.Name, &p.Role, &p.Groups, &p.Disabled, &p.Created, &p.Seen, &p.Password, &p.Temporary}
}

// People are in the order of their emails. next is the cursor of the next page, empty on the last.
func (s *People) People(ctx context.Context, filter people.Filter) (found []people.Person, next string, err error) {
	keys, err := cursorKeys(filter.Page, 2)
	if err != nil {
		return nil, "", err
	}
	if filter.GroupID != "" && !isID(filter.GroupID) || keys[1] != "" && !isID(keys[1]) {
		return nil, "", nil
	}
	size := pageSize(filter.Page)
	rows, err := s.db.pool.Query(ctx, query("people"), filter.Search, filter.Role, filter.GroupID, filter.Status, keys[0], keys[1], size+1)
	if err != nil {
		return nil, "", told(err)
	}
	found, err = pgx.CollectRows(rows, scanPerson)
	if len(found) > size {
		found = found[:size]
		last := found[size-1]
		next = cursorAt(strings.ToLower(last.Email), last.ID)
	}
	return found, next, told(err)
}

// Called are those of the people, by id or email, that there are. What is neither is passed over.
func (s *People) Called(ctx context.Context, ids, emails []string) ([]people.Called, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !isID(id) })
	lower := make([]string, len(emails))
	for i, email := range emails {
		lower[i] = strings.ToLower(email)
	}
	rows, err := s.db.pool.Query(ctx, query("people_called"), ids, lower)
	if err != nil {
		return nil, told(err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c people.Called, err error) {
		return c, row.Scan(&c.ID, &c.Email, &c.Name)
	})
	return found, told(err)
}

// Count is how many people there are, disabled ones too.
func (s *People) Count(ctx context.Context) (n int, err error) {
	err = s.db.pool.QueryRow(ctx, query("count_people")).Scan(&n)
	return n, told(err)
}

// Actor is the person with groups and the values their groups allow. Who is disabled is not found.
func (s *People) Actor(ctx context.Context, id string) (*people.Actor, error) {
	if !isID(id) {
		return nil, fault.New(fault.NotFound, noPerson)
	}
	actor := &people.Actor{}
	err := s.db.pool.QueryRow(ctx, query("actor"), id).Scan(actorColumns(actor)...)
	if err != nil {
		return nil, orNotFound(err, noPerson)
	}
	return actor, nil
}

func actorColumns(a *people.Actor) []any { return append(personColumns(&a.Person), &a.Allowed) }

// Credentials are what an email signs in with; a fault.NotFound when nobody has it.
func (s *People) Credentials(ctx context.Context, email string) (people.Credentials, error) {
	var c people.Credentials
	err := s.db.pool.QueryRow(ctx, query("credentials"), email).Scan(&c.PersonID, &c.Email, &c.PasswordHash, &c.Disabled)
	return c, orNotFound(err, noPerson)
}
