package runner

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/engine/enginetest"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/clickhouse"
	"github.com/vitrina-reports/vitrina/runner/source/postgres"
)

// only is one source under every name.
type only struct{ src source.Source }

func (o only) Source(context.Context, string) (source.Source, Limits, error) {
	return o.src, Limits{}, nil
}

// Options are searched by value and by label, in any case, by the database; what is searched for is no pattern there.
func TestSearchForOptions(t *testing.T) {
	t.Cleanup(pgtest.Stop)
	endpoint := enginetest.Endpoint(t)
	warehouse, err := clickhouse.Open(t.Context(), clickhouse.Options{Name: "warehouse", Addr: endpoint.Addr, User: endpoint.User, Password: endpoint.Password, Database: endpoint.Database})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = warehouse.Close() })
	billing, err := postgres.Open(t.Context(), postgres.Options{Name: "billing", DSN: pgtest.DSN(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = billing.Close() })

	query := map[string]string{
		"warehouse": `SELECT * FROM VALUES('value String, label Nullable(String)', ('a_b', 'Größe'), ('axb', '100%'), ('C', 'it''s \\ back'), ('d', NULL)) ORDER BY value DESC`,
		"billing":   `SELECT * FROM (VALUES ('a_b', 'Größe'), ('axb', '100%'), ('C', 'it''s \ back'), ('d', NULL)) AS x (value, label) ORDER BY value COLLATE "C" DESC`,
	}
	for name, src := range map[string]source.Source{"warehouse": warehouse, "billing": billing} {
		document := "---\ntitle: T\nform:\n  - name: q\n    type: select\n    options:\n      sql: |\n        " + query[name] + "\n---\n"
		report, problems := reports.Load("t.md", []byte(document), reports.CheckOptions{})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		for search, c := range map[string]struct {
			find forms.Find
			want []string
		}{
			"all":            {forms.Find{}, []string{"d", "axb", "a_b", "C"}},
			"some":           {forms.Find{Limit: 2}, []string{"d", "axb"}},
			"by value":       {forms.Find{Search: "c"}, []string{"C"}},
			"by label":       {forms.Find{Search: "größ"}, []string{"a_b"}},
			"underscore":     {forms.Find{Search: "_"}, []string{"a_b"}},
			"percent":        {forms.Find{Search: "0%"}, []string{"axb"}},
			"backslash":      {forms.Find{Search: `\`}, []string{"C"}},
			"quote":          {forms.Find{Search: "T'S"}, []string{"C"}},
			"nothing":        {forms.Find{Search: "x' OR '1'='1"}, nil},
			"these":          {forms.Find{Only: []string{"C", "d", "nobody"}}, []string{"d", "C"}},
			"none":           {forms.Find{Only: []string{}}, nil},
			"these, narrow":  {forms.Find{Only: []string{"C", "d"}, Search: "back"}, []string{"C"}},
			"called":         {forms.Find{Named: []string{"größe", "axb", "nobody", "x' OR '1'='1"}}, []string{"axb", "a_b"}},
			"called, narrow": {forms.Find{Named: []string{"größe", "axb", "c"}, Only: []string{"C", "axb"}}, []string{"axb", "C"}},
			"called nothing": {forms.Find{Named: []string{}}, nil},
			"without labels": {forms.Find{Search: "d"}, []string{"d"}},
		} {
			t.Run(name+" "+search, func(t *testing.T) {
				x := &execution{options: Options{Sources: only{src}}, request: Request{Report: report}, location: time.UTC}
				x.run.Timezone = "UTC"
				options, err := x.lookUp(t.Context(), &report.Report.Form[0], forms.Values{}, c.find)
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, option := range options {
					got = append(got, option.Value)
				}
				if !reflect.DeepEqual(got, c.want) {
					t.Errorf("%q, not %q", got, c.want)
				}
			})
		}
	}
}
