package app

import (
	"context"
	"time"

	"github.com/vitrina-reports/vitrina/internal/telemetry"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// witness counts and traces the runs of this process.
type witness struct{ metrics *telemetry.Metrics }

func (w witness) Began(ctx context.Context, record jobs.Record) context.Context {
	if record.Attempt > 1 {
		w.metrics.TakenUp()
	}
	ctx, _ = telemetry.StartSpan(ctx, "run "+record.Report, "run", record.ID, "report", record.Report, "person", record.PersonID)
	return ctx
}

func (w witness) Ended(ctx context.Context, record jobs.Record, result runner.Run, code string) {
	w.metrics.RunEnded(record.Report, string(result.Status), code, record.Started.Sub(record.Queued), result.Finished.Sub(record.Started))
	for _, cell := range result.Cells {
		w.metrics.CellEnded(cell.Source, cell.Error != "", cell.Rows, cell.Seconds)
		telemetry.RecordSpan(ctx, "cell "+cell.Name, time.Duration(cell.Seconds*float64(time.Second)), failure(cell.Error != ""), "source", cell.Source, "query", cell.QueryID)
	}
	for _, artifact := range result.Artifacts {
		w.metrics.FileWritten(artifact.Format, artifact.Bytes)
	}
	span := telemetry.SpanOf(ctx)
	span.Count("attempt", int64(record.Attempt))
	span.End(failure(result.Status != runner.Succeeded) + code)
}

// failure is what a trace tells of a failure: its sentence may quote what somebody filled in, and stays in the run's record.
func failure(failed bool) string {
	if failed {
		return "failed "
	}
	return ""
}
