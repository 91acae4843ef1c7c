package runner_test

import (
	"context"
	"encoding/csv"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

// sources are those of a test: the engine as warehouse and as workbench, and what the test adds. They remember what they were asked.
type sources struct {
	named  map[string]source.Source
	limits map[string]runner.Limits

	mu    sync.Mutex
	asked []string // source and method, such as "warehouse Query"
	ids   []string // of these queries
}

func newSources(t *testing.T) *sources {
	t.Helper()
	s := &sources{named: map[string]source.Source{}, limits: map[string]runner.Limits{}}
	endpoint := enginetest.Endpoint(t)
	for _, name := range []string{"warehouse", runner.Workbench} {
		src, err := clickhouse.Open(t.Context(), clickhouse.Options{
			Name: name, Addr: endpoint.Addr, User: endpoint.User, Password: endpoint.Password, Database: endpoint.Database,
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = src.Close() })
		s.named[name] = watched{src, name, s}
	}
	return s
}

func (s *sources) Source(_ context.Context, name string) (source.Source, runner.Limits, error) {
	src, ok := s.named[name]
	if !ok {
		return nil, runner.Limits{}, fault.New(fault.NotFound, "There is no source %q.", name)
	}
	return src, s.limits[name], nil
}

func (s *sources) note(what string, q source.Query) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, what)
	s.ids = append(s.ids, q.ID)
}

// watched is a source that tells its sources what it was asked.
type watched struct {
	*clickhouse.Source
	name string
	all  *sources
}

func (w watched) Query(ctx context.Context, q source.Query) (io.ReadCloser, error) {
	w.all.note(w.name+" Query", q)
	return w.Source.Query(ctx, q)
}

func (w watched) Format(ctx context.Context, q source.Query, format string, settings map[string]string) (io.ReadCloser, error) {
	w.all.note(w.name+" Format", q)
	return w.Source.Format(ctx, q, format, settings)
}

// compile reads a report of front matter and body.
func compile(t *testing.T, front, body string) *reports.Compiled {
	t.Helper()
	report, problems := reports.Load("test.md", []byte("---\ntitle: Test\n"+front+"\n---\n"+body), reports.CheckOptions{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return report
}

func cell(name, sql string) string { return "```sql " + name + "\n" + sql + "\n```\n" }

// run runs a report on the sources; its files lie in a folder of the test.
func run(t *testing.T, s runner.Sources, report *reports.Compiled, values forms.Raw) *runner.Run {
	t.Helper()
	done, err := newRunner(t, s).Run(t.Context(), runner.Request{Report: report, Values: values, Out: runner.Folder(t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func newRunner(t *testing.T, s runner.Sources) *runner.Runner {
	t.Helper()
	return runner.New(runner.Options{Sources: s, WorkDir: t.TempDir()})
}

// file is the bytes of the run's first file of the format.
func file(t *testing.T, done *runner.Run, format string) string {
	t.Helper()
	at := slices.IndexFunc(done.Artifacts, func(a runner.Artifact) bool { return a.Format == format })
	if at < 0 {
		t.Fatalf("no %s among %v", format, done.Artifacts)
	}
	data, err := os.ReadFile(done.Artifacts[at].Path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func records(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
