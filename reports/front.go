package reports

import (
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/templates"
)

func (d *Document) readFront(part extent) {
	t, top := d.readYAML(part)
	r := d.Report
	r.Source = DefaultSource
	if top == nil {
		d.headless = len(d.findings) > 0
		if !d.headless {
			d.find(part.start, "a report needs title: in its front matter")
		}
		return
	}
	m := t.mapping(top, "a report", "title", "description", "tags", "source", "timezone", "form", "exports", "audience", "monitor",
		"schedule", "notify")
	if m == nil {
		return
	}
	m.readHead(r)
	m.readForm(r)
	m.readExports(r)
	m.readAudience(r)
	m.readMonitor(r)
	m.readSchedules(r)
	r.Notify = m.readNotify()
}

func (m *mapping) readHead(r *Report) {
	d := m.tree.doc
	m.need("title")
	r.Title = strings.TrimSpace(m.text("title"))
	r.Description = m.text("description")
	r.Tags = m.words("tags", nil)
	r.Timezone = m.timezone("timezone")
	if source := m.text("source"); source != "" {
		r.Source = source
		d.sources = append(d.sources, m.tree.span(m.value("source")))
	}
	switch {
	case m.value("title") != nil && r.Title == "":
		m.fault("title", "the title is empty")
	case strings.ContainsAny(r.Title, "\r\n"):
		m.fault("title", "the title must be one line")
	}
	m.textSite(m.value("title"), 0, func(c *Compiled, t *templates.Text) { c.Title = t })
}

// timezone reads the name of a zone that the system knows.
func (m *mapping) timezone(key string) string {
	name := m.text(key)
	if name == "" {
		return ""
	}
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		m.fault(key, "there is no timezone %q: write a name such as Europe/Moscow or UTC", name)
		return ""
	}
	return name
}

// maxFields is more than anybody fills in.
const maxFields = 500

func (m *mapping) readForm(r *Report) {
	d := m.tree.doc
	items := m.list("form")
	if len(items) > maxFields {
		m.fault("form", "a form has at most %d fields; this one has %d", maxFields, len(items))
		items = items[:maxFields]
	}
	for _, item := range items {
		f := m.tree.mapping(item, "a field", forms.FieldKeys()...)
		if f == nil {
			continue
		}
		index := len(r.Form)
		r.Form = append(r.Form, f.readField(index))
		d.fields = append(d.fields, f)
		if n := f.value("name"); n != nil {
			d.mention(mention{target: fieldName, span: m.tree.span(n), declares: true})
		}
	}
}

func (m *mapping) readField(index int) forms.Field {
	field := forms.Field{
		Name: m.text("name"), Label: m.text("label"), Help: m.text("help"),
		Type: forms.Type(m.text("type")), Kind: forms.Kind(m.text("kind")), Of: forms.Kind(m.text("of")),
		Required: m.boolean("required"), Default: m.raw("default"), ShowIf: m.text("show_if"),
		Min: m.raw("min"), Max: m.raw("max"), Pattern: m.text("pattern"), MaxItems: m.count("max_items", 1, 0),
	}
	field.Options = m.readOptions(index, field.Name)
	if n := m.scalar("show_if"); n != nil {
		m.tree.doc.site(site{span: m.tree.span(n), fields: index,
			condition: func(c *Compiled, t *templates.Condition) { c.ShowIf[field.Name] = t }})
	}
	return field
}

func (m *mapping) raw(key string) any {
	if n := m.value(key); n != nil {
		return raw(n)
	}
	return nil
}

// scalar is the value of a key that is text, nil otherwise.
func (m *mapping) scalar(key string) *yaml.Node {
	if n := m.value(key); n != nil && n.Kind == yaml.ScalarNode {
		return n
	}
	return nil
}

// readOptions reads a list of options or, as a mapping, the query they come from.
func (m *mapping) readOptions(index int, field string) *forms.Options {
	n := m.value("options")
	if n == nil {
		return nil
	}
	before := len(m.tree.doc.findings)
	defer func() { m.faulty["options"] = m.faulty["options"] || len(m.tree.doc.findings) > before }()
	if n.Kind == yaml.MappingNode {
		return m.readOptionQuery(n, index, field)
	}
	options := &forms.Options{}
	for _, item := range m.list("options") {
		if item := follow(item); item.Kind == yaml.ScalarNode && !isNull(item) {
			options.Given = append(options.Given, forms.Option{Value: item.Value})
			continue
		}
		if o := m.tree.mapping(item, "an option", forms.OptionKeys()...); o != nil {
			if o.keys["value"] == nil {
				o.need("value")
			}
			options.Given = append(options.Given, forms.Option{Value: o.text("value"), Label: o.text("label"), SQL: o.text("sql")})
		}
	}
	return options
}

func (m *mapping) readOptionQuery(n *yaml.Node, index int, field string) *forms.Options {
	o := m.tree.mapping(n, "a query of options", "sql")
	o.need("sql")
	if sql := o.scalar("sql"); sql != nil {
		m.tree.doc.site(site{span: m.tree.span(sql), fields: index,
			sql: func(c *Compiled, t *templates.SQL) { c.Options[field] = t }})
	}
	return &forms.Options{Query: o.text("sql")}
}

// textSite makes a text template of a node, if it is one, that may use every field and the cells among so many blocks. Spaces around
// it, such as the line break that ends a YAML block, are left out.
func (m *mapping) textSite(n *yaml.Node, cells int, put func(*Compiled, *templates.Text)) {
	if n != nil && n.Kind == yaml.ScalarNode {
		m.tree.doc.site(site{span: m.tree.span(n).trimmed(), fields: everything, cells: cells, text: put})
	}
}
