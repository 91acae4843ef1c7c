package runner

import (
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/templates"
)

func TestOptionQuery(t *testing.T) {
	t.Parallel()
	value := &templates.Param{Value: "v"}
	for name, c := range map[string]struct {
		dialect sqltext.Dialect
		parts   []templates.Part
		want    string
	}{
		"as it is":                {sqltext.ClickHouse, []templates.Part{{Text: "SELECT 1"}}, "SELECT 1"},
		"an end in pieces":        {sqltext.Postgres, []templates.Part{{Text: "SELECT 1 ;"}, {Text: " -- a"}, {Text: " ; b\n"}}, "SELECT 1"},
		"a value at the end":      {sqltext.Postgres, []templates.Part{{Text: "SELECT "}, {Param: value}, {Text: ";"}}, "SELECT ?"},
		"only a value":            {sqltext.Postgres, []templates.Part{{Param: value}}, "?"},
		"a comment of one":        {sqltext.ClickHouse, []templates.Part{{Text: "SELECT 1; // a"}}, "SELECT 1"},
		"no comment of the other": {sqltext.Postgres, []templates.Part{{Text: "SELECT 5 # 1"}}, "SELECT 5 # 1"},
		"a semicolon in a string": {sqltext.ClickHouse, []templates.Part{{Text: `SELECT '\'; -- '`}}, `SELECT '\'; -- '`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			columns := []source.Column{{Name: `a\b`}}
			got, err := optionQuery(templates.Statement{Parts: c.parts}, c.dialect, columns, forms.Find{})
			if err != nil {
				t.Fatal(err)
			}
			column := c.dialect.Name(`a\b`)
			want := "SELECT concat('', " + column + ") AS value, concat('', " + column + ") AS label FROM (\n" + c.want +
				"\n) AS options WHERE " + column + " IS NOT NULL LIMIT 100000"
			if text := shown(got); text != want {
				t.Errorf("got  %s\nwant %s", text, want)
			}
		})
	}
}

// shown writes a statement with question marks for its values.
func shown(s templates.Statement) string {
	var out strings.Builder
	for _, part := range s.Parts {
		if part.Param != nil {
			out.WriteByte('?')
		}
		out.WriteString(part.Text)
	}
	return out.String()
}
