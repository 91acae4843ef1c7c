package library_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
)

// sources are the demo's: the warehouse, the CRM and the workbench, each its own connection to the engine.
type sources map[string]source.Source

func (s sources) Source(_ context.Context, name string) (source.Source, runner.Limits, error) {
	src, ok := s[name]
	if !ok {
		return nil, runner.Limits{}, fault.New(fault.NotFound, "There is no source %q.", name)
	}
	return src, runner.Limits{}, nil
}

func openSources(t *testing.T, endpoint engine.Endpoint) sources {
	t.Helper()
	opened := sources{}
	for name, database := range map[string]string{"warehouse": endpoint.Database, "crm": "crm", runner.Workbench: "default"} {
		src, err := clickhouse.Open(t.Context(), clickhouse.Options{
			Name: name, Addr: endpoint.Addr, User: endpoint.User, Password: endpoint.Password, Database: database,
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = src.Close() })
		opened[name] = src
	}
	return opened
}

// run runs a report on the endpoint and returns its record. Its files lie in a folder of the test.
func run(t *testing.T, endpoint engine.Endpoint, name string, values forms.Raw) *runner.Run {
	t.Helper()
	done, err := tryRun(t, endpoint, name, values)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func tryRun(t *testing.T, endpoint engine.Endpoint, name string, values forms.Raw) (*runner.Run, error) {
	t.Helper()
	r := runner.New(runner.Options{Sources: openSources(t, endpoint), WorkDir: t.TempDir()})
	return r.Run(t.Context(), runner.Request{Report: compiled(t, name), Values: values, Out: runner.Folder(t.TempDir())})
}

// csvOf reads the run's CSV file: header and rows.
func csvOf(t *testing.T, done *runner.Run) (header []string, rows [][]string) {
	t.Helper()
	for _, artifact := range done.Artifacts {
		if artifact.Format != "csv" {
			continue
		}
		file, err := os.Open(artifact.Path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		all, err := csv.NewReader(file).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return all[0], all[1:]
	}
	t.Fatalf("%s wrote no CSV file", done.Report)
	return nil, nil
}

// column is one column of a CSV file by its name.
func column(t *testing.T, header []string, rows [][]string, name string) []string {
	t.Helper()
	for i, title := range header {
		if title == name {
			values := make([]string, len(rows))
			for j, row := range rows {
				values[j] = row[i]
			}
			return values
		}
	}
	t.Fatalf("no column %q among %q", name, header)
	return nil
}

// Every report, filled in as it is when it is opened, says what it says in testdata.
func TestReportsWithTheirDefaults(t *testing.T) {
	t.Parallel()
	endpoint := demoEndpoint(t)
	for _, name := range names(t) {
		if name == "retail.md" { // on a table of its own: see retail_test.go
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done := run(t, endpoint, name, nil)
			golden(t, strings.TrimSuffix(name, ".md")+".txt", summary(done))
		})
	}
}

// summary is what a run yielded: its prose, the rows of each cell and the files.
func summary(done *runner.Run) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\n", done.Title, strings.TrimSpace(done.Text))
	for _, cell := range done.Cells {
		fmt.Fprintf(&b, "%-14s %7d rows  %s\n", cell.Name, cell.Rows, cell.Source)
	}
	b.WriteString("\n")
	for _, artifact := range done.Artifacts {
		fmt.Fprintf(&b, "%-8s %7d rows  %s\n", artifact.Format, artifact.Rows, filepath.Base(artifact.Path))
	}
	return b.String()
}

// Every optional field of every report does something that runs.
func TestReportsWithEverythingFilledIn(t *testing.T) {
	t.Parallel()
	endpoint := demoEndpoint(t)
	for _, c := range []struct {
		report string
		values forms.Raw
		cell   string
		rows   int64
	}{
		{"partner-cards.md", forms.Raw{
			"partner": "14", "columns": []string{"card", "barcode", "kind", "status", "day", "city", "balance", "user"},
			"numbers": "0850 01004115\n0850 01003202\nno such card", "period": "2025-01-01..2025-12-31",
		}, "cards", 2},
		{"partner-cards.md", forms.Raw{"columns": []string{"city", "balance"}}, "cards", -1},
		{"plastic-cards.md", forms.Raw{"by": "city", "partners": []string{"1", "3"}, "statuses": []string{}}, "totals", -1},
		{"plastic-cards.md", forms.Raw{"by": "day", "statuses": []string{"deleted"}}, "totals", -1},
		{"plastic-cards.md", forms.Raw{"period": "2020-01-01..2020-01-02"}, "totals", 0},
		{"push-audience-reach.md", forms.Raw{"push": "1", "platforms": []string{"huawei", "web"}, "statuses": []string{"not received"}, "without_staff": "false"}, "people", -1},
		{"promotion-draw.md", forms.Raw{"with_receipt": "true", "excluded": "7999121228944996307, 5111138001737502399", "winners": "3"}, "winners", 3},
		{"promotion-draw.md", forms.Raw{"week": "2024-02-29"}, "winners", 0},
		{"ab-test.md", forms.Raw{"experiment": "quiet_pushes", "confidence": "99", "days": "3"}, "metrics", 7},
		{"ab-test.md", forms.Raw{"experiment": "tiny_pilot"}, "metrics", 14},
		{"partner-fees.md", forms.Raw{"manager": "o'n", "smallest": "1000.50"}, "fees", -1},
		{"partner-fees.md", forms.Raw{"period": "2020-01-01..2020-01-02"}, "fees", 0},
		{"card-activity.md", forms.Raw{
			"region": "Abroad", "city": "18", "issued_after": "2025-06-01 12:30:00", "smallest_balance": "0", "only_active": "false",
		}, "cards", -1},
		{"card-activity.md", forms.Raw{"region": "Abroad", "smallest_balance": "-12.5"}, "cards", -1},
		{"top-buyers.md", forms.Raw{
			"measure": "purchases", "top": "7", "categories": []string{"cafe", "books"}, "only_active": "true", "skip": "7477719448482584299",
		}, "buyers", 7},
	} {
		t.Run(c.report, func(t *testing.T) {
			t.Parallel()
			done := run(t, endpoint, c.report, c.values)
			rows := int64(-1)
			for _, cell := range done.Cells {
				if cell.Name == c.cell {
					rows = cell.Rows
				}
			}
			if rows != c.rows && (c.rows >= 0 || rows <= 0) {
				t.Errorf("%d rows in %s", rows, c.cell)
			}
			if len(done.Artifacts) != len(compiled(t, c.report).Report.Exports) {
				t.Errorf("%d files", len(done.Artifacts))
			}
		})
	}
}

func TestReportsRefuseWhatIsNotOnTheirLists(t *testing.T) {
	t.Parallel()
	endpoint := demoEndpoint(t)
	for _, c := range []struct {
		report string
		values forms.Raw
		field  string
	}{
		{"partner-cards.md", forms.Raw{"partner": "0"}, "partner"},
		{"partner-cards.md", forms.Raw{"columns": []string{"password"}}, "columns"},
		{"partner-cards.md", forms.Raw{"period": "2025-02-31..2025-03-01"}, "period"},
		{"card-activity.md", forms.Raw{"region": "Volga", "city": "18"}, "city"}, // Tokyo is not on the Volga
		{"promotion-draw.md", forms.Raw{"winners": "0"}, "winners"},
		{"top-buyers.md", forms.Raw{"categories": "x' OR '1'='1"}, "categories"},
		{"ab-test.md", forms.Raw{"confidence": "0.95"}, "confidence"},
	} {
		t.Run(c.report+" "+c.field, func(t *testing.T) {
			t.Parallel()
			_, err := tryRun(t, endpoint, c.report, c.values)
			var mistakes forms.Errors
			if !errors.As(err, &mistakes) || len(mistakes) != 1 || mistakes[0].Field != c.field {
				t.Errorf("got %v", err)
			}
		})
	}
}
