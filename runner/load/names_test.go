package load_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/runner/load"
)

func TestOddColumnNames(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	names := []string{"a.b", "a.c", "_part", "1", "%", "{p1:String}", "`", "\\", "'", "Ж 😀", "a/b", strings.Repeat("long", 80), "new\nline", "tab\t", "--", "SELECT", " ", "nul\x00"}
	var header, row strings.Builder
	for i, name := range names {
		fmt.Fprintf(&header, `"%s",`, name)
		fmt.Fprintf(&row, "%d,", i)
	}
	for _, mode := range []load.Mode{load.Create, load.Append} {
		result := mustLoad(t, src, load.Options{Path: file(t, "a.csv", header.String()+"\n"+row.String()+"\n"), Table: "t", Mode: mode})
		for i, name := range names {
			if got := result.Columns[i].Name; got != name {
				t.Errorf("got %q, want %q", got, name)
			}
		}
	}
	if got := tsv(t, src, "SELECT * FROM t LIMIT 1"); !strings.HasPrefix(got, "0\t1\t2\t3\t4") {
		t.Error(got)
	}
}

func TestManyColumns(t *testing.T) {
	t.Parallel()
	src := warehouse(t)
	var header, row strings.Builder
	for i := range 5_000 {
		fmt.Fprintf(&header, "column_number_%d,", i)
		fmt.Fprintf(&row, "%d,", i)
	}
	path := file(t, "a.csv", strings.TrimSuffix(header.String(), ",")+"\n"+strings.TrimSuffix(row.String(), ",")+"\n")
	mustLoad(t, src, load.Options{Path: path, Table: "t"})
	refused(t, src, load.Options{Path: file(t, "b.csv", strings.Repeat("a,", 5_000)), Table: "u"}, fault.Invalid, "")
	refused(t, src, load.Options{Path: file(t, "c.csv", "a,b\n"+strings.Repeat("a,", 5_000)), Table: "u"}, fault.Invalid, "")
	if got := tsv(t, src, "SELECT column_number_4999 FROM t"); got != "4999" {
		t.Error(got)
	}
}
