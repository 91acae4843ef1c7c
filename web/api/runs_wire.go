package api

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
	"github.com/vitrina-reports/vitrina/web/api/wire"
)

// runWire has no artifacts: their addresses depend on who asks.
func runWire(r jobs.Record) wire.Run {
	run := wire.Run{
		ID: r.ID, ReportID: r.ReportID, Report: r.Report, Title: r.Title, Revision: r.Revision, Document: r.Document,
		PersonID: r.PersonID, Person: r.User, Via: string(r.Via), Format: r.Format, Values: wire.Values(r.Values), Timezone: r.Timezone,
		Sources: listed(r.Sources), Status: wire.RunStatus(r.Status), Attempt: r.Attempt, Queued: r.Queued, Started: moment(r.Started),
		ErrorCode: r.ErrorCode, Error: r.Error, Notes: listed(r.Notes), Text: r.Text, Parts: mapped(r.Parts, partWire), Cells: mapped(r.Cells, cellWire),
		Charts: mapped(r.Charts, chartWire), Artifacts: []wire.Artifact{}, CancelRequested: r.CancelRequested, CancelledBy: r.CancelledBy,
		KeptFrom: r.KeptFrom, Computed: moment(r.Computed), FilesExpire: r.FilesExpire, FilesRemoved: r.FilesRemoved,
	}
	if run.Values == nil {
		run.Values = wire.Values{}
	}
	if r.Status != runner.Queued && r.Status != runner.Running {
		run.Finished = moment(r.Finished)
	}
	if r.Progress != nil {
		run.Progress, run.Ahead = new(progressWire(*r.Progress)), r.Progress.Ahead
	}
	return run
}

// moment is nil for one that has not come.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func cellWire(c runner.CellResult) wire.RunCell {
	return wire.RunCell{
		Name: c.Name, Source: c.Source, Rows: c.Rows, Bytes: c.Bytes, Seconds: c.Seconds, QueryID: c.QueryID, Cut: c.Cut, Error: c.Error,
		Kept: keptWire(c.Kept),
	}
}

func partWire(p runner.Part) wire.RunPart {
	return wire.RunPart{Kind: wire.RunPartKind(p.Kind), Name: p.Name, Text: p.Text, Constant: p.Constant}
}

// keptWire is how many rows can be looked at; nil where none were kept.
func keptWire(kept *runner.Kept) *int64 {
	if kept == nil {
		return nil
	}
	return &kept.Rows
}

// chartWire is the chart as the record has it, with its numbers as they were written.
func chartWire(c runner.ChartResult) wire.RunChart {
	chart := wire.RunChart{}
	data, err := json.Marshal(c)
	if err != nil {
		return chart
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	_ = decoder.Decode(&chart) // it was just written
	return chart
}

// artifactWire is a file of a run. Its address is that for people who sign in; links are for others.
func artifactWire(record jobs.Record, f jobs.File) wire.Artifact {
	artifact := wire.Artifact{
		ID: f.ID, Number: f.Number, Name: f.Name, Format: f.Format, Rows: f.Rows, Bytes: f.Bytes, Sha256: f.SHA256,
	}
	if record.FilesRemoved == nil {
		artifact.URL = fileAddress(record.ID, f.ID)
	}
	return artifact
}

func progressWire(p jobs.Progress) wire.RunProgress {
	return wire.RunProgress{
		Run: p.Run, Status: wire.RunStatus(p.Status), Ahead: p.Ahead, Attempt: p.Attempt, Sequence: p.Sequence,
		Cells: mapped(p.Cells, func(c jobs.CellProgress) wire.CellProgress {
			return wire.CellProgress{Name: c.Name, Done: c.Done, Read: c.Read, Total: c.Total, Bytes: c.Bytes, Received: c.Received}
		}),
		Files: mapped(p.Files, func(f jobs.FileProgress) wire.FileProgress {
			return wire.FileProgress{Format: f.Format, Done: f.Done, Written: f.Written, Total: f.Total}
		}),
	}
}
