package templates

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/forms"
)

func TestProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ template, want string }{
		"unclosed action":       {"a\nb {{ .q", "2:3: the action is not closed: }} is missing"},
		"unclosed action, more": {"{{ .q\n{{ .n }}", "2:1: the action before it is not closed: }} is missing"},
		"unclosed if":           {"a {{ if .q }}b {{ range .ids }}{{ end }}\n", "1:3: {{ if }} has no {{ end }}"},
		"surplus end":           {"{{ if .q }}{{ end }} {{ end }}", "1:22: {{ end }} without an {{ if }}, {{ range }} or {{ with }} before it"},
		"unclosed text":         {`{{ eq .q "a }}`, `1:1: a text in double quotes is not closed: " is missing`},
		"single quotes":         {`{{ eq .q 'abc' }}`, `1:1: texts in actions stand in double quotes, as in eq .kind "card"`},
		"empty action":          {"a {{ }}", "1:3: the action is empty: name a field, as in {{ .partner }}"},
		"empty if":              {"a {{ if }}{{ end }}", "1:3: the condition is missing, as in {{ if .partner }}"},
		"parenthesis":           {"{{ (.q }}", "1:1: a parenthesis is not closed: ) is missing"},
		"undefined variable":    {"a\n  {{ $x }}", `2:6: the template does not parse: undefined variable "$x"`},
		"break outside":         {"{{ break }}", "1:1: {{ break }} outside of {{ range }}"},
		"NUL":                   {"a\x00b", "1:2: a NUL byte cannot be part of a template: remove it"},
		"define":                {`a {{ define "x" }}{{ end }}`, "1:3: templates within templates are not available: make it a snippet"},
		"block":                 {`a {{ block "x" .q }}{{ end }}`, "1:3: templates within templates are not available: make it a snippet"},
		"template":              {`a {{ template "x" }}`, "1:3: {{ template }} is not available: make it a snippet"},

		"unknown field":          {"{{ .quantity }} {{ .colums }}", "1:4: there is no field quantity\n1:20: there is no field colums, did you mean columns?"},
		"unknown field of $":     {"{{ with .q }}{{ $.qq }}{{ end }}", "1:17: there is no field qq, did you mean q?"},
		"unknown within with":    {"{{ with .period }}{{ .form }}{{ end }}", "1:22: there is no .form, only from, to, did you mean from?"},
		"unknown of a variable":  {"{{ $p := .period }}{{ $p.form }}", "1:23: there is no .form, only from, to, did you mean from?"},
		"a later field":          {"{{ .afterwards }}", "1:4: the field afterwards comes later in the form: only the fields before this one can be used here"},
		"a part of a text":       {"{{ .q.length }}", "1:4: .q.length: a single value has no parts"},
		"a part of a part":       {"{{ .period.from.year }}", "1:4: .period.from.year: a single value has no parts"},
		"a label of no field":    {"{{ .label.partnr }}", "1:4: there is no field partnr in .label, did you mean partner?"},
		"a part of a label":      {"{{ .label.partner.x }}", "1:4: .label.partner is a single value: .x is too much"},
		"unknown of user":        {"{{ .user.mail }}", "1:4: there is no key mail in .user, did you mean email?"},
		"a group":                {"{{ .user }}", "1:4: .user is a group of values: name one, as in .user.email"},
		"a date range":           {"a = {{ .period }}", "1:8: .period is a date range: use .period.from and .period.to"},
		"the dot":                {"{{ toJson . }}", "1:11: a single . stands for all fields at once: name the one you need, as in .q"},
		"the dollar":             {"{{ range .ids }}{{ $ }}{{ end }}", "1:20: a single $ stands for all fields at once: name the one you need, as in .q"},
		"with the dot":           {"{{ with . }}{{ .q }}{{ end }}", "1:9: a single . stands for all fields at once: name the one you need, as in .q"},
		"the dollar set":         {"{{ $ := .q }}", "1:4: $ stands for all fields and cannot be set: name the variable, as in $x"},
		"a method":               {"{{ .at.Format \"2006\" }}", "1:4: there is no .Format: names of values are written small, and what Go can do with them is not available\n1:4: .at.Format is a value, not a function: it takes nothing"},
		"a method of a variable": {"{{ $x := .amount }}{{ $x.GoString }}", "1:23: there is no .GoString: names of values are written small, and what Go can do with them is not available"},
		"a method in brackets":   {"{{ (.amount).Neg }}", "1:13: there is no .Neg: names of values are written small, and what Go can do with them is not available"},
		"arguments to a field":   {"{{ .q 1 }}", "1:4: .q is a value, not a function: it takes nothing"},
		"piped into a field":     {"{{ 1 | .q }}", "1:8: .q is a value, not a function: it takes nothing"},

		"unknown function":      {"{{ uper .q }}\n {{ .q | lowr }}", "1:4: there is no function uper, did you mean upper?\n2:10: there is no function lowr, did you mean lower?"},
		"a field without dot":   {"{{ partner }}", "1:4: partner is a field: write .partner"},
		"now":                   {"{{ now }}", "1:4: the function now is not available here: a run must be repeatable: use .run.started, or a field whose default is today"},
		"env":                   {`{{ env "HOME" }}`, "1:4: the function env is not available here: a report cannot read the server's environment: make it a field"},
		"random":                {"{{ randInt 1 2 }}", "1:4: the function randInt is not available here: what a template yields must depend on its values alone"},
		"call":                  {"{{ call .q }}", "1:4: the function call is not available here: there are no functions among the values"},
		"rows in SQL":           {`{{ rows "buyers" }}`, "1:4: the function rows is not available here: rows tells a text about a result; in SQL, read the cell with table"},
		"the hidden binding":    {"{{ _bind \"\" .q }} {{ _text 0 }}", "1:4: there is no function _bind\n1:22: there is no function _text"},
		"the hidden loop":       {"{{ range _each .q }}{{ end }}", "1:10: there is no function _each"},
		"a variable in a group": {"{{ ($x := .q) }}", "1:5: a variable cannot be set within parentheses"},

		"table of a value":       {"{{ table .q }}", "1:10: table: the name must be written out in double quotes, it cannot come from a value"},
		"table of a later cell":  {`{{ table "later" }}`, "1:4: there is no cell later before this one"},
		"table misspelt":         {`{{ table "buyer" }}`, "1:4: there is no cell buyer before this one, did you mean buyers?"},
		"table piped":            {`{{ .q | table }}`, `1:9: table is written as in {{ table "buyers" }}`},
		"snippet of a variable":  {`{{ $s := "active" }}{{ snippet $s }}`, "1:32: snippet: the name must be written out in double quotes, it cannot come from a value"},
		"snippet of a pipeline":  {`{{ snippet (print "active") }}`, "1:13: snippet: the name must be written out in double quotes, it cannot come from a value"},
		"snippet without a name": {`{{ print snippet }}`, `1:10: snippet is written as in {{ snippet "active_users" }}`},
		"snippet missing":        {`a {{ snippet "none" }}`, "1:6: there is no snippet none"},
		"snippet broken": {`a {{ snippet "broken" }}`, "1:6: snippet broken, line 1, column 9: {{ .q }} stands inside a quoted string: write it without the quotes, as in name = {{ .q }}; for a part of a text, concat('%', {{ .q }}, '%')\n" +
			"1:6: snippet broken, line 2, column 6: there is no field nope"},
		"snippet in itself":   {`{{ snippet "self" }}`, "1:4: snippet self, line 1, column 4: the snippet self contains itself: self → self"},
		"snippets in a ring":  {`{{ snippet "ring" }}`, "1:4: snippet ring, line 1, column 4: snippet ring2, line 1, column 4: the snippet ring contains itself: ring → ring2 → ring"},
		"ident of one":        {`{{ ident .q }}`, `1:4: ident takes a value and the names it may be, as in {{ ident .metric "revenue" "orders" }}`},
		"ident of values":     {`{{ ident .q .q "a" }}`, "1:13: ident: the name must be written out in double quotes, it cannot come from a value"},
		"ident of a variable": {`{{ $a := .q }}{{ ident .q $a }}`, "1:27: ident: the name must be written out in double quotes, it cannot come from a value"},
		"ident of a pipeline": {`{{ ident .q (print .q) }}`, "1:14: ident: the name must be written out in double quotes, it cannot come from a value"},
		"ident piped":         {`{{ .q | ident "a" "b" }}`, `1:9: ident takes a value and the names it may be, as in {{ ident .metric "revenue" "orders" }}`},
		"ident of no name":    {`{{ ident .q "a; DROP" }}`, `1:4: ident: "a; DROP" is no name of letters, digits, _ and dots`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sql, problems := ParseSQL(test.template, demoScope)
			if diff := cmp.Diff(test.want, shownProblems(problems)); diff != "" {
				t.Error(diff)
			}
			if sql != nil {
				t.Error("there is a statement in spite of problems")
			}
		})
	}
}

// Columns count characters, as an editor does.
func TestPlacesCountCharacters(t *testing.T) {
	t.Parallel()
	_, problems := ParseSQL("SELECT 'Привет 👋' AS x, {{ .nope }}", demoScope)
	if got, want := shownProblems(problems), "1:28: there is no field nope"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestOptionSQLThatWouldSwallowTheRest(t *testing.T) {
	t.Parallel()
	form := forms.Form{{Name: "c", Type: forms.Select, Options: &forms.Options{Given: []forms.Option{
		{Value: "a", SQL: "'"}, {Value: "b", SQL: "1 -- x"}, {Value: "c", SQL: "{p1:String}"}, {Value: "d", SQL: "x'y'"},
	}}}}
	_, problems := ParseSQL("SELECT {{ .c }}", Scope{Form: form})
	want := "1:11: the option a of the field c: a quoted string in its SQL never ends\n" +
		"1:11: the option b of the field c: a comment in its SQL never ends\n" +
		"1:11: the option c of the field c: its SQL has a placeholder of the database's own, which would clash with those made for values"
	if diff := cmp.Diff(want, shownProblems(problems)); diff != "" {
		t.Error(diff)
	}
}

// What a document can hold must not take the process down: neither its depth, nor its size, nor its number of mistakes.
func TestHugeTemplates(t *testing.T) {
	t.Parallel()
	nested := func(open, end string) string {
		n := maxTemplate / (len(open) + len(end))
		return strings.Repeat(open, n) + strings.Repeat(end, n)
	}
	for name, text := range map[string]string{
		"too long":    strings.Repeat("a", maxTemplate+1),
		"nested":      nested("{{if .q}}", "{{end}}"),
		"loops":       nested("{{range .ids}}", "{{end}}"),
		"unclosed":    strings.Repeat("{{if .q}}", maxTemplate/9),
		"mistakes":    strings.Repeat("{{ .x }}\n", maxTemplate/9),
		"functions":   strings.Repeat("{{ abcdefghij }}", maxTemplate/16),
		"pipes":       "{{ .q" + strings.Repeat("|upper", maxTemplate/6-2) + "}}",
		"parentheses": "{{ " + strings.Repeat("(", maxTemplate/2-8) + strings.Repeat(")", maxTemplate/2-8) + "}}",
		"else if":     "{{ if .q }}" + strings.Repeat("{{else if .q}}", maxTemplate/14-2) + "{{ end }}",
		"dollars":     strings.Repeat("$a", maxTemplate/2),
		"fields":      "{{ .q" + strings.Repeat(".a", maxTemplate/2-8) + " }}",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sql, problems := ParseSQL(text, demoScope)
			if len(problems) > maxProblems {
				t.Errorf("%d problems", len(problems))
			}
			if sql != nil {
				_, _ = sql.Bind(demoEnv())
			}
		})
	}
}

func TestSnippetsThatMultiply(t *testing.T) {
	t.Parallel()
	snippets := demoSnippets{"s15": "1 "}
	for i := range 15 {
		next := `{{ $x := snippet "s` + string(rune('a'+i+1)) + `" }}`
		snippets["s"+string(rune('a'+i))] = strings.Repeat(next, 10)
	}
	snippets["sp"] = "1"
	sql, problems := ParseSQL(`{{ snippet "sa" }}`, Scope{Snippets: snippets})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if _, err := sql.Bind(Env{}); err == nil || !strings.Contains(err.Error(), "rounds") {
		t.Errorf("got %v", err)
	}
}
