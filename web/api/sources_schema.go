package api

import (
	"context"
	"net/http"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// SchemaService tells what is in sources. It asks for nobody's rights.
type SchemaService interface {
	Schema(ctx context.Context, name string, fresh bool) (source.Schema, time.Time, error)
	Functions(ctx context.Context, name string) ([]source.Function, error)
	Sample(ctx context.Context, name, database, table string, limit int64) (page runner.Page, cut bool, err error)
}

var errNoSource = fault.New(fault.NotFound, "There is no source of that name.")

// browsed is a source that the person may write SQL for. One that they may not is not there for them.
func (h handlers) browsed(ctx context.Context, name string) (Source, error) {
	if h.Schemas == nil {
		return Source{}, fault.New(fault.Unavailable, "What is in sources cannot be read here.")
	}
	if actor := actorOf(ctx); !actor.IsAdministrator() {
		may, err := h.Grants.MaySource(ctx, actor, name)
		if err != nil {
			return Source{}, err
		}
		if !may {
			return Source{}, errNoSource
		}
	}
	return h.source(ctx, name)
}

// GetSchema tells the tables of a source.
func (h handlers) GetSchema(ctx context.Context, request wire.GetSchemaRequestObject) (wire.GetSchemaResponseObject, error) {
	from, err := h.browsed(ctx, request.Source)
	if err != nil {
		return nil, err
	}
	schema, read, err := h.Schemas.Schema(ctx, from.Name, given(request.Params.Fresh))
	if err != nil {
		return nil, err
	}
	return wire.GetSchema200JSONResponse{
		Source: from.Name, Driver: from.Driver, Database: schema.Database, Tables: mapped(schema.Tables, tableWire), More: schema.More, Read: read,
	}, nil
}

func tableWire(t source.SchemaTable) wire.SchemaTable {
	return wire.SchemaTable{
		Database: t.Database, Name: t.Name, Kind: wire.SchemaTableKind(t.Kind), Comment: t.Comment, Rows: t.Rows, Bytes: t.Bytes,
		Columns: mapped(t.Columns, schemaColumnWire),
	}
}

func schemaColumnWire(c source.SchemaColumn) wire.SchemaColumn {
	return wire.SchemaColumn{Name: c.Name, Type: c.Type, Comment: c.Comment, Key: c.Key}
}

// ListFunctions tells the functions of a source.
func (h handlers) ListFunctions(ctx context.Context, request wire.ListFunctionsRequestObject) (wire.ListFunctionsResponseObject, error) {
	from, err := h.browsed(ctx, request.Source)
	if err != nil {
		return nil, err
	}
	functions, err := h.Schemas.Functions(ctx, from.Name)
	if err != nil {
		return nil, err
	}
	items := mapped(functions, func(f source.Function) wire.SQLFunction {
		return wire.SQLFunction{Name: f.Name, Aggregate: f.Aggregate, Syntax: f.Syntax, Description: f.Description}
	})
	return wire.ListFunctions200JSONResponse{Items: items}, nil
}

// SampleTable reads a few rows.
func (h handlers) SampleTable(ctx context.Context, request wire.SampleTableRequestObject) (wire.SampleTableResponseObject, error) {
	from, err := h.browsed(ctx, request.Source)
	if err != nil {
		return nil, err
	}
	p, limit := request.Params, usualRows
	if p.Limit != nil {
		limit = *p.Limit
	}
	page, cut, err := h.Schemas.Sample(ctx, from.Name, given(p.Database), p.Table, int64(limit))
	if err != nil {
		return nil, err
	}
	return rowsPage{Page: page, Total: int64(len(page.Rows)), Cut: cut}, nil
}

func (p rowsPage) VisitSampleTableResponse(w http.ResponseWriter) error {
	return writeJSON(w, http.StatusOK, p)
}

// ListTableUses tells the reports that read a table.
func (h handlers) ListTableUses(ctx context.Context, request wire.ListTableUsesRequestObject) (wire.ListTableUsesResponseObject, error) {
	from, err := h.browsed(ctx, request.Source)
	if err != nil {
		return nil, err
	}
	schema, _, err := h.Schemas.Schema(ctx, from.Name, false)
	if err != nil {
		return nil, err
	}
	table := catalog.SourceTable{Source: from.Name, Database: given(request.Params.Database), Table: request.Params.Table, Own: schema.Database}
	if table.Database == "" {
		table.Database = table.Own
	}
	uses, hidden, err := h.Reports.TableUses(ctx, actorOf(ctx), table)
	if err != nil {
		return nil, err
	}
	found := h.reports(ctx, mapped(uses, func(u catalog.TableUse) catalog.Entry { return u.Entry }))
	items := make([]wire.TableUse, len(uses))
	for i, use := range uses {
		items[i] = wire.TableUse{Report: found[i], Cells: use.Cells}
	}
	return wire.ListTableUses200JSONResponse{Items: items, Hidden: hidden}, nil
}
