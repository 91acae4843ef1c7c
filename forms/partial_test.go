package forms

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// regional is a form whose partner depends on the region.
func regional() (Form, *shop) {
	return Form{
			{Name: "region", Type: Select, Required: true, Options: &Options{Given: []Option{{Value: "north"}, {Value: "south"}}}},
			{Name: "day", Type: Input, Kind: DateKind, Default: "yesterday"},
			{Name: "partner", Type: Select, Options: &Options{Query: "SELECT id FROM partners WHERE region = {{ .region }}"}},
			{Name: "amount", Type: Input, Kind: Integer, ShowIf: "{{ .partner }}", Default: "x"},
			{Name: "note", Type: Input, ShowIf: "{{ .region }}", Default: "n"},
		}, &shop{partners: map[string][]Option{
			"north": {{Value: "ann"}, {Value: "anton"}, {Value: "bob"}}, "south": {{Value: "cid"}},
		}}
}

// While a form is being filled in, other fields may still be wrong or empty; only what the options depend on matters.
func TestOptionsOfAFormHalfFilledIn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw  Raw
		find Find
		want []string
		code fault.Code
		errs int
	}{
		"of the region":        {raw: Raw{"region": "north"}, want: []string{"ann", "anton", "bob"}},
		"searched":             {raw: Raw{"region": "north"}, find: Find{Search: "AN", Limit: 1}, want: []string{"ann"}},
		"others wrong":         {raw: Raw{"region": "south", "day": "31 Feb", "partner": "nobody", "amount": "x", "else": 1}, want: []string{"cid"}},
		"region missing":       {raw: Raw{}, code: fault.Invalid, errs: 1},
		"region wrong":         {raw: Raw{"region": "nroth", "day": "31 Feb"}, code: fault.Invalid, errs: 1},
		"region limited":       {raw: Raw{"region": "south"}, code: fault.Invalid, errs: 1},
		"a field without any":  {code: fault.Invalid},
		"a field that is none": {code: fault.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			form, shop := regional()
			env, field := Env{Resolver: shop}, map[string]string{"a field without any": "day", "a field that is none": "x"}[name]
			if field == "" {
				field = "partner"
			}
			if name == "region limited" {
				env.Allowed = map[string][]string{"region": {"north"}}
			}
			options, err := OptionsOf(context.Background(), form, c.raw, env, field, c.find)
			if diff := cmp.Diff(c.want, optionNames(options), emptyIsNil); diff != "" {
				t.Error(diff)
			}
			var errs Errors
			if errors.As(err, &errs); len(errs) != c.errs || (err != nil) != (c.code != "") || err != nil && fault.CodeOf(err) != c.code {
				t.Errorf("%v", err)
			}
		})
	}
}

var emptyIsNil = cmp.Transformer("empty", func(list []string) []string { return append([]string(nil), list...) })

// A form opens with its defaults, resolved, whatever is hidden at first; those that do not do are left empty.
func TestDefaultsOfAForm(t *testing.T) {
	t.Parallel()
	form, shop := regional()
	form[0].Default, form[2].Default = "north", "anton"
	env := thursday(t)
	env.Resolver = shop
	for name, c := range map[string]struct {
		allowed map[string][]string
		want    map[string]any
	}{
		"free":       {nil, map[string]any{"region": "north", "day": "2025-02-12", "partner": "anton", "amount": nil, "note": "n"}},
		"limited":    {map[string][]string{"partner": {"bob"}}, map[string]any{"region": "north", "day": "2025-02-12", "partner": nil, "amount": nil, "note": "n"}},
		"in a chain": {map[string][]string{"region": {"south"}}, map[string]any{"region": nil, "day": "2025-02-12", "partner": nil, "amount": nil, "note": "n"}},
	} {
		t.Run(name, func(t *testing.T) {
			env.Allowed = c.allowed
			values, err := Defaults(context.Background(), form, env)
			if diff := cmp.Diff(c.want, values.Record()); err != nil || diff != "" {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
	env.Allowed, shop.fails = nil, fault.New(fault.Unavailable, "away")
	if _, err := Defaults(context.Background(), form, env); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("%v", err)
	}
}

func TestShownFieldsOfAFormHalfFilledIn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw          Raw
		amount, note bool
	}{
		"empty":         {Raw{}, false, false},
		"region":        {Raw{"region": "north", "day": "31 Feb"}, false, true},
		"both":          {Raw{"region": "north", "partner": "bob", "amount": "x"}, true, true},
		"wrong partner": {Raw{"region": "north", "partner": "cid"}, false, true},
		"wrong region":  {Raw{"region": "west", "partner": "cid"}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			form, shop := regional()
			shown, err := Shown(context.Background(), form, c.raw, Env{Resolver: shop})
			want := map[string]bool{"region": true, "day": true, "partner": true, "amount": c.amount, "note": c.note}
			if diff := cmp.Diff(want, shown); err != nil || diff != "" {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

// A condition may be written without braces.
func TestBareConditionsDecideWhatIsShown(t *testing.T) {
	t.Parallel()
	form := Form{{Name: "size", Type: Input}, {Name: "note", Type: Input, ShowIf: `eq .size "large"`}}
	for size, want := range map[string]bool{"large": true, "small": false} {
		shown, err := Shown(context.Background(), form, Raw{"size": size}, Env{Resolver: largeShows{}})
		if err != nil || shown["note"] != want {
			t.Errorf("%s: %v, %v", size, shown, err)
		}
	}
}

// largeShows shows the note of what is large.
type largeShows struct{ Resolver }

func (largeShows) Shown(field *Field, earlier Values) (bool, error) {
	return field.Name != "note" || earlier["size"].Data == "large", nil
}
