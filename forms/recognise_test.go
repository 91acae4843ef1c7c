package forms

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/vitrina-reports/vitrina/internal/fault"
)

func recognise(t *testing.T, env Env, f Field, text string) Recognised {
	t.Helper()
	f.Name = "f"
	found, err := Recognise(context.Background(), Form{f}, Raw{"f": "not looked at"}, env, "f", text)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestPastedItemsAreRecognised(t *testing.T) {
	t.Parallel()
	codes := Field{Type: Input, Kind: List, Pattern: "[A-Z]+", Max: 3}
	numbers := Field{Type: Input, Kind: List, Of: Integer, Min: 1}
	known := Field{Type: Input, Kind: List, Of: Integer, Options: &Options{Given: []Option{{Value: "7"}, {Value: "08", Label: "Eight"}, {Value: "9"}}}}
	box := Field{Type: Checkbox, Options: &Options{Given: []Option{
		{Value: "card", Label: "Card number"}, {Value: "CARD"}, {Value: "city", Label: "Город"}, {Value: "town", Label: "город"}, {Value: "home", Label: "Place"}, {Value: "work", Label: "Place"},
	}}}
	counted := Field{Type: Checkbox, Kind: Integer, Options: &Options{Given: []Option{{Value: "7", Label: "Seven"}, {Value: "8"}}}}
	limited := Env{Allowed: map[string][]string{"f": {"7", "card"}}}
	for name, c := range map[string]struct {
		env   Env
		field Field
		text  string
		want  Recognised
	}{
		"by form":               {Env{}, codes, "AB\nabc\n\nCD\nAB\r\nABCD\nabc", Recognised{Items: []string{"AB", "CD"}, Unknown: 2, UnknownItems: []string{"abc", "ABCD"}, Repeated: 2}},
		"as lists are parted":   {Env{}, Field{Type: Input, Kind: List}, "\ufeff\"a, b\", c;d\t e", Recognised{Items: []string{"a, b", "c", "d", "e"}}},
		"lines keep commas":     {Env{}, Field{Type: Input, Kind: List}, "a, b\nc", Recognised{Items: []string{"a, b", "c"}}},
		"numbers":               {Env{}, numbers, "7, 07; x\n0 18446744073709551615", Recognised{Items: []string{"7"}, Unknown: 2, UnknownItems: []string{"x", "0 18446744073709551615"}, Repeated: 1}},
		"nothing":               {Env{}, numbers, " \n\t", Recognised{}},
		"known ones":            {Env{}, known, "7\n8\n10\nx\n10", Recognised{Items: []string{"7", "8"}, Unknown: 2, UnknownItems: []string{"x", "10"}, Repeated: 1, Checked: true}},
		"known and allowed":     {limited, known, "7,8", Recognised{Items: []string{"7"}, Unknown: 1, UnknownItems: []string{"8"}, Checked: true}},
		"allowed by form alone": {limited, numbers, "7,8", Recognised{Items: []string{"7"}, Unknown: 1, UnknownItems: []string{"8"}}},
		"by value and label": {Env{}, box, "card\ncard NUMBER\nCITY\nnobody", Recognised{Items: []string{"card", "city"}, Unknown: 1, UnknownItems: []string{"nobody"}, Repeated: 1, Checked: true,
			Options: []Option{box.Options.Given[0], box.Options.Given[2]}}},
		"the same letters first": {Env{}, box, "CARD,город", Recognised{Items: []string{"CARD", "town"}, Checked: true, Options: []Option{{Value: "CARD"}, {Value: "town", Label: "город"}}}},
		"of several":             {Env{}, box, "place", Recognised{Items: []string{"home", "work"}, Checked: true, Options: box.Options.Given[4:]}},
		"options allowed":        {limited, box, "card\nCARD\ncity", Recognised{Items: []string{"card"}, Repeated: 1, Unknown: 1, UnknownItems: []string{"city"}, Checked: true, Options: box.Options.Given[:1]}},
		"numbered options":       {Env{}, counted, "007, seven; 8, 9", Recognised{Items: []string{"7", "8"}, Repeated: 1, Unknown: 1, UnknownItems: []string{"9"}, Checked: true, Options: counted.Options.Given}},
		"no options pasted":      {Env{}, box, "", Recognised{Checked: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, recognise(t, c.env, c.field, c.text), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// What is recognised is what the field takes, and what is not it takes as well: a list's options only tell.
func TestAListTakesUnknownItemsToo(t *testing.T) {
	t.Parallel()
	known := Field{Type: Input, Kind: List, Options: &Options{Given: []Option{{Value: "a"}}}}
	value, err := readOne(Env{}, known, "a\nb")
	if diff := cmp.Diff([]string{"a", "b"}, value.Data); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestAllItemsAreLookedUpAtOnce(t *testing.T) {
	t.Parallel()
	form, shop := regional()
	form = append(form, Field{Name: "partners", Type: Input, Kind: List, Options: form[2].Options})
	form = append(form, Field{Name: "chosen", Type: Checkbox, Options: form[2].Options})
	text := strings.Builder{}
	for i := range 50_000 {
		fmt.Fprintf(&text, "p%d\n", i)
	}
	text.WriteString("ann\nbob\n")
	for _, field := range []string{"partners", "chosen"} {
		shop.asked = nil
		found, err := Recognise(context.Background(), form, Raw{"region": "north", "day": "31 Feb"}, Env{Resolver: shop}, field, text.String())
		if err != nil || len(shop.asked) != 1 || found.Unknown != 50_000 || len(found.UnknownItems) != 1000 || fmt.Sprint(found.Items) != "[ann bob]" {
			t.Errorf("%s: %d questions, %d unknown, %d of them told, %v, %v", field, len(shop.asked), found.Unknown, len(found.UnknownItems), found.Items, err)
		}
	}
	_, err := Recognise(context.Background(), form, Raw{"region": "x"}, Env{Resolver: shop}, "partners", "ann")
	var mistakes Errors
	if !errors.As(err, &mistakes) || mistakes[0].Field != "region" {
		t.Errorf("the field it depends on is at fault: %v", err)
	}
	shop.fails = fault.New(fault.Unavailable, "away")
	if _, err := Recognise(context.Background(), form, Raw{"region": "north"}, Env{Resolver: shop}, "partners", "ann"); fault.CodeOf(err) != fault.Unavailable {
		t.Error(err)
	}
}

func TestWhatHasNoItems(t *testing.T) {
	t.Parallel()
	form, shop := regional()
	for name, code := range map[string]fault.Code{"day": fault.Invalid, "partner": fault.Invalid, "x": fault.NotFound} {
		if _, err := Recognise(context.Background(), form, nil, Env{Resolver: shop}, name, "a"); err == nil || fault.CodeOf(err) != code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMoreItemsThanAListCanHaveAreRefused(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range DefaultMaxItems + 1 {
		fmt.Fprintln(&text, i)
	}
	for name, pattern := range map[string]string{"known": "", "unknown": "x"} {
		form := Form{{Name: "ids", Type: Input, Kind: List, Of: Integer, Pattern: pattern}}
		if _, err := Recognise(context.Background(), form, nil, Env{}, "ids", text.String()); !fault.IsInvalid(err) || !strings.Contains(err.Error(), "1,000,000") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
