package export

import (
	"fmt"
	"strconv"
	"time"
)

// About is what the last sheet tells of the file.
type About struct {
	Report   string // title
	Revision string
	RunID    string
	User     string
	Source   string
	Timezone string
	Started  time.Time
	Finished time.Time
	// Values are the fields of the form, each as the person saw it.
	Values []AboutValue
	// Notes are those of the run; the ones that arise while the workbook is written are added.
	Notes []string
}

// AboutValue is one field: its label and what was chosen.
type AboutValue struct{ Label, Value string }

// addAbout writes the sheet. All its cells are text: a value may look like a formula or a number.
func (b *book) addAbout(about About) error {
	name, err := b.newSheet("About")
	if err != nil {
		return err
	}
	sheet := &newPage{file: b.file, name: name, columns: 2}
	g, err := newGrid(nil, 1, nil, &b.styles, b.limits.units)
	if err != nil {
		return err
	}
	label, err := newGridColumn("", 1, 0, &b.styles)
	if err != nil {
		return err
	}
	value, err := newGridColumn("", 2, 0, &b.styles)
	if err != nil {
		return err
	}
	bold, err := b.styles.header()
	if err != nil {
		return err
	}
	out, err := b.zip.stream(sheet.path())
	if err != nil {
		return err
	}
	out.buf = append(out.buf, worksheetOpen+`<cols><col min="1" max="1" width="28" customWidth="1"/>`+
		`<col min="2" max="2" width="90" customWidth="1"/></cols><sheetData>`...)
	for i, line := range b.aboutLines(about) {
		g.row = strconv.AppendInt(g.row[:0], int64(i+1), 10)
		out.buf = sheet.openRow(out.buf, i+1)
		out.buf = g.appendText(out.buf, &label, styleAttribute(bold), []byte(line.Label))
		out.buf = g.appendText(out.buf, &value, value.text, []byte(line.Value))
		out.buf = sheet.closeRow(out.buf, i+1)
		out.flush()
	}
	out.buf = append(out.buf, `</sheetData></worksheet>`...)
	return out.close()
}

// aboutLines are all lines of the sheet that have something to tell.
func (b *book) aboutLines(about About) []AboutValue {
	var lines []AboutValue
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, AboutValue{Label: label, Value: value})
		}
	}
	add("Report", about.Report)
	add("Revision", about.Revision)
	add("Run", about.RunID)
	add("Run by", about.User)
	add("Source", about.Source)
	add("Time zone", about.Timezone)
	lines = append(lines, b.zones...)
	add("Started", b.moment(about.Started))
	add("Finished", b.moment(about.Finished))
	lines = append(lines, about.Values...)
	for i, sheet := range b.sheets {
		add("Rows of "+sheet.Name, strconv.FormatInt(b.result.Rows[i], 10))
	}
	for _, note := range append(about.Notes[:len(about.Notes):len(about.Notes)], b.result.Notes...) {
		add("Note", note)
	}
	return lines
}

func (b *book) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(b.location)
	return fmt.Sprintf("%s %s", t.Format("2006-01-02 15:04:05"), t.Format("-07:00"))
}
