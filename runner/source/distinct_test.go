package source_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vitrina-reports/vitrina/runner/source"
)

func TestDistinctNamesKeepTheFirstOfEach(t *testing.T) {
	t.Parallel()
	for names, want := range map[string]string{
		"a b c":             "a b c",
		"x x x":             "x x_2 x_3",
		"x x x_2 x":         "x x_3 x_2 x_4",
		"x x_2 x_2 x x":     "x x_2 x_2_2 x_3 x_4",
		"?column? ?column?": "?column? ?column?_2",
	} {
		var columns []source.Column
		for _, name := range strings.Fields(names) {
			columns = append(columns, source.Column{Name: name})
		}
		if got := source.Distinct(columns); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: got %v, want %s", names, got, want)
		}
	}
}
