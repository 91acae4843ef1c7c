package reports_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/vitrina-reports/vitrina/reports"
)

var example = regexp.MustCompile(`(?s)~~~markdown\n(---\n.*?)~~~`)

// What the documentation shows as a report is one.
func TestExamplesOfTheDocumentation(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"README.md", filepath.Join("docs", "reports.md")} {
		text, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		examples := example.FindAllSubmatch(text, -1)
		if len(examples) == 0 {
			t.Errorf("%s shows no report", name)
		}
		for _, found := range examples {
			if _, problems := reports.Load(name, found[1], reports.CheckOptions{}); len(problems) > 0 {
				t.Errorf("%v", problems)
			}
		}
	}
}
