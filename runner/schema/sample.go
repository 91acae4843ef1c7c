package schema

import (
	"context"
	"errors"
	"time"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
)

const (
	// sampleTime is how long somebody waits for a look at a table.
	sampleTime = 10 * time.Second
	// sampleBytes is how much of its rows is looked at.
	sampleBytes = 8 << 20
)

// Sample is at most limit rows of a table, whichever come first; without a database, of the source's own. cut tells that there are more.
func (r *Reader) Sample(ctx context.Context, name, database, table string, limit int64) (page runner.Page, cut bool, err error) {
	src, limits, err := r.sources.Source(ctx, name)
	if err != nil {
		return page, false, err
	}
	query := source.Query{Statement: source.Sample(src.Dialect(), database, table, limit+1), Limits: source.Limits{Memory: limits.Memory}}
	query.Limits.Time = sampleTime
	if limits.Time > 0 {
		query.Limits.Time = min(sampleTime, limits.Time)
	}
	stream, err := src.Query(ctx, query)
	if err != nil {
		return page, false, asked(err)
	}
	page, cut, err = runner.ReadRows(stream, time.UTC, limit, sampleBytes)
	// A stream that is closed before its end stops the query; its error is then no news.
	if closeErr := stream.Close(); err == nil && !cut {
		err = closeErr
	}
	return page, cut, asked(err)
}

// asked makes what the source says of the table a mistake of the one who named it.
func asked(err error) error {
	var known *fault.Error
	if errors.As(err, &known) && known.Code == fault.Failed {
		return &fault.Error{Code: fault.Invalid, Message: known.Message, Cause: err}
	}
	return err
}
