package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/internal/words"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func sourceOf(s Source) wire.Source {
	source := wire.Source{
		Name: s.Name, Driver: s.Driver, Database: s.Database, Configured: s.Configured, Version: s.Version, UpdatedBy: s.UpdatedBy,
		Limits: wire.SourceLimits{
			Time: new(int64(s.Limits.Time / time.Second)), Rows: &s.Limits.Rows, Bytes: &s.Limits.Bytes, Memory: &s.Limits.Memory,
			Runs: &s.Limits.Runs, Overflow: new(wire.SourceLimitsOverflow(cmp.Or(s.Limits.Overflow, "fail"))),
		},
	}
	if !s.Updated.IsZero() {
		source.Updated = &s.Updated
	}
	return source
}

func sourceLimitsOf(l *wire.SourceLimits) people.SourceLimits {
	if l == nil {
		return people.SourceLimits{}
	}
	return people.SourceLimits{
		Time: time.Duration(given(l.Time)) * time.Second, Rows: given(l.Rows), Bytes: given(l.Bytes), Memory: given(l.Memory),
		Runs: given(l.Runs), Overflow: string(given(l.Overflow)),
	}
}

// source is the one of that name.
func (s *server) source(ctx context.Context, name string) (Source, error) {
	all, err := s.Sources.AllSources(ctx)
	if err != nil {
		return Source{}, err
	}
	for _, source := range all {
		if source.Name == name {
			return source, nil
		}
	}
	return Source{}, fault.New(fault.NotFound, "There is no source of that name.")
}

// connected is a source that may be changed here.
func (s *server) connected(ctx context.Context, name string) (Source, error) {
	source, err := s.source(ctx, name)
	if err == nil && source.Configured {
		err = fault.New(fault.Forbidden, "The source %s is not connected here: it stands in the configuration file or is the embedded engine's.", name)
	}
	return source, err
}

// ListSources are those the person may write SQL for.
func (h handlers) ListSources(ctx context.Context, _ wire.ListSourcesRequestObject) (wire.ListSourcesResponseObject, error) {
	all, err := h.Sources.AllSources(ctx)
	if err != nil {
		return nil, err
	}
	actor, mine := actorOf(ctx), []Source{}
	for _, source := range all {
		may := actor.IsAdministrator()
		if !may {
			if may, err = h.Grants.MaySource(ctx, actor, source.Name); err != nil {
				return nil, err
			}
		}
		if may {
			mine = append(mine, source)
		}
	}
	return wire.ListSources200JSONResponse{Items: mapped(mine, sourceOf)}, nil
}

// CreateSource connects a database under a name that is free.
func (h handlers) CreateSource(ctx context.Context, request wire.CreateSourceRequestObject) (wire.CreateSourceResponseObject, error) {
	b := request.Body
	if source, err := h.source(ctx, b.Name); err == nil && source.Configured {
		return nil, fault.New(fault.Conflict, "There is a source %s already, in the configuration file or the embedded engine: choose another name.", b.Name)
	}
	source, err := h.save(ctx, people.Source{
		Name: b.Name, Driver: string(b.Driver), DSN: given(b.DSN), Database: given(b.Database), Limits: sourceLimitsOf(b.Limits),
	})
	if err != nil {
		return nil, err
	}
	return wire.CreateSource201JSONResponse(sourceOf(source)), nil
}

// ChangeSource puts other settings in the place of those that are there; the address stays when none is given.
func (h handlers) ChangeSource(ctx context.Context, request wire.ChangeSourceRequestObject) (wire.ChangeSourceResponseObject, error) {
	before, err := h.connected(ctx, request.Source)
	if err != nil {
		return nil, err
	}
	b := request.Body
	source, err := h.save(ctx, people.Source{
		Name: before.Name, Version: cmp.Or(given(b.Version), before.Version),
		Driver: string(b.Driver), DSN: given(b.DSN), Database: given(b.Database), Limits: sourceLimitsOf(b.Limits),
	})
	if err != nil {
		return nil, err
	}
	return wire.ChangeSource200JSONResponse(sourceOf(source)), nil
}

// save keeps the source and tells it as it is then.
func (h handlers) save(ctx context.Context, source people.Source) (Source, error) {
	if err := h.Sources.SaveSource(ctx, actorOf(ctx), source); err != nil {
		return Source{}, err
	}
	source.Version, source.Updated, source.UpdatedBy = source.Version+1, h.Now(), actorOf(ctx).Email
	return Source{Source: source}, nil
}

// DeleteSource disconnects it.
func (h handlers) DeleteSource(ctx context.Context, request wire.DeleteSourceRequestObject) (wire.DeleteSourceResponseObject, error) {
	if _, err := h.connected(ctx, request.Source); err != nil {
		return nil, err
	}
	return wire.DeleteSource204Response{}, h.Sources.RemoveSource(ctx, actorOf(ctx), request.Source)
}

// TestSource says whether it answers. One that does not is no failure of the request.
func (h handlers) TestSource(ctx context.Context, request wire.TestSourceRequestObject) (wire.TestSourceResponseObject, error) {
	if _, err := h.source(ctx, request.Source); err != nil {
		return nil, err
	}
	result, err := h.tested(ctx, people.Source{Name: request.Source}, func() (source.Found, error) { return h.Sources.TestSource(ctx, request.Source) })
	return wire.TestSource200JSONResponse(result), err
}

// TrySource says whether a source would answer with settings that are not saved.
func (h handlers) TrySource(ctx context.Context, request wire.TrySourceRequestObject) (wire.TrySourceResponseObject, error) {
	b := request.Body
	tried := people.Source{Name: cmp.Or(given(b.Name), "new"), Driver: string(b.Driver), DSN: given(b.DSN), Database: given(b.Database)}
	if tried.DSN == "" && b.Name == nil {
		return nil, fault.New(fault.Invalid, "Give the address of the database, or the name of a connected source.")
	}
	if tried.DSN == "" {
		if _, err := h.connected(ctx, tried.Name); err != nil {
			return nil, err
		}
	}
	result, err := h.tested(ctx, tried, func() (source.Found, error) { return h.Sources.TrySource(ctx, tried) })
	return wire.TrySource200JSONResponse(result), err
}

// tested is the outcome of a test in words. The audit log tells it too, since a test asks whatever host it is given.
func (h handlers) tested(ctx context.Context, tried people.Source, test func() (source.Found, error)) (wire.SourceTest, error) {
	started := h.Now()
	found, err := test()
	result := wire.SourceTest{OK: err == nil, Milliseconds: h.Now().Sub(started).Milliseconds()}
	var trouble *source.Trouble
	switch {
	case err == nil:
		result.Message = fmt.Sprintf("%s %s answers. Its user may read %s.", found.Product, found.Version, words.Count(found.Tables, "table"))
		result.Found = &wire.SourceFound{Product: found.Product, Version: found.Version, Tables: found.Tables}
	case errors.As(err, &trouble):
		result.Message = trouble.Error()
		result.Trouble = &wire.SourceTrouble{
			Kind: wire.SourceTroubleKind(trouble.Kind), Product: trouble.Product, Address: trouble.Address, Detail: trouble.Detail,
		}
	default:
		result.Message = problemOf(err, visitOf(ctx).id).Detail
	}
	if h.Audit == nil {
		return result, nil
	}
	details := map[string]any{"answers": result.OK}
	if address, err := url.Parse(tried.DSN); err == nil && address.Host != "" {
		details["host"] = address.Host // without user and password
	}
	return result, h.Audit.Record(ctx, actorOf(ctx).Did("source.tested", "source", tried.Name, tried.Name, details))
}
