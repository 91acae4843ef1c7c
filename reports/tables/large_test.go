package tables_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/internal/sqltext"
	"github.com/vitrina-reports/vitrina/reports/tables"
)

// soon is long for reading once through a large text, and short for looking back through it at every word.
const soon = 10 * time.Second

func TestSnippetsThatGrowWithoutEndAreNotFollowed(t *testing.T) {
	t.Parallel()
	twice := snippets{"all": `{{ snippet "0" }} JOIN last`, "40": "x"}
	for i := range 40 {
		twice[fmt.Sprint(i)] = fmt.Sprintf(`FROM t%[1]d, {{ snippet "%[2]d" }}, {{ snippet "%[2]d" }}`, i, i+1)
	}
	columns := forms.Form{{Name: "c", Options: &forms.Options{Given: []forms.Option{{Value: "a", SQL: strings.Repeat("a, ", 100_000)}}}}}
	template := tables.Template{Snippets: twice, Form: columns}
	started := time.Now()
	read := template.Read(`SELECT * FROM first {{ snippet "all" }} ` + strings.Repeat("{{ .c }}", 100_000))
	if took := time.Since(started); took > soon {
		t.Errorf("took %s", took)
	}
	for _, table := range []string{"first", "t0", "t39", "last"} {
		if !slices.Contains(read, tables.Name{Table: table}) {
			t.Errorf("%s is missing", table)
		}
	}
}

func TestALargeTextIsReadOnce(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"FROM a ", "FROM a%d ", "a AS (", "a%d AS (SELECT 1), ", ") AS (", "x IN (SELECT EXTRACT(DAY FROM d) FROM t%d), "} {
		var text strings.Builder
		for i := 0; text.Len() < 1<<20; i++ {
			text.WriteString(strings.ReplaceAll(unit, "%d", fmt.Sprint(i)))
		}
		started := time.Now()
		tables.Read(sqltext.ClickHouse, text.String())
		if took := time.Since(started); took > soon {
			t.Errorf("%s: took %s", unit, took)
		}
	}
}
