package runner_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
)

const cascade = `form:
  - {name: region, type: select, required: true, options: {sql: "SELECT arrayJoin(['north', 'so%th', 'O''Brien']) AS value"}}
  - name: city
    type: select
    options:
      sql: |
        SELECT concat(x, ' of ', {{ .region }}) AS value, upper(x) AS label  -- of the region
        FROM (SELECT arrayJoin(['a', 'b']) AS x);
  - {name: number, type: checkbox, kind: integer, options: {sql: "SELECT number AS value, concat('No. ', toString(number)) FROM numbers(2000)"}}
  - {name: odd, type: select, options: {sql: "SELECT 1 AS ` + "`a'b\\\"`" + `, NULL AS x UNION ALL SELECT NULL, 'nobody'"}}
  - {name: more, type: input, show_if: '{{ eq .region "north" }}'}
exports: [{cells: [c], format: csv}]`

const chosen = "SELECT {{ .region }} AS region, {{ .city }} AS city, {{ .number }} AS number, {{ .more }} AS more"

// Options that a query yields are those of the fields before, and only they are taken.
func TestOptionsOfAQuery(t *testing.T) {
	t.Parallel()
	report := compile(t, cascade, cell("c", chosen)+"{{ .label.city }}; {{ .label.number }}")
	for name, c := range map[string]struct {
		values forms.Raw
		row    []string
		text   string
	}{
		"one":        {forms.Raw{"region": "north", "city": "a of north", "more": "m"}, []string{"north", "a of north", "[]", "m"}, "A;"},
		"an odd one": {forms.Raw{"region": "O'Brien", "city": "b of O'Brien", "more": "not shown"}, []string{"O'Brien", "b of O'Brien", "[]", ""}, "B;"},
		"numbers":    {forms.Raw{"region": "so%th", "number": []any{"1999", 0}}, []string{"so%th", "", "[1999,0]", ""}, "; No. 1999, No. 0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done := run(t, newSources(t), report, c.values)
			if got := records(t, file(t, done, "csv"))[1]; !slices.Equal(got, c.row) || done.Text != c.text {
				t.Errorf("%q, %q", got, done.Text)
			}
		})
	}
}

// A value that is no option is a mistake of its field; nothing but the queries of options has run.
func TestValuesThatAreNoOptions(t *testing.T) {
	t.Parallel()
	report := compile(t, cascade, cell("c", chosen))
	for name, c := range map[string]struct {
		values forms.Raw
		fields []string
	}{
		"of another region":   {forms.Raw{"region": "north", "city": "a of so%th"}, []string{"city"}},
		"a label":             {forms.Raw{"region": "north", "city": "A"}, []string{"city"}},
		"a pattern":           {forms.Raw{"region": "%"}, []string{"region"}},
		"SQL":                 {forms.Raw{"region": "x' OR '1'='1"}, []string{"region"}},
		"a number beyond":     {forms.Raw{"region": "north", "number": []any{1, 2000}}, []string{"number"}},
		"NULL":                {forms.Raw{"region": "north", "odd": "nobody"}, []string{"odd"}},
		"several":             {forms.Raw{"region": "north", "city": "x", "number": "x"}, []string{"city", "number"}},
		"what depends on one": {forms.Raw{"region": "x", "city": "a of x"}, []string{"region"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done, err := newRunner(t, newSources(t)).Run(t.Context(), runner.Request{Report: report, Values: c.values, Out: runner.Folder(t.TempDir())})
			var mistakes forms.Errors
			if done != nil || !errors.As(err, &mistakes) || fault.CodeOf(err) != fault.Invalid {
				t.Fatalf("%v, %v", done, err)
			}
			var fields []string
			for _, mistake := range mistakes {
				fields = append(fields, mistake.Field)
			}
			if !reflect.DeepEqual(fields, c.fields) {
				t.Errorf("%q: %v", fields, err)
			}
		})
	}
}

// A query of options that fails is no mistake of the person who fills in the form.
func TestQueriesOfOptionsThatFail(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sql, want string }{
		"no table":    {"SELECT * FROM no_such_table", "no_such_table"},
		"half-way":    {"SELECT throwIf(number = 5000, 'too far') AS value FROM numbers(10000)", "too far"},
		"a statement": {"DROP TABLE x", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report := compile(t, "form: [{name: q, label: Query, type: select, kind: integer, options: {sql: \""+c.sql+"\"}}]", cell("c", "SELECT {{ .q }} AS q"))
			done, err := newRunner(t, newSources(t)).Run(t.Context(), runner.Request{Report: report, Values: forms.Raw{"q": 1}, Out: runner.Folder(t.TempDir())})
			if err == nil || !strings.Contains(err.Error(), "Query") || !strings.Contains(err.Error(), c.want) || errors.As(err, &forms.Errors{}) {
				t.Errorf("%v, %v", done, err)
			}
		})
	}
}
