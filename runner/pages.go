package runner

import (
	"context"
	"io"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/rowbinary"
)

// Options are the options of one field that the request allows, for the values it gives for the fields before that one. Only those
// its query depends on are looked at, and their mistakes are forms.Errors.
func (r *Runner) Options(ctx context.Context, request Request, field string, find forms.Find) ([]forms.Option, error) {
	x, err := r.begin(request)
	if err != nil {
		return nil, err
	}
	return forms.OptionsOf(ctx, x.request.Report.Report.Form, x.request.Values, x.formEnv(), field, find)
}

// Recognise tells which items of a pasted text the field takes, for the values the request gives for the fields before it.
func (r *Runner) Recognise(ctx context.Context, request Request, field, text string) (forms.Recognised, error) {
	x, err := r.begin(request)
	if err != nil {
		return forms.Recognised{}, err
	}
	return forms.Recognise(ctx, x.request.Report.Report.Form, x.request.Values, x.formEnv(), field, text)
}

// Defaults are the values of the form before anybody fills it in, as a record would hold them; nil for a field without one, or with
// one that cannot be taken.
func (r *Runner) Defaults(ctx context.Context, request Request) (map[string]any, error) {
	x, err := r.begin(request)
	if err != nil {
		return nil, err
	}
	values, err := forms.Defaults(ctx, x.request.Report.Report.Form, x.formEnv())
	return values.Record(), err
}

// Shown tells which fields are shown for the values the request gives, which may be wrong or incomplete.
func (r *Runner) Shown(ctx context.Context, request Request) (map[string]bool, error) {
	x, err := r.begin(request)
	if err != nil {
		return nil, err
	}
	return forms.Shown(ctx, x.request.Report.Report.Form, x.request.Values, x.formEnv())
}

// Page is a piece of a kept result. Values are as [rowbinary.Value.Plain] gives them.
type Page struct {
	Columns []source.Column `json:"columns"`
	Rows    [][]any         `json:"rows"`
}

// ReadPage reads at most limit rows behind the first offset ones of what Output.Keep was given. Moments of columns without a zone are in
// the location, the report's. Behind the last row a page is empty.
func ReadPage(kept io.Reader, location *time.Location, offset, limit int64) (Page, error) {
	rows, done, err := openKept(kept)
	if err != nil {
		return Page{}, err
	}
	defer done()
	rows.SetZone(location)
	page := Page{Columns: rows.Columns(), Rows: [][]any{}}
	for rows.Rows() < offset+limit && rows.Next() {
		if rows.Rows() > offset {
			page.Rows = append(page.Rows, plainRow(rows.Row(), location))
		}
	}
	if err := rows.Err(); err != nil {
		return Page{}, keptDamaged(err)
	}
	return page, nil
}

// openKept reads what Output.Keep was given until done is called.
func openKept(kept io.Reader) (rows *rowbinary.Reader, done func(), err error) {
	unpacked, err := zstd.NewReader(kept, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, nil, keptDamaged(err)
	}
	if rows, err = rowbinary.NewReader(unpacked); err != nil {
		unpacked.Close()
		return nil, nil, keptDamaged(err)
	}
	return rows, unpacked.Close, nil
}

func plainRow(values []rowbinary.Value, location *time.Location) []any {
	row := make([]any, len(values))
	for i := range values {
		row[i] = values[i].Plain(location)
	}
	return row
}

func keptDamaged(err error) error {
	return fault.New(fault.Failed, "The kept rows cannot be read: %w", err)
}
