package reports_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vitrina-reports/vitrina/reports"
)

const everywhere = `---
title: "Loyalty of {{ .label.region }}"   # region
form:
  - {name: country, type: input}
  - name:   region # the region, by .country
    type: select
    show_if: 'not (eq .country "it''s")'
    options: {sql: "SELECT region AS value, region AS label FROM regions WHERE country = {{ .country }}"}
  - name: city
    type: select
    show_if: "{{ .region }}"
    options:
      sql: |
        SELECT city AS value, city AS label
        FROM cities WHERE region = {{ .region }}
exports:
- cells: [buyers , "all"]
  format: xlsx
  filename: 'buyers {{ .label.region }} {{ rows "buyers" }}'
audience: {cell: all, id: user_id, campaign: "{{ .region }}-{{ .city }}", exclude: {campaigns: ["{{ .region }}"]}}
monitor:
    cell: buyers
    time: hour
    value: n
schedule:
  - {cron: "0 9 * * *", values: {region: north, "country": it}}
---
Region {{ .label.region }} has {{ rows "buyers" }} buyers, not .region; first {{ value "buyers" "region" }}.

~~~sql   buyers   source=billing
SELECT region, 'buyers' -- .region
FROM t WHERE region = {{ $.region }} {{ with .city }}AND city = {{ . }} AND region = {{$.region}}{{ end }}
~~~
` + "```sql all\nSELECT * FROM {{ table \"buyers\" }} AS buyers {{ if .region }}WHERE 1{{ end }}\n```\n" +
	"```chart c\ntype: bar\ncell: buyers # buyers\nx: region\ny: count()\ntitle: '{{ rows \"buyers\" }} of {{ .region | upper }}' # region\n```\n"

func TestRenameRewritesEveryReferenceAndNothingElse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rename func(doc *reports.Document, from, to string) (*reports.Document, error)
		from   string
		places []string // what changes, as written before
	}{
		"field": {renameField, "region", []string{
			"Loyalty of {{ .label.region", "name:   region", "\"{{ .region }}\"\n", "region = {{ .region", "buyers {{ .label.region",
			"campaign: \"{{ .region", "campaigns: [\"{{ .region", "values: {region", "Region {{ .label.region", "region = {{ $.region",
			"region = {{$.region", "{{ if .region", "of {{ .region",
		}},
		"cell": {renameCell, "buyers", []string{
			"cells: [buyers", "{{ rows \"buyers", "cell: buyers\n", "has {{ rows \"buyers", "value \"buyers", "~~~sql   buyers",
			"table \"buyers", "cell: buyers # ", "'{{ rows \"buyers",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := clean(t, everywhere)
			renamed, err := c.rename(doc, c.from, "zone")
			if err != nil {
				t.Fatal(err)
			}
			want := everywhere
			for _, place := range c.places {
				if !strings.Contains(want, place) {
					t.Fatalf("the document has no %q", place)
				}
				i := strings.LastIndex(place, c.from)
				want = strings.Replace(want, place, place[:i]+"zone"+place[i+len(c.from):], 1)
			}
			if got := string(renamed.Bytes()); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			back, err := c.rename(renamed, "zone", c.from)
			if err != nil || string(back.Bytes()) != everywhere {
				t.Errorf("there and back is another document (%v)", err)
			}
		})
	}
}

func renameField(doc *reports.Document, from, to string) (*reports.Document, error) {
	return doc.RenameField(from, to, reports.CheckOptions{})
}

func renameCell(doc *reports.Document, from, to string) (*reports.Document, error) {
	return doc.RenameCell(from, to, reports.CheckOptions{})
}

func TestRenameRefuses(t *testing.T) {
	t.Parallel()
	snippets, problems := reports.LoadSnippets(fstest.MapFS{
		"near.sql": {Data: []byte(`region = {{ .region }}`)}, "outer.sql": {Data: []byte(`{{ snippet "near" }}`)},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	const head = "---\ntitle: a\nform: [{name: region, type: input}, {name: other, type: input}]\n---\n"
	for name, c := range map[string]struct{ body, from, to, want string }{
		"unknown":         {"", "area", "zone", `has no field "area"`},
		"taken":           {"", "region", "other", `there is a field "other" already`},
		"reserved":        {"", "region", "label", `a field cannot be called "label"`},
		"no name":         {"", "region", "Zone 1", `a field cannot be called "Zone 1"`},
		"a word of YAML":  {"", "region", "null", `a field cannot be called "null"`},
		"dangling":        {"{{ .zone }}", "region", "zone", "refers to a field \"zone\" already"},
		"broken template": {"{{ if .region }}", "region", "zone", "report.md:5:1: the template does not parse"},
		"escapes":         {"{{ index . \"\\u0072egion\" }}", "region", "zone", "without escapes"},
		"snippet": {"```sql x\nSELECT {{ snippet \"outer\" }}\n```\n", "region", "zone",
			`report.md:6:20: the snippet "outer", which other reports share, refers to the field "region"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := parse(t, head+c.body).RenameField(c.from, c.to, reports.CheckOptions{Snippets: snippets})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestRenameLeavesTextThatYAMLSharesAlone(t *testing.T) {
	t.Parallel()
	doc := clean(t, "---\ntitle: a\n---\n```sql d\n1\n```\n```chart c\ntype: bar\ncell: &x d\nx: *x\ny: a\n```\n")
	_, err := doc.RenameCell("d", "e", reports.CheckOptions{})
	if want := `report.md:9:10: "d" is not written plainly here`; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}
