package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func (h handlers) RecogniseItems(context.Context, wire.RecogniseItemsRequestObject) (wire.RecogniseItemsResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}
