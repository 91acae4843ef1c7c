package templates

import (
	"strings"
	"testing"
)

// A ⟨…⟩ in a template below marks where a problem is expected; without one, none is.
func TestActionsInSQL(t *testing.T) {
	t.Parallel()
	quoted := "stands inside a quoted string"
	name := "stands inside a quoted name"
	comment := "stands inside a comment"
	never := "never ends"
	meets := "one way through this action"
	touches := "touches"
	placeholder := "placeholder of the database's own"
	tests := []struct {
		name, template, problem string
		dialect                 Dialect
	}{
		{name: "plain", template: "SELECT {{ .q }} FROM t WHERE a={{ .q }} AND (b, c) IN ({{ .q }},{{ .q }})"},
		{name: "string", template: "name = '⟨{{ .q }}⟩'", problem: quoted},
		{name: "pattern", template: "name LIKE '%⟨{{ .q }}⟩%'", problem: quoted},
		{name: "printf in string", template: `'⟨{{ printf "%s" .q }}⟩'`, problem: quoted},
		{name: "ident in string", template: `'⟨{{ ident .q "a" }}⟩'`, problem: quoted},
		{name: "snippet in string", template: `'⟨{{ snippet "active" }}⟩'`, problem: quoted},
		{name: "options in string", template: `'⟨{{ .columns }}⟩'`, problem: quoted},
		{name: "quoted name", template: "SELECT \"⟨{{ .q }}⟩\"", problem: name},
		{name: "backquotes", template: "SELECT `⟨{{ .q }}⟩`", problem: "stands inside a name in backquotes"},
		{name: "line comment", template: "SELECT 1 -- for ⟨{{ .q }}⟩\n", problem: comment},
		{name: "slashes", template: "SELECT 1 // for ⟨{{ .q }}⟩\n", problem: comment},
		{name: "hash", template: "SELECT 1 # for ⟨{{ .q }}⟩\n", problem: comment},
		{name: "shebang", template: "#!clickhouse ⟨{{ .q }}⟩\n", problem: comment},
		{name: "block comment", template: "SELECT /* ⟨{{ .q }}⟩ */ 1", problem: comment},
		{name: "nested comment", template: "/* /* */ ⟨{{ .q }}⟩ */ 1", problem: comment},
		{name: "heredoc", template: "SELECT $x$ ⟨{{ .q }}⟩ $x$", problem: "between dollar signs"},
		{name: "heredoc without tag", template: "SELECT $$ ⟨{{ .q }}⟩ $$", problem: "between dollar signs"},
		{name: "heredoc with another tag", template: "SELECT $x$ $y$ ⟨{{ .q }}⟩ $x$", problem: "between dollar signs"},
		{name: "in a loop", template: "{{ range .ids }}'⟨{{ . }}⟩', {{ end }}", problem: quoted},
		{name: "in a branch", template: "'{{ if .q }}⟨{{ .q }}⟩{{ end }}'", problem: quoted},

		{name: "after a string", template: "'a' {{ .q }}, 'it''s' {{ .q }}, 'it\\'s' {{ .q }}, '\\\\' {{ .q }}"},
		{name: "after a name", template: "\"a\"\"'\" = {{ .q }} AND `a\\`'` = {{ .q }}"},
		{name: "after a line comment", template: "1 -- it's\n= {{ .q }}"},
		{name: "after a block comment", template: "/* it's /* nested */ */ {{ .q }} /**/ {{ .q }} /***/ {{ .q }}"},
		{name: "slash star slash", template: "/*/ ⟨{{ .q }}⟩ */", problem: comment},
		{name: "after a heredoc", template: "$x$ it's $ $y$ $x$ = {{ .q }}, $$it's$$ = {{ .q }}"},
		{name: "dollar in a name", template: "a$b$c = {{ .q }} AND it$ = {{ .q }}"},
		{name: "minus", template: "1 - -2 - {{ .q }} / {{ .q }} * {{ .q }}"},
		{name: "hash without a space", template: "a #> {{ .q }}"},
		{name: "literal pieces in a string", template: "'a{{ if .q }}b{{ else }}c{{ end }}d' = {{ .q }}"},
		{name: "template comment in a string", template: "'a{{/* {{ .q }} */}}b' = {{ .q }}"},
		{name: "variable in a string", template: "'a{{ $x := .q }}b' = {{ .q }}"},
		{name: "escape before a branch", template: `'a\{{ if .q }}{{ end }}' = ⟨{{ .q }}⟩`, problem: quoted},
		{name: "comment begun in two pieces", template: "-{{ if .q }}{{ end }}- ⟨{{ .q }}⟩\n", problem: comment},
		{name: "an action between two minuses", template: "-{{ .q }}- 1 {{ .q }}"},

		{name: "open string", template: "SELECT ⟨'⟩a", problem: never},
		{name: "open comment", template: "SELECT ⟨/*⟩ a", problem: never},
		{name: "line comment at the end", template: "SELECT 1 -- a"},
		{name: "string opened on one way", template: "⟨{{ if .q }}⟩'{{ end }}", problem: meets},
		{name: "string closed on one way", template: "'⟨{{ if .q }}⟩'{{ else }}{{ end }}", problem: meets},
		{name: "with opens", template: "⟨{{ with .q }}⟩/*{{ else }}*/{{ end }}", problem: meets},
		{name: "string on both ways", template: "{{ if .q }}'a{{ else }}'b{{ end }}' = {{ .q }}"},
		{name: "comment on one way", template: "{{ if .q }}AND 1 -- a{{ end }}\nORDER BY {{ .q }}"},
		{name: "comment on one way goes on", template: "{{ if .q }}AND 1 -- a{{ end }} ⟨{{ .q }}⟩\n", problem: comment},
		{name: "loop opens a string", template: "⟨{{ range .ids }}⟩'{{ end }}", problem: "a round of this loop"},
		{name: "loop leaves a string", template: "⟨{{ range .ids }}⟩'{{ if . }}{{ break }}{{ end }}'{{ end }}", problem: "a round of this loop"},
		{name: "loop goes on within a string", template: "⟨{{ range .ids }}⟩'{{ if . }}{{ continue }}{{ end }}'{{ end }}", problem: "a round of this loop"},
		{name: "loop ends in a comment", template: "⟨{{ range .ids }}⟩{{ . }} -- a{{ end }}\n", problem: "a round of this loop"},

		{name: "after a word", template: "limit⟨{{ .n }}⟩", problem: touches},
		{name: "before a word", template: "⟨{{ .n }}⟩px", problem: touches},
		{name: "after a number", template: "5⟨{{ .n }}⟩", problem: touches},
		{name: "after Cyrillic", template: "имя⟨{{ .n }}⟩", problem: touches},
		{name: "two at once", template: "{{ .n }}⟨{{ .n }}⟩", problem: touches},
		{name: "after a dollar", template: "$⟨{{ .n }}⟩", problem: touches},
		{name: "on one way", template: "a{{ if .q }}⟨{{ .n }}⟩{{ end }}", problem: touches},
		{name: "ident in a name", template: `events_{{ ident .q "a" }}_v1 AS {{ .metric }}x`},

		{name: "own placeholder", template: "x = ⟨{⟩p1:String}", problem: placeholder},
		{name: "own placeholder with spaces", template: "x = ⟨{⟩ p1 : String}", problem: placeholder},
		{name: "own placeholder in pieces", template: "x = ⟨{⟩p1{{ if .q }}{{ end }}:String}", problem: placeholder},
		{name: "own placeholder with a comment", template: "x = ⟨{⟩/* a */p1:String}", problem: placeholder},
		{name: "numbered placeholder", template: "x = ⟨$⟩1", problem: placeholder},
		{name: "numbered placeholder before an action", template: "x = ⟨$⟩1, {{ .q }}", problem: placeholder},
		{name: "a map", template: "{'a': 1, 'b:c': 2} = {{ .q }}"},
		{name: "braces in a string", template: "'{p1:String} $1' = {{ .q }}"},
		{name: "casts and times", template: "a::Date, [1:2], {{ .q }}::String"},

		{name: "postgres backslash", template: `'\' = {{ .q }}`, dialect: Postgres},
		{name: "clickhouse backslash", template: `'\' = ⟨{{ .q }}⟩`, problem: quoted},
		{name: "postgres escape string", template: `E'\' ⟨{{ .q }}⟩'`, problem: quoted, dialect: Postgres},
		{name: "postgres escape string, doubled", template: `E'a''\' ⟨{{ .q }}⟩'`, problem: quoted, dialect: Postgres},
		{name: "postgres name ending in e", template: `type'\' = {{ .q }}`, dialect: Postgres},
		{name: "postgres xor", template: "1 # {{ .n }}", dialect: Postgres},
		{name: "postgres backquote", template: "a ` {{ .n }}", dialect: Postgres},
		{name: "postgres dollar quotes", template: "$a$ ⟨{{ .q }}⟩ $a$", problem: "between dollar signs", dialect: Postgres},
		{name: "postgres nested comment", template: "/* /* */ ⟨{{ .q }}⟩ */", problem: comment, dialect: Postgres},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			before, _, marked := strings.Cut(test.template, "⟨")
			text := strings.NewReplacer("⟨", "", "⟩", "").Replace(test.template)
			scope := demoScope
			scope.Dialect = test.dialect
			_, problems := ParseSQL(text, scope)
			if !marked {
				if len(problems) > 0 {
					t.Errorf("%s\n%s", text, shownProblems(problems))
				}
				return
			}
			want := placed(text, len(before), "")
			for _, p := range problems {
				if p.Line == want.Line && p.Column == want.Column && strings.Contains(p.Message, test.problem) {
					return
				}
			}
			t.Errorf("%s\ngot  %s\nwant %d:%d: … %s …", text, shownProblems(problems), want.Line, want.Column, test.problem)
		})
	}
}
