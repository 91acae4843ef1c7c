package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func (h handlers) TryForm(context.Context, wire.TryFormRequestObject) (wire.TryFormResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) TryFieldOptions(context.Context, wire.TryFieldOptionsRequestObject) (wire.TryFieldOptionsResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) TryItems(context.Context, wire.TryItemsRequestObject) (wire.TryItemsResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) ShowStatements(context.Context, wire.ShowStatementsRequestObject) (wire.ShowStatementsResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) TryRun(context.Context, wire.TryRunRequestObject) (wire.TryRunResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}
