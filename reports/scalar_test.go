package reports

import (
	"strings"
	"testing"
)

// Every way to write a text in YAML must keep the place of each of its characters.
func TestScalarsKeepThePlacesOfTheirCharacters(t *testing.T) {
	t.Parallel()
	for name, yaml := range map[string]string{
		"plain":                   "title: a <X> b",
		"plain folded":            "title: a\n  b <X>\n\n  c",
		"single":                  "title: 'it''s <X> ''q'''",
		"single folded":           "title: 'it''s\n  <X>'",
		"double":                  `title: "a\t\u0041\x41\"<X>\n"`,
		"double folded":           "title: \"a \\\n   b\n\n  <X> c\"",
		"double unicode":          `title: "日本 \U0001F600 <X>"`,
		"literal":                 "title: |\n  one\n  two <X>\n",
		"literal, blank lines":    "title: |\n\n  one\n\n\n    two <X>\n\n",
		"literal, spaces":         "title: |\n  one\n     \n  <X>\n",
		"literal, indicator":      "title: |2-\n    one\n  <X>\n",
		"literal, comment":        "title: |- # why\n  one\n  <X>",
		"literal at the end":      "title: |\n  <X>",
		"folded":                  "title: >\n  one\n  two <X>\n\n  three\n",
		"folded, indented":        "title: >-\n  one\n    two\n    <X>\n  three\n",
		"folded, blank, indented": "title: >\n\n  one\n\n\n    two\n\n  <X>\n",
		"crlf":                    "title: |\r\n  one\r\n\r\n  <X>\r\n",
		"crlf folded":             "title: 'a\r\n  b <X>'\r\n",
		"in flow":                 "tags: [x, {a: \"<X>\"}]",
		"in flow, plain":          "tags: [x, {a: b <X>}]",
		"tagged":                  "title: !!str <X>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := "---\n" + yaml + "\n---\n"
			at := strings.Index(data, "<X>")
			d := &Document{data: []byte(data)}
			tree, top := d.readYAML(extent{4, len(data) - 4})
			if len(d.findings) > 0 {
				t.Fatal(d.findings)
			}
			n := top.Content[1]
			for n.Value == "" {
				n = n.Content[len(n.Content)-1]
			}
			s := tree.span(n)
			i := strings.Index(n.Value, "<X>")
			start, end, ok := s.verbatim(d.data, i, i+3)
			if !ok || start != at || end != at+3 {
				t.Errorf("<X> is at %d, found at %d to %d, %t (%q)", at, start, end, ok, n.Value)
			}
		})
	}
}
