package templates

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
)

// hostile are values made to leave their place.
var hostile = []string{
	`x' OR '1'='1`, `'; DROP TABLE cards; --`, `{p1:String}`, `{{ .q }}`, "$1", "$$", `\`, `\'`, `''`, "`", `"`, "/*", "*/", "--", "#!", "\n",
	"\x00", "\x000\x00", "\x00p1\x00", "_bind", "{[{", "\xff\xfe", "\xc0\xa7", "ʼ", "％27", "sum(total)", "card_number", "evil()",
	"%!s(MISSING)", "%s%d%*d", "[b'", "NULL", "", " ", "0", "false", "-1", strings.Repeat("'", 5000), "SELECT", `{"a":"'"}`, "1e9",
}

// family makes random templates. Within a branch-free one, no value decides what is written, only what is bound.
type family struct {
	*rand.Rand
	branches bool
}

func (f *family) pick(of ...string) string { return of[f.IntN(len(of))] }

// source is an operand that yields a value, of any type.
func (f *family) source() string {
	return f.pick(".q", "$.q", ".amount", ".n", ".day", ".at", ".period.from", ".label.partner", ".label.metric", ".label.columns", ".user.email",
		".ids", ".numbers", ".partner", ".kinds", ".metric", ".columns", `"a'b"`, "42", `(printf "%v" .q)`, "(list .q .q)", `(dict "k" .q)`, "(toString .metric)")
}

// text is an operand that yields text.
func (f *family) text() string {
	return f.pick(".q", "$.q", ".label.partner", ".user.email", "(toString .n)", "(toString .metric)", "(toJson .ids)", `(join "," .ids)`, "(first .ids)", "(print .q .n)")
}

// step is a function that takes text and yields something bound.
func (f *family) step() string {
	return f.pick("upper", "lower", "title", "trim", "trunc 5", "quote", "squote", `printf "%s'"`, `printf "%q"`, `replace "'" "\""`, "b64enc", "sha256sum",
		"toJson", "html", "js", "urlquery", "print", "println", "nospace", `default "x"`, "toString", "snakecase", `splitList "'"`, "list", `cat "--"`,
		`regexReplaceAll "'" "$0"`, "repeat 2", "indent 2", "abbrev 8", `trimSuffix "'"`, "quote | trimAll \"'\"", "len", `dict "a"`, "kindOf",
		"first", "reverse", `index (list 1) 0 | print`, "and 1", "or false", `ternary "a"`, `has "x"`, "toStrings", "values", "toRawJson", "until")
}

func (f *family) pipeline() string {
	if f.IntN(3) == 0 {
		return f.source()
	}
	steps := []string{f.text()}
	for range f.IntN(4) {
		steps = append(steps, f.step())
	}
	return strings.Join(steps, " | ")
}

func (f *family) action() string {
	open, end := f.pick("{{ ", "{{", "{{- "), f.pick(" }}", "}}", " -}}")
	switch f.IntN(8) {
	case 0:
		return "{{ $v := " + f.pipeline() + " }} = " + open + f.pick("$v", "$v | print", "($v)") + end
	case 1:
		return "IN (" + open + f.pipeline() + end + ")"
	case 2:
		return f.pick(`{{ snippet "active" }}`, `{{ snippet "outer" }}`, `{{ table "buyers" }}`, `{{ ident "a" "a" "b" }}`, "{{ .metric }}", "{{ .columns }}")
	case 3:
		return "{{ with $w := .q }}" + f.pick(" ", " x = {{ $w }} ") + "{{ end }}"
	default:
		return "= " + open + f.pipeline() + end + " "
	}
}

func (f *family) template(depth int) string {
	var text strings.Builder
	for range 1 + f.IntN(4) {
		text.WriteString(f.pick("a ", "AND b ", "-- it's\n", "'it''s' ", "/* ' */ ", "\"x\" ", "( "))
		if !f.branches || depth == 0 || f.IntN(2) == 0 {
			text.WriteString(f.action())
			continue
		}
		inner := f.template(depth - 1)
		text.WriteString(f.pick(
			"{{ if "+f.pipeline()+" }}"+inner+"{{ else }}"+inner+"{{ end }}",
			"{{ range .ids }}= {{ . }} {{ . | upper }} "+strings.ReplaceAll(inner, " .", " $.")+"{{ end }}",
			"{{ range $i, $v := .ids }} {{ $i }} {{ $v }} {{ if $i }}{{ break }}{{ end }}{{ end }}",
			"{{ with "+f.pick(".q", ".label.partner", ".ids")+" }}= {{ . }}{{ else }}"+inner+"{{ end }}",
		))
	}
	return text.String()
}

// hostileEnv has the same fields given, with lists as long and options as many, whatever the seed.
func hostileEnv(r *rand.Rand) Env {
	text := func() string {
		for {
			if s := hostile[r.IntN(len(hostile))]; s != "" {
				return s
			}
		}
	}
	number := 1 + r.Int64N(1<<40)
	values := demoValues()
	for name, data := range map[string]any{
		"q": text(), "n": 1 + r.Int64N(1<<30), "amount": decimal.New(number, -2), "partner": text(), "ids": []string{text(), text()},
		"numbers": []int64{number, -number}, "kinds": []string{text(), text()}, "day": forms.DateOf(time.Unix(number%4e9, 0)), "at": time.Unix(number%4e9, 0),
		"period": forms.Range{From: day(1+r.IntN(3000), 1, 1)},
	} {
		values[name] = forms.Value{Field: values[name].Field, Data: data, Chosen: []forms.Option{{Value: text(), Label: text(), SQL: text()}}}
	}
	for name, data := range map[string]any{"metric": "revenue", "columns": []string{"card", "city"}} {
		values[name] = forms.Value{Field: values[name].Field, Data: data, Chosen: []forms.Option{{Value: text(), Label: text(), SQL: text()}}}
	}
	return Env{Values: values, User: User{Email: text(), Name: text(), Groups: []string{text()}}, Run: Run{ID: text()}, Report: Report{Title: text()}}
}

// skeleton is what of a statement reaches a database as SQL.
func skeleton(s Statement) string {
	var text strings.Builder
	for _, part := range s.Parts {
		switch {
		case part.Param != nil:
			text.WriteString("\x00")
		case part.Table != "":
			text.WriteString("\x00" + part.Table + "\x00")
		default:
			text.WriteString(part.Text)
		}
	}
	return text.String()
}

// Without branches, the SQL is the same for all values.
func TestSQLDoesNotDependOnValues(t *testing.T) {
	t.Parallel()
	bound := 0
	for seed := range uint64(4_000) {
		r := rand.New(rand.NewPCG(seed, 1))
		f := &family{Rand: r}
		text := f.template(0)
		sql, problems := ParseSQL(text, demoScope)
		if len(problems) > 0 {
			continue
		}
		var first string
		for range 3 {
			statement, err := sql.Bind(hostileEnv(r))
			if err != nil {
				noGo(t, text, err)
				continue
			}
			bound++
			if got := skeleton(statement); first == "" {
				first = got
			} else if got != first {
				t.Fatalf("%s\nwrites\n%q\nand\n%q", text, first, got)
			}
		}
	}
	if bound < 6_000 {
		t.Errorf("only %d bindings took place", bound)
	}
}

// With branches, what is written is made of the analyst's words alone, and a value of a branch's condition chooses among them.
func TestSQLIsTheAnalystsAlone(t *testing.T) {
	t.Parallel()
	bound := 0
	for seed := range uint64(2_000) {
		r := rand.New(rand.NewPCG(seed, 2))
		f := &family{Rand: r, branches: true}
		text := f.template(2)
		sql, problems := ParseSQL(text, demoScope)
		if len(problems) > 0 {
			continue
		}
		env := hostileEnv(r)
		marked := mark(env)
		for range 2 {
			statement, err := sql.Bind(marked)
			if err != nil {
				noGo(t, text, err)
				continue
			}
			bound++
			if got := skeleton(statement); strings.Contains(strings.ToLower(got), "zq") || strings.Contains(got, "777") {
				t.Fatalf("%s\nwrites a value:\n%q", text, got)
			}
		}
	}
	if bound < 1_500 {
		t.Errorf("only %d bindings took place", bound)
	}
}

// mark puts a word into every value that no template of the family has.
func mark(env Env) Env {
	values := forms.Values{}
	for name, value := range env.Values {
		switch data := value.Data.(type) {
		case string:
			if name != "metric" {
				value.Data = data + "zq"
			}
		case []string:
			if name != "columns" {
				value.Data = []string{data[0] + "zq", data[1] + "zq"}
			}
		case int64:
			value.Data = int64(777)
		case []int64:
			value.Data = []int64{777, 7770}
		case decimal.Decimal:
			value.Data = decimal.New(777, -1)
		}
		value.Chosen = []forms.Option{{Value: "zq", Label: "zq", SQL: "zq"}}
		values[name] = value
	}
	env.Values = values
	env.User.Email += "zq"
	return env
}

// noGo sees to it that what cannot be bound is refused in words.
func noGo(t *testing.T, text string, err error) {
	t.Helper()
	problem := problemOf(err)
	if problem == nil || problem.Line < 1 || problem.Column < 1 {
		t.Errorf("%s\nfails without a place: %v", text, err)
	}
	for _, internal := range []string{"reflect", "interface {}", "runtime error", "template:", "executing", "goroutine", "templates."} {
		if strings.Contains(err.Error(), internal) {
			t.Errorf("%s\nfails in the words of Go: %v", text, err)
		}
	}
}

// Ways to get at the text that have nothing to do with the family.
func TestAttempts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"{{ $x := .q }}{{ $x }}", "{{ with .q }}{{ . }}{{ end }}", "{{ with $x := .q }}{{ $x }}{{ end }}", "{{ range $i, $v := .ids }}{{ $v }},{{ end }}",
		"{{ if $x := .q }}{{ $x }}{{ end }}", "{{ html .q }}", "{{ js .q }}", "{{ urlquery .q }}", "{{ print .q }}", "{{ println .q }}", "{{ printf .q }}",
		"{{ printf .q .q }}", `{{ printf "%[1]s" .q }}`, "{{ index .ids 0 }}", `{{ slice .ids 0 1 }}`, "{{ toRawJson .ids }}", "{{ ((.q)) }}", "{{ (.q | print) | print }}",
		"{{ .label.metric }}", "{{ .metric | printf \"%s\" }}", "{{ .metric | printf \"%#v\" }}", "{{ .metric | printf \"%+v\" }}", "{{ toJson .metric }}", "{{ toJson .columns }}",
		"{{ .columns | toString }}", "{{ .columns | len }}", "{{ first .columns | upper }}", "{{ list .q .metric | last | upper }}", "{{ dict \"a\" .metric | values | first | lower }}",
		"{{ fromJson .q }}", "{{ fail .q }}", "{{ default .q .empty }}", "{{ coalesce .empty .q }}", "{{ ternary .q .q .yes }}", "{{ and .yes .q }}", "{{ or .empty .q }}",
		"{{ get (dict \"a\" .q) \"a\" }}", "{{ pluck \"a\" (dict \"a\" .q) | first }}", "{{ index (dict \"a\" .q) \"a\" }}", "{{ (dict \"a\" .q).a }}", "{{ $d := dict \"a\" .q }}{{ $d.a }}",
		"{{ regexReplaceAll \".*\" .q .q }}", "{{ replace .q .q .q }}", "{{ cat .q .q }}", "{{ quote .q }}", "{{ squote .q }}", "{{ b64dec (b64enc .q) }}", "{{ splitList \"\" .q | first }}",
		"{{ range .ids }}{{ continue }}{{ . }}{{ end }}", "{{ range until 3 }}{{ $.q }},{{ end }}", "{{ if .q }}{{ .q }}{{ else }}{{ .q }}{{ end }}", "{{ $x := \"a\" }}{{ $x = .q }}{{ $x }}",
		"{{ urlParse .q | toJson }}", "{{ kindOf .q }}", "{{ without .ids .q | first }}", "{{ append .ids .q | last }}", "{{ concat .ids .ids | first }}", "{{ has .q .ids }}", "{{ dig \"a\" .q (dict) }}",
		"{{ date .q .day }}", "{{ repeat 2 .q }}", "{{ substr 0 3 .q }}", "{{ sortAlpha .ids | first }}", "{{ uniq .ids }}", "{{ compact .ids }}", "{{ keys (dict .q .q) }}",
	} {
		sql, problems := ParseSQL(text, demoScope)
		if len(problems) > 0 {
			t.Errorf("%s: %s", text, shownProblems(problems))
			continue
		}
		for _, value := range hostile {
			env := demoEnv()
			for _, name := range []string{"q", "partner"} {
				env.Values[name] = forms.Value{Field: env.Values[name].Field, Data: value}
			}
			env.Values["ids"] = forms.Value{Field: env.Values["ids"].Field, Data: []string{value, value}}
			env.Values["metric"] = forms.Value{Field: env.Values["metric"].Field, Data: value, Chosen: []forms.Option{{Value: value, SQL: value}}}
			env.Values["columns"] = forms.Value{Field: env.Values["columns"].Field, Data: []string{value}, Chosen: []forms.Option{{Value: value, SQL: value}}}
			statement, err := sql.Bind(env)
			if err != nil {
				if !strings.Contains(text, "fail") {
					noGo(t, text, err)
				}
				continue
			}
			if got := strings.Trim(skeleton(statement), ", \x00"); got != "" {
				t.Errorf("%s with %q writes %q", text, value, got)
			}
		}
	}
}

func FuzzParseSQL(f *testing.F) {
	for _, text := range []string{
		"", "SELECT {{ .columns }} FROM t WHERE a = '{{ .q }}'", "{{ if .q }}'{{ else }}\"{{ end }}", "{{ range $i, $v := .ids }}{{ $v }}{{ break }}{{ end }}",
		"$a$ {{ .q }} $a$ $1 {p:String}", "{{ snippet \"outer\" }}{{ table \"buyers\" }}{{ ident .q \"a\" }}", "{{ with .period }}{{ .from }}{{ end }}",
		"{{- /* a */ -}} /* {{ .q | printf \"%d\" }} */ -- {{ . }}", "{{ define \"text\" }}{{ end }}", "{{ (.q).a.b }}{{ $.x }}{{ $ }}", "{{ 1i }}{{ 'a' }}{{ nil }}{{ 0x1p-2 }}",
	} {
		f.Add(text, "x' OR 1=1")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		for _, dialect := range []Dialect{ClickHouse, Postgres} {
			scope := demoScope
			scope.Dialect = dialect
			sql, problems := ParseSQL(text, scope)
			if (sql == nil) != (len(problems) > 0) {
				t.Fatalf("%d problems, and a statement: %t", len(problems), sql != nil)
			}
			for _, p := range problems {
				if p.Line < 1 || p.Column < 1 || p.Message == "" {
					t.Fatalf("a problem without a place or words: %+v", p)
				}
			}
			if sql != nil {
				bindBoth(t, text, sql, value)
			}
		}
		_, _ = ParseText(text, demoScope)
		_, _ = ParseCondition(text, demoScope)
	})
}

// bindBoth binds a template to a marked value; the mark must not be written unless the analyst wrote it.
func bindBoth(t *testing.T, text string, sql *SQL, value string) {
	t.Helper()
	const secret = "zqzq"
	env := demoEnv()
	for _, name := range []string{"q", "partner", "metric"} {
		env.Values[name] = forms.Value{Field: env.Values[name].Field, Data: secret + value + secret}
	}
	statement, err := sql.Bind(env)
	if err != nil {
		noGo(t, text, err)
		return
	}
	if !strings.Contains(strings.ToLower(text), secret) && strings.Contains(strings.ToLower(skeleton(statement)), secret) {
		t.Fatalf("%q writes the value: %q", text, skeleton(statement))
	}
}

func FuzzValues(f *testing.F) {
	for _, value := range hostile {
		f.Add(value, uint64(len(value)))
	}
	f.Fuzz(func(t *testing.T, value string, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 3))
		text := (&family{Rand: r}).template(0)
		sql, problems := ParseSQL(text, demoScope)
		if len(problems) > 0 {
			return
		}
		var written []string
		for _, q := range []string{"plain", value + "x"} {
			env := hostileEnv(rand.New(rand.NewPCG(seed, 4)))
			env.Values["q"] = forms.Value{Data: q}
			statement, err := sql.Bind(env)
			if err != nil {
				noGo(t, text, err)
				return
			}
			written = append(written, skeleton(statement))
		}
		if written[0] != written[1] {
			t.Fatalf("%s\nwrites\n%q\nand\n%q", text, written[0], written[1])
		}
	})
}

func ExampleSQL_Bind() {
	form := forms.Form{{Name: "partner", Type: forms.Input}}
	sql, _ := ParseSQL("SELECT count() FROM cards WHERE partner = {{ .partner | lower }}", Scope{Form: form})
	statement, _ := sql.Bind(Env{Values: forms.Values{"partner": {Data: "X' OR 1"}}})
	for _, part := range statement.Parts {
		if part.Param != nil {
			fmt.Printf("value %q\n", part.Param.Value)
			continue
		}
		fmt.Printf("text  %q\n", part.Text)
	}
	// Output:
	// text  "SELECT count() FROM cards WHERE partner = "
	// value "x' or 1"
}
