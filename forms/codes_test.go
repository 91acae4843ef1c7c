package forms

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	goparser "go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite codes.json and the table of README.md")

// told is a code as translations find it.
type told struct {
	Code      string   `json:"code"`
	Arguments []string `json:"arguments"`
	English   string   `json:"english"`
}

func catalogue() []told {
	var all []told
	for _, code := range slices.Sorted(maps.Keys(predicates)) {
		all = append(all, told{code, argumentNames(code), "{label} " + strings.ReplaceAll(stop(predicates[code]), "*}", "}")})
	}
	for _, code := range slices.Sorted(maps.Keys(sentences)) {
		all = append(all, told{code, argumentNames(code), strings.ReplaceAll(sentences[code], "*}", "}")})
	}
	return all
}

func argumentNames(code string) []string {
	names := []string{}
	for _, place := range places(patternOf(code)) {
		name, isList := strings.CutSuffix(place, "*")
		if name == "label" {
			continue
		}
		names = append(names, name)
		if isList {
			names = append(names, name+"_more")
		}
	}
	return names
}

const tableMark = "TestCodes -update -->\n"

func TestCodesAreListedForTranslators(t *testing.T) {
	t.Parallel()
	listed, table := new(bytes.Buffer), new(bytes.Buffer)
	encoder := json.NewEncoder(listed)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(catalogue()); err != nil {
		t.Fatal(err)
	}
	table.WriteString("\n| code | arguments | in English |\n| --- | --- | --- |\n")
	for _, c := range catalogue() {
		fmt.Fprintf(table, "| %s | %s | %s |\n", c.Code, strings.Join(c.Arguments, ", "), c.English)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	prose, _, ok := strings.Cut(string(readme), tableMark)
	if !ok {
		t.Fatal("README.md has no place for the table")
	}
	for path, want := range map[string]string{"testdata/codes.json": listed.String(), "README.md": prose + tableMark + table.String()} {
		if *update {
			if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s is not what codes.go says; run the test with -update:\n%s", path, diff)
		}
	}
}

// Whoever adds a code must list it, give it as many arguments as its sentence has, and drop it when it is used no more.
func TestCodesInTheSourceAreThoseListed(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, file := range sources(t) {
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.BasicLit:
				if text, err := strconv.Unquote(node.Value); err == nil && node.Kind == token.STRING {
					used[text] = true
				}
			case *ast.CallExpr:
				checkCall(t, node)
			}
			return true
		})
	}
	for _, c := range catalogue() {
		if !used[c.Code] && !used[strings.TrimPrefix(c.Code, itemsPrefix)] {
			t.Errorf("nothing has the code %s", c.Code)
		}
	}
	for _, m := range []string{integers.low, integers.high, decimals.low, decimals.high, dates.low, dates.high, moments.low, moments.high, lengths.low, lengths.high} {
		if len(places(predicates[m])) != 2 {
			t.Errorf("%s is no code with a bound and a value", m)
		}
	}
}

// checkCall looks at the codes that calls name.
func checkCall(t *testing.T, call *ast.CallExpr) {
	name, ok := call.Fun.(*ast.Ident)
	skip := map[string]int{"mistakef": 1, "standing": 2}
	if !ok || skip[name.Name] == 0 {
		return
	}
	literal, ok := call.Args[skip[name.Name]-1].(*ast.BasicLit)
	if !ok {
		return // a code that was handed on
	}
	code, _ := strconv.Unquote(literal.Value)
	if patternOf(code) == "" {
		t.Errorf("the code %q is not listed", code)
	}
	if want := len(places(patternOf(code))); !call.Ellipsis.IsValid() && len(call.Args)-skip[name.Name] != want {
		t.Errorf("%s has %d arguments, not %d", code, want, len(call.Args)-skip[name.Name])
	}
}

// sources are the package's files but for tests and the list itself.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	paths, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") || path == "codes.go" {
			continue
		}
		file, err := goparser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// What a program is told has the arguments that are listed, is fit for JSON, and says what the sentence says.
func TestMistakesAreToldByCode(t *testing.T) {
	t.Parallel()
	cities := &Options{Given: []Option{{Value: "berlin"}, {Value: "bern"}, {Value: "paris"}}}
	text := Field{Type: Input, Min: 2, Max: 4, Pattern: "[a-z]+"}
	number := Field{Type: Input, Kind: Integer, Min: 1, Max: "18446744073709551615"}
	day := Field{Type: Input, Kind: DateKind, Min: "2025-01-01", Max: "2025-12-31"}
	numbers := Field{Type: Input, Kind: List, Of: Integer, Min: 1, Max: 9, MaxItems: 5}
	words := Field{Type: Input, Kind: List, Min: 2, Max: 4, Pattern: "[a-z]+"}
	several := Field{Type: Checkbox, Options: cities, MaxItems: 2}
	for name, c := range map[string]struct {
		field     Field
		raw       any
		code      string
		arguments string
	}{
		"nothing":          {Field{Type: Input, Required: true}, "", "required", `{}`},
		"two":              {text, []string{"ab", "cd"}, "single", `{"count":2}`},
		"latin-1":          {text, "caf\xe9", "encoding", `{}`},
		"short":            {text, "a", "min_length", `{"length":1,"min":2}`},
		"long":             {text, "abcde", "max_length", `{"length":5,"max":4}`},
		"capitals":         {text, "ABC", "pattern", `{"given":"ABC","pattern":"[a-z]+"}`},
		"invisible":        {text, "a\tb", "pattern", `{"given":"a\\tb","pattern":"[a-z]+"}`},
		"word for number":  {number, "many", "integer", `{"given":"many"}`},
		"small":            {number, 0, "min", `{"given":0,"min":1}`},
		"unsafe number":    {Field{Type: Input, Kind: Integer, Max: "9007199254740993"}, "9007199254740994", "max", `{"given":"9007199254740994","max":"9007199254740993"}`},
		"unclear":          {number, "1,234", "ambiguous", `{"decimal":"1.234","given":"1,234","whole":"1234"}`},
		"no day":           {day, "31.02.2025", "date_missing", `{"day":31,"given":"31.02.2025","month":2,"year":2025}`},
		"early":            {day, "2024-12-31", "min_date", `{"given":"2024-12-31","min":"2025-01-01"}`},
		"word for date":    {day, "soon", "date", `{"given":"soon"}`},
		"slip of a date":   {day, "todey", "date_near", `{"given":"todey","near":"today"}`},
		"open end":         {Field{Type: Input, Kind: DateRange, Required: true}, "2025-01-01..", "range_to", `{}`},
		"turned around":    {Field{Type: Input, Kind: DateRange}, "2025-02-01..2025-01-01", "range_order", `{"from":"2025-02-01","to":"2025-01-01"}`},
		"wrong time":       {Field{Type: Input, Kind: DateTime}, "2025-01-01 25:00", "time_of_day", `{"given":"2025-01-01 25:00"}`},
		"no numbers":       {numbers, "1,x,2,y,z,w", "items_integer", `{"count":4,"given":["x","y","z"],"positions":["2","4","5"]}`},
		"large numbers":    {numbers, "10,5,11", "items_max", `{"count":2,"given":["10","11"],"max":9,"positions":["1","3"]}`},
		"all sorts":        {numbers, "x,10", "items", `{"count":2,"given":["x","10"],"positions":["1","2"]}`},
		"too many numbers": {numbers, "1,2,3,4,5,6,7", "max_items", `{"count":7,"max":5}`},
		"short words":      {words, "a\nbb\nc", "items_min_length", `{"count":2,"given":["a","c"],"min":2,"positions":["1","3"]}`},
		"odd words":        {words, "AA", "items_pattern", `{"count":1,"given":["AA"],"pattern":"[a-z]+","positions":["1"]}`},
		"no option":        {several, "berlim", "option", `{"given":["berlim"],"given_more":0,"suggestions":["berlin"],"suggestions_more":0}`},
		"no options":       {several, []string{"x"}, "option_of", `{"given":["x"],"given_more":0,"options":["berlin","bern","paris"],"options_more":0}`},
		"many options":     {several, []string{"berlin", "bern", "paris"}, "max_options", `{"count":3,"max":2}`},
		"all options":      {several, "all", "max_options_all", `{"max":2}`},
		"neither":          {Field{Type: Input, Kind: Boolean}, "perhaps", "boolean", `{"given":"perhaps"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readOne(thursday(t), c.field, c.raw)
			checkTold(t, err, c.code, c.arguments)
		})
	}
}

// checkTold holds the only mistake of an error against its code and arguments, and these against the list.
func checkTold(t *testing.T, err error, code, arguments string) {
	t.Helper()
	var errs Errors
	if !errors.As(err, &errs) || len(errs) != 1 {
		t.Fatalf("got %v, want one mistake", err)
	}
	got, err := json.Marshal(errs[0].Arguments)
	if err != nil {
		t.Fatal(err)
	}
	if errs[0].Code != code || string(got) != arguments {
		t.Errorf("got %s %s, want %s %s", errs[0].Code, got, code, arguments)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(argumentNames(code))), slices.Sorted(maps.Keys(errs[0].Arguments))); diff != "" {
		t.Error(diff)
	}
}

func TestMistakesBeyondValuesHaveCodesToo(t *testing.T) {
	t.Parallel()
	city := Field{Name: "f", Type: Select, Options: &Options{Given: []Option{{Value: "berlin"}, {Value: "bern"}}}}
	limited := func(values ...string) Env { return Env{Allowed: map[string][]string{"f": values}} }
	wrong := city
	wrong.Default = "rome"
	for name, c := range map[string]struct {
		form      Form
		raw       Raw
		env       Env
		code      string
		arguments string
	}{
		"not allowed":   {Form{{Name: "f", Type: Input}}, Raw{"f": "x"}, limited("a", "b"), "option_of", `{"given":["x"],"given_more":0,"options":["a","b"],"options_more":0}`},
		"left out":      {Form{city}, Raw{"f": ""}, limited("a", "b", "c", "d", "e", "f", "g"), "limited", `{"options":["a","b","c","d","e"],"options_more":2}`},
		"none allowed":  {Form{{Name: "f", Type: Input}}, nil, limited(), "limited_nothing", `{}`},
		"limited date":  {Form{{Name: "f", Type: Input, Kind: DateKind}}, nil, limited("2025-01-01"), "limited_date", `{}`},
		"limit of none": {Form{}, nil, limited("a"), "limited_unknown", `{"given":"f"}`},
		"no form":       {Form{}, Raw{"x": 1}, Env{}, "no_form", `{"given":"x"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(t.Context(), c.form, c.raw, c.env)
			checkTold(t, err, c.code, c.arguments)
		})
	}
	_, err := Parse(t.Context(), Form{wrong}, nil, Env{})
	var errs Errors
	if !errors.As(err, &errs) || errs[0].Code != "default" || errs[0].Arguments["reason"] != "option_of" || errs[0].Arguments["options"] == nil {
		t.Errorf("got %+v", errs)
	}
}
