package forms

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func allowing(values ...string) Env { return Env{Allowed: map[string][]string{"f": values}} }

func TestALimitedFieldTakesOnlyAllowedValues(t *testing.T) {
	t.Parallel()
	numbers := &Options{Given: []Option{{Value: "012"}, {Value: "15"}, {Value: "19"}}}
	for name, c := range map[string]struct {
		field   Field
		allowed []string
		cases   map[string]reading
	}{
		"text": {Field{Type: Input}, []string{"a", "b"}, map[string]reading{
			"allowed": {raw: "b", data: "b"},
			"other":   {raw: "B", mistake: `Partner has no option "B"; the options are a and b.`},
			"empty":   {raw: "", mistake: "Partner must be given: choose one of a and b."},
		}},
		"integer": {Field{Type: Input, Kind: Integer}, []string{"12", "015", "x"}, map[string]reading{
			"number":  {raw: 12, data: int64(12)},
			"text":    {raw: "+15", data: int64(15)},
			"other":   {raw: 13, mistake: `Partner has no option "13"; the options are 12 and 15.`},
			"no such": {raw: "x", mistake: `Partner must be a whole number, not "x".`},
		}},
		"boolean": {Field{Type: Input, Kind: Boolean}, []string{"yes"}, map[string]reading{
			"allowed": {raw: true, data: true},
			"other":   {raw: "no", mistake: `Partner has no option "false"; the options are true.`},
		}},
		"list": {Field{Type: Input, Kind: List, Of: Integer}, []string{"1", "2", "3", "4", "5", "6", "7"}, map[string]reading{
			"all allowed": {raw: "1,7", data: []int64{1, 7}},
			"some":        {raw: "1,8,9", mistake: `Partner has no option "8" and "9"; the options are 1, 2, 3, 4, 5 and 2 more.`},
			"empty":       {raw: []any{}, mistake: "Partner must be given: choose one of 1, 2, 3, 4, 5 and 2 more."},
		}},
		"list of texts": {Field{Type: Input, Kind: List}, []string{"a"}, map[string]reading{
			"some": {raw: "a\nb", mistake: `Partner has no option "b"; the options are a.`},
		}},
		"select": {Field{Type: Select, Kind: Integer, Options: numbers}, []string{"12", "15"}, map[string]reading{
			"the same number": {raw: 12, data: int64(12)},
			"other":           {raw: 19, mistake: `Partner has no option "19"; the options are 012 and 15.`},
			"empty":           {raw: nil, mistake: "Partner must be given: choose one of 12 and 15."},
		}},
		"an option that is gone": {Field{Type: Select, Kind: Integer, Options: numbers}, []string{"15", "99"}, map[string]reading{
			"asked for": {raw: 99, mistake: `Partner has no option "99"; the options are 15.`},
		}},
		"checkbox": {Field{Type: Checkbox, Kind: Integer, Options: numbers}, []string{"12", "15"}, map[string]reading{
			"all":   {raw: "all", data: []int64{12, 15}},
			"one":   {raw: "15", data: []int64{15}},
			"some":  {raw: []any{12, 19}, mistake: `Partner has no option "19"; the options are 012 and 15.`},
			"empty": {raw: []any{}, mistake: "Partner must be given: choose one of 12 and 15."},
		}},
		"nothing": {Field{Type: Checkbox, Options: columns()}, nil, map[string]reading{
			"all":   {raw: "all", mistake: "Partner has no value that your rights allow; ask who gave you these rights."},
			"one":   {raw: "card", mistake: `Partner has no option "card"; there are no options to choose from.`},
			"empty": {raw: "", mistake: "Partner has no value that your rights allow; ask who gave you these rights."},
		}},
		"a day": {Field{Type: Input, Kind: DateKind}, []string{"2025-01-01"}, map[string]reading{
			"the same": {raw: "2025-01-01", mistake: "Partner cannot be limited to certain values, as your rights say, since it is a date; ask who gave you these rights."},
		}},
		"a period": {Field{Type: Input, Kind: DateRange}, []string{"2025-01-01..2025-01-31"}, map[string]reading{
			"open": {raw: "", mistake: "Partner cannot be limited to certain values, as your rights say, since it is a date; ask who gave you these rights."},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.field.Label = "Partner"
			testReadings(t, allowing(c.allowed...), c.field, c.cases)
		})
	}
}

// A default is what most people run with, so it is held against the limit too, and it is not the report that is wrong.
func TestADefaultIsLimitedToo(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]Form{
		"input":  {{Name: "f", Type: Input, Default: "c"}},
		"select": {{Name: "f", Type: Select, Default: "c", Options: &Options{Given: []Option{{Value: "a"}, {Value: "b"}, {Value: "c"}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(context.Background(), form, nil, allowing("a", "b"))
			if got, want := oneMistake(t, err), `f must be given: choose one of a and b.`; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// A hidden field is not given, which may mean everything: hiding one must not lift its limit.
func TestAHiddenFieldCannotEscapeItsLimit(t *testing.T) {
	t.Parallel()
	form := Form{{Name: "detailed", Type: Input}, {Name: "f", Type: Input, ShowIf: "{{ .detailed }}"}}
	env := allowing("a")
	env.Resolver = &shop{}
	_, err := Parse(context.Background(), form, Raw{"f": "a"}, env)
	if got, want := oneMistake(t, err), "f must be given: choose one of a."; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if _, err := Parse(context.Background(), form, Raw{"detailed": "yes", "f": "a"}, env); err != nil {
		t.Error(err)
	}
}

func TestALimitOfAFieldThatIsNotThereIsKept(t *testing.T) {
	t.Parallel()
	_, err := Parse(context.Background(), Form{{Name: "partner_id", Type: Input}}, Raw{"partner_id": "19"}, Env{Allowed: map[string][]string{"partner": {"12"}}})
	if got := oneMistake(t, err); !strings.Contains(got, `limit the field "partner", which this report does not have`) {
		t.Error(got)
	}
}

// What may not be chosen is not even told: neither as an option nor as a suggestion.
func TestOptionsOutsideTheLimitStayUnknown(t *testing.T) {
	t.Parallel()
	secret := Option{Value: "secret", Label: "Secret partner"}
	partners := []Option{{Value: "alpha"}, secret, {Value: "beta"}, {Value: "gamma"}}
	for name, options := range map[string]*Options{"given": {Given: partners}, "of a query": {Query: "SELECT 1"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := &shop{partners: map[string][]Option{"": partners}}
			env := allowing("gamma", "alpha")
			env.Resolver = asked
			form := Form{{Name: "f", Type: Select, Options: options}}
			for _, raw := range []string{"secret", "secrett", "Secret partner", "x"} {
				_, err := Parse(context.Background(), form, Raw{"f": raw}, env)
				if got := oneMistake(t, err); strings.Contains(strings.Replace(got, raw, "", 1), "secret") || strings.Contains(got, "beta") {
					t.Errorf("%s: %s", raw, got)
				}
			}
			found, err := OptionsOf(context.Background(), form, nil, env, "f", Find{})
			if diff := cmp.Diff([]Option{{Value: "alpha"}, {Value: "gamma"}}, found); err != nil || diff != "" {
				t.Errorf("%v\n%s", err, diff)
			}
			for _, find := range asked.asked {
				if find.Only == nil || slices.Contains(find.Only, "secret") {
					t.Errorf("asked for %v", find)
				}
			}
		})
	}
}

// A limit that is narrowed by a search or to a number of options is so among the allowed ones.
func TestSearchAmongAllowedOptions(t *testing.T) {
	t.Parallel()
	form := Form{{Name: "f", Type: Select, Options: &Options{Given: []Option{{Value: "x1"}, {Value: "y1"}, {Value: "x2"}, {Value: "x3"}}}}}
	found, err := OptionsOf(context.Background(), form, nil, allowing("y1", "x2", "x3"), "f", Find{Search: "X", Limit: 1})
	if diff := cmp.Diff([]Option{{Value: "x2"}}, found); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestErrorsOfALimitAreAllTold(t *testing.T) {
	t.Parallel()
	form := Form{{Name: "a", Type: Input}, {Name: "b", Type: Input, Required: true}}
	_, err := Parse(context.Background(), form, nil, Env{Allowed: map[string][]string{"a": {"1"}, "c": {"2"}}})
	var errs Errors
	if !errors.As(err, &errs) || len(errs) != 3 {
		t.Errorf("%v", err)
	}
}
