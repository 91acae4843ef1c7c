package storage

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/jobs"
)

// runRow is a row of runs; listings leave some columns out.
type runRow struct {
	ID, ReportID, Slug, Title string
	Revision                  int
	Document                  string
	PersonID                  *string
	Person                    string
	Via                       people.Via
	Format                    string
	Values                    map[string]any
	ValuesSHA256              []byte `db:"values_sha256"`
	Allowed                   map[string][]string
	Timezone                  string
	Sources                   []string
	Status                    runner.Status
	Attempt, Lost             int
	Worker                    *string
	LeaseUntil                *time.Time
	CancelRequested           *time.Time
	CancelledBy               *string
	QueuedAt                  time.Time
	StartedAt, FinishedAt     *time.Time
	Progress                  *jobs.Progress
	ErrorCode, Error          string
	Notes                     []string
	Text                      string
	Cells                     []runner.CellResult
	Charts                    []runner.ChartResult
	Parts                     []runner.Part
	KeptFrom                  *string
	FilesExpireAt             *time.Time
	FilesRemovedAt            *time.Time
	Computed                  *time.Time
	Told                      string
}

func toRecord(row pgx.CollectableRow) (jobs.Record, error) {
	r, err := pgx.RowToStructByNameLax[runRow](row)
	if err != nil {
		return jobs.Record{}, err
	}
	record := jobs.Record{
		Run: runner.Run{
			ID: r.ID, Attempt: r.Attempt, Report: r.Slug, Title: r.Title, Revision: r.Revision, Document: r.Document, User: r.Person,
			Values: r.Values, Timezone: r.Timezone, Started: moment(r.StartedAt), Finished: moment(r.FinishedAt),
			Status: r.Status, Error: r.Error, Notes: r.Notes, Text: r.Text, Cells: r.Cells, Charts: r.Charts, Parts: r.Parts, Artifacts: []runner.Artifact{},
		},
		ReportID: r.ReportID, PersonID: text(r.PersonID), Via: r.Via, Format: r.Format, Sources: r.Sources, Allowed: r.Allowed,
		Queued: r.QueuedAt, Progress: r.Progress, ErrorCode: r.ErrorCode,
		CancelRequested: r.CancelRequested, CancelledBy: text(r.CancelledBy), KeptFrom: text(r.KeptFrom), Computed: moment(r.FinishedAt),
		FilesExpire: r.FilesExpireAt, FilesRemoved: r.FilesRemovedAt,
	}
	if r.Computed != nil {
		record.Computed = *r.Computed
	}
	return record, nil
}

func moment(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func text(t *string) string {
	if t == nil {
		return ""
	}
	return *t
}

// clean makes a text one that Postgres takes: the data behind it may hold what is no UTF-8, and NUL bytes.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "�"), "\x00", "�")
}

func cleanAll(texts []string) []string {
	cleaned := make([]string, len(texts))
	for i, text := range texts {
		cleaned[i] = clean(text)
	}
	return cleaned
}

// cleanParts makes their texts together what clean makes of the whole.
func cleanParts(parts []runner.Part) []runner.Part {
	cleaned := slices.Clone(parts)
	for i := range cleaned {
		cleaned[i].Text = clean(cleaned[i].Text)
	}
	return cleaned
}

func cancelledBy(who string) string { return fmt.Sprintf("Cancelled by %s.", who) }
