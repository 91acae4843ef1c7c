package templates

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

// demoForm has a field of every type and kind.
var demoForm = forms.Form{
	{Name: "q", Type: forms.Input},
	{Name: "empty", Type: forms.Input},
	{Name: "n", Type: forms.Input, Kind: forms.Integer},
	{Name: "big", Type: forms.Input, Kind: forms.Integer},
	{Name: "no_n", Type: forms.Input, Kind: forms.Integer},
	{Name: "amount", Type: forms.Input, Kind: forms.Decimal},
	{Name: "free", Type: forms.Input, Kind: forms.Decimal},
	{Name: "day", Type: forms.Input, Kind: forms.DateKind},
	{Name: "at", Type: forms.Input, Kind: forms.DateTime},
	{Name: "period", Type: forms.Input, Kind: forms.DateRange},
	{Name: "since", Type: forms.Input, Kind: forms.DateRange},
	{Name: "no_period", Type: forms.Input, Kind: forms.DateRange},
	{Name: "ids", Type: forms.Input, Kind: forms.List},
	{Name: "numbers", Type: forms.Input, Kind: forms.List, Of: forms.Integer},
	{Name: "no_ids", Type: forms.Input, Kind: forms.List},
	{Name: "no_numbers", Type: forms.Input, Kind: forms.List, Of: forms.Integer},
	{Name: "yes", Type: forms.Input, Kind: forms.Boolean},
	{Name: "no", Type: forms.Input, Kind: forms.Boolean},
	{Name: "partner", Type: forms.Select, Options: &forms.Options{Given: []forms.Option{{Value: "7", Label: "Café O'Brien"}}}},
	{Name: "metric", Type: forms.Select, Options: &forms.Options{Given: []forms.Option{
		{Value: "revenue", Label: "Revenue", SQL: "sum(total)"}, {Value: "orders", SQL: "count()"},
	}}},
	{Name: "no_metric", Type: forms.Select, Options: &forms.Options{Given: []forms.Option{{Value: "a", SQL: "b"}}}},
	{Name: "columns", Type: forms.Checkbox, Options: &forms.Options{Given: []forms.Option{
		{Value: "card", Label: "Card number", SQL: "card_number"},
		{Value: "city", Label: "City", SQL: "dictGet('cities', 'name', city_id) AS city"},
		{Value: "constant", Label: "Constant"},
	}}},
	{Name: "no_columns", Type: forms.Checkbox, Options: &forms.Options{Given: []forms.Option{{Value: "a", SQL: "b"}}}},
	{Name: "kinds", Type: forms.Checkbox, Options: &forms.Options{Given: []forms.Option{{Value: "eu"}, {Value: "us"}}}},
}

func day(year, month, day int) forms.Date {
	return forms.Date{Year: year, Month: time.Month(month), Day: day}
}

var tokyo = time.FixedZone("Asia/Tokyo", 9*3600)

func demoValues() forms.Values {
	data := map[string]any{
		"q": "O'Brien", "n": int64(7), "big": uint64(18446744073709551615), "amount": decimal.RequireFromString("12.50"),
		"free": decimal.RequireFromString("0.00"), "day": day(2025, 1, 31), "at": time.Date(2025, 1, 31, 9, 30, 0, 0, tokyo),
		"period": forms.Range{From: day(2025, 1, 1), To: day(2025, 1, 31)}, "since": forms.Range{From: day(2025, 1, 1)},
		"ids": []string{"a", "b'"}, "numbers": []int64{3, 1, 3}, "yes": true, "no": false,
		"partner": "7", "metric": "revenue", "columns": []string{"card", "city"}, "kinds": []string{"us", "eu"},
	}
	values := forms.Values{}
	for i := range demoForm {
		field := &demoForm[i]
		values[field.Name] = forms.Value{Field: field, Data: data[field.Name], Chosen: chosenOf(field, data[field.Name])}
	}
	return values
}

func chosenOf(field *forms.Field, data any) []forms.Option {
	if field.Options == nil || data == nil {
		return nil
	}
	var picked []forms.Option
	for _, option := range field.Options.Given {
		for _, item := range itemsOf(data) {
			if option.Value == item {
				picked = append(picked, option)
			}
		}
	}
	return picked
}

func demoEnv() Env {
	return Env{
		Values:  demoValues(),
		User:    User{Email: "ann@example.com", Name: "Ann", Groups: []string{"sales", "eu"}},
		Run:     Run{ID: "r1", Started: time.Date(2025, 2, 1, 8, 0, 0, 0, tokyo), Timezone: "Asia/Tokyo"},
		Report:  Report{Title: "Cards", Slug: "cards", Revision: 3},
		Results: demoResults{},
	}
}

type demoResults struct{}

func (demoResults) Rows(cell string) (int64, error) { return 1234567, nil }

func (demoResults) Value(cell, column string) (any, error) {
	if column != "total" {
		return nil, fmt.Errorf("the cell %s has no column %s", cell, column)
	}
	return decimal.RequireFromString("99.90"), nil
}

type demoSnippets map[string]string

func (s demoSnippets) Snippet(name string) (string, bool) {
	text, ok := s[name]
	return text, ok
}

var demoScope = Scope{
	Form:  demoForm,
	Later: []string{"afterwards"},
	Cells: []string{"buyers", "totals"},
	Snippets: demoSnippets{
		"active":  "status = 'active' AND name = {{ .q }}",
		"noted":   "1 = 1 -- always",
		"outer":   "({{ snippet \"active\" }})",
		"broken":  "SELECT '{{ .q }}'\n  {{ .nope }}",
		"self":    "{{ snippet \"self\" }}",
		"ring":    "{{ snippet \"ring2\" }}",
		"ring2":   "{{ snippet \"ring\" }}",
		"failing": "a,\n{{ trunc .empty 1 }}",
		"read":    `SELECT * FROM {{ table "buyers" }} WHERE id = {{ .label.partner }}`,
	},
}

// mustBind binds a template that has no problems.
func mustBind(t *testing.T, text string, env Env) Statement {
	t.Helper()
	statement, err := mustParse(t, text).Bind(env)
	if err != nil {
		t.Fatalf("Bind(%q): %v", text, err)
	}
	return statement
}

func mustParse(t *testing.T, text string) *SQL {
	t.Helper()
	sql, problems := ParseSQL(text, demoScope)
	if len(problems) > 0 {
		t.Fatalf("ParseSQL(%q): %v", text, problems)
	}
	return sql
}

// shownStatement writes a statement on one line: values as ‹type value›, tables as ‹table name›.
func shownStatement(s Statement) string {
	var text strings.Builder
	for _, part := range s.Parts {
		switch {
		case part.Param != nil && part.Param.Value == nil:
			fmt.Fprintf(&text, "‹NULL %s›", part.Param.Null)
		case part.Param != nil:
			fmt.Fprintf(&text, "‹%T %v›", part.Param.Value, part.Param.Value)
		case part.Table != "":
			fmt.Fprintf(&text, "‹table %s›", part.Table)
		default:
			text.WriteString(part.Text)
		}
	}
	return text.String()
}

func shownProblems(problems []Problem) string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message)
	}
	return strings.Join(lines, "\n")
}

func problemOf(err error) *Problem {
	var problem *Problem
	errors.As(err, &problem)
	return problem
}
