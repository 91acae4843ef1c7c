package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const pasting = `---
title: Pasting
form:
  - {name: least, type: input, kind: integer, default: 0}
  - name: ids
    type: input
    kind: list
    of: integer
    options:
      sql: SELECT number AS value FROM numbers(1500000) WHERE number >= {{ .least }}
  - {name: codes, type: input, kind: list, pattern: "[A-Z]+"}
  - name: shops
    type: checkbox
    options:
      sql: SELECT concat('s', toString(number)) AS value, concat('Магазин ', toString(number)) AS label FROM numbers(200000)
  - {name: columns, type: checkbox, options: [{value: card, label: Card number}, {value: city}]}
  - {name: broken, type: input, kind: list, options: {sql: "SELECT secret_column AS value FROM no_such_table"}}
---
` + "```sql ids\nSELECT arrayJoin({{ .ids }}) AS id\n```\n"

func TestPastedItemsOfAReport(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("pasting", pasting)
	d.limit("vera", "columns", "city")
	ask := func(who, field, text string, values map[string]any) answer {
		t.Helper()
		return d.want(http.StatusOK, who, "POST", root+"/reports/pasting/recognise/"+field, map[string]any{"text": text, "values": orNothing(values)})
	}
	for _, c := range []struct {
		who, field, text string
		values           map[string]any
		want             string
	}{
		{"rob", "ids", "7, 07; x\n1500000", nil, `{"checked":true,"items":["7"],"recognised":1,"repeated":1,"unknown":2,"unknown_items":["x","1500000"]}`},
		{"rob", "ids", "7,8", map[string]any{"least": 8, "codes": "wrong"}, `{"checked":true,"items":["8"],"recognised":1,"repeated":0,"unknown":1,"unknown_items":["7"]}`},
		{"rob", "codes", "AB,cd", nil, `{"checked":false,"items":["AB"],"recognised":1,"repeated":0,"unknown":1,"unknown_items":["cd"]}`},
		{"rob", "codes", " ", nil, `{"checked":false,"items":[],"recognised":0,"repeated":0,"unknown":0,"unknown_items":[]}`},
		{"rob", "shops", "S7\nмагазин 199999\nМагазин 7\nx", nil, `{"checked":true,"items":["s7","s199999"],"options":[{"label":"Магазин 7","value":"s7"},{"label":"Магазин 199999","value":"s199999"}],"recognised":2,"repeated":1,"unknown":1,"unknown_items":["x"]}`},
		{"rob", "columns", "CARD NUMBER;city", nil, `{"checked":true,"items":["card","city"],"options":[{"label":"Card number","value":"card"},{"label":"city","value":"city"}],"recognised":2,"repeated":0,"unknown":0,"unknown_items":[]}`},
		{"vera", "columns", "CARD NUMBER;city", nil, `{"checked":true,"items":["city"],"options":[{"label":"city","value":"city"}],"recognised":1,"repeated":0,"unknown":1,"unknown_items":["CARD NUMBER"]}`},
	} {
		if got := strings.TrimSpace(ask(c.who, c.field, c.text, c.values).text); got != c.want {
			t.Errorf("%s pastes %q into %s:\ngot  %s\nwant %s", c.who, c.text, c.field, got, c.want)
		}
	}
	form := d.want(http.StatusOK, "rob", "POST", root+"/reports/pasting/form", map[string]any{})
	for name, lookup := range map[string]bool{"ids": true, "codes": false, "shops": false, "least": false} {
		if field(form, name)["lookup"] != lookup {
			t.Errorf("%s: %v", name, field(form, name))
		}
	}
	path := root + "/reports/pasting/recognise/"
	d.want(http.StatusNotFound, "rob", "POST", path+"nothing", map[string]any{"text": "x"})
	d.want(http.StatusUnprocessableEntity, "rob", "POST", path+"least", map[string]any{"text": "x"})
	if wrong := d.want(http.StatusUnprocessableEntity, "rob", "POST", path+"ids", map[string]any{"text": "7", "values": map[string]any{"least": "x"}}); wrong.string("fields", 0, "field") != "least" {
		t.Error(wrong.text)
	}
	for who, tells := range map[string]bool{"rob": false, "vera": true} {
		if failed := d.ask(who, "POST", path+"broken", map[string]any{"text": "a"}); failed.StatusCode < 400 || strings.Contains(failed.text, "no_such_table") != tells {
			t.Errorf("%s: %s", who, failed.text)
		}
	}
	d.want(http.StatusNotFound, "eve", "POST", path+"ids", map[string]any{"text": "7"})
}

// However many are pasted, they are looked up in one query; and a run takes them all, known or not.
func TestAMillionPastedItems(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("pasting", pasting)
	var text strings.Builder
	for i := range 1_000_000 {
		fmt.Fprintln(&text, 2*i)
	}
	found := d.want(http.StatusOK, "rob", "POST", root+"/reports/pasting/recognise/ids", map[string]any{"text": text.String()})
	if fmt.Sprintf("%v %v %d", found.at("recognised"), found.at("unknown"), len(found.at("unknown_items").([]any))) != "750000 250000 1000" || found.string("items", 749_999) != "1499998" {
		t.Errorf("%v recognised, %v unknown", found.at("recognised"), found.at("unknown"))
	}
	var shops strings.Builder
	for i := range 150_000 {
		fmt.Fprintf(&shops, "Магазин %d\n", 2*i)
	}
	chosen := d.want(http.StatusOK, "rob", "POST", root+"/reports/pasting/recognise/shops", map[string]any{"text": shops.String()})
	if fmt.Sprintf("%v %v", chosen.at("recognised"), chosen.at("unknown")) != "100000 50000" || chosen.string("options", 99_999, "value") != "s199998" {
		t.Errorf("%v recognised, %v unknown", chosen.at("recognised"), chosen.at("unknown"))
	}
	run := d.run("rob", "pasting", map[string]any{"ids": "7,1500001"})
	if rows := d.want(http.StatusOK, "rob", "GET", root+"/runs/"+run.string("id")+"/cells/ids/rows", nil); fmt.Sprint(rows.at("rows")) != "[[7] [1500001]]" {
		t.Error(rows.text)
	}
}
