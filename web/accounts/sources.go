package accounts

import (
	"context"
	"slices"
	"strings"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
)

// SourceGrants say who may write SQL for the source, or for all with "".
func (s *Service) SourceGrants(ctx context.Context, actor *people.Actor, source string) ([]people.SourceGrant, error) {
	if err := administers(actor, "see who may use sources"); err != nil {
		return nil, err
	}
	return s.stores.Grants.SourceGrants(ctx, source)
}

// GrantSource lets analysts write SQL for a source: a person, a group's or all.
func (s *Service) GrantSource(ctx context.Context, actor *people.Actor, grant people.SourceGrant) (*people.SourceGrant, error) {
	if err := administers(actor, "grant sources"); err != nil {
		return nil, err
	}
	if !fieldName.MatchString(grant.Source) {
		return nil, fault.New(fault.Invalid, "%q is no name of a source.", shortened(grant.Source, 100))
	}
	if grant.PersonID != "" && grant.GroupID != "" {
		return nil, fault.New(fault.Invalid, "A grant is for a person or for a group, not for both.")
	}
	name, err := s.grantee(ctx, grant.PersonID, grant.GroupID)
	if err != nil {
		return nil, err
	}
	grant.CreatedBy = actor.Email
	return s.stores.Grants.PutSource(ctx, grant, actor.Did("source.granted", "source", grant.Source, grant.Source, map[string]any{"to": name}))
}

// RevokeSource takes a source grant back.
func (s *Service) RevokeSource(ctx context.Context, actor *people.Actor, id string) error {
	if err := administers(actor, "take source grants back"); err != nil {
		return err
	}
	grant, err := s.stores.Grants.SourceGrant(ctx, id)
	if err != nil {
		return err
	}
	name, err := s.grantee(ctx, grant.PersonID, grant.GroupID)
	if err != nil {
		return err
	}
	return s.stores.Grants.RemoveSource(ctx, id, actor.Did("source.revoked", "source", grant.Source, grant.Source, map[string]any{"to": name}))
}

// ConnectedSources are the databases connected in the product, without their DSN.
func (s *Service) ConnectedSources(ctx context.Context, actor *people.Actor) ([]people.Source, error) {
	if err := administers(actor, "see how sources are connected"); err != nil {
		return nil, err
	}
	return s.stores.Sources.Sources(ctx)
}

// drivers a source connected in the product may have.
var drivers = []string{"clickhouse", "postgres"}

// SaveSource connects a source (Version 0) or changes the version that is named; without a DSN it keeps the one it has.
func (s *Service) SaveSource(ctx context.Context, actor *people.Actor, source people.Source) error {
	if err := administers(actor, "connect sources"); err != nil {
		return err
	}
	if err := checkSource(source); err != nil {
		return err
	}
	action := "source.changed"
	if source.Version == 0 {
		action = "source.connected"
	}
	source.UpdatedBy = actor.Email
	event := actor.Did(action, "source", source.Name, source.Name, map[string]any{
		"driver": source.Driver, "database": source.Database, "limits": source.Limits, "dsn_changed": source.DSN != "",
	})
	return s.stores.Sources.Save(ctx, source, event)
}

func checkSource(source people.Source) error {
	l := source.Limits
	switch {
	case !fieldName.MatchString(source.Name) || len(source.Name) > 100:
		return fault.New(fault.Invalid, "%q is no name for a source: use small letters, digits and _.", shortened(source.Name, 100))
	case source.Name == "workbench":
		return fault.New(fault.Invalid, "The workbench is always the embedded engine; give the source another name.")
	case !slices.Contains(drivers, source.Driver):
		return fault.New(fault.Invalid, "There is no driver %q; there are %s.", shortened(source.Driver, 100), strings.Join(drivers, " and "))
	case source.Version == 0 && source.DSN == "":
		return fault.New(fault.Invalid, "The source needs an address, as in %s://user:password@host/database.", source.Driver)
	case source.Database != shortened(source.Database, 200):
		return fault.New(fault.Invalid, "The name of the database is too long, or not text.")
	case l.Time < 0 || l.Rows < 0 || l.Bytes < 0 || l.Memory < 0 || l.Runs < 0:
		return fault.New(fault.Invalid, "A limit must not be negative.")
	case l.Overflow != "" && l.Overflow != "fail" && l.Overflow != "cut":
		return fault.New(fault.Invalid, "What happens to too many rows is fail or cut.")
	}
	return nil
}

// RemoveSource disconnects a source. Reports that run on it fail from then on.
func (s *Service) RemoveSource(ctx context.Context, actor *people.Actor, name string) error {
	if err := administers(actor, "disconnect sources"); err != nil {
		return err
	}
	return s.stores.Sources.Remove(ctx, name, actor.Did("source.removed", "source", name, name, nil))
}
