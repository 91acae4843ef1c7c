package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// table is an Excel table of a template.
type table struct {
	part    string
	xml     []byte
	name    string
	area    area
	totals  bool
	columns []tableColumn
	renamed []string // the columns' new names, when the header changes
}

type tableColumn struct {
	Name    string `xml:"name,attr"`
	Formula string `xml:"calculatedColumnFormula"`
}

// readTable returns nil for what cannot be read.
func readTable(part string, data []byte) *table {
	var t struct {
		Name    string        `xml:"displayName,attr"`
		Ref     string        `xml:"ref,attr"`
		Headers string        `xml:"headerRowCount,attr"`
		Totals  int           `xml:"totalsRowCount,attr"`
		Columns []tableColumn `xml:"tableColumns>tableColumn"`
	}
	if xml.Unmarshal(data, &t) != nil || t.Headers == "0" {
		return nil
	}
	a, ok := parseArea(t.Ref)
	if !ok {
		return nil
	}
	return &table{part: part, xml: data, name: t.Name, area: a, totals: t.Totals > 0, columns: t.Columns}
}

// fit remembers the names of the columns if they are not the header's.
func (t *table) fit(names []string, same bool) {
	if !same {
		t.renamed = names
	}
}

// formula of a computed column, as XML; empty for none.
func (t *table) formula(column int) string {
	if column >= len(t.columns) || t.columns[column].Formula == "" {
		return ""
	}
	var out bytes.Buffer
	if xml.EscapeText(&out, []byte(t.columns[column].Formula)) != nil {
		return ""
	}
	return out.String()
}

var (
	tableHead    = regexp.MustCompile(`<table\b[^>]*>`)
	refAttribute = regexp.MustCompile(`\bref="[^"]*"`)
	tableFilter  = regexp.MustCompile(`<autoFilter\b[^>]*>`)
	columnsPart  = regexp.MustCompile(`(?s)<tableColumns\b.*?</tableColumns>`)
	columnPart   = regexp.MustCompile(`(?s)<tableColumn\b[^>]*/>|<tableColumn\b.*?</tableColumn>`)
	nameAttr     = regexp.MustCompile(`\bname="[^"]*"`)
	idAttr       = regexp.MustCompile(`\bid="(\d+)"`)
)

// resized is the table's XML for the area of header and rows; a row of totals comes on top of it.
func (t *table) resized(a area) []byte {
	whole := a
	if t.totals {
		whole.bottom++
	}
	out := tableHead.ReplaceAllFunc(t.xml, func(head []byte) []byte {
		return refAttribute.ReplaceAll(head, []byte(`ref="`+whole.String()+`"`))
	})
	out = tableFilter.ReplaceAllFunc(out, func(filter []byte) []byte {
		return refAttribute.ReplaceAll(filter, []byte(`ref="`+a.String()+`"`))
	})
	if t.renamed == nil {
		return out
	}
	return columnsPart.ReplaceAllFunc(out, t.renameColumns)
}

// renameColumns makes the first columns bear the names of the result, and adds those the table did not have.
func (t *table) renameColumns(columns []byte) []byte {
	known := columnPart.FindAll(columns, -1)
	highest := 0
	for _, column := range known {
		if m := idAttr.FindSubmatch(column); m != nil {
			if id, err := strconv.Atoi(string(m[1])); err == nil {
				highest = max(highest, id)
			}
		}
	}
	var all [][]byte
	for i, name := range t.renamed {
		attr := []byte(`name="` + attributeText(name) + `"`)
		if i < len(known) {
			all = append(all, nameAttr.ReplaceAllLiteral(known[i], attr))
			continue
		}
		highest++
		all = append(all, fmt.Appendf(nil, `<tableColumn id="%d" %s/>`, highest, attr))
	}
	if len(known) > len(all) {
		all = append(all, known[len(all):]...)
	}
	return fmt.Appendf(nil, `<tableColumns count="%d">%s</tableColumns>`, len(all), bytes.Join(all, nil))
}

func attributeText(text string) string {
	content, _ := appendCellText(nil, []byte(text), excelBounds.units)
	return strings.NewReplacer(`"`, "&quot;", "\n", "_x000a_", "\t", "_x0009_").Replace(string(content))
}
