package export

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Days in a column of the usual width would be shown as ########; a width that somebody chose is theirs.
func TestOnlyColumnsTheTemplateDidNotSizeAreWidened(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, want string }{
		"no columns": {``, `<cols><col min="2" max="2" width="20.7109375" customWidth="1"/><col min="4" max="4" width="11.7109375" customWidth="1"/></cols>`},
		"sized":      {`<cols><col min="1" max="9" width="5" customWidth="1"/></cols>`, `<cols><col min="1" max="9" width="5" customWidth="1"/></cols>`},
		"hidden":     {`<cols><col min="1" max="9" hidden="1"/></cols>`, `<cols><col min="1" max="9" hidden="1"/></cols>`},
		"styled": {`<cols><col min="1" max="16384" width="9.14" style="3"/></cols>`, `<cols><col min="1" max="1" width="9.14" style="3"/>` +
			`<col min="2" max="2" width="20.7109375" customWidth="1" style="3"/><col min="3" max="3" width="9.14" style="3"/>` +
			`<col min="4" max="4" width="11.7109375" customWidth="1" style="3"/><col min="5" max="16384" width="9.14" style="3"/></cols>`},
		"between": {`<cols><col min="2" max="2" width="3" customWidth="true"/><col min="6" max="6" style="1"/></cols>`,
			`<cols><col min="2" max="2" width="3" customWidth="true"/><col min="4" max="4" width="11.7109375" customWidth="1"/><col min="6" max="6" style="1"/></cols>`},
		"wide by default": {`<sheetFormatPr defaultColWidth="30" defaultRowHeight="15"/>`, `<sheetFormatPr defaultColWidth="30" defaultRowHeight="15"/>`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := parseFrame([]byte(`<worksheet>` + c.before + `<sheetData></sheetData></worksheet>`))
			if err != nil {
				t.Fatal(err)
			}
			got := string(widened(f.prefix, f.columns, 2, []int{20, 7, 11}))
			if diff := cmp.Diff(`<worksheet>`+c.want+`<sheetData>`, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDaysOfATemplateAreWideEnough(t *testing.T) {
	t.Parallel()
	f := newTemplate(t, "cards")
	f.row("cards", "A1", "day", "moment")
	f.must(f.SetColWidth("cards", "B", "B", 12))
	w := write(t, Workbook{Template: f.bytes(), Sheets: []Sheet{result(t, "cards", "SELECT toDate('2024-01-02') AS day, toDateTime(0, 'UTC') AS moment")}})
	sheet := w.part(t, "xl/worksheets/sheet1.xml")
	cols := regexp.MustCompile(`<col .*?/>`).FindAllString(sheet, -1)
	if len(cols) != 2 || !strings.Contains(cols[0], `max="1" width="11.7109375" customWidth="1"`) || !strings.Contains(cols[1], `width="12"`) {
		t.Errorf("%v", cols)
	}
}
