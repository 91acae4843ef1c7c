package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/reports/catalog"
)

// field is the form's field of that name.
func field(form answer, name string) map[string]any {
	fields, _ := form.at("fields").([]any)
	for _, one := range fields {
		if one, _ := one.(map[string]any); one["name"] == name {
			return one
		}
	}
	return nil
}

func TestAFormHasWhatAPageNeeds(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	form := d.want(http.StatusOK, "rob", "POST", root+"/reports/partner-cards/form", map[string]any{})
	if form.string("timezone") != "UTC" || fmt.Sprint(form.at("formats")) != "[xlsx csv parquet json]" || fmt.Sprint(form.at("errors")) != "[]" {
		t.Errorf("got %s", form.text)
	}
	day := func(back int) string { return time.Now().UTC().AddDate(0, 0, back).Format(time.DateOnly) }
	since := field(form, "since")
	if since["default"] != day(-7) || since["min"] != day(-30) || since["max"] != day(0) || since["kind"] != "date" || form.string("values", "since") != day(-7) {
		t.Errorf("dates are not resolved: %v", since)
	}
	if partner := field(form, "partner"); partner["searchable"] != true || partner["required"] != true || partner["options"] != nil || partner["limited"] != false {
		t.Errorf("got %v", partner)
	}
	if size := field(form, "size"); fmt.Sprint(size["options"]) != "[map[label:Small cards value:small] map[label:large value:large]]" || size["default"] != "small" {
		t.Errorf("got %v", size)
	}
	if note := field(form, "note"); note["shown"] != false || note["label"] != "note" {
		t.Errorf("got %v", note)
	}
}

func TestAFormFollowsWhatIsFilledIn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	values := map[string]any{"size": "large", "since": "2025-02-30", "note": "UPPER"}
	form := d.want(http.StatusOK, "rob", "POST", root+"/reports/partner-cards/form", map[string]any{"values": values})
	if field(form, "note")["shown"] != true {
		t.Errorf("got %s", form.text)
	}
	if form.string("errors", 0, "field") != "since" || form.string("errors", 1, "field") != "note" || form.at("errors", 2) != nil {
		t.Errorf("the mistakes are those of what was filled in: %v", form.at("errors"))
	}
	if form.string("values", "since") != "2025-02-30" || form.string("values", "size") != "large" {
		t.Errorf("what was filled in is gone: %v", form.at("values"))
	}
}

// What a page says in another language than English, it finds by code.
func TestMistakesAndProseOfAForm(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	const path = root + "/reports/partner-cards"
	form := d.want(http.StatusOK, "rob", "POST", path+"/form", map[string]any{"values": map[string]any{"since": "2025-02-30", "size": "smal"}})
	if got := fmt.Sprintf("%v %v", form.at("errors", 0, "code"), form.at("errors", 0, "arguments")); got != "option map[given:[smal] given_more:0 suggestions:[small] suggestions_more:0]" {
		t.Errorf("got %s", got)
	}
	if form.string("errors", 1, "code") != "date_missing" || fmt.Sprint(form.at("errors", 1, "arguments", "day")) != "30" {
		t.Errorf("got %v", form.at("errors"))
	}
	if fmt.Sprint(field(form, "note")["depends"]) != "[size]" || fmt.Sprint(field(form, "size")["depends"]) != "[]" {
		t.Errorf("got %v, %v", field(form, "note"), field(form, "size"))
	}
	if form.string("text") != "As they are now." {
		t.Errorf("a text without its partner: %q", form.at("text"))
	}
	form = d.want(http.StatusOK, "rob", "POST", path+"/form", map[string]any{"values": map[string]any{"partner": 7}})
	if form.string("text") != "# Cards of Partner 7\n\nAs they are now." || strings.Contains(form.text, secret) {
		t.Errorf("got %s", form.text)
	}
	refused := d.want(http.StatusUnprocessableEntity, "rob", "POST", path+"/runs", map[string]any{"values": map[string]any{}})
	if refused.string("fields", 0, "code") != "required" || refused.string("fields", 0, "field") != "partner" {
		t.Errorf("got %s", refused.text)
	}
}

// A form is filled in also while its source does not take the query of a field's options.
func TestAFormIsThereWhenItsSourceIsNot(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("broken", "---\ntitle: Broken\nform:\n  - {name: shop, type: select, default: a, options: {sql: SELECT nothing FROM nowhere}}\n"+
		"  - {name: size, type: input, default: large, show_if: 'eq .shop \"a\"'}\n---\n```sql c\nSELECT 1\n```\n")
	form := d.want(http.StatusOK, "anna", "POST", root+"/reports/broken/form", map[string]any{})
	if form.string("errors", 0, "field") != "" || !strings.Contains(form.string("errors", 0, "message"), "nowhere") || field(form, "size")["shown"] != true {
		t.Errorf("got %s", form.text)
	}
}

func TestOptionsAreSearchedNamedAndBounded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	const partners, sizes = root + "/reports/partner-cards/options/partner", root + "/reports/partner-cards/options/size"
	for _, c := range []struct {
		path   string
		body   map[string]any
		first  string
		number int
		more   bool
	}{
		{partners, map[string]any{}, "Partner 0", 100, true},
		{partners, map[string]any{"limit": 300}, "Partner 0", 300, false},
		{partners, map[string]any{"limit": 299}, "Partner 0", 299, true},
		{partners, map[string]any{"search": "ner 29"}, "Partner 29", 11, false},
		{partners, map[string]any{"only": []string{"7", "9000"}}, "Partner 7", 1, false},
		{partners, map[string]any{"only": []string{}}, "", 0, false},
		{partners, map[string]any{"search": "'; DROP TABLE x"}, "", 0, false},
		{sizes, map[string]any{"search": "small"}, "Small cards", 1, false},
		{sizes, map[string]any{"only": []string{"large"}}, "large", 1, false},
		{sizes, map[string]any{"limit": 1}, "Small cards", 1, true},
	} {
		got := d.want(http.StatusOK, "rob", "POST", c.path, c.body)
		options, _ := got.at("options").([]any)
		if len(options) != c.number || got.string("options", 0, "label") != c.first || got.at("more") != c.more {
			t.Errorf("%v: got %d options from %q, more: %v", c.body, len(options), got.string("options", 0, "label"), got.at("more"))
		}
	}
	d.want(http.StatusNotFound, "rob", "POST", root+"/reports/partner-cards/options/nothing", map[string]any{})
	d.want(http.StatusUnprocessableEntity, "rob", "POST", root+"/reports/partner-cards/options/since", map[string]any{})
	d.want(http.StatusUnprocessableEntity, "rob", "POST", partners, map[string]any{"limit": 0})
}

// The limits of a person's groups hold wherever values are offered or taken.
func TestValueLimitsAreKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	d.limit("rob", "partner", "12", "15", "9000")
	const one = root + "/reports/partner-cards"
	for _, body := range []map[string]any{{}, {"only": []string{"11", "12", "15"}}, {"search": "Partner 1"}} {
		if got := d.want(http.StatusOK, "rob", "POST", one+"/options/partner", body); fmt.Sprint(got.at("options")) != "[map[label:Partner 12 value:12] map[label:Partner 15 value:15]]" {
			t.Errorf("%v: got %s", body, got.text)
		}
	}
	form := d.want(http.StatusOK, "rob", "POST", one+"/form", map[string]any{"values": map[string]any{"partner": 11}})
	if field(form, "partner")["limited"] != true || form.string("errors", 0, "field") != "partner" {
		t.Errorf("got %s", form.text)
	}
	refused := d.want(http.StatusUnprocessableEntity, "rob", "POST", one+"/runs", map[string]any{"values": map[string]any{"partner": 11}})
	if refused.string("fields", 0, "field") != "partner" {
		t.Errorf("got %s", refused.text)
	}
	d.want(http.StatusCreated, "rob", "POST", one+"/runs", map[string]any{"values": map[string]any{"partner": 12}})
	other := d.run("vera", "partner-cards", map[string]any{"partner": 11})
	for _, path := range []string{"", "/cells/cards/rows", "/links", "/events"} {
		d.want(http.StatusNotFound, "rob", "GET", root+"/runs/"+other.string("id")+path, nil)
	}
	d.want(http.StatusNotFound, "rob", "GET", other.string("artifacts", 0, "url"), nil)
	d.want(http.StatusOK, "vera", "GET", other.string("artifacts", 0, "url"), nil)
}

// An older revision may have offered what not everybody is to see.
func TestTheFormsOfOlderRevisionsAreForThoseWhoMayReadThem(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const form = "---\ntitle: Revised\nform: [{name: q, type: select, options: [%s]}]\n---\n\n```sql c\nSELECT {{ .q }} AS q\n```\n"
	entry := d.report("revised", fmt.Sprintf(form, "{value: a, label: Hidden since}, b"))
	_, err := d.catalog.Save(t.Context(), d.people["root"], catalog.Save{ID: entry.ID, Base: 1, Document: []byte(fmt.Sprintf(form, "b"))})
	d.must(err)
	for _, path := range []string{"/form", "/options/q"} {
		refused := d.want(http.StatusForbidden, "rob", "POST", root+"/reports/revised"+path, map[string]any{"revision": 1})
		if strings.Contains(refused.text, "Hidden since") {
			t.Error(refused.text)
		}
		d.want(http.StatusOK, "rob", "POST", root+"/reports/revised"+path, map[string]any{"revision": 2})
		if seen := d.want(http.StatusOK, "vera", "POST", root+"/reports/revised"+path, map[string]any{"revision": 1}); !strings.Contains(seen.text, "Hidden since") {
			t.Error(seen.text)
		}
	}
}
