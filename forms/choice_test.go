package forms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

// shop answers for the options of a query from rows by region, as a database would.
type shop struct {
	partners map[string][]Option
	asked    []Find
	fails    error
}

func (s *shop) Options(_ context.Context, _ *Field, earlier Values, find Find) ([]Option, error) {
	s.asked = append(s.asked, find)
	if s.fails != nil {
		return nil, s.fails
	}
	region, _ := earlier["region"].Data.(string)
	found := given(s.partners[region], find)
	if find.Only == nil {
		return found, nil
	}
	return slices.DeleteFunc(found, func(o Option) bool { return !slices.Contains(find.Only, o.Value) }), nil
}

func (s *shop) Shown(field *Field, earlier Values) (bool, error) {
	if s.fails != nil {
		return false, s.fails
	}
	return earlier[strings.Trim(field.ShowIf, "{. }")].Given(), nil
}

func columns() *Options {
	return &Options{Given: []Option{{Value: "card", Label: "Card number"}, {Value: "barcode", Label: "Barcode"}, {Value: "city"}}}
}

func TestSelect(t *testing.T) {
	t.Parallel()
	testReadings(t, Env{}, Field{Type: Select, Label: "Column", Options: columns()}, map[string]reading{
		"value":        {raw: "card", data: "card"},
		"list of one":  {raw: []string{"city"}, data: "city"},
		"nothing":      {raw: ""},
		"slip":         {raw: "cadr", mistake: `Column has no option "cadr"; did you mean card?`},
		"other case":   {raw: "Card", mistake: `Column has no option "Card"; did you mean card?`},
		"label":        {raw: "Card number", mistake: `Column has no option "Card number"; did you mean card?`},
		"spaces":       {raw: " card", mistake: `Column has no option " card"; did you mean card?`},
		"unlike all":   {raw: "phone", mistake: `Column has no option "phone"; the options are card, barcode and city.`},
		"blank":        {raw: "  ", mistake: `Column has no option "  "; the options are card, barcode and city.`},
		"all":          {raw: "all", mistake: `Column has no option "all"; the options are card, barcode and city.`},
		"several":      {raw: []string{"card", "city"}, mistake: "Column takes one value, but 2 were given."},
		"SQL":          {raw: "card; DROP", mistake: `Column has no option "card; DROP"; the options are card, barcode and city.`},
		"named values": {raw: map[string]any{"value": "card"}, mistake: "Column takes a plain value, not one made of named parts."},
	})
}

func TestSelectOfIntegers(t *testing.T) {
	t.Parallel()
	options := &Options{Given: []Option{{Value: "5"}, {Value: "007"}, {Value: "18446744073709551615"}}}
	testReadings(t, Env{}, Field{Type: Select, Kind: Integer, Label: "Shop", Options: options}, map[string]reading{
		"text":        {raw: "5", data: int64(5)},
		"number":      {raw: 5.0, data: int64(5)},
		"same number": {raw: json.Number("7"), data: int64(7)},
		"large":       {raw: "18446744073709551615", data: uint64(1<<64 - 1)},
		"not listed":  {raw: "6", mistake: `Shop has no option "6"; the options are 5, 007 and 18446744073709551615.`},
		"text other":  {raw: "five", mistake: `Shop has no option "five"; the options are 5, 007 and 18446744073709551615.`},
	})
}

func TestCheckbox(t *testing.T) {
	t.Parallel()
	testReadings(t, Env{}, Field{Type: Checkbox, Label: "Columns", Options: columns()}, map[string]reading{
		"declared order": {raw: []string{"city", "card", "city"}, data: []string{"card", "city"}},
		"one":            {raw: "barcode", data: []string{"barcode"}},
		"commas":         {raw: "city, card,", data: []string{"card", "city"}},
		"all":            {raw: "all", data: []string{"card", "barcode", "city"}},
		"list of all":    {raw: []any{"all"}, data: []string{"card", "barcode", "city"}},
		"none":           {raw: []string{}},
		"blanks":         {raw: []string{"", ""}},
		"slip":           {raw: "card,barcod", mistake: `Columns has no option "barcod"; did you mean barcode?`},
		"several wrong":  {raw: []string{"card", "x1", "y2"}, mistake: `Columns has no option "x1" and "y2"; the options are card, barcode and city.`},
		"all with other": {raw: []string{"all", "card"}, mistake: `Columns has no option "all"; the options are card, barcode and city.`},
		"commas alone":   {raw: ",", mistake: `Columns has no option ","; the options are card, barcode and city.`},
		"nested":         {raw: []any{[]any{"card"}}, mistake: "Columns takes a plain value, not a list within a list."},
	})
	odd := &Options{Given: []Option{{Value: "all"}, {Value: "a,b"}, {Value: "a"}}}
	testReadings(t, Env{}, Field{Type: Checkbox, Label: "Columns", Options: odd}, map[string]reading{
		"an option named all":    {raw: "all", data: []string{"all"}},
		"an option with a comma": {raw: "a,b", data: []string{"a,b"}},
	})
	numbers := Field{Type: Checkbox, Kind: Integer, Label: "Shops", MaxItems: 2, Options: &Options{Given: []Option{{Value: "1"}, {Value: "2"}, {Value: "3"}}}}
	testReadings(t, Env{}, numbers, map[string]reading{
		"integers":     {raw: []any{2, "1"}, data: []int64{1, 2}},
		"too many":     {raw: []int64{1, 2, 3}, mistake: "Shops takes at most 2 options, but 3 were given."},
		"all too many": {raw: "all", mistake: "Shops takes at most 2 options, but there are more."},
	})
}

func TestChosenOptionsCarryLabelAndSQL(t *testing.T) {
	t.Parallel()
	options := &Options{Given: []Option{{Value: "b", SQL: "b_id"}, {Value: "a", Label: "First", SQL: "a_id"}}}
	value, err := readOne(Env{}, Field{Type: Checkbox, Options: options}, "a,b")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(options.Given, value.Chosen); diff != "" {
		t.Error(diff)
	}
	if got := value.Label(); got != "b, First" {
		t.Errorf("got label %s", got)
	}
}

func cascade() Form {
	return Form{
		{Name: "region", Label: "Region", Type: Select, Options: &Options{Given: []Option{{Value: "north"}, {Value: "south"}}}},
		{Name: "since", Label: "Since", Type: Input, Kind: DateKind},
		{Name: "partner", Label: "Partner", Type: Select, Kind: Integer,
			Options: &Options{Query: "SELECT id AS value, name AS label FROM partners WHERE region = {{ .region }}"}},
	}
}

func markets() *shop {
	return &shop{partners: map[string][]Option{
		"north": {{Value: "1", Label: "O'Brien"}, {Value: "2", Label: "Щука"}},
		"south": {{Value: "3", Label: "Lidl"}},
	}}
}

func TestQueryOptionsFollowEarlierFields(t *testing.T) {
	t.Parallel()
	stock := markets()
	values, err := Parse(context.Background(), cascade(), Raw{"region": "north", "partner": "2"}, Env{Resolver: stock})
	if err != nil {
		t.Fatal(err)
	}
	if got := values["partner"]; got.Data != int64(2) || got.Label() != "Щука" {
		t.Errorf("got %v, %s", got.Data, got.Label())
	}
	if diff := cmp.Diff([]Find{{Only: []string{"2"}}}, stock.asked); diff != "" {
		t.Error(diff)
	}
	_, err = Parse(context.Background(), cascade(), Raw{"region": "north", "partner": "3"}, Env{Resolver: stock})
	if got, want := oneMistake(t, err), `Partner has no option "3"; the options are 1 and 2.`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestQueryOptionsKeepTheOrderGiven(t *testing.T) {
	t.Parallel()
	field := Field{Type: Checkbox, Options: &Options{Query: "SELECT …"}}
	stock := &shop{partners: map[string][]Option{"": {{Value: "a"}, {Value: "b"}, {Value: "b", Label: "again"}, {Value: "c"}}}}
	for _, c := range []struct {
		raw  any
		want []string
	}{{[]string{"c", "a", "c"}, []string{"c", "a"}}, {"all", []string{"a", "b", "c"}}} {
		value, err := readOne(Env{Resolver: stock}, field, c.raw)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, value.Data); diff != "" {
			t.Error(diff)
		}
	}
}

func TestManyMissingOptionsOfAQuery(t *testing.T) {
	t.Parallel()
	stock := &shop{partners: map[string][]Option{"": nil}}
	for i := range 9 {
		stock.partners[""] = append(stock.partners[""], Option{Value: fmt.Sprint("shop ", i)})
	}
	field := Field{Type: Checkbox, Label: "Shops", Options: &Options{Query: "SELECT …"}}
	_, err := readOne(Env{Resolver: stock}, field, []string{"qqqqqq", "b", "c", "d", "e", "f", "g"})
	want := `Shops has no option "qqqqqq", "b", "c" and 4 more; the first options are shop 0, shop 1, shop 2, shop 3 and shop 4.`
	if got := oneMistake(t, err); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestOptionsAreNotAskedForOnAccountOfAFieldAtFault(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw   Raw
		asked int
	}{
		"used by the query":     {Raw{"region": "west", "partner": "1"}, 0},
		"not used by the query": {Raw{"region": "north", "since": "whenever", "partner": "1"}, 1},
		"nothing to look up":    {Raw{"region": "north", "since": "whenever", "partner": "one"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stock := markets()
			_, err := Parse(context.Background(), cascade()[:3], c.raw, Env{Resolver: stock})
			var errs Errors
			if !errors.As(err, &errs) {
				t.Fatalf("got %v", err)
			}
			lookups := slices.DeleteFunc(stock.asked, func(f Find) bool { return f.Only == nil })
			if len(lookups) != c.asked {
				t.Errorf("asked %v", stock.asked)
			}
		})
	}
}

func TestFailingOptionsAreNotThePersonsMistake(t *testing.T) {
	t.Parallel()
	field := Field{Type: Select, Label: "Partner", Options: &Options{Query: "SELECT …"}}
	for name, c := range map[string]struct {
		resolver Resolver
		code     fault.Code
		message  string
	}{
		"database away": {&shop{fails: fault.New(fault.Unavailable, "The source warehouse does not answer.")}, fault.Unavailable,
			"The options of Partner could not be read: The source warehouse does not answer."},
		"no resolver": {nil, fault.Failed, "The options of Partner come from a query, which cannot be asked here."},
	} {
		_, err := readOne(Env{Resolver: c.resolver}, field, "1")
		var errs Errors
		if errors.As(err, &errs) || fault.CodeOf(err) != c.code || err.Error() != c.message {
			t.Errorf("%s: got %v of code %s", name, err, fault.CodeOf(err))
		}
	}
	field.Kind = Integer
	_, err := readOne(Env{Resolver: &shop{partners: map[string][]Option{"": {{Value: "x"}}}}}, field, "5")
	if fault.CodeOf(err) != fault.Invalid {
		t.Errorf("got %v", err)
	}
	_, err = readOne(Env{Resolver: wordy{}}, field, "5")
	if err == nil || err.Error() != `The options of Partner must be whole numbers, but its query returned "x".` {
		t.Errorf("got %v", err)
	}
}

// wordy returns an option that nobody asked for.
type wordy struct{ Resolver }

func (wordy) Options(context.Context, *Field, Values, Find) ([]Option, error) {
	return []Option{{Value: "x"}}, nil
}
