package reports_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/templates"
)

var update = flag.Bool("update", false, "rewrite the expected problems in testdata/check")

// Each testdata/check/NAME.md has the problems in NAME.txt, one on a line; an empty one is a report without any.
func TestCheckFindsEveryProblem(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/check/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	options := reports.CheckOptions{
		Snippets: reports.Snippets{"active": {Name: "active", SQL: "active = 1"}},
		Sources:  map[string]templates.Dialect{"warehouse": templates.ClickHouse, "billing": templates.Postgres},

		OnlySources: true,
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, problems := reports.Load(filepath.Base(file), data, options)
			var got strings.Builder
			for _, problem := range problems {
				got.WriteString(problem.String() + "\n")
			}
			compare(t, strings.TrimSuffix(file, ".md")+".txt", got.String())
		})
	}
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (run with -update to accept):\n%s", file, diff)
	}
}

// A source that is known has its dialect also where others may exist.
func TestDialectsWithoutAListOfSources(t *testing.T) {
	t.Parallel()
	const document = "---\ntitle: a\nform: [{name: q, label: Q, type: input}]\n---\n```sql a source=billing\nSELECT $$ {{ .q }} $$\n```\n```sql b source=elsewhere\nSELECT 1\n```\n"
	known := map[string]templates.Dialect{"billing": templates.Postgres}
	for _, c := range []struct {
		options reports.CheckOptions
		want    []int // lines with problems
	}{
		{reports.CheckOptions{Sources: known}, []int{6}},
		{reports.CheckOptions{Sources: known, OnlySources: true}, []int{6, 8}},
		{reports.CheckOptions{OnlySources: true}, []int{5, 6, 8}},
	} {
		_, problems := reports.Load("r.md", []byte(document), c.options)
		var got []int
		for _, problem := range problems {
			got = append(got, problem.Line)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v: %v\n%s", c.options, problems, diff)
		}
	}
}

func TestProblemAsJSON(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(reports.Problem{File: "a.md", Line: 2, Column: 3, Message: "no"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(data), `{"file":"a.md","line":2,"column":3,"message":"no"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestCompileLeavesOutWhatHasProblems(t *testing.T) {
	t.Parallel()
	c, problems := reports.Load("r.md", []byte("---\ntitle: a\n---\n```sql good\nSELECT 1\n```\n```sql bad\nSELECT {{ .nothing }}\n```\n"),
		reports.CheckOptions{})
	if len(problems) != 1 || problems[0].Line != 8 {
		t.Errorf("problems: %v", problems)
	}
	if c.SQL["good"] == nil || c.SQL["bad"] != nil || c.Title == nil {
		t.Errorf("compiled: %+v", c)
	}
}
