package sqltext_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][][2]string{
		"SELECT 1 SETTINGS a = 1":                                              {{"a", "1"}},
		"SELECT 1 settings/**/a=1,b == 'x, c = 2' FORMAT CSV":                  {{"a", "1"}, {"b", "'x, c = 2'"}},
		"SELECT 1 FORMAT CSV SETTINGS a = -1.5":                                {{"a", "-1.5"}},
		"SELECT 1 SETTINGS `read\\x6fnly` = 0, \"b\" = 1":                      {{"readonly", "0"}, {"b", "1"}},
		"SELECT * FROM (SELECT 1 SETTINGS a = 1, b), c":                        {{"a", "1"}, {"b", ""}},
		"SELECT 1 SETTINGS a UNION ALL SELECT 2 SETTINGS b = 3":                {{"a", ""}, {"b", "3"}},
		"SELECT 1 SETTINGS a = 1 UNION ALL SELECT b, c":                        {{"a", "1"}},
		"SELECT 1 SETTINGS a = format, b = 1":                                  {{"a", "format"}, {"b", "1"}},
		"SELECT 1 SETTINGS a = {'x': 1, 'y': 2}, b = f(1, c = 2), d":           {{"a", "{'x': 1, 'y': 2}"}, {"b", "f(1, c = 2)"}, {"d", ""}},
		"SELECT 1 SETTINGS a.b = {p1:UInt64}, {p2:Identifier} = 0":             {{"a.b", "{p1:UInt64}"}, {"{p2:Identifier}", "0"}},
		"SELECT 1 SETTINGS a =":                                                {{"a", ""}},
		"SELECT 1 SETTINGS {":                                                  {{"{", ""}},
		"SELECT settings x, y FROM t":                                          {{"x", ""}},
		"SELECT settings, s.Settings, Settings['a'] = 1 AS settings":           nil,
		"SELECT settings AS s FROM settings WHERE settings = 1":                nil,
		"SELECT max(settings) FROM t GROUP BY b ORDER BY settings DESC, b ASC": nil,
		"SELECT if(settings, 1, 2), CASE WHEN 1 THEN settings END, 3":          nil,
		"SELECT 'SETTINGS a = 1' AS `SETTINGS` -- SETTINGS a = 1":              nil,
		"SELECT * FROM t AS settings JOIN u ON settings.a = u.a":               nil,
	} {
		s := sqltext.Statement{Text: text, Tokens: sqltext.ClickHouse.Tokens(text)}
		var got [][2]string
		for _, v := range s.Settings() {
			value := ""
			if v.End > v.Value {
				value = text[s.Tokens[v.Value].Start:s.Tokens[v.End-1].End]
			}
			got = append(got, [2]string{v.Name, value})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}
