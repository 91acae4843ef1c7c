package templates

import (
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/fault"
)

func TestBind(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ template, want string }{
		"text alone":      {"SELECT 1", "SELECT 1"},
		"nothing":         {"", ""},
		"text":            {"x = {{ .q }}", "x = ‹string O'Brien›"},
		"integer":         {"x = {{ .n }}", "x = ‹int64 7›"},
		"large integer":   {"x = {{ .big }}", "x = ‹uint64 18446744073709551615›"},
		"decimal":         {"x = {{ .amount }}", "x = ‹decimal.Decimal 12.5›"},
		"decimal zero":    {"x = {{ .free }}", "x = ‹decimal.Decimal 0›"},
		"date":            {"x = {{ .day }}", "x = ‹forms.Date 2025-01-31›"},
		"time":            {"x = {{ .at }}", "x = ‹time.Time 2025-01-31 09:30:00 +0900 Asia/Tokyo›"},
		"date range":      {"BETWEEN {{ .period.from }} AND {{ .period.to }}", "BETWEEN ‹forms.Date 2025-01-01› AND ‹forms.Date 2025-01-31›"},
		"open date range": {"{{ .since.from }}, {{ .since.to }}", "‹forms.Date 2025-01-01›, ‹NULL Nullable(Date)›"},
		"list":            {"IN {{ .ids }}", "IN ‹[]string [a b']›"},
		"list of numbers": {"IN {{ .numbers }}", "IN ‹[]int64 [3 1 3]›"},
		"boolean":         {"{{ .yes }} OR {{ .no }}", "‹bool true› OR ‹bool false›"},
		"option":          {"= {{ .partner }}", "= ‹string 7›"},
		"label":           {"= {{ .label.partner }}", "= ‹string Café O'Brien›"},
		"labels":          {"IN {{ .label.columns }}", "IN ‹[]string [Card number City]›"},
		"user":            {"{{ .user.email }} IN {{ .user.groups }}", "‹string ann@example.com› IN ‹[]string [sales eu]›"},
		"run and report":  {"{{ .run.id }}, {{ .report.revision }}", "‹string r1›, ‹int64 3›"},

		"empty text":       {"= {{ .empty }}", "= ‹NULL Nullable(String)›"},
		"empty integer":    {"= {{ .no_n }}", "= ‹NULL Nullable(Int64)›"},
		"empty range":      {"= {{ .no_period.from }}", "= ‹NULL Nullable(Date)›"},
		"empty list":       {"IN {{ .no_ids }}", "IN ‹[]string []›"},
		"empty numbers":    {"IN {{ .no_numbers }}", "IN ‹[]int64 []›"},
		"empty of dollar":  {"{{ with .q }}{{ $.no_n }}{{ end }}", "‹NULL Nullable(Int64)›"},
		"empty elsewhere":  {"{{ $x := .no_n }}{{ $x }}", "‹NULL ›"},
		"empty guarded":    {"a{{ if .empty }} AND x = {{ .empty }}{{ end }}", "a"},
		"empty with else":  {"{{ with .empty }}{{ . }}{{ else }}none{{ end }}", "none"},
		"zero is false":    {"{{ if .free }}a{{ else }}b{{ end }}", "b"},
		"zero is given":    {"{{ if given .free }}a{{ end }}{{ if given .no }}b{{ end }}{{ if given .empty }}c{{ end }}", "ab"},
		"range not given":  {"{{ if .no_period }}a{{ else }}b{{ end }}{{ if .period }}c{{ end }}", "bc"},
		"list not given":   {"{{ if given .no_ids }}a{{ else }}b{{ end }}", "b"},
		"and, or, not":     {"{{ if and .q (not .free) (or .empty .yes) }}a{{ end }}", "a"},
		"comment":          {"a{{/* {{ .q }} */}}b", "ab"},
		"trim":             {"a  {{- /* c */ -}}  b = {{- .q -}} + c", "ab =‹string O'Brien›+ c"},
		"variable":         {"{{ $x := .q }}= {{ $x }}{{ $x = 5 }}, {{ $x }}", "= ‹string O'Brien›, ‹int64 5›"},
		"loop":             {"{{ range $i, $v := .ids }}{{ if $i }}, {{ end }}{{ $v }}{{ end }}", "‹string a›, ‹string b'›"},
		"loop, break":      {"{{ range .numbers }}{{ . }} {{ if eq . 1 }}{{ break }}{{ end }}{{ end }}", "‹int64 3› ‹int64 1› "},
		"loop over none":   {"{{ range .no_ids }}a{{ else }}b{{ end }}", "b"},
		"loop n times":     {"{{ range 3 }}a{{ end }}{{ range .free }}b{{ end }}", "aaa"},
		"literal":          {`{{ "a' OR 1" }}, {{ 1.5 }}, {{ true }}`, "‹string a' OR 1›, ‹float64 1.5›, ‹bool true›"},
		"pipeline":         {`LIKE {{ printf "%%%s%%" .q | upper }}`, "LIKE ‹string %O'BRIEN%›"},
		"parentheses":      {`= {{ ((.q | lower) | upper) }}`, "= ‹string O'BRIEN›"},
		"brackets of json": {`= {{ toRawJson .ids }}`, `= ‹string ["a","b'"]›`},

		"option's SQL":          {"SELECT {{ .metric }} AS m", "SELECT sum(total) AS m"},
		"options' SQL":          {"SELECT {{ .columns }} FROM", "SELECT card_number, dictGet('cities', 'name', city_id) AS city FROM"},
		"options' SQL one each": {"{{ range .columns }}{{ . }};{{ end }}", "card_number;dictGet('cities', 'name', city_id) AS city;"},
		"first option's SQL":    {"{{ .columns | first }}", "card_number"},
		"reversed":              {"{{ reverse .columns }}", "dictGet('cities', 'name', city_id) AS city, card_number"},
		"option compared":       {`{{ if eq .metric "revenue" }}a{{ end }}{{ if has "city" .columns }}b{{ end }}`, "ab"},
		"option's value bound":  {`= {{ toString .metric }}, {{ upper .metric }}`, "= ‹string revenue›, ‹string REVENUE›"},
		"options without":       {`{{ if .no_columns }}a{{ else }}b{{ end }}{{ if given .no_metric }}c{{ end }}`, "b"},
		"ident":                 {`ORDER BY {{ ident .metric "orders" "revenue" }}`, "ORDER BY revenue"},
		"ident of a list":       {`GROUP BY {{ ident .kinds "eu" "us" }}`, "GROUP BY us, eu"},
		"ident within a name":   {`events_{{ ident "eu" "eu" }}_v2`, "events_eu_v2"},
		"table":                 {`FROM {{ table "buyers" }} AS b`, "FROM ‹table buyers› AS b"},
		"snippet":               {`WHERE {{ snippet "active" }}`, "WHERE status = 'active' AND name = ‹string O'Brien›"},
		"snippet in snippet":    {`WHERE {{ snippet "outer" }}`, "WHERE (status = 'active' AND name = ‹string O'Brien›)"},
		"snippet with comment":  {`WHERE {{ snippet "noted" }} AND x = {{ .q }}`, "WHERE 1 = 1 -- always\n AND x = ‹string O'Brien›"},
		"snippet in variable":   {`{{ $s := snippet "active" }}{{ if .q }}{{ $s }}{{ end }}`, "status = 'active' AND name = ‹string O'Brien›"},
		"snippet chosen":        {`{{ ternary (snippet "noted") (snippet "active") .no }}`, "status = 'active' AND name = ‹string O'Brien›"},

		"mixed whole numbers":  {"IN {{ list .n 2 }}", "IN ‹[]int64 [7 2]›"},
		"with a large one":     {"IN {{ list .n .big }}", "IN ‹[]uint64 [7 18446744073709551615]›"},
		"with a decimal":       {"IN {{ list .n .amount .free }}", "IN ‹[]decimal.Decimal [7 12.5 0]›"},
		"with a float":         {"IN {{ list 1 0.5 }}", "IN ‹[]float64 [1 0.5]›"},
		"dates":                {"IN {{ list .day .period.from }}", "IN ‹[]forms.Date [2025-01-31 2025-01-01]›"},
		"numbers without twos": {"IN {{ .numbers | uniq }}", "IN ‹[]int64 [3 1]›"},
		"until":                {"IN {{ until 3 }}", "IN ‹[]int64 [0 1 2]›"},
		"nothing left":         {`IN {{ without .ids "a" "b'" }}`, "IN ‹[]string []›"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := shownStatement(mustBind(t, test.template, demoEnv()))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBindRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ template, want string }{
		"a function of nothing":   {"a\n  = {{ upper .empty }}", "line 2, column 8: upper was given nothing: for a field that may be left empty, put {{ if }} around it"},
		"the wrong type":          {"{{ .ids | upper }}", "line 1, column 11: upper takes text here, and was given a list"},
		"too many arguments":      {`{{ upper .q "x" }}`, "line 1, column 4: upper takes 1 value, and was given 2"},
		"too few arguments":       {`{{ replace "a" }}`, "line 1, column 4: replace takes 3 values, and was given 1"},
		"a place after Cyrillic":  {"'привет' = {{ upper .n }}", "line 1, column 15: upper takes text here, and was given a number"},
		"a dictionary":            {`{{ dict "a" 1 }}`, "line 1, column 4: a group of values cannot be a value in SQL: write one part of it"},
		"a list of lists":         {"{{ list .ids }}", "line 1, column 4: a list of values holds a list"},
		"a mixed list":            {"{{ list .q .n }}", "line 1, column 4: the list mixes values of several sorts: make them alike, as with toString"},
		"a list with nothing":     {"{{ list .q .empty }}", "line 1, column 4: a list of values holds nothing"},
		"a date range":            {"{{ $p := .period }}{{ $p }}", "line 1, column 23: a date range is two values: write its .from and .to"},
		"no options":              {"SELECT {{ .no_columns }}", "line 1, column 11: no option was chosen: make the field required, or put {{ if }} around it"},
		"no option":               {"SELECT {{ .no_metric }}", "line 1, column 11: no option was chosen: make the field required, or put {{ if }} around it"},
		"joined columns":          {`SELECT {{ join ", " .columns }}`, "line 1, column 11: this would make one text of the options' values: the field alone writes their SQL, with commas between, as in {{ .columns }}"},
		"printed columns":         {`SELECT {{ print .columns }}`, "line 1, column 11: this would make one text of the options' values: the field alone writes their SQL, with commas between, as in {{ .columns }}"},
		"a changed snippet":       {`{{ snippet "active" | upper }}`, "line 1, column 23: upper takes text here, and was given SQL text"},
		"a printed snippet":       {`{{ print (snippet "active") }}`, "line 1, column 4: SQL text cannot be changed or written within another text: put it where it belongs, in an action of its own"},
		"ident of another":        {`{{ ident .q "a" "b" }}`, `line 1, column 4: ident was given "O'Brien", which is none of a, b`},
		"ident of nothing":        {`{{ ident .empty "a" "b" }}`, "line 1, column 4: ident was given nothing: it takes one of a, b"},
		"a failing snippet":       {`x {{ snippet "failing" }}`, "line 1, column 6: snippet failing, line 2, column 4: trunc was given nothing: for a field"},
		"touching by variable":    {`{{ $x := .q }}a{{ $x }}`, "line 1, column 19: it touches the word before it: put a space between; for a name, use {{ ident … }}"},
		"touching after variable": {`{{ $x := .q }}{{ $x }}a`, "line 1, column 23: a value touches the word after it: put a space between"},
		"touching each other":     {`{{ $x := .q }}{{ $x }}{{ $x }}`, "line 1, column 26: two values touch each other: put a comma or an operator between"},
		"loop over text":          {"{{ range .q }}{{ end }}", "line 1, column 10: range goes over a list, and was given text"},
		"loop over a range":       {"{{ range .period }}{{ end }}", "line 1, column 10: a date range cannot be looped over"},
		"fail":                    {`{{ fail "choose a partner" }}`, "line 1, column 4: choose a partner"},
		"comparing":               {`{{ if eq .n "a" }}{{ end }}`, "line 1, column 7: a number and text cannot be compared"},
		"a part of text":          {`{{ $x := list .q }}{{ (first $x).y }}`, "line 1, column 30: the value before the last dot has no such part"},
		"an index too far":        {`{{ index .ids 9 }}`, "line 1, column 4: index out of range: 9"},
		"an index of nothing":     {`{{ index .empty 0 }}`, "line 1, column 4: there is nothing here: for a field that may be left empty, put {{ if }} around it"},
		"a bad pattern":           {`{{ regexMatch "(" .q }}`, "line 1, column 4: error parsing regexp: missing closing ): `(`"},
		"arithmetic on text":      {`{{ add .q 1 }}`, "line 1, column 4: text is not a number"},
		"division by zero":        {`{{ div .n 0 }}`, "line 1, column 4: division by zero"},
		"overflow":                {`{{ add .big 1 }}`, "line 1, column 4: the result is too large for a whole number of 64 bits"},
		"printf":                  {`{{ printf "%d" .q }}`, `line 1, column 4: printf "%d" does not fit its values: %!d(string=O'Brien)`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := mustParse(t, test.template).Bind(demoEnv())
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Fatalf("got  %v\nwant %s", err, test.want)
			}
			if !fault.IsInvalid(err) || problemOf(err) == nil {
				t.Errorf("the error is %T of code %s and tells its place: %t", err, fault.CodeOf(err), problemOf(err) != nil)
			}
		})
	}
}

// An option that came from elsewhere brings no SQL along: only what the form declares is written.
func TestOptionSQLComesFromTheDeclaration(t *testing.T) {
	t.Parallel()
	values := forms.Values{
		"columns": {Data: []string{"card", "constant", "evil"}, Chosen: []forms.Option{{Value: "card", SQL: "evil()"}, {Value: "constant", SQL: "evil()"}, {Value: "evil", SQL: "evil()"}}},
		"partner": {Data: "7", Chosen: []forms.Option{{Value: "7", SQL: "evil()"}}},
	}
	got := shownStatement(mustBind(t, "{{ .columns }} {{ .partner }}", Env{Values: values}))
	if want := "card_number, ‹string constant›, ‹string evil› ‹string 7›"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestIntegerOptionsFindTheirSQL(t *testing.T) {
	t.Parallel()
	form := forms.Form{{Name: "size", Type: forms.Select, Kind: forms.Integer, Options: &forms.Options{Given: []forms.Option{{Value: "007", SQL: "small"}}}}}
	sql, problems := ParseSQL("{{ .size }}", Scope{Form: form})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	statement, err := sql.Bind(Env{Values: forms.Values{"size": {Data: int64(7)}}})
	if err != nil || shownStatement(statement) != "small" {
		t.Errorf("got %s, %v", shownStatement(statement), err)
	}
}

func TestUses(t *testing.T) {
	t.Parallel()
	sql := mustParse(t, `{{ snippet "read" }} {{ if .q }}{{ $.n }}{{ end }} {{ with .period }}{{ .from }}{{ end }} FROM {{ table "totals" }}`)
	if diff := cmp.Diff([]string{"n", "partner", "period", "q"}, sql.Fields()); diff != "" {
		t.Error("fields:", diff)
	}
	if diff := cmp.Diff([]string{"buyers", "totals"}, sql.Tables()); diff != "" {
		t.Error("tables:", diff)
	}
}

func TestBindByManyAtOnce(t *testing.T) {
	t.Parallel()
	sql := mustParse(t, `{{ .columns }} {{ snippet "outer" }} {{ sortAlpha .ids }} {{ range .ids }}{{ . }},{{ end }}`)
	env := demoEnv()
	want, err := sql.Bind(env)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			got, err := sql.Bind(env)
			if err != nil || shownStatement(got) != shownStatement(want) {
				t.Errorf("got %s, %v", shownStatement(got), err)
			}
		})
	}
	group.Wait()
}

// Values are bound as they are, whatever bytes they hold.
func TestValuesStayExact(t *testing.T) {
	t.Parallel()
	for _, value := range []any{
		"", " ", "\x00", "\xff\xfe", "{p1:String}", "{{ .q }}", `\`, "a\tb\nc\r\n", strings.Repeat("x", 3<<20), math.Inf(1),
		decimal.RequireFromString("12345678901234567890123456789.0123456789"), int64(math.MinInt64), uint64(math.MaxUint64),
	} {
		statement := mustBind(t, "= {{ .q }}", Env{Values: forms.Values{"q": {Data: value}}})
		if got := statement.Parts[1].Param.Value; !cmp.Equal(got, value) {
			t.Errorf("bound %.40v as %.40v", value, got)
		}
	}
}
