package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func (h handlers) GetSchema(context.Context, wire.GetSchemaRequestObject) (wire.GetSchemaResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) ListFunctions(context.Context, wire.ListFunctionsRequestObject) (wire.ListFunctionsResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) SampleTable(context.Context, wire.SampleTableRequestObject) (wire.SampleTableResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) ListTableUses(context.Context, wire.ListTableUsesRequestObject) (wire.ListTableUsesResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}
