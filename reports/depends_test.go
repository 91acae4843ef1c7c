package reports

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shelf has a snippet that uses a field.
type shelf map[string]string

func (s shelf) Snippet(name string) (string, bool) {
	text, ok := s[name]
	return text, ok
}

func TestFieldsDependOnWhatTheirTemplatesUse(t *testing.T) {
	t.Parallel()
	c, problems := Load("test.md", []byte(`---
title: Test
form:
  - {name: region, type: input}
  - {name: kind, type: input}
  - {name: note, type: input}
  - {name: city, type: select, options: {sql: "SELECT 'region' AS note, 1 AS v WHERE {{ .region }} != ''"}}
  - {name: shop, type: select, show_if: .city, options: {sql: "SELECT {{ snippet \"of_kind\" }} AS v"}}
  - {name: label_only, type: input, show_if: 'eq .label.city "Rome"'}
---
`), CheckOptions{Snippets: shelf{"of_kind": "{{ .kind }}"}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := map[string][]string{}
	for _, f := range c.Report.Form {
		got[f.Name] = c.Depends(f.Name)
	}
	want := map[string][]string{
		"region": {}, "kind": {}, "note": {}, "city": {"region"}, "shop": {"region", "kind", "city"}, "label_only": {"region", "city"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
