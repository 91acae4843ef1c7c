package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/people"
	"github.com/vitrina-reports/vitrina/reports/catalog"
	"github.com/vitrina-reports/vitrina/web/accounts"
)

const chosen = `---
title: Chosen {{ .label.city }}
timezone: Europe/Riga
form:
  - {name: city, label: City, type: select, required: true, options: {sql: "SELECT arrayJoin(['Oslo', 'Riga']) AS value, upper(value) AS label"}}
  - {name: least, label: At least, type: input, kind: integer, default: 3}
  - {name: ids, label: Only these, type: input, kind: list}
---
{{ rows "numbers" }} numbers of {{ .city }}.

` + "```sql numbers\nSELECT number AS n, {{ .city }} AS city FROM numbers(10)\nWHERE n >= {{ .least }}\n{{ if .ids }}AND toString(n) IN {{ .ids }}{{ end }}\n```\n" +
	"```sql doubled\nSELECT n * 2 AS m FROM {{ table \"numbers\" }}\n```\n```sql beside\nSELECT 1 AS one\n```\n```chart by_n\ntype: bar\ncell: numbers\nx: n\ny: count()\n```\n"

// events are those of a stream, to its end.
func events(t *testing.T, text string) (all []map[string]any, names []string) {
	t.Helper()
	for _, event := range strings.Split(strings.TrimSpace(text), "\n\n") {
		lines := strings.Split(event, "\n")
		if !strings.HasPrefix(lines[0], "event: ") {
			continue
		}
		names = append(names, strings.TrimPrefix(lines[0], "event: "))
		body := map[string]any{}
		decoder := json.NewDecoder(strings.NewReader(strings.TrimPrefix(lines[len(lines)-1], "data: ")))
		decoder.UseNumber()
		if err := decoder.Decode(&body); err != nil {
			t.Fatalf("%s: %v", event, err)
		}
		all = append(all, body)
	}
	return all, names
}

// try runs the document and is its result, which comes after progress.
func (d *desk) try(who string, body map[string]any) answer {
	d.Helper()
	stream := d.want(http.StatusOK, who, "POST", root+"/trial/runs", body)
	all, names := events(d.T, stream.text)
	if len(names) < 2 || names[0] != "progress" || names[len(names)-1] != "done" {
		d.Fatalf("events %v: %s", names, stream.text)
	}
	return answer{body: all[len(all)-1], text: stream.text}
}

func TestADocumentIsTriedWithoutBeingKept(t *testing.T) {
	t.Parallel()
	f := newFront(t)
	result := f.try("anna", map[string]any{"document": chosen, "values": map[string]any{"city": "Riga"}, "rows": 5})
	if result.string("status") != "succeeded" || result.string("text") != "7 numbers of Riga." {
		t.Fatalf("%s", result.text)
	}
	for i, want := range []string{
		`numbers 7 [3 Riga] UInt64 5 true false`, `doubled 5 [6] UInt64 5 true true`, `beside 1 [1] UInt8 1 false false`,
	} {
		cell := func(path ...any) any { return result.at(append([]any{"cells", i}, path...)...) }
		rows, _ := cell("result", "rows").([]any)
		got := fmt.Sprint(cell("name"), " ", cell("rows"), " ", rows[0], " ", cell("result", "columns", 0, "type"), " ", len(rows), " ", cell("result", "cut"), " ", cell("cut"))
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if got := fmt.Sprintf("%v %v", result.at("charts", 0, "name"), result.at("charts", 0, "points")); got != "by_n [3 4 5 6 7 8 9]" {
		t.Errorf("the chart: %s", got)
	}
	var shown []string
	parts, _ := result.at("parts").([]any)
	for i := range parts {
		shown = append(shown, strings.TrimSpace(result.string("parts", i, "text")+result.string("parts", i, "name")))
	}
	if got := strings.Join(shown, "|"); got != "7 numbers of Riga.|numbers|doubled|beside|by_n" {
		t.Errorf("it shows %s", got)
	}
	if got := fmt.Sprintf("%v", f.want(http.StatusOK, "anna", "GET", root+"/runs", nil).at("items")); got != "[]" {
		t.Errorf("something is kept: %s", got)
	}
	events, _, err := f.accounts.Events(t.Context(), f.people["root"], people.EventFilter{Action: "trial.run"})
	f.must(err)
	if len(events) != 1 || events[0].Person != "anna@example.com" || fmt.Sprint(events[0].Details["sources"]) != "[warehouse]" ||
		events[0].Details["sha256"] != catalog.Checksum([]byte(chosen)) || strings.Contains(fmt.Sprint(events[0].Details), "Riga") {
		t.Errorf("audit: %+v", events)
	}
}

func TestOneCellIsTriedWithThoseItReads(t *testing.T) {
	t.Parallel()
	d := newFront(t)
	for cell, want := range map[string]string{"doubled": "numbers doubled", "numbers": "numbers", "beside": "beside", "by_n": "numbers"} {
		result := d.try("anna", map[string]any{"document": chosen, "values": map[string]any{"city": "Riga"}, "cell": cell})
		var ran []string
		cells, _ := result.at("cells").([]any)
		for i := range cells {
			ran = append(ran, result.string("cells", i, "name"))
		}
		charts, _ := result.at("charts").([]any)
		if strings.Join(ran, " ") != want || result.string("text") != "" || fmt.Sprint(result.at("parts")) != "[]" || (len(charts) == 1) != (cell == "by_n") {
			t.Errorf("%s: %v, %d charts, %s", cell, ran, len(charts), result.text)
		}
	}
	missing := d.want(http.StatusUnprocessableEntity, "anna", "POST", root+"/trial/runs", map[string]any{"document": chosen, "values": map[string]any{"city": "Riga"}, "cell": "none"})
	if !strings.Contains(missing.string("detail"), `"none"`) {
		t.Error(missing.text)
	}
}

func TestATrialSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	d := newFront(t)
	trial := func(document string, values map[string]any) answer {
		t.Helper()
		return d.ask("anna", "POST", root+"/trial/runs", map[string]any{"document": document, "values": orNothing(values)})
	}
	if a := trial("---\ntitle: T\n---\n```sql a\nSELECT {{ .missing }}\n```\n", nil); a.StatusCode != http.StatusUnprocessableEntity || fmt.Sprint(a.at("problems", 0, "line")) != "5" {
		t.Errorf("a problem of the document: %d %s", a.StatusCode, a.text)
	}
	if a := trial(chosen, map[string]any{"city": "Bergen", "least": "x"}); a.StatusCode != http.StatusUnprocessableEntity || a.string("fields", 0, "field") != "city" || a.string("fields", 1, "field") != "least" {
		t.Errorf("wrong values: %d %s", a.StatusCode, a.text)
	}
	const wrong = "---\ntitle: T\nform:\n  - {name: x, label: X, type: input}\n---\nText.\n\n```sql good\nSELECT 1 AS one\n```\n```sql bad\nSELECT 1\n{{ if .x }}\n, 2\n{{ end }}\nFROM numbers(3) WHERE {{ .x }} = ''\nGRUOP BY number\n```\n"
	for _, x := range []string{"", "y"} {
		result := d.try("anna", map[string]any{"document": wrong, "values": map[string]any{"x": x}})
		if result.string("status") != "failed" || result.string("error_code") != "failed" || !strings.Contains(result.string("error"), "Cell bad: Syntax error") {
			t.Errorf("%s", result.text)
		}
		if fmt.Sprint(result.at("cells", 0, "result", "rows")) != "[[1]]" || fmt.Sprint(result.at("cells", 1, "line")) != "17" || result.string("cells", 1, "error") == "" {
			t.Errorf("with %q: %v", x, result.at("cells"))
		}
	}
	d.want(http.StatusForbidden, "rob", "POST", root+"/trial/runs", map[string]any{"document": chosen})
}

func TestATrialNeedsTheRightsOfSaving(t *testing.T) {
	t.Parallel()
	d := newFront(t)
	foreign := map[string]any{"document": "---\ntitle: T\n---\n```sql a source=workbench\nSELECT 1\n```\n"}
	entry, err := d.catalog.Save(t.Context(), d.people["root"], catalog.Save{Slug: "secret", Document: []byte(oneNumber)})
	d.must(err)
	_, err = d.accounts.Grant(t.Context(), people.Command(), people.Grant{PersonID: d.people["anna"].ID, ReportID: entry.ID, Level: people.Run})
	d.must(err)
	for _, path := range []string{"/form", "/options/x", "/recognise/x", "/sql", "/runs"} {
		with := func(name string, value any) map[string]any {
			body := map[string]any{"document": oneNumber, name: value}
			if path == "/recognise/x" {
				body["text"] = "a"
			}
			return body
		}
		body := with("document", foreign["document"])
		if a := d.want(http.StatusForbidden, "anna", "POST", root+"/trial"+path, body); !strings.Contains(a.string("detail"), "workbench") {
			t.Errorf("%s: %s", path, a.text)
		}
		d.want(http.StatusNotFound, "anna", "POST", root+"/trial"+path, with("report", "secret"))
		d.want(http.StatusNotFound, "anna", "POST", root+"/trial"+path, with("report", "nothing"))
		d.want(http.StatusNotFound, "anna", "POST", root+"/trial"+path, with("group", entry.ID))
		d.want(http.StatusUnprocessableEntity, "anna", "POST", root+"/trial"+path, with("document", "no report"))
	}
}

func TestATrialAsAMemberOfAGroup(t *testing.T) {
	t.Parallel()
	d := newFront(t)
	d.limit("rob", "city", "Oslo")
	groups, err := d.accounts.AllGroups(t.Context(), d.people["anna"])
	d.must(err)
	as := func(body map[string]any) map[string]any {
		body["document"], body["group"] = chosen, groups[0].ID
		return body
	}
	form := d.want(http.StatusOK, "anna", "POST", root+"/trial/form", as(map[string]any{}))
	if form.at("fields", 0, "limited") != true || form.string("fields", 0, "label") != "City" || form.string("timezone") != "Europe/Riga" {
		t.Errorf("the form: %s", form.text)
	}
	options := d.want(http.StatusOK, "anna", "POST", root+"/trial/options/city", as(map[string]any{"search": "o"}))
	if got := fmt.Sprint(options.at("options")); got != "[map[label:OSLO value:Oslo]]" {
		t.Errorf("options: %s", got)
	}
	all := d.want(http.StatusOK, "anna", "POST", root+"/trial/options/city", map[string]any{"document": chosen})
	if got := fmt.Sprint(all.at("options")); got != "[map[label:OSLO value:Oslo] map[label:RIGA value:Riga]]" {
		t.Errorf("options without the group: %s", got)
	}
	refused := d.want(http.StatusUnprocessableEntity, "anna", "POST", root+"/trial/runs", as(map[string]any{"values": map[string]any{"city": "Riga"}}))
	if refused.string("fields", 0, "field") != "city" {
		t.Error(refused.text)
	}
}

func TestStatementsAreShownAsTheyAreSent(t *testing.T) {
	t.Parallel()
	d := newFront(t)
	values := map[string]any{"city": "Riga", "ids": []string{strings.Repeat("ж", 1500)}}
	answer := d.want(http.StatusOK, "anna", "POST", root+"/trial/sql", map[string]any{"document": chosen, "values": values})
	if got, want := answer.string("items", 0, "sql"), "SELECT number AS n, {p1:String} AS city FROM numbers(10)\nWHERE n >= {p2:Int64}\nAND toString(n) IN {p3:Array(String)}"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := fmt.Sprint(answer.at("items", 0, "parameters", 0)); got != "map[name:p1 type:String value:Riga]" {
		t.Errorf("the first parameter: %s", got)
	}
	if got := answer.string("items", 0, "parameters", 2, "value"); len([]rune(got)) != 1000 {
		t.Errorf("a long value has %d characters", len([]rune(got)))
	}
	if got := fmt.Sprint(answer.at("items", 1, "tables")); got != "[map[cell:numbers name:numbers rows:0]]" {
		t.Errorf("what travels along: %s", got)
	}
	wrong := d.want(http.StatusOK, "anna", "POST", root+"/trial/sql", map[string]any{"document": chosen})
	if wrong.string("fields", 0, "field") != "city" || fmt.Sprint(wrong.at("items")) != "[]" {
		t.Error(wrong.text)
	}
	const unbound = "---\ntitle: T\nform:\n  - {name: x, label: X, type: checkbox, options: [{value: a, sql: a}]}\n---\n```sql bad\nSELECT {{ .x }}\n```\n```sql good\nSELECT 1 AS one\n```\n"
	one := d.want(http.StatusOK, "anna", "POST", root+"/trial/sql", map[string]any{"document": unbound})
	if !strings.Contains(one.string("items", 0, "error"), "no option was chosen") || one.string("items", 1, "sql") != "SELECT 1 AS one" {
		t.Error(one.text)
	}
}

func TestPastedItemsOfADocumentThatIsTried(t *testing.T) {
	t.Parallel()
	d := newFront(t)
	answer := d.want(http.StatusOK, "anna", "POST", root+"/trial/recognise/ids", map[string]any{"document": chosen, "text": "a\nb\na"})
	if got := fmt.Sprintf("%v %v", answer.at("items"), answer.at("repeated")); got != "[a b] 1" {
		t.Error(answer.text)
	}
}

func TestATokenThatRunsReportsWritesNoSQL(t *testing.T) {
	t.Parallel()
	d := newFront(t)
	secret, _, err := d.accounts.CreateToken(t.Context(), people.Command(), accounts.NewToken{
		PersonID: d.people["anna"].ID, Name: "loader", Scopes: []people.Scope{people.ScopeRun},
	})
	d.must(err)
	d.tokens["loader"] = secret
	body := map[string]any{"document": oneNumber}
	for _, path := range []string{"runs", "form", "sql", "options/x"} {
		d.want(http.StatusForbidden, "loader", "POST", root+"/trial/"+path, body)
	}
	d.want(http.StatusForbidden, "loader", "POST", root+"/trial/recognise/x", map[string]any{"document": oneNumber, "text": "1"})
	d.want(http.StatusForbidden, "loader", "GET", root+"/sources/warehouse/sample?table=t", nil)
	d.want(http.StatusOK, "loader", "GET", root+"/sources/warehouse/schema", nil)
	d.try("anna", body)
}
