package api_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

func TestARunAndItsFiles(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	ordered := d.want(http.StatusCreated, "rob", "POST", root+"/reports/partner-cards/runs", map[string]any{"values": map[string]any{"partner": 7}})
	id := ordered.string("id")
	if ordered.Header.Get("Location") != root+"/runs/"+id || ordered.string("person") != "rob@example.com" || ordered.string("values", "size") != "small" {
		t.Errorf("got %v %s", ordered.Header, ordered.text)
	}
	run := d.ended("rob", id)
	if run.string("status") != "succeeded" || run.string("text") != "# Cards of Partner 7\n\nAs they are now." || fmt.Sprint(run.at("cells", 0, "rows")) != "250" {
		t.Fatalf("got %s", run.text)
	}
	const shown = "[map[constant:false kind:text name: text:# Cards of Partner 7\n\n] map[constant:true kind:text name: text:As they are now.\n\n] " +
		"map[constant:false kind:table name:cards text:]]"
	if got := fmt.Sprint(run.at("parts")); got != shown {
		t.Errorf("it shows %s", got)
	}
	artifact := func(key string) any { return run.at("artifacts", 0, key) }
	if artifact("name") != "карты 7 50% 'лучших' 🎉.csv" || fmt.Sprint(artifact("rows")) != "250" || len(run.string("artifacts", 0, "sha256")) != 64 {
		t.Errorf("got %v", run.at("artifacts"))
	}
	if figures, err := d.db.Figures(t.Context()); err != nil || figures.Files != 2 || figures.Bytes < 1000 {
		t.Errorf("the files are counted as %+v, %v", figures, err)
	}
	file := d.want(http.StatusOK, "rob", "GET", run.string("artifacts", 0, "url"), nil)
	if fmt.Sprint(len(file.text)) != fmt.Sprint(artifact("bytes")) || !strings.Contains(file.text, "7,9007199254740993,1.1,1") {
		t.Errorf("got %.200s", file.text)
	}
}

// All kept rows are sorted, not those of a page; they are those a person may see.
func TestRowsSorted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.report("sorted", "---\ntitle: Sorted\n---\n```sql c\nSELECT toInt64(number * 7 % 150) AS n, if(number % 50 = 0, NULL, toString(number)) AS t FROM numbers(150)\n```\n")
	run := d.run("rob", "sorted", nil)
	path := root + "/runs/" + run.string("id") + "/cells/c/rows"
	for query, want := range map[string]string{
		"?sort=0&limit=3":                             "[[0 <nil>] [1 43] [2 86]]",
		"?sort=0&limit=2&offset=148":                  "[[148 64] [149 107]]",
		"?sort=0&descending=true&limit=2":             "[[149 107] [148 64]]",
		"?sort=1&limit=3":                             "[[7 1] [70 10] [107 101]]",
		"?sort=1&descending=true&limit=4&offset=146":  "[[7 1] [0 <nil>] [50 <nil>] [100 <nil>]]",
		"?sort=1&descending=false&limit=3&offset=147": "[[0 <nil>] [50 <nil>] [100 <nil>]]",
		"?sort=1&offset=1000":                         "[]",
	} {
		got := d.want(http.StatusOK, "rob", "GET", path+query, nil)
		if fmt.Sprint(got.at("rows")) != want || fmt.Sprint(got.at("total")) != "150" {
			t.Errorf("%s: %s", query, got.text)
		}
	}
	for query, field := range map[string]string{"?sort=2": "sort", "?sort=-1": "sort", "?descending=true": "descending"} {
		if got := d.want(http.StatusUnprocessableEntity, "rob", "GET", path+query, nil); got.string("fields", 0, "field") != field {
			t.Errorf("%s: %s", query, got.text)
		}
	}
	d.want(http.StatusNotFound, "eve", "GET", path+"?sort=0", nil)
}

// Programs round neither 64-bit integers nor decimals: they are texts.
func TestRowsPageByPage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	run := d.run("rob", "partner-cards", map[string]any{"partner": 7})
	path := root + "/runs/" + run.string("id") + "/cells/cards/rows"
	first := d.want(http.StatusOK, "rob", "GET", path, nil)
	rows, _ := first.at("rows").([]any)
	if len(rows) != 100 || fmt.Sprint(rows[0]) != "[7 9007199254740993 1.1 1]" || first.at("rows", 0, 1) != any("9007199254740993") || first.at("rows", 0, 2) != any("1.1") {
		t.Errorf("got %d rows, %v", len(rows), rows[0])
	}
	if first.string("columns", 1, "name") != "big" || first.string("columns", 1, "type") != "Int64" {
		t.Errorf("got %v", first.at("columns"))
	}
	if fmt.Sprint(run.at("cells", 0, "kept")) != "200" {
		t.Errorf("200 of 250 rows are kept: got %v", run.at("cells", 0))
	}
	if fmt.Sprintf("%v %v %v", first.at("total"), first.at("cut"), first.at("offset")) != "200 true 0" {
		t.Errorf("200 of 250 rows are kept: got %v, %v", first.at("total"), first.at("cut"))
	}
	last := d.want(http.StatusOK, "rob", "GET", path+"?offset=190&limit=1000", nil)
	if rows, _ := last.at("rows").([]any); len(rows) != 10 || last.at("rows", 9, 1) != any("9007199254741192") {
		t.Errorf("got %s", last.text)
	}
	if beyond := d.want(http.StatusOK, "rob", "GET", path+"?offset=100000", nil); fmt.Sprint(beyond.at("rows")) != "[]" {
		t.Errorf("got %s", beyond.text)
	}
	d.want(http.StatusNotFound, "rob", "GET", root+"/runs/"+run.string("id")+"/cells/none/rows", nil)
	for _, query := range []string{"?limit=1001", "?limit=0", "?offset=-1"} {
		d.want(http.StatusUnprocessableEntity, "rob", "GET", path+query, nil)
	}
}

func TestTheSameKeyAnswersWithTheSameRun(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	const path = root + "/reports/partner-cards/runs"
	order := func(who, key string, status int, body string) answer {
		return d.want(status, who, "POST", path, body, "Idempotency-Key", key)
	}
	first := order("rob", "k1", http.StatusCreated, `{"values": {"partner": 7, "size": "small"}}`)
	again := order("rob", "k1", http.StatusOK, ` {"values":{"size":"small","partner":7}}`)
	if again.string("id") != first.string("id") || again.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("got %s, then %s", first.string("id"), again.string("id"))
	}
	for _, other := range []string{`{"values": {"partner": 8, "size": "small"}}`, `{"values": {"partner": 7, "size": "small"}, "format": "json"}`} {
		if got := order("rob", "k1", http.StatusConflict, other); got.string("code") != "conflict" {
			t.Errorf("got %s", got.text)
		}
	}
	if others := order("vera", "k1", http.StatusCreated, `{"values": {"partner": 7, "size": "small"}}`); others.string("id") == first.string("id") {
		t.Error("a key of one person leads to the run of another")
	}
}

func TestAKeptResultTellsHowOldItIs(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	run := d.run("rob", "partner-cards", map[string]any{"partner": 7})
	body := map[string]any{"values": map[string]any{"partner": 7}, "max_age": 3600}
	kept := d.want(http.StatusOK, "rob", "POST", root+"/reports/partner-cards/runs", body)
	if kept.string("kept_from") != run.string("id") || kept.string("computed") != run.string("finished") || kept.string("status") != "succeeded" {
		t.Fatalf("got %s", kept.text)
	}
	file := d.want(http.StatusOK, "rob", "GET", kept.string("artifacts", 0, "url"), nil)
	if fmt.Sprint(len(file.text)) != fmt.Sprint(run.at("artifacts", 0, "bytes")) {
		t.Errorf("got %d bytes", len(file.text))
	}
	d.want(http.StatusOK, "rob", "GET", root+"/runs/"+kept.string("id")+"/cells/cards/rows", nil)
	body["max_age"] = 0
	d.want(http.StatusCreated, "rob", "POST", root+"/reports/partner-cards/runs", body)
}

func TestAllWrongFieldsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	got := d.want(http.StatusUnprocessableEntity, "rob", "POST", root+"/reports/partner-cards/runs", map[string]any{
		"values": map[string]any{"size": "huge", "since": "2025-02-30", "shop": 1},
	})
	var fields []string
	list, _ := got.at("fields").([]any)
	for i := range list {
		fields = append(fields, got.string("fields", i, "field"))
	}
	if strings.Join(fields, " ") != "partner size since shop" {
		t.Errorf("got %s", got.text)
	}
	unknown := d.want(http.StatusUnprocessableEntity, "rob", "POST", root+"/reports/partner-cards/runs", map[string]any{"values": map[string]any{"partner": 1}, "format": "pdf"})
	if unknown.string("detail") != `There is no format "pdf"; there are xlsx, csv, parquet and json.` {
		t.Errorf("got %s", unknown.text)
	}
}

func TestWhoSeesARun(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	run := d.run("vera", "partner-cards", map[string]any{"partner": 7})
	one := root + "/runs/" + run.string("id")
	for _, c := range []struct {
		method, path string
		status       map[string]int
	}{
		{"GET", "", map[string]int{nobody: 401, "eve": 404, "vera": 200, "anna": 200, "root": 200}},
		{"GET", "/cells/cards/rows", map[string]int{nobody: 401, "eve": 404, "vera": 200}},
		{"GET", "/links", map[string]int{nobody: 401, "eve": 404, "vera": 200}},
		{"GET", "/events", map[string]int{nobody: 401, "eve": 404, "vera": 200}},
		{"POST", "/cancel", map[string]int{nobody: 401, "eve": 404, "rob": 403, "vera": 409}},
	} {
		for who, status := range c.status {
			if got := d.ask(who, c.method, one+c.path, nil); got.StatusCode != status {
				t.Errorf("%s %s as %q: got %d %s, want %d", c.method, c.path, who, got.StatusCode, got.text, status)
			}
		}
	}
	for who, number := range map[string]int{"eve": 0, "rob": 0, "vera": 1, "anna": 1, "root": 1} {
		items, _ := d.want(http.StatusOK, who, "GET", root+"/runs", nil).at("items").([]any)
		if len(items) != number {
			t.Errorf("%s has %d runs listed, want %d", who, len(items), number)
		}
	}
	for _, query := range []string{"?mine=true", "?status=failed", "?since=2100-01-01T00:00:00Z", "?report=broken-query"} {
		if items, _ := d.want(http.StatusOK, "root", "GET", root+"/runs"+query, nil).at("items").([]any); len(items) != 0 {
			t.Errorf("%s: got %v", query, items)
		}
	}
	listed := d.want(http.StatusOK, "root", "GET", root+"/runs?report=partner-cards&status=succeeded", nil)
	if listed.string("items", 0, "id") != run.string("id") || listed.string("items", 0, "text") != "" || fmt.Sprint(listed.at("items", 0, "parts")) != "[]" {
		t.Errorf("got %s", listed.text)
	}
	if got := listed.at("items", 0, "artifacts"); !reflect.DeepEqual(got, run.at("artifacts")) || listed.string("items", 0, "artifacts", 0, "url") == "" {
		t.Errorf("a listed run shows %v, the run itself %v", got, run.at("artifacts"))
	}
	d.want(http.StatusNotFound, "eve", "GET", root+"/runs?report=partner-cards", nil)
}

func TestLinks(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.reports()
	run := d.run("rob", "partner-cards", map[string]any{"partner": 7})
	links := root + "/runs/" + run.string("id") + "/links"
	artifact := run.string("artifacts", 0, "id")
	d.want(http.StatusNotFound, "eve", "POST", links, map[string]any{"artifact": artifact})
	d.want(http.StatusNotFound, "rob", "POST", links, map[string]any{"artifact": run.string("id")})
	d.want(http.StatusUnprocessableEntity, "rob", "POST", links, map[string]any{"artifact": artifact, "expires_in": 1})
	own := d.want(http.StatusCreated, "rob", "POST", links, map[string]any{"artifact": artifact})
	open := d.want(http.StatusCreated, "rob", "POST", links, map[string]any{"artifact": artifact, "anyone": true, "expires_in": 3600})
	for url, status := range map[string]map[string]int{
		own.string("url"):  {nobody: 401, "eve": 404, "vera": 200, "rob": 200},
		open.string("url"): {nobody: 200, "eve": 200, "rob": 200},
	} {
		for who, want := range status {
			if got := d.ask(who, "GET", url, nil); got.StatusCode != want {
				t.Errorf("%s as %q: got %d %.200s, want %d", url, who, got.StatusCode, got.text, want)
			}
		}
	}
	listed := d.want(http.StatusOK, "rob", "GET", links, nil)
	if fmt.Sprintf("%v %v %v", listed.at("items", 0, "opened"), listed.at("items", 1, "opened"), listed.at("items", 1, "anyone")) != "2 3 true" {
		t.Errorf("got %s", listed.text)
	}
	d.want(http.StatusForbidden, "vera", "DELETE", root+"/links/"+open.string("id"), nil)
	d.want(http.StatusNoContent, "rob", "DELETE", root+"/links/"+open.string("id"), nil)
	gone := d.want(http.StatusNotFound, nobody, "GET", open.string("url"), nil)
	if !strings.Contains(gone.string("detail"), "Ask who sent it for a new one.") {
		t.Errorf("got %s", gone.text)
	}
}
