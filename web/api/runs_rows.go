package api

import (
	"context"
	"net/http"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// usualRows is how many rows a page has unless the request says.
const usualRows = 100

func (h handlers) ListRows(ctx context.Context, request wire.ListRowsRequestObject) (wire.ListRowsResponseObject, error) {
	limit := usualRows
	if request.Params.Limit != nil {
		limit = *request.Params.Limit
	}
	offset := given(request.Params.Offset)
	page, err := h.rows(ctx, request, offset, int64(limit))
	if err != nil {
		return nil, err
	}
	rows := rowsPage{Page: page, Offset: offset}
	rows.Total, rows.Cut = keptOf(runOf(ctx), request.Cell)
	return rows, nil
}

func (h handlers) rows(ctx context.Context, request wire.ListRowsRequestObject, offset, limit int64) (runner.Page, error) {
	column, descending := request.Params.Sort, given(request.Params.Descending)
	if column == nil && !descending {
		return h.Runs.Page(ctx, actorOf(ctx), request.Run, request.Cell, offset, limit)
	}
	if column == nil {
		return runner.Page{}, inField("descending", fault.New(fault.Invalid, "Say in sort which column is to be in descending order."))
	}
	page, err := h.Runs.SortedPage(ctx, actorOf(ctx), request.Run, request.Cell, runner.Sorting{Column: *column, Descending: descending}, offset, limit)
	return page, inField("sort", err)
}

// rowsPage is a wire.Rows whose values are written as the runner gives them.
type rowsPage struct {
	runner.Page
	Offset int64 `json:"offset"`
	Total  int64 `json:"total"`
	Cut    bool  `json:"cut"`
}

func (p rowsPage) VisitListRowsResponse(w http.ResponseWriter) error {
	return writeJSON(w, http.StatusOK, p)
}

// keptOf tells how many rows of the cell are kept, and whether the result has more.
func keptOf(record jobs.Record, cell string) (total int64, cut bool) {
	for _, result := range record.Cells {
		if result.Name == cell && result.Kept != nil {
			return result.Kept.Rows, result.Cut || result.Kept.Rows < result.Rows
		}
	}
	return 0, false
}
