package forms

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheckFindsMistakesOfFields(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		field Field
		want  []Problem
	}{
		"no name":         {Field{Type: Input}, []Problem{{0, "name", "A field needs a name."}}},
		"capital letters": {Field{Name: "Partner", Type: Input}, []Problem{{0, "name", `The name "Partner" must be made of small Latin letters, digits and _, and begin with a letter.`}}},
		"taken":           {Field{Name: "user", Type: Input}, []Problem{{0, "name", "The name user is taken: in templates .user is the person who runs the report."}}},
		"no type":         {Field{Name: "a"}, []Problem{{0, "type", "The type is missing; it is input, select or checkbox."}}},
		"slip in type":    {Field{Name: "a", Type: "imput"}, []Problem{{0, "type", `There is no type "imput" here; did you mean input?`}}},
		"kind as type":    {Field{Name: "a", Type: "daterange"}, []Problem{{0, "type", `There is no type "daterange" here; it is input, select or checkbox.`}}},
		"slip in kind":    {Field{Name: "a", Type: Input, Kind: "interger"}, []Problem{{0, "kind", `There is no kind "interger" here; did you mean integer?`}}},
		"kind of select":  {Field{Name: "a", Type: Select, Kind: DateKind, Options: columns()}, []Problem{{0, "kind", `There is no kind "date" here; it is text or integer.`}}},
		"of of a text":    {Field{Name: "a", Type: Input, Of: Integer}, []Problem{{0, "of", "Only a list has of; this field is an input of kind text."}}},
		"unknown of":      {Field{Name: "a", Type: Input, Kind: List, Of: DateKind}, []Problem{{0, "of", `There is no of "date" here; it is text or integer.`}}},

		"bounds of a boolean": {Field{Name: "a", Type: Input, Kind: Boolean, Min: "0", Max: "1"}, []Problem{
			{0, "min", "min means nothing for an input of kind boolean."}, {0, "max", "max means nothing for an input of kind boolean."}}},
		"pattern of a number": {Field{Name: "a", Type: Input, Kind: Integer, Pattern: "x"}, []Problem{{0, "pattern", "pattern means nothing for an input of kind integer; it is for text and lists."}}},
		"negative max_items":  {Field{Name: "a", Type: Input, Kind: List, MaxItems: -1}, []Problem{{0, "max_items", "max_items must be above 0."}}},
		"max_items of a text": {Field{Name: "a", Type: Input, MaxItems: 5}, []Problem{{0, "max_items", "max_items means nothing for an input of kind text; it is for lists and checkboxes."}}},
		"pattern":             {Field{Name: "a", Type: Input, Pattern: "("}, []Problem{{0, "pattern", "The pattern is not a regular expression of RE2 syntax: error parsing regexp: missing closing ): `(`."}}},
		"min no number":       {Field{Name: "a", Type: Input, Kind: Integer, Min: "few"}, []Problem{{0, "min", `The min must be a whole number, not "few".`}}},
		"min and max no dates": {Field{Name: "a", Type: Input, Kind: DateRange, Min: "2025-02-30", Max: "tody"}, []Problem{
			{0, "max", `The max cannot be "tody": did you mean today?`}, {0, "min", `The min cannot be "2025-02-30": 30 February 2025 does not exist.`}}},
		"negative length":    {Field{Name: "a", Type: Input, Kind: List, Min: "-1"}, []Problem{{0, "min", `The min must be a number of characters, not "-1".`}}},
		"min above max":      {Field{Name: "a", Type: Input, Kind: Decimal, Min: "1", Max: "0.5"}, []Problem{{0, "min", "The min is above max."}}},
		"dates in disorder":  {Field{Name: "a", Type: Input, Kind: DateTime, Min: "now", Max: "now-1h"}, []Problem{{0, "min", "The min is above max."}}},
		"items in disorder":  {Field{Name: "a", Type: Input, Kind: List, Of: Integer, Min: 2, Max: 1}, []Problem{{0, "min", "The min is above max."}}},
		"length in disorder": {Field{Name: "a", Type: Input, Min: 2, Max: 1}, []Problem{{0, "min", "The min is above max."}}},

		"options of an input": {Field{Name: "a", Type: Input, Options: columns()}, []Problem{{0, "options", "An input has no options; make it a select or a checkbox."}}},
		"no items of a list":  {Field{Name: "a", Type: Input, Kind: List, Options: &Options{}}, []Problem{{0, "options", "A list needs options: a list, or sql: and a query that returns value and label."}}},
		"no number of a list": {Field{Name: "a", Type: Input, Kind: List, Of: Integer, Options: &Options{Given: []Option{{Value: "x"}}}}, []Problem{{0, "options", `Option "x" must be a whole number, as the field is of kind integer.`}}},
		"sql of a list":       {Field{Name: "a", Type: Input, Kind: List, Options: &Options{Given: []Option{{Value: "x", SQL: "x"}, {Value: "y"}}}}, []Problem{{0, "options", "The options of a list have no sql: each item stands for itself."}}},
		"no options":          {Field{Name: "a", Type: Checkbox, Options: &Options{}}, []Problem{{0, "options", "A checkbox needs options: a list, or sql: and a query that returns value and label."}}},
		"options missing":     {Field{Name: "a", Type: Select, Default: "x"}, []Problem{{0, "options", "A select needs options: a list, or sql: and a query that returns value and label."}}},
		"both":                {Field{Name: "a", Type: Select, Options: &Options{Given: columns().Given, Query: "SELECT"}}, []Problem{{0, "options", "Options are either given or come from a query, not both."}}},
		"same value":          {Field{Name: "a", Type: Select, Kind: Integer, Options: &Options{Given: []Option{{Value: "7"}, {Value: "07"}}}}, []Problem{{0, "options", `Two options have the value "07".`}}},
		"no value":            {Field{Name: "a", Type: Select, Options: &Options{Given: []Option{{Label: "x"}}}}, []Problem{{0, "options", "Option 1 needs a value."}}},
		"no number":           {Field{Name: "a", Type: Select, Kind: Integer, Options: &Options{Given: []Option{{Value: "x"}}}}, []Problem{{0, "options", `Option "x" must be a whole number, as the field is of kind integer.`}}},
		"sql now and then":    {Field{Name: "a", Type: Checkbox, Options: &Options{Given: []Option{{Value: "x", SQL: "x"}, {Value: "y"}}}}, []Problem{{0, "options", "Either all options have sql or none: 1 of 2 have it."}}},

		"default of the wrong kind": {Field{Name: "a", Type: Input, Kind: Integer, Default: "x"}, []Problem{{0, "default", `The default is wrong: it must be a whole number, not "x".`}}},
		"default out of bounds":     {Field{Name: "a", Type: Input, Kind: Integer, Max: "5", Default: "6"}, []Problem{{0, "default", "The default is wrong: it must be at most 5, not 6."}}},
		"default not an option":     {Field{Name: "a", Type: Select, Options: columns(), Default: "cards"}, []Problem{{0, "default", `The default is wrong: it has no option "cards"; did you mean card?`}}},
		"several for a query":       {Field{Name: "a", Type: Select, Options: &Options{Query: "SELECT"}, Default: []any{"1", "2"}}, []Problem{{0, "default", "The default is wrong: it takes one value, but 2 were given."}}},
		"default never in order":    {Field{Name: "a", Type: Input, Kind: DateRange, Default: "today..today-1d"}, []Problem{{0, "default", "The default is wrong: it cannot be from 2025-01-15 to 2025-01-14: the first day comes after the last."}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.field.Name == "" && name != "no name" {
				c.field.Name = "a"
			}
			if diff := cmp.Diff(c.want, Form{c.field}.Check()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestCheckAcceptsSoundForms(t *testing.T) {
	t.Parallel()
	form := append(everyKind(), Form{
		{Name: "period", Type: Input, Kind: DateRange, Min: "today-5y", Max: "today", Default: "month_start-1M..month_end-1M"},
		{Name: "since_launch", Type: Input, Kind: DateRange, Default: map[string]any{"from": "2031-01-01", "to": "today"}},
		{Name: "after_launch", Type: Input, Kind: DateKind, Min: "2031-01-01", Max: "today", Default: "yesterday"},
		{Name: "from_now", Type: Input, Kind: DateTime, Default: "now-2h"},
		{Name: "partner", Type: Select, Kind: Integer, Options: &Options{Query: "SELECT"}, Default: "5"},
		{Name: "shops", Type: Checkbox, Options: &Options{Query: "SELECT"}, Default: "all"},
		{Name: "cards", Type: Input, Kind: List, Of: Integer, Options: &Options{Given: []Option{{Value: "7", Label: "Seven"}}}, Default: "8,9"},
		{Name: "shop_ids", Type: Input, Kind: List, Options: &Options{Query: "SELECT"}},
		{Name: "share", Type: Input, Kind: Decimal, Min: 0, Max: "0.5", Default: "0.1"},
	}...)
	if problems := form.Check(); problems != nil {
		t.Errorf("got %v", problems)
	}
}

func TestCheckGoesThroughAllFields(t *testing.T) {
	t.Parallel()
	form := Form{
		{Name: "a", Type: Input, Kind: Integer, Default: "x"},
		{Name: "b", Type: Input},
		{Name: "a", Type: Select},
	}
	want := []Problem{
		{0, "default", `The default is wrong: it must be a whole number, not "x".`},
		{2, "name", "Another field has the name a already."},
		{2, "options", "A select needs options: a list, or sql: and a query that returns value and label."},
	}
	if diff := cmp.Diff(want, form.Check()); diff != "" {
		t.Error(diff)
	}
}
