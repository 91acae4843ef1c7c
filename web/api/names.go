package api

import (
	"context"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// named is a place in an answer for what a person is called. Records keep emails, which stay when the person goes; the id, where there is
// one, also leads to who has another email by now.
type named struct {
	id, email string
	name      *string
	mail      *string // for the email too, where only the id is known
}

// namesIn are the places in a list of answers.
func namesIn[T any](items []T, of func(*T) []named) []named {
	var all []named
	for i := range items {
		all = append(all, of(&items[i])...)
	}
	return all
}

// tellNames fills the places. Who is not known goes by the email, and so does everybody when the names cannot be had: what was asked for,
// or done, is worth an answer without them.
func (s *server) tellNames(ctx context.Context, places ...named) {
	var ids, emails []string
	for _, p := range places {
		if *p.name = p.email; p.id != "" {
			ids = append(ids, p.id)
		} else if p.email != "" {
			emails = append(emails, p.email)
		}
	}
	if len(ids)+len(emails) == 0 {
		return
	}
	found, err := s.Owners.Called(ctx, ids, emails)
	if err != nil {
		s.log.WarnContext(ctx, "the names of people cannot be had", "request", visitOf(ctx).id, "error", err)
		return
	}
	known := make(map[string]people.Called, 2*len(found))
	for _, c := range found {
		known[c.ID], known[strings.ToLower(c.Email)] = c, c
	}
	for _, p := range places {
		key := p.id
		if key == "" {
			key = strings.ToLower(p.email)
		}
		c, ok := known[key]
		if ok {
			*p.name = c.Name
		}
		if p.mail != nil {
			*p.mail = c.Email
		}
	}
}

func reportNames(r *wire.Report) []named {
	return []named{
		{id: r.OwnerID, name: &r.OwnerName, mail: &r.Owner}, {email: r.UpdatedBy, name: &r.UpdatedByName}, {email: r.DeletedBy, name: &r.DeletedByName},
	}
}

func revisionNames(r *wire.Revision) []named { return []named{{email: r.Author, name: &r.AuthorName}} }

func snippetNames(s *wire.Snippet) []named { return []named{{email: s.Author, name: &s.AuthorName}} }

func fileNames(f *wire.File) []named { return []named{{email: f.Author, name: &f.AuthorName}} }

func runNames(r *wire.Run) []named {
	return []named{{id: r.PersonID, email: r.Person, name: &r.PersonName}, {email: r.CancelledBy, name: &r.CancelledByName}}
}

func linkNames(l *wire.Link) []named { return []named{{email: l.Person, name: &l.PersonName}} }

func eventNames(e *wire.AuditEvent) []named {
	return []named{{id: e.PersonID, email: e.Person, name: &e.PersonName}}
}

// grantNames are of grants to people alone: groups have their own name.
func grantNames(g *wire.Grant) []named {
	if g.PersonID == "" {
		return nil
	}
	return []named{{id: g.PersonID, email: g.Name, name: &g.PersonName}}
}

func sourceGrantNames(g *wire.SourceGrant) []named {
	if g.PersonID == "" {
		return nil
	}
	return []named{{id: g.PersonID, email: g.Name, name: &g.PersonName}}
}
