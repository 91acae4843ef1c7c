package reports

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReferences(t *testing.T) {
	t.Parallel()
	for template, want := range map[string][]string{
		`{{ .a }}`:                                                   {"field a"},
		`{{ .period.from }}-{{$.period.to}}`:                         {"field period", "field period"},
		`{{- .label.a -}} {{ $.label.b | upper }}`:                   {"field a", "field b"},
		`{{ .user.email }}{{ .run.id }}{{ .report.slug }}`:           nil,
		`{{ if and .a (not .b) }}{{ .c }}{{ else }}x{{ end }}`:       {"field a", "field b", "field c"},
		`{{ with .a }}{{ .b }}{{ $.c }}{{ end }}`:                    {"field a", "field c"},
		`{{ with .label }}{{ .a }}{{ end }}`:                         {"field a"},
		`{{ with $l := .label }}{{ $l.a }}{{ .b }}{{ end }}`:         {"field a", "field b"},
		`{{ range .a }}{{ .b }}{{ $.c }}{{ else }}{{ .d }}{{ end }}`: {"field a", "field c", "field d"},
		`{{ range $i, $x := .a }}{{ $x.b }}{{ end }}`:                {"field a"},
		`{{ $x := .label }}{{ $x.a }}{{ $x = .b }}{{ $x.c }}`:        {"field a", "field b"},
		`{{ $d := . }}{{ $d.a }}`:                                    {"field a"},
		`{{ (.label).a }}{{ (index .label "b") }}`:                   {"field a", "field b"},
		`{{ index . "a" "from" }}{{ get $.label "b" }}`:              {"field a", "field b"},
		`{{ (index . "label").a }}`:                                  {"field a"},
		`{{ index .a "b" }}`:                                         {"field a"},
		`{{ table "x" }}{{ rows "y" }}{{ value "z" "c" }}`:           {"cell x", "cell y", "cell z"},
		"{{ table `x` }}{{ \"y\" | rows }}":                          {"cell x", "cell y"},
		`{{ snippet "s" }}{{ printf "table" "x" }}`:                  {"snippet s"},
		`{{/* .a */}} .b {{ "{{ .c }}" }}`:                           nil,
		`{{ printf "%s" (.a | upper) .b }}`:                          {"field a", "field b"},
		`{{ ident .metric "revenue" "orders" }}`:                     {"field metric"},
		"é{{ .a }}\r\n\t{{ .a.b.c }}":                                {"field a", "field a"},
	} {
		t.Run(template, func(t *testing.T) {
			t.Parallel()
			refs, err := references(template)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, ref := range refs {
				got = append(got, string(ref.target)+" "+ref.name)
				if template[ref.from:ref.to] != ref.name {
					t.Errorf("%s is said to be at %q", ref.name, template[ref.from:ref.to])
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
