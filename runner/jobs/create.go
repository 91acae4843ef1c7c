package jobs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"regexp"
	"slices"

	"github.com/google/uuid"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/templates"
)

// Create orders a run. The values are checked first: their mistakes are forms.Errors, and then nothing is kept. created is false when
// the idempotency key led to an earlier run.
func (s *Service) Create(ctx context.Context, actor *people.Actor, request Request) (Record, bool, error) {
	level, err := s.mayRun(ctx, actor, request.ReportID)
	if err != nil {
		return Record{}, false, err
	}
	earlier, found, err := s.Storage.ByKey(ctx, actor.ID, request.Key, request.Request)
	if err != nil {
		return Record{}, false, err
	}
	if found {
		earlier, err = s.Get(ctx, actor, earlier.ID) // without what they may no longer see
		return earlier, false, err
	}
	report, err := s.revisionFor(ctx, level, request)
	if err != nil {
		return Record{}, false, err
	}
	order := Record{
		Run: runner.Run{ID: uuid.Must(uuid.NewV7()).String(), Values: request.Values}, Format: request.Format,
		Allowed: report.Compiled.Report.Form.Limits(actor.Allowed), Queued: s.now(),
	}
	prepared, err := s.Runner.Prepare(ctx, toRunner(order, report, userOf(actor)))
	if err != nil {
		return Record{}, false, err
	}
	order.Run = prepared.Run()
	order.ReportID, order.PersonID, order.User, order.Via = report.ID, actor.ID, actor.Email, actor.Via
	order.Sources = sourcesOf(report.Compiled)
	return s.Storage.Create(ctx, Order{
		Record: order, Hash: resultHash(order, report), MaxAge: request.MaxAge, Key: request.Key, Request: request.Request, MaxQueued: s.PersonQueued,
	}, actor.Did("run.created", "run", order.ID, order.Title, map[string]any{"report": report.Slug, "values": audited(order.Values), "format": order.Format}))
}

func (s *Service) mayRun(ctx context.Context, actor *people.Actor, reportID string) (people.Level, error) {
	if actor.IsAdministrator() {
		return people.Edit, nil
	}
	level, err := s.Rights.Level(ctx, actor.ID, reportID)
	if err == nil && level < people.Run {
		err = fault.New(fault.NotFound, "There is no such report, or it is not shared with you.")
	}
	return level, err
}

// revisionFor is the revision that is asked for. One that is no longer current may have been replaced for a reason, such as rows that not
// everybody is to see: it runs for those alone who may read it.
func (s *Service) revisionFor(ctx context.Context, level people.Level, request Request) (Kept, error) {
	report, err := s.Reports.Report(ctx, request.ReportID, 0)
	if err != nil || request.Revision == 0 || request.Revision == report.Revision {
		return report, err
	}
	if level < people.ViewSQL {
		return Kept{}, fault.New(fault.Forbidden, "Only the current revision %d of the report can be run, not %d.", report.Revision, request.Revision)
	}
	return s.Reports.Report(ctx, request.ReportID, request.Revision)
}

// toRunner is what the runner is asked for. The same record makes the same request in every process.
func toRunner(record Record, report Kept, user templates.User) runner.Request {
	return runner.Request{
		Report: report.Compiled, Values: record.Values, User: user, Format: record.Format, Files: report.Files,
		ID: record.ID, Attempt: record.Attempt, Started: record.Queued, Slug: report.Slug, Revision: report.Revision, Allowed: record.Allowed,
	}
}

func userOf(actor *people.Actor) templates.User {
	return templates.User{Email: actor.Email, Name: actor.Name, Groups: actor.Groups}
}

// sourcesOf are the sources the report's cells run on, each once.
func sourcesOf(report *reports.Compiled) []string {
	sources := []string{}
	for _, cell := range report.Report.Cells() {
		if cell.Kind == reports.SQLCell {
			sources = append(sources, cell.Source)
		}
	}
	slices.Sort(sources)
	return slices.Compact(sources)
}

// resultHash is of all that decides a result.
func resultHash(record Record, report Kept) []byte {
	person := ""
	if isPersonal(report.Compiled) {
		person = record.User
	}
	data, _ := json.Marshal([]any{ // of what came from JSON or is text
		record.ReportID, record.Document, report.Shared, record.Format, record.Values, record.Timezone, person,
	})
	sum := sha256.Sum256(data)
	return sum[:]
}

// personal is what a document must not have for its result to be anybody's: .user, .run, the moment in SQL, a snippet, whose text is
// elsewhere, the whole of a template's data, which holds these too, and letters written as numbers, which could be any of it. It looks
// at all of the text, prose too, and so errs on the side of a result of one's own.
var personal = regexp.MustCompile(`(?im)\.user\b|\.run\b|\bsnippet\b|\b(now|now64|today|yesterday|utc_?timestamp)\s*\(|\b(current_\w+|localtime\w*)\b|` +
	`(^|[\s({|,=])\.([\s)|}]|$)|\$([\s)|}]|$)|\\[xu]|\\\r?$`)

// asksWho is what of it has to do with the person: .user, a snippet, all of a template's data, letters written as numbers.
var asksWho = regexp.MustCompile(`(?m)\.user\b|\bsnippet\b|(^|[\s({|,=])\.([\s)|}]|$)|\$([\s)|}]|$)|\\[xu]|\\\r?$`)

// mayAskWho tells whether the result may be another for another person.
func mayAskWho(report *reports.Compiled) bool { return asksWho.Match(report.Document.Bytes()) }

// isPersonal tells whether the result may depend on who asks, or be wanted by them alone.
func isPersonal(report *reports.Compiled) bool { return personal.Match(report.Document.Bytes()) }

// longestAudited bounds the values the audit log repeats, in bytes of JSON.
const longestAudited = 16 << 10

// audited are the values for the audit log, which takes no NUL bytes.
func audited(values map[string]any) any {
	data, err := json.Marshal(values)
	if err != nil || len(data) > longestAudited {
		return "too long to repeat: see the run"
	}
	return json.RawMessage(bytes.ReplaceAll(data, []byte(`\u0000`), []byte(`\ufffd`)))
}
