package runner_test

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/pgtest"
	"github.com/vitrina-reports/vitrina/runner"
	"github.com/vitrina-reports/vitrina/runner/source"
	"github.com/vitrina-reports/vitrina/runner/source/postgres"
)

// A result travels on to other databases, with its types, and back to where two of them are joined.
func TestResultsTravelBetweenSources(t *testing.T) {
	t.Parallel()
	t.Cleanup(pgtest.Stop)
	all := newSources(t)
	billing, err := postgres.Open(t.Context(), postgres.Options{Name: "billing", DSN: pgtest.DSN(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = billing.Close() })
	for _, sql := range []string{
		"CREATE TABLE fees (card numeric(20) PRIMARY KEY, fee numeric(10, 2))",
		"INSERT INTO fees VALUES (18446744073709551615, 0.10), (2, NULL), (3, 5)",
	} {
		if err := billing.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	all.named["billing"] = billing
	report := compile(t, "form: [{name: q, type: input}]\nexports: [{cells: [joined], format: csv}, {cells: [fees], format: json}]",
		cell("cards", "SELECT * FROM VALUES('card UInt64, owner String, day Date', (18446744073709551615, 'O\\'Brien', '2025-01-31'), (2, {{ .q }}, '1970-01-01'))")+
			"```sql fees source=billing\nSELECT f.card, f.fee, c.day + 1 AS next FROM fees f JOIN {{ table \"cards\" }} c ON c.card = f.card WHERE c.owner <> {{ .q }} OR f.fee IS NULL ORDER BY f.card\n```\n"+
			"```sql joined source=workbench\nSELECT c.card, c.owner, f.fee, f.next FROM {{ table \"cards\" }} AS c LEFT JOIN {{ table \"fees\" }} AS f ON toString(c.card) = toString(f.card) ORDER BY c.card\n```\n")
	done := run(t, all, report, map[string]any{"q": `x' OR '1'='1`})
	want := [][]string{{"card", "owner", "fee", "next"}, {"2", "x' OR '1'='1", "", "1970-01-02"}, {"18446744073709551615", "O'Brien", "0.1", "2025-02-01"}}
	if got := records(t, file(t, done, "csv")); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	wantJSON := `[` + "\n" + `{"card":"2","fee":null,"next":"1970-01-02"},` + "\n" + `{"card":"18446744073709551615","fee":"0.1","next":"2025-02-01"}` + "\n]\n"
	if got := file(t, done, "json"); got != wantJSON {
		t.Errorf("got  %s\nwant %s", got, wantJSON)
	}
	for i, name := range []string{"cards", "fees", "joined"} {
		if c := done.Cells[i]; c.Name != name || c.Rows != 2 {
			t.Errorf("%+v", c)
		}
	}
}

// Rows that only one file needs go straight into it; all others are fetched once and kept, whatever is made of them.
func TestEachCellIsAskedOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		front, body string
		cut         bool
		want        []string
	}{
		"one file":              {"exports: [{cells: [c], format: csv}]", "", false, []string{"warehouse Format"}},
		"one parquet file":      {"exports: [{cells: [c], format: parquet}]", "", false, []string{"warehouse Format"}},
		"a workbook":            {"exports: [{cells: [c], format: xlsx}]", "", false, []string{"warehouse Query"}},
		"two files":             {"exports: [{cells: [c], format: csv}, {cells: [c], format: json}]", "", false, []string{"warehouse Query", "workbench Format", "workbench Format"}},
		"an archive":            {"exports: [{cells: [c, d], format: csv}]", cell("d", "SELECT 1 AS one"), false, []string{"warehouse Query", "warehouse Query", "workbench Format", "workbench Format"}},
		"a later cell":          {"exports: [{cells: [d], format: csv}]", cell("d", `SELECT * FROM {{ table "c" }}`), false, []string{"warehouse Query", "warehouse Format"}},
		"its number of rows":    {"exports: [{cells: [c], format: csv}]", `{{ rows "c" }}`, false, []string{"warehouse Format"}},
		"its first row":         {"exports: [{cells: [c], format: csv}]", `{{ value "c" "n" }}`, false, []string{"warehouse Query", "workbench Format"}},
		"a cut csv":             {"exports: [{cells: [c], format: csv}]", "", true, []string{"warehouse Format"}},
		"a cut parquet":         {"exports: [{cells: [c], format: parquet}]", "", true, []string{"warehouse Query", "workbench Format"}},
		"nothing made of it":    {"exports: [{cells: [d], format: csv}]", cell("d", "SELECT 1 AS one"), false, []string{"warehouse Query", "warehouse Format"}},
		"workbench by itself":   {"source: workbench\nexports: [{cells: [c], format: csv}]", "", false, []string{"workbench Format"}},
		"the same format twice": {"exports: [{cells: [c], format: csv}, {cells: [c], format: csv, bom: true}]", "", false, []string{"warehouse Query", "workbench Format", "workbench Format"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := newSources(t)
			if c.cut {
				all.limits["warehouse"] = runner.Limits{Limits: source.Limits{Rows: 3}, Cut: true}
			}
			done := run(t, all, compile(t, c.front, cell("c", "SELECT number AS n FROM numbers(5)")+c.body), nil)
			if !slices.Equal(all.asked, c.want) {
				t.Errorf("asked %q, not %q", all.asked, c.want)
			}
			if c.cut != done.Cells[0].Cut || done.Cells[0].Bytes == 0 {
				t.Errorf("%+v", done.Cells[0])
			}
		})
	}
}

// Two million rows pass through a later cell, and into files in their order.
func TestLongResults(t *testing.T) {
	t.Parallel()
	const rows = 2_000_000
	report := compile(t, "exports: [{cells: [long], format: csv}, {cells: [sums], format: json}]",
		cell("long", fmt.Sprintf("SELECT number AS n, toString(number * 7919 %% 1000003) AS s FROM numbers(%d)", rows))+
			cell("sums", `SELECT toUInt32(count()) AS c, toString(sum(n)) AS total, toUInt32(uniqExact(s)) AS u FROM {{ table "long" }}`))
	done := run(t, newSources(t), report, nil)
	if want := fmt.Sprintf(`{"c":%d,"total":"%d","u":1000003}`, rows, rows*(rows-1)/2); !strings.Contains(file(t, done, "json"), want) {
		t.Errorf("%s, not %s", file(t, done, "json"), want)
	}
	rest, n := file(t, done, "csv"), 0
	_, rest, _ = strings.Cut(rest, "\r\n")
	for ; rest != ""; n++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\r\n")
		if want := strconv.Itoa(n) + `,"` + strconv.Itoa(n*7919%1000003) + `"`; line != want {
			t.Fatalf("row %d is %s, not %s", n, line, want)
		}
	}
	if n != rows || done.Artifacts[0].Rows != rows || done.Cells[0].Rows != rows {
		t.Errorf("%d rows, %+v", n, done)
	}
}

// Types that tables of a database cannot have, or have otherwise, reach a later cell as they were.
func TestOddResultsAsTables(t *testing.T) {
	t.Parallel()
	report := compile(t, "exports: [{cells: [b], format: csv}, {cells: [b], format: json}]",
		cell("a", "SELECT NULL AS nothing, [] AS empty, toLowCardinality('x') AS low, map('k', [1, NULL]) AS m, (1, 'two') AS t, toDecimal256('0.1', 70) AS dec, nan AS nan, "+
			"CAST('b', 'Enum8(\\'a\\' = 1, \\'b\\' = 2)') AS e, toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0') AS u, toIPv6('::1') AS ip, toDateTime64('2025-01-01 00:00:00.5', 3, 'Asia/Tokyo') AS at, 'a b' AS `two words`, '{\"a\": 5}'::JSON AS j")+
			cell("b", "SELECT nothing, toTypeName(e) AS et, toTypeName(at) AS att, m['k'] AS arr, t.2 AS two, dec, isNaN(nan) AS isnan, e, u, ip, at, `two words`, low, empty, toString(j.a) AS ja FROM {{ table \"a\" }}"))
	done := run(t, newSources(t), report, nil)
	want := []string{"", "Enum8('a' = 1, 'b' = 2)", "DateTime64(3, 'Asia/Tokyo')", "[1,NULL]", "two", "0.1", "1", "b", "61f0c404-5cb3-11e7-907b-a6006ad3dba0", "::1", "2025-01-01 00:00:00.500", "a b", "x", "[]", "5"}
	if got := records(t, file(t, done, "csv"))[1]; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// A result without rows is one, too: as a table, as a file and in words.
func TestEmptyResults(t *testing.T) {
	t.Parallel()
	report := compile(t, "exports: [{cells: [a], format: csv}, {cells: [a], format: json}, {cells: [a], format: parquet}, {cells: [a], format: xlsx}, {cells: [b], format: csv}]",
		cell("a", "SELECT 1 AS n, 'x' AS s WHERE 0")+cell("b", `SELECT count() AS c, max(n) AS m FROM {{ table "a" }}`)+"{{ rows \"a\" }} rows, {{ value \"a\" \"s\" }}, {{ value \"b\" \"c\" }}.")
	done := run(t, newSources(t), report, nil)
	if got := file(t, done, "csv"); got != "\"n\",\"s\"\r\n" {
		t.Errorf("%q", got)
	}
	if got := file(t, done, "json"); strings.Join(strings.Fields(got), "") != "[]" {
		t.Errorf("%q", got)
	}
	if done.Text != "0 rows, , 0." || len(done.Artifacts) != 5 || done.Artifacts[2].Rows != 0 {
		t.Errorf("%q, %+v", done.Text, done.Artifacts)
	}
}

// Nothing of a run stays in the folder it worked in, nor what a killed process left there.
func TestWorkFolderIsLeftEmpty(t *testing.T) {
	t.Parallel()
	work := t.TempDir()
	if err := os.MkdirAll(work+"/run-killed", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"/run-killed.lock", "/run-killed/c.rows"} {
		if err := os.WriteFile(work+name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := runner.New(runner.Options{Sources: newSources(t), WorkDir: work})
	for _, sql := range []string{"SELECT 1 AS one", "SELECT throwIf(1)"} {
		_, _ = r.Run(t.Context(), runner.Request{Report: compile(t, "", cell("c", sql)), Out: runner.Folder(t.TempDir())})
		if left, err := os.ReadDir(work); err != nil || len(left) > 0 {
			t.Errorf("%v, %v", left, err)
		}
	}
}
