package runner_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner"
)

// Options come from the source, narrowed there by the rights of the person, what was chosen before and what is searched for.
func TestOptionsForAPage(t *testing.T) {
	t.Parallel()
	report := compile(t, cascade, cell("c", chosen))
	r := newRunner(t, newSources(t))
	allowed := map[string][]string{"number": {"7", "17", "1999", "2000"}, "region": {"north"}}
	for name, c := range map[string]struct {
		field  string
		values forms.Raw
		find   forms.Find
		want   []string
	}{
		"allowed":              {"number", nil, forms.Find{}, []string{"7", "17", "1999"}},
		"searched":             {"number", nil, forms.Find{Search: "7"}, []string{"7", "17"}},
		"the first of these":   {"number", nil, forms.Find{Search: "7", Limit: 1}, []string{"7"}},
		"one that is named":    {"number", nil, forms.Find{Only: []string{"8", "17"}}, []string{"17"}},
		"of the field before":  {"city", forms.Raw{"region": "north", "city": "wrong", "number": "x"}, forms.Find{Search: "B"}, []string{"b of north"}},
		"of a limited one":     {"region", nil, forms.Find{}, []string{"north"}},
		"nothing of the other": {"number", nil, forms.Find{Only: []string{"8"}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			options, err := r.Options(t.Context(), runner.Request{Report: report, Values: c.values, Allowed: allowed}, c.field, c.find)
			var got []string
			for _, option := range options {
				got = append(got, option.Value)
			}
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("%q, %v; not %q", got, err, c.want)
			}
		})
	}
	_, err := r.Options(t.Context(), runner.Request{Report: report, Values: forms.Raw{"region": "so%th"}, Allowed: allowed}, "city", forms.Find{})
	var mistakes forms.Errors
	if !errors.As(err, &mistakes) || mistakes[0].Field != "region" {
		t.Errorf("%v", err)
	}
	if _, err := r.Options(t.Context(), runner.Request{Report: report}, "nowhere", forms.Find{}); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("%v", err)
	}
}

func TestDefaultsAndShownFieldsForAPage(t *testing.T) {
	t.Parallel()
	report := compile(t, `timezone: Asia/Tokyo
form:
  - {name: region, type: select, default: north, options: {sql: "SELECT arrayJoin(['north', 'south']) AS value"}}
  - {name: day, type: input, kind: date, default: today}
  - {name: columns, type: checkbox, default: all, options: [{value: a}, {value: b}]}
  - {name: more, type: input, show_if: '{{ eq .region "south" }}', default: m}`, "")
	started := time.Date(2025, 3, 9, 23, 30, 0, 0, time.UTC)
	r := newRunner(t, newSources(t))
	defaults, err := r.Defaults(t.Context(), runner.Request{Report: report, Started: started})
	want := map[string]any{"region": "north", "day": "2025-03-10", "columns": []string{"a", "b"}, "more": "m"}
	if err != nil || !reflect.DeepEqual(defaults, want) {
		t.Errorf("%v, %v", defaults, err)
	}
	for region, more := range map[string]bool{"south": true, "north": false, "nowhere": false} {
		shown, err := r.Shown(t.Context(), runner.Request{Report: report, Values: forms.Raw{"region": region, "day": "31 Feb"}})
		if want := map[string]bool{"region": true, "day": true, "columns": true, "more": more}; err != nil || !reflect.DeepEqual(shown, want) {
			t.Errorf("%s: %v, %v", region, shown, err)
		}
	}
}
