package library_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/runner/engine"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/load"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// retailSample are 213 lines of the shop's books, the odd ones among them: cancellations, blank customers and descriptions, quotes,
// bad debts, lines that occur twice.
const retailSample = "testdata/online_retail.csv"

// retailEndpoint is a database with the sample loaded as `vitrina load` does it.
func retailEndpoint(t *testing.T) engine.Endpoint {
	t.Helper()
	endpoint := enginetest.Endpoint(t)
	demoEndpoint(t) // the sources want a CRM
	warehouse := openSources(t, endpoint)["warehouse"].(source.Loader)
	if _, err := load.File(t.Context(), warehouse, load.Options{Path: retailSample, Table: "online_retail"}); err != nil {
		t.Fatal(err)
	}
	return endpoint
}

// rawLines are the lines of the sample that the filter keeps.
func rawLines(t *testing.T, keep func(line []string) bool) [][]string {
	t.Helper()
	file, err := os.Open(retailSample)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all[1:], func(line []string) bool { return !keep(line) })
}

func sortedLines(lines [][]string) []string {
	joined := make([]string, len(lines))
	for i, line := range lines {
		line = slices.Clone(line)
		line[5] = decimal.RequireFromString(line[5]).String() // 2.10 and 2.1 are one price
		joined[i] = strings.Join(line, "|")
	}
	slices.Sort(joined)
	return joined
}

func TestRetailLinesAreThoseOfTheFile(t *testing.T) {
	t.Parallel()
	endpoint := retailEndpoint(t)
	for _, c := range []struct {
		name   string
		values forms.Raw
		keep   func(line []string) bool
	}{
		{"all columns of the United Kingdom", nil, func(l []string) bool { return l[7] == "United Kingdom" }},
		{"without cancellations", forms.Raw{"cancellations": "false"}, func(l []string) bool {
			return l[7] == "United Kingdom" && l[0][0] != 'C'
		}},
		{"large quantities", forms.Raw{"min_quantity": "100"}, func(l []string) bool {
			return l[7] == "United Kingdom" && len(l[3]) >= 3 && l[3][0] != '-'
		}},
		{"quantities from zero up", forms.Raw{"min_quantity": "0"}, func(l []string) bool {
			return l[7] == "United Kingdom" && l[3][0] != '-'
		}},
		{"a month of Ireland", forms.Raw{"country": "EIRE", "period": "2010-12-01..2010-12-31"}, func(l []string) bool {
			return l[7] == "EIRE" && strings.HasPrefix(l[4], "2010-12")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := rawLines(t, c.keep)
			header, rows := csvOf(t, run(t, endpoint, "retail.md", c.values))
			if len(want) == 0 || len(header) != 8 {
				t.Fatalf("%d lines to compare, columns %q", len(want), header)
			}
			if diff := cmp.Diff(sortedLines(want), sortedLines(rows)); diff != "" {
				t.Errorf("(-file +report)\n%s", diff)
			}
		})
	}
}

func TestRetailSumsAreExact(t *testing.T) {
	t.Parallel()
	want := decimal.Zero
	for _, line := range rawLines(t, func(l []string) bool { return l[7] == "United Kingdom" }) {
		want = want.Add(decimal.RequireFromString(line[3]).Mul(decimal.RequireFromString(line[5])))
	}
	done := run(t, retailEndpoint(t), "retail.md", nil)
	if !strings.Contains(done.Text, "worth "+want.String()+" pounds") {
		t.Errorf("the file's lines are worth %s; the report says:\n%s", want, done.Text)
	}
	golden(t, "retail.txt", summary(done))
}
