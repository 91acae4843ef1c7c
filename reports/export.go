package reports

import (
	"path/filepath"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/vitrina-reports/vitrina/templates"
)

var exportKeys = []string{"cells", "format", "filename", "template", "bom", "separator", "formula_guard"}

func (m *mapping) readExports(r *Report) {
	for _, item := range m.list("exports") {
		e := m.tree.mapping(item, "an export", exportKeys...)
		if e == nil {
			continue
		}
		index := len(r.Exports)
		r.Exports = append(r.Exports, e.readExport())
		e.textSite(e.value("filename"), everything, func(c *Compiled, t *templates.Text) { c.Filenames[index] = t })
	}
}

func (m *mapping) readExport() Export {
	m.need("cells", "format")
	export := Export{
		Cells:        m.cellNames("cells"),
		Format:       m.oneOf("format", "", "xlsx", "csv", "parquet", "json"),
		Filename:     m.text("filename"),
		Template:     m.text("template"),
		BOM:          m.boolean("bom"),
		Separator:    m.separator(),
		FormulaGuard: m.boolean("formula_guard"),
	}
	m.only("xlsx", export.Format, "template")
	m.only("csv", export.Format, "bom", "separator", "formula_guard")
	if file := export.Template; file != "" && (!filepath.IsLocal(file) || !strings.EqualFold(filepath.Ext(file), ".xlsx")) {
		m.fault("template", "template must be the name of an .xlsx file next to the report")
	}
	if export.Template != "" && !m.faulty["template"] {
		m.tree.doc.workbooks = append(m.tree.doc.workbooks, span{text: export.Template, start: m.place("template")})
	}
	return export
}

// only refuses keys that mean nothing to the format.
func (m *mapping) only(format, actual string, keys ...string) {
	for _, key := range keys {
		if m.value(key) != nil && actual != "" && actual != format {
			m.fault(key, "%s is for format: %s; this export is %s", key, format, actual)
		}
	}
}

// separator reads the one character between the values of a line.
func (m *mapping) separator() string {
	value := m.text("separator")
	if value == "" && m.scalar("separator") == nil {
		return ""
	}
	if utf8.RuneCountInString(value) != 1 || strings.ContainsAny(value, "\"\r\n\uFEFF\uFFFD") {
		m.fault("separator", `separator must be one character such as ";" or "\t", and neither a quote nor a line break`)
		return ""
	}
	return value
}

// cellNames reads a list of results, each of them once.
func (m *mapping) cellNames(key string) []string {
	seen := map[string]bool{}
	names := m.words(key, func(n *yaml.Node) {
		m.tree.doc.mention(mention{target: cellName, span: m.tree.span(n), blocks: everything})
		if seen[n.Value] {
			m.tree.find(n, "the cell is listed twice")
		}
		seen[n.Value] = true
	})
	if n := m.value(key); n != nil && n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		m.fault(key, "%s is empty: name at least one cell", key)
	}
	return names
}

// cellName reads a key that names one result, of the cells among so many blocks.
func (m *mapping) cellName(key string, blocks int) string {
	if n := m.scalar(key); n != nil {
		m.tree.doc.mention(mention{target: cellName, span: m.tree.span(n), blocks: blocks})
	}
	return m.text(key)
}
