package placement_test

import (
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/runner/source/internal/placement"
	"github.com/vitrina-reports/vitrina/templates"
)

func TestPlaces(t *testing.T) {
	t.Parallel()
	clickhouse, postgres := sqltext.ClickHouse, sqltext.Postgres
	cases := []struct {
		name    string
		sql     string // ? is the value, and | a border between two texts
		dialect sqltext.Dialect
		want    placement.Place
	}{
		{"after the keyword", "id IN ?", clickhouse, placement.AfterIn},
		{"in small letters", "id not in ?", clickhouse, placement.AfterIn},
		{"right behind", "id GLOBAL IN?", clickhouse, placement.AfterIn},
		{"over lines", "id IN\n\t?", clickhouse, placement.AfterIn},
		{"over texts", "id I|N | ?", clickhouse, placement.AfterIn},
		{"in brackets", "id IN ( ? )", clickhouse, placement.WithinIn},
		{"in brackets, a comment within", "id IN (/* these */ ? -- only\n)", clickhouse, placement.WithinIn},
		{"one of several", "id IN (?, 3)", clickhouse, placement.Elsewhere},
		{"second of several", "id IN (3, ?)", clickhouse, placement.Elsewhere},
		{"brackets in brackets", "id IN ((?))", clickhouse, placement.Elsewhere},
		{"after an operator", "id = ?", clickhouse, placement.Elsewhere},
		{"at the start", "?", clickhouse, placement.Elsewhere},
		{"a word that ends so", "id = main ?", clickhouse, placement.Elsewhere},
		{"a word that begins so", "inner ?", clickhouse, placement.Elsewhere},
		{"a quoted name", `"in" ?`, clickhouse, placement.Elsewhere},
		{"at the end of a text", "'it is in' ?", clickhouse, placement.Elsewhere},
		{"a comment between", "id IN -- these\n ?", clickhouse, placement.AfterIn},
		{"a hash comment between", "id IN # these\n ?", clickhouse, placement.AfterIn},
		{"a hash without a space", "id IN #these\n ?", clickhouse, placement.Elsewhere},
		{"a comment of slashes between", "id IN // these\n ?", clickhouse, placement.AfterIn},
		{"slashes are operators", "id IN // these\n ?", postgres, placement.Elsewhere},
		{"a hash is an operator", "id IN # these\n ?", postgres, placement.Elsewhere},
		{"the keyword in a comment", "id = -- not in\n ?", clickhouse, placement.Elsewhere},
		{"a quote in a comment", "-- don't\nid IN ?", clickhouse, placement.AfterIn},
		{"a comment in a text", "'--' IN ?", clickhouse, placement.AfterIn},
		{"a backslash before a quote", `x = 'it\'s in ' AND id IN ?`, clickhouse, placement.AfterIn},
		{"a backslash is a character", `x = '\' AND id IN ?`, postgres, placement.AfterIn},
		{"a string with escapes", `note <> E'it\'s' AND id IN ?`, postgres, placement.AfterIn},
		{"a string with escapes that goes on", "x = E'it'\n'\\'s IN ' AND id = ?", postgres, placement.Elsewhere},
		{"a doubled quote", "x = 'it''s' AND id IN ?", postgres, placement.AfterIn},
		{"comments nest", "id /* /* */ IN */ = ?", postgres, placement.Elsewhere},
		{"comments nest everywhere", "id /* /* */ IN */ = ?", clickhouse, placement.Elsewhere},
		{"an unclosed comment", "id IN /*", clickhouse, placement.Elsewhere},
		{"dollar quotes", "$x$ don't $x$ IN ?", postgres, placement.AfterIn},
		{"a lone dollar", "$1 IN ?", postgres, placement.AfterIn},
		{"a placeholder that ends in dollar", "a$b IN ?", postgres, placement.AfterIn},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, value := statement(c.sql)
			if got := placement.Of(s, c.dialect); value >= 0 && got[value] != c.want {
				t.Errorf("%s: got %d, want %d", c.sql, got[value], c.want)
			}
		})
	}
}

func TestAValueBetweenEndsTheKeyword(t *testing.T) {
	t.Parallel()
	one := &templates.Param{Value: int64(1)}
	s := templates.Statement{Parts: []templates.Part{{Text: "id IN "}, {Param: one}, {Param: one}}}
	if got := placement.Of(s, sqltext.ClickHouse); got[1] != placement.AfterIn || got[2] != placement.Elsewhere {
		t.Errorf("got %v", got)
	}
}

func FuzzOf(f *testing.F) {
	f.Add("id IN ($x$ /* '", " -- ) $")
	f.Fuzz(func(_ *testing.T, before, after string) {
		one := &templates.Param{Value: int64(1)}
		s := templates.Statement{Parts: []templates.Part{{Text: before}, {Param: one}, {Text: after}, {Table: "t"}, {Text: before}}}
		placement.Of(s, sqltext.ClickHouse)
		placement.Of(s, sqltext.Postgres)
	})
}

func statement(sql string) (s templates.Statement, value int) {
	value = -1
	for i, text := range strings.Split(sql, "?") {
		if i > 0 {
			value = len(s.Parts)
			s.Parts = append(s.Parts, templates.Part{Param: &templates.Param{Value: []int64{1}}})
		}
		for _, piece := range strings.Split(text, "|") {
			s.Parts = append(s.Parts, templates.Part{Text: piece})
		}
	}
	return s, value
}
