package templates

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// eval is what an expression yields, written as text.
func eval(t *testing.T, expression string) (string, error) {
	t.Helper()
	text, problems := ParseText("{{ "+expression+" }}", demoScope)
	if len(problems) > 0 {
		t.Fatalf("%s: %s", expression, shownProblems(problems))
	}
	return text.Render(demoEnv())
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		// Comparisons across the types of fields.
		`eq .n 7`: "true", `eq .n 7.0`: "true", `eq .amount 12.5`: "true", `eq .free 0`: "true", `ne .q "x"`: "true", `eq .q "a" "O'Brien"`: "true",
		`gt .amount 12`: "true", `lt .n .big`: "true", `le .amount .amount`: "true", `ge .n 8`: "false", `lt .period.from .period.to`: "true",
		`eq .day "2025-01-31"`: "true", `gt "2025-02-01" .day`: "true", `lt .day .at`: "true", `eq .yes true`: "true",
		`eq .empty "x"`: "false", `eq .empty .no_n`: "true", `gt .no_n 1`: "false", `le .no_n 1`: "false", `ne .empty "x"`: "true", `eq .no_n nil`: "true",
		`lt .since.to "2025-01-01"`: "false",

		// Exact arithmetic.
		`add 1 2 3`: "6", `add .amount 1`: "13.5", `sub .n 10`: "-3", `mul .n 6`: "42", `div 7 2`: "3", `div -7 2`: "-3", `divf 7 2`: "3.5", `divf 1 3`: "0.3333333333333333",
		`mod 7 4`: "3", `add1 .n`: "8", `max 1 .n 3`: "7", `min .amount 13`: "12.5", `floor .amount`: "12", `ceil 1.2`: "2", `round .amount 0`: "13", `round 2.345 2`: "2.35",
		`mulf .amount 3`: "37.5", `addf 0.1 0.2`: "0.3", `sub .big 1`: "18446744073709551614", `int "12"`: "12", `int64 3.9`: "3", `float64 "1.5"`: "1.5", `atoi " 5 "`: "5",
		`add 9007199254740993 0`: "9007199254740993",

		// Texts, by characters.
		`trunc 3 "привет"`: "при", `trunc -2 "привет"`: "ет", `substr 1 3 "привет"`: "ри", `substr 1 -1 "привет"`: "ривет", `abbrev 5 "привет"`: "пр...", `nospace "п р"`: "пр",
		`len "привет"`: "6", `upper "привет"`: "ПРИВЕТ", `repeat 2 "ab"`: "abab", `indent 2 "a\nb"`: "  a\n  b", `nindent 1 "a"`: "\n a", `replace "a" "b" "aa"`: "bb",
		`regexReplaceAll "a(.)" "ab" "$1"`: "b", `regexReplaceAllLiteral "a" "a" "$1"`: "$1", `regexMatch "^O" .q`: "true", `regexFind "[A-Z]" .q`: "O", `quote .q`: `"O'Brien"`,
		`squote .n .q`: "'7' 'O'Brien'", `cat "a" .empty 1`: "a 1", `toString .day`: "2025-01-31", `print .day " " .amount`: "2025-01-31 12.5", `println .n`: "7\n",
		`printf "%.2f|%6s|%-6s|%d" .amount .amount .amount .n`: "12.50|  12.5|12.5  |7", `printf "%s %v" .day .ids`: "2025-01-31 a, b'", `printf "%5.1f%%" 12.34`: " 12.3%",
		`b64enc "a" | b64dec`: "a", `number 1234567.891`: "1,234,567.891", `number -1234`: "-1,234", `number 12`: "12", `number "1000"`: "1,000", `number .empty`: "",
		`plural "card" "cards" .n`: "cards", `date "Jan 2" "2025-03-04"`: "Mar 4",

		// Lists.
		`has 3 .numbers`: "true", `has "3" .numbers`: "false", `has "city" .columns`: "true", `without .numbers 3`: "1", `uniq .numbers`: "3, 1", `uniq (list 1 1.0 .n 7 "7")`: "1, 7, 7",
		`uniq (list .big .big 100000000000000000000.0 1000000000000000000000.0 0.5 0.50) | len`: "4",
		`compact (list "" "a" .empty)`: "a", `sortAlpha (list "b" "a")`: "a, b", `join "-" .numbers`: "3-1-3", `first .ids`: "a", `rest .numbers`: "1, 3", `len .ids`: "2", `len .no_ids`: "0", `len .empty`: "0",
		`until 3`: "0, 1, 2", `untilStep 6 0 -2`: "6, 4, 2", `seq 3`: "1 2 3", `seq 3 1`: "3 2 1", `seq 1 2 5`: "1 3 5", `until -2`: "0, -1", `slice .numbers 1 2`: "1", `last (list)`: "",
		`keys (dict "b" 1 "a" 2)`: "a, b", `values (dict "b" 1 "a" 2)`: "2, 1", `get (dict "a" 1) "a"`: "1", `dig "a" "b" 0 (dict "a" (dict "b" 5))`: "5",

		// Choosing.
		`default "x" .empty`: "x", `default "x" .free`: "x", `default "x" .n`: "7", `coalesce .empty .no_n .q`: "O'Brien", `ternary "a" "b" .yes`: "a", `empty .no_ids`: "true",
		`given .free`: "true", `given .no_period`: "false", `given .columns`: "true", `index .ids 1`: "b'", `any .empty .q`: "true", `all .empty .q`: "false",

		// JSON.
		`toRawJson (list .amount .day .yes .empty "<")`: `[12.5,"2025-01-31",true,null,"<"]`, `toJson "<"`: "\"\\u003c\"", `(fromJson "{\"a\":[1,2]}").a`: "1, 2",
		`toRawJson .period`: `{"from":"2025-01-01","to":"2025-01-31"}`, `toRawJson .free`: "0",
	}
	for expression, want := range tests {
		t.Run(expression, func(t *testing.T) {
			t.Parallel()
			got, err := eval(t, expression)
			if err != nil || got != want {
				t.Errorf("got %q, %v, want %q", got, err, want)
			}
		})
	}
}

// What a template can say in a line must not take the process down.
func TestBombs(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		`repeat 1000000000 "x"`:                                                "more than 16 MiB",
		`repeat 2147483647 (repeat 2147483647 "")`:                             "",
		`indent 100000000 "x"`:                                                 "more than 16 MiB",
		`nindent 100000000 "x"`:                                                "more than 16 MiB",
		`until 1000000000`:                                                     "more than 100000 numbers",
		`untilStep 0 1000000000 1`:                                             "more than 100000 numbers",
		`seq 1000000000`:                                                       "more than 100000 numbers",
		`replace "" (repeat 10000 "x") (repeat 10000 "x")`:                     "more than 16 MiB",
		`regexReplaceAll "" (repeat 10000 "x") (repeat 10000 "y")`:             "more than 16 MiB",
		`join (repeat 100000 "x") (until 1000)`:                                "more than 16 MiB",
		`printf "%1000000d%[1]1000000d%[1]1000000d%[1]9000000d%[1]9000000d" 1`: "more than 16 MiB",
		`printf "%*d" 1000000 1`:                                               "width of *",
		`printf (repeat 1000 "%[1]s") (repeat 100000 "x")`:                     "more than 16 MiB",
		`fromJson (print (repeat 1000 "[") (repeat 1000 "]"))`:                 "nested too deeply",
		`float64 "1e4000"`:                                                     "more than 400 digits",
		`number "1e4000"`:                                                      "more than 400 digits",
		`chunk 0 (list 1)`:                                                     "chunk cannot be used on these values",
		`first 5`:                                                              "Cannot find first on type int",
		`regexMatch "(((a{100}){100}){100})" "a"`:                              "invalid repeat count",
	}
	for expression, want := range tests {
		t.Run(expression, func(t *testing.T) {
			t.Parallel()
			_, err := eval(t, expression)
			if want == "" && err == nil {
				return
			}
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
}

func TestBombsOfManySteps(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ template, want string }{
		"doubling text":    {`{{ $x := "0123456789" }}{{ range until 60 }}{{ $x = print $x $x }}{{ end }}`, "more than 16 MiB"},
		"escaping":         {`{{ $x := "<" }}{{ range until 60 }}{{ $x = html $x $x }}{{ end }}`, "more than 16 MiB"},
		"doubling lists":   {`{{ $x := list 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }}`, "too large"},
		"lists in lists":   {`{{ $x := list 1 }}{{ range until 60 }}{{ $x = list $x $x }}{{ end }}`, "too large"},
		"nesting":          {`{{ $x := list 1 }}{{ range until 100 }}{{ $x = list $x }}{{ end }}`, "nested too deeply"},
		"groups in groups": {`{{ $x := dict }}{{ range until 100 }}{{ $x = dict "a" $x }}{{ end }}`, "nested too deeply"},
		"loops":            {`{{ range until 2000 }}{{ range until 2000 }}{{ end }}{{ end }}`, "rounds of loops"},
		"a loop of many":   {`{{ range 9000000000 }}{{ end }}`, "rounds of loops"},
		"output":           {`{{ range 100000 }}{{ "0123456789abcdef" }}{{ end }}`, "grows beyond"},
		"big numbers":      {`{{ $x := .amount }}{{ range until 60 }}{{ $x = mul $x $x }}{{ end }}`, "more than 400 digits"},
		"work":             {`{{ $x := until 100000 }}{{ range until 10000 }}{{ $y := reverse $x }}{{ end }}`, "too large"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, problems := ParseText(test.template, demoScope)
			if len(problems) > 0 {
				t.Fatal(shownProblems(problems))
			}
			_, err := text.Render(demoEnv())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestStatementsOfManyParts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ template, want string }{
		"values": {`{{ range 20000 }} = {{ $.q }}{{ end }}`, "more than 10000 values"},
		"text":   {`{{ range 200000 }}0123456789{{ end }}`, "grows beyond"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := mustParse(t, test.template).Bind(demoEnv())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A million ids pass through as they are.
func TestMillionIDs(t *testing.T) {
	t.Parallel()
	env := demoEnv()
	ids := make([]int64, 1_000_000)
	for i := range ids {
		ids[i] = int64(i)
	}
	value := env.Values["numbers"]
	value.Data = ids
	env.Values["numbers"] = value
	statement := mustBind(t, "IN {{ .numbers }} AND {{ len .numbers }} = {{ .numbers | uniq | len }}", env)
	if got := statement.Parts[1].Param.Value.([]int64); len(got) != len(ids) || &got[0] != &ids[0] {
		t.Error("the list was copied or cut")
	}
	if got := statement.Parts[5].Param.Value; got != int64(len(ids)) {
		t.Errorf("%v of them differ", got)
	}
}

// Every name of the list exists in sprig, and each of its functions was looked at: those taken, those replaced, those left out.
func TestSprigIsKnown(t *testing.T) {
	t.Parallel()
	for name, function := range sprigFunctions() {
		if function == nil {
			t.Errorf("sprig has no %s", name)
		}
	}
	own := new(work).ownFunctions()
	for _, name := range append(fromSprig, builtIn...) {
		if own[name] != nil {
			t.Errorf("%s is taken from sprig and replaced too", name)
		}
	}
}

// Functions give no way to what must stay out: time, chance, the machine, other templates, changes of values.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	for _, name := range strings.Fields(`now env expandenv getHostByName randInt randAlpha randBytes uuidv4 shuffle genPrivateKey genCA bcrypt htpasswd
		encryptAES derivePassword set unset merge mergeOverwrite mustMerge deepCopy ago durationRound toDate mustToDate call typeOf _bind _text _each _show`) {
		if sqlNames()[name] || textNames()[name] {
			t.Errorf("%s can be called", name)
		}
	}
}

func TestTheSameEveryTime(t *testing.T) {
	t.Parallel()
	text, problems := ParseText(`{{ range $k, $v := dict "b" 1 "a" 2 "c" 3 }}{{ $k }}{{ $v }}{{ end }} {{ keys (dict "b" 1 "a" 2 "c" 3) }} {{ date "15:04" .run.started }}`, demoScope)
	if len(problems) > 0 {
		t.Fatal(shownProblems(problems))
	}
	env := demoEnv()
	env.Run.Started = env.Run.Started.In(time.UTC)
	for range 20 {
		got, err := text.Render(env)
		if diff := cmp.Diff("a2b1c3 a, b, c 23:00", got); diff != "" || err != nil {
			t.Fatal(diff, err)
		}
	}
}
