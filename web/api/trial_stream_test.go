package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
	"github.com/vitrina-reports/vitrina/web/api"
)

const endless = "---\ntitle: T\n---\n```sql long\nSELECT count() AS n FROM system.numbers WHERE NOT ignore(cityHash64(number))\n```\n"

// begin starts a trial of a query of hours, which goes on until ctx ends, and is the id of its run once it reads.
func (d *desk) begin(ctx context.Context, who string) (run string) {
	d.Helper()
	body, _ := json.Marshal(map[string]any{"document": endless})
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.address+root+"/trial/runs", strings.NewReader(string(body)))
	d.must(err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+d.tokens[who])
	response, err := plainTransport.RoundTrip(request)
	d.must(err)
	d.Cleanup(func() { _ = response.Body.Close() })
	return reading(d.T, response)
}

func TestWhoClosesTheConnectionStopsTheTrial(t *testing.T) {
	t.Parallel()
	d := newFront(t)
	ctx, leave := context.WithTimeout(t.Context(), time.Minute)
	defer leave()
	run := d.begin(ctx, "anna")
	engine := newSources(d.desk)["warehouse"]
	if !runs(t, engine, run) {
		t.Fatal("the query of the trial does not run")
	}
	leave()
	gone(t, engine, run)
}

func gone(t *testing.T, engine source.Source, run string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); runs(t, engine, run); {
		if time.Now().After(deadline) {
			t.Fatal("the query goes on though nobody listens")
		}
	}
}

func TestOnePersonTriesThreeDocumentsAtOnce(t *testing.T) {
	t.Parallel()
	d := newFront(t)
	ctx, leave := context.WithTimeout(t.Context(), time.Minute)
	defer leave()
	var last string
	for range 3 {
		last = d.begin(ctx, "anna")
	}
	refused := d.want(http.StatusTooManyRequests, "anna", "POST", root+"/trial/runs", map[string]any{"document": oneNumber})
	if refused.Header.Get("Retry-After") == "" || !strings.Contains(refused.string("detail"), "wait until one of them is done") {
		t.Error(refused.text)
	}
	d.try("root", map[string]any{"document": oneNumber}) // another person
	leave()
	gone(t, newSources(d.desk)["warehouse"], last)
}

func TestATrialEndsWithTheRightToWrite(t *testing.T) {
	t.Parallel()
	d := newFront(t, func(o *api.Options) { o.Pulse = 50 * time.Millisecond })
	ctx, leave := context.WithTimeout(t.Context(), time.Minute)
	defer leave()
	run := d.begin(ctx, "anna")
	d.must(d.accounts.DisablePerson(t.Context(), d.people["root"], d.people["anna"].ID))
	gone(t, newSources(d.desk)["warehouse"], run)
}

// reading waits until the query has read something, and is the id of the run.
func reading(t *testing.T, response *http.Response) string {
	t.Helper()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		var progress struct {
			Run   string
			Cells []struct{ Read int64 }
		}
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if ok && json.Unmarshal([]byte(data), &progress) == nil && len(progress.Cells) > 0 && progress.Cells[0].Read > 0 {
			return progress.Run
		}
	}
	t.Fatal("there was no progress")
	return ""
}

// runs asks the engine whether a query of the run is among those that run.
func runs(t *testing.T, engine source.Source, run string) bool {
	t.Helper()
	stream, err := engine.Query(t.Context(), source.Query{Owner: true, Statement: templates.Statement{Parts: []templates.Part{
		{Text: "SELECT toInt64(count()) AS n FROM system.processes WHERE startsWith(query_id, "}, {Param: &templates.Param{Value: run}}, {Text: ")"},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Close() }()
	page, _, err := runner.ReadRows(stream, time.UTC, 1, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(page.Rows) != "[[0]]"
}
