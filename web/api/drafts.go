package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func (h handlers) ListDrafts(context.Context, wire.ListDraftsRequestObject) (wire.ListDraftsResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) CreateDraft(context.Context, wire.CreateDraftRequestObject) (wire.CreateDraftResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) GetDraft(context.Context, wire.GetDraftRequestObject) (wire.GetDraftResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) SaveDraft(context.Context, wire.SaveDraftRequestObject) (wire.SaveDraftResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}

func (h handlers) DeleteDraft(context.Context, wire.DeleteDraftRequestObject) (wire.DeleteDraftResponseObject, error) {
	return nil, fault.New(fault.Unavailable, "It is not there yet.")
}
