package tables_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/reports/tables"
)

func joined(names []tables.Name) string {
	var all []string
	for _, n := range names {
		all = append(all, strings.TrimPrefix(fmt.Sprintf("%s.%s", n.Database, n.Table), "."))
	}
	return strings.Join(all, " ")
}

func TestTablesThatSQLReads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		dialect   sqltext.Dialect
		sql, want string
	}{
		{sqltext.ClickHouse, "SELECT orders.id, 1 AS refunds FROM orders", "orders"},
		{sqltext.ClickHouse, "SELECT * FROM shop.orders AS o FINAL WHERE id IN shop.vips", "shop.orders shop.vips"},
		{sqltext.ClickHouse, "SELECT * FROM `shop`.\"odd name\", b, c LEFT JOIN d USING (id), e", "shop.odd name b c d e"},
		{sqltext.ClickHouse, "SELECT a, b FROM t WHERE x IN (SELECT id FROM u) AND y IN (1, 2) ORDER BY m, n", "t u"},
		{sqltext.ClickHouse, "SELECT 'FROM a', 1 -- FROM b\n/* FROM c */ FROM d", "d"},
		{sqltext.ClickHouse, "WITH orders AS (SELECT * FROM orders WHERE 1) SELECT * FROM orders JOIN recent ON 1", "orders recent"},
		{sqltext.ClickHouse, "WITH mine AS (SELECT 1) SELECT * FROM mine", ""},
		{sqltext.ClickHouse, "SELECT dictGet('shop.cities', 'name', id), dictHas('zones', 1) FROM numbers(10)", "shop.cities zones"},
		{sqltext.ClickHouse, "SELECT EXTRACT(YEAR FROM day), trim(BOTH 'x' FROM name) FROM t", "t"},
		{sqltext.ClickHouse, "SELECT * FROM (SELECT * FROM a UNION ALL SELECT * FROM b) AS x, c", "a b c"},
		{sqltext.ClickHouse, "FROM Orders SELECT x.from, y", "Orders"},
		{sqltext.ClickHouse, "SELECT * FROM orders o ARRAY JOIN tags", "orders"},
		{sqltext.Postgres, `SELECT * FROM Orders, ONLY "Orders", shop.Items i, LATERAL (SELECT 1 FROM deep) AS x`, "orders Orders shop.items deep"},
		{sqltext.Postgres, "SELECT * FROM (a JOIN b ON a.id = b.id) WHERE a.x IS DISTINCT FROM b.x", "a b"},
		{sqltext.Postgres, "WITH x (id) AS MATERIALIZED (SELECT 1 FROM t) SELECT DISTINCT id FROM x", "t"},
		{sqltext.Postgres, "SELECT substring(name FROM 2) FROM main.public.people", "public.people"},
		{sqltext.Postgres, "SELECT * FROM generate_series(1, 3) AS n, t", "t"},
	} {
		if got := joined(tables.Read(c.dialect, c.sql)); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", c.sql, got, c.want)
		}
	}
}

type snippets map[string]string

func (s snippets) Snippet(name string) (string, bool) { text, ok := s[name]; return text, ok }

func TestTablesOfATemplateAreThoseOfAllItMayBecome(t *testing.T) {
	t.Parallel()
	template := tables.Template{
		Snippets: snippets{"active": "SELECT id FROM users WHERE id IN ({{ snippet \"paying\" }})", "paying": "SELECT id FROM payments", "round": `{{ snippet "round" }} FROM r`},
		Form: forms.Form{{Name: "columns", Options: &forms.Options{Given: []forms.Option{
			{Value: "city", SQL: "dictGet('cities', 'name', id)"}, {Value: "zone", SQL: "(SELECT zone FROM zones)"},
		}}}},
	}
	for sql, want := range map[string]string{
		`SELECT {{ .columns }} FROM t`: "cities zones t",
		`SELECT * FROM ({{ snippet "active" }}) AS a JOIN {{ table "before" }} ON 1`: "users payments",
		`SELECT * FROM {{ if .x }}a{{ else }}b{{ end }}`:                             "a b",
		`SELECT * FROM {{ ident .which "orders" "refunds" }} WHERE x = {{ .x }}`:     "orders refunds",
		`SELECT 1 {{/* FROM hidden */}}`:                                             "",
		`SELECT 1 {{ snippet "missing" }} FROM t`:                                    "t",
		`SELECT 1 {{ snippet "round" }}`:                                             "r",
	} {
		if got := joined(template.Read(sql)); got != want {
			t.Errorf("%s:\ngot  %q\nwant %q", sql, got, want)
		}
	}
}
