package forms

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

func TestAllMistakesAreToldAtOnce(t *testing.T) {
	t.Parallel()
	form := Form{
		{Name: "partner", Label: "Partner", Type: Select, Required: true, Options: columns()},
		{Name: "period", Label: "Issued between", Type: Input, Kind: DateRange},
		{Name: "min_age", Type: Input, Kind: Integer},
		{Name: "note", Label: "Note", Type: Input},
	}
	raw := Raw{"partner": "", "period": "2025-02-31", "min_age": "old", "note": "fine", "perod": "x", "zzz": 1}
	values, err := Parse(context.Background(), form, raw, thursday(t))
	var errs Errors
	if values != nil || !errors.As(err, &errs) || fault.CodeOf(err) != fault.Invalid {
		t.Fatalf("got %v, %v", values, err)
	}
	fields := []string{"partner", "period", "min_age", "note"}
	want := Errors{
		{"partner", "Partner is required.", "required", map[string]any{}},
		{"period", `Issued between cannot be "2025-02-31": 31 February 2025 does not exist.`, "date_missing",
			map[string]any{"given": "2025-02-31", "day": 31, "month": 2, "year": 2025}},
		{"min_age", `min_age must be a whole number, not "old".`, "integer", map[string]any{"given": "old"}},
		{"perod", `There is no field "perod"; did you mean period? The form has partner, period, min_age and note.`, "unknown_field_near",
			map[string]any{"given": "perod", "near": "period", "fields": fields, "fields_more": 0}},
		{"zzz", `There is no field "zzz". The form has partner, period, min_age and note.`, "unknown_field",
			map[string]any{"given": "zzz", "fields": fields, "fields_more": 0}},
	}
	if diff := cmp.Diff(want, errs); diff != "" {
		t.Error(diff)
	}
	wantText := "partner: Partner is required.\nperiod: " + want[1].Message + "\n" + want[2].Message + "\n" + want[3].Message + "\n" + want[4].Message
	if err.Error() != wantText {
		t.Errorf("got %s", err)
	}
}

func TestUnknownFieldsAreNamedInPart(t *testing.T) {
	t.Parallel()
	raw := Raw{strings.Repeat("x", 1<<16): 1}
	for i := range 100 {
		raw[fmt.Sprint("field", i)] = i
	}
	_, err := Parse(context.Background(), nil, raw, Env{})
	var errs Errors
	if !errors.As(err, &errs) || len(errs) != 21 || errs[20].Message != "There are 81 more values for fields that do not exist." {
		t.Errorf("got %v", err)
	}
	if errs[0].Message != `There is no field "field0"; the report has no form.` {
		t.Errorf("got %s", errs[0].Message)
	}
	if len(err.Error()) > 2000 {
		t.Errorf("the message has %d bytes", len(err.Error()))
	}
}

func TestDefaultsStandInForWhatIsAbsent(t *testing.T) {
	t.Parallel()
	form := Form{
		{Name: "period", Type: Input, Kind: DateRange, Default: map[string]any{"from": "month_start", "to": "today"}},
		{Name: "columns", Type: Checkbox, Default: []any{"city", "card"}, Options: columns()},
		{Name: "every", Type: Checkbox, Default: "all", Options: columns()},
		{Name: "limit", Type: Input, Kind: Integer, Default: 0, Required: true},
		{Name: "cleared", Type: Input, Default: "x"},
		{Name: "none", Type: Input},
	}
	values, err := Parse(context.Background(), form, Raw{"cleared": ""}, thursday(t))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"period":  map[string]any{"from": "2025-02-01", "to": "2025-02-13"},
		"columns": []string{"card", "city"},
		"every":   []string{"card", "barcode", "city"},
		"limit":   int64(0),
		"cleared": nil,
		"none":    nil,
	}
	if diff := cmp.Diff(want, values.Record()); diff != "" {
		t.Error(diff)
	}
	for i, field := range form {
		if values[field.Name].Field != &form[i] {
			t.Errorf("the value of %s has another field", field.Name)
		}
	}
	if !values["limit"].Given() || values["cleared"].Given() {
		t.Error("0 is given, nothing is not")
	}
}

func TestAWrongDefaultIsTheReports(t *testing.T) {
	t.Parallel()
	form := Form{{Name: "n", Label: "Count", Type: Input, Kind: Integer, Default: "many"}}
	_, err := Parse(context.Background(), form, nil, Env{})
	if got, want := oneMistake(t, err), `The report's default for Count is wrong: it must be a whole number, not "many".`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err := Parse(context.Background(), form, Raw{"n": 1}, Env{}); err != nil {
		t.Errorf("the default is not used, yet: %v", err)
	}
}

func TestHiddenFieldsAreNotGiven(t *testing.T) {
	t.Parallel()
	form := Form{
		{Name: "detailed", Type: Input, Kind: Boolean},
		{Name: "limit", Label: "Limit", Type: Input, Kind: Integer, Required: true, Default: 5, ShowIf: "{{ .detailed }}"},
	}
	env := Env{Resolver: &shop{}}
	values, err := Parse(context.Background(), form, Raw{"limit": "not a number"}, env)
	if err != nil || values["limit"].Given() || values["limit"].Field != &form[1] {
		t.Errorf("got %v, %v", values["limit"], err)
	}
	values, err = Parse(context.Background(), form, Raw{"detailed": "yes"}, env)
	if err != nil || values["limit"].Data != int64(5) {
		t.Errorf("got %v, %v", values["limit"], err)
	}
	_, err = Parse(context.Background(), form, Raw{"detailed": "yes", "limit": ""}, env)
	if got := oneMistake(t, err); got != "Limit is required." {
		t.Errorf("got %s", got)
	}
}

func TestFieldsBehindOneAtFaultWait(t *testing.T) {
	t.Parallel()
	form := Form{
		{Name: "first", Label: "First", Type: Input, Kind: Boolean},
		{Name: "second", Type: Input, Required: true, ShowIf: "{{ .first }}"},
		{Name: "third", Type: Select, Options: &Options{Query: "SELECT {{ .second }}"}},
		{Name: "fourth", Type: Select, Options: &Options{Query: "SELECT {{ snippet \"fourth\" }}"}},
	}
	raw := Raw{"first": "perhaps", "third": "x", "fourth": "y"}
	_, err := Parse(context.Background(), form, raw, Env{Resolver: &shop{fails: errors.New("must not be asked")}})
	if got := oneMistake(t, err); got != `First must be yes or no, not "perhaps".` {
		t.Errorf("got %s", got)
	}
}

func TestWrongDeclarationsFailInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field Field
		want  string
	}{
		{Field{Type: "radio"}, `its type cannot be "radio".`},
		{Field{Type: Input, Kind: "colour"}, `its kind cannot be "colour".`},
		{Field{Type: Input, Kind: List, Of: "date"}, `its of cannot be "date".`},
		{Field{Type: Select}, "its options are missing."},
		{Field{Type: Select, Kind: DateKind, Options: columns()}, `its kind cannot be "date".`},
		{Field{Type: Select, Kind: Integer, Options: columns()}, ""},
		{Field{Type: Input, Kind: Integer, Min: "few"}, `its min must be a whole number, not "few".`},
		{Field{Type: Input, Max: "-1"}, `its max must be a number of characters, not "-1".`},
		{Field{Type: Input, Pattern: "("}, "its pattern is not a regular expression of RE2 syntax: error parsing regexp: missing closing ): `(`."},
		{Field{Type: Input, Kind: List, Of: Integer, Pattern: "("}, "its pattern is not a regular expression of RE2 syntax: error parsing regexp: missing closing ): `(`."},
	} {
		_, err := readOne(thursday(t), c.field, "card")
		if fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%+v: got %v", c.field, err)
		}
		if c.want != "" && err.Error() != "The report declares the field f wrongly: "+c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

func TestFailuresOfShowIfAreNotThePersonsMistake(t *testing.T) {
	t.Parallel()
	field := Field{Label: "Limit", Type: Input, ShowIf: "{{ .x }}"}
	_, err := readOne(Env{Resolver: &shop{fails: errors.New("the template fails")}}, field, "")
	if err == nil || err.Error() != "Whether Limit is shown cannot be told: the template fails" {
		t.Errorf("got %v", err)
	}
	if _, err := readOne(Env{}, field, ""); fault.CodeOf(err) != fault.Failed {
		t.Errorf("got %v", err)
	}
}

func TestACancelledCheckStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Parse(ctx, Form{{Name: "a", Type: Input}}, nil, Env{})
	if fault.CodeOf(err) != fault.Cancelled || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
