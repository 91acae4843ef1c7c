package api

import (
	"context"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

func (h handlers) RecogniseItems(ctx context.Context, request wire.RecogniseItemsRequestObject) (wire.RecogniseItemsResponseObject, error) {
	body := request.Body
	q, err := h.formRequest(ctx, given(body.Revision), given(body.Values))
	if err != nil {
		return nil, concealed(err, reportOf(ctx).Level)
	}
	found, err := h.recognised(ctx, q, request.Field, body.Text)
	return wire.RecogniseItems200JSONResponse(found), concealed(err, reportOf(ctx).Level)
}

// recognised tells which of the pasted items the field of the request's report takes.
func (h handlers) recognised(ctx context.Context, q runner.Request, field, text string) (wire.ItemsRecognised, error) {
	found, err := h.Forms.Recognise(ctx, q, field, text)
	if err != nil {
		return wire.ItemsRecognised{}, err
	}
	result := wire.ItemsRecognised{
		Items: listed(found.Items), Recognised: len(found.Items), Unknown: found.Unknown, UnknownItems: listed(found.UnknownItems),
		Repeated: found.Repeated, Checked: found.Checked,
	}
	if isCheckbox(q, field) {
		result.Options = new(mapped(found.Options, optionWire))
	}
	return result, nil
}

func isCheckbox(q runner.Request, name string) bool {
	for _, f := range q.Report.Report.Form {
		if f.Name == name {
			return f.Type == forms.Checkbox
		}
	}
	return false
}
