package reports

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/vitrina-reports/vitrina/templates"
)

// maxControl is the largest share of an audience, in percent, that may be held out.
const maxControl = 50

func (m *mapping) readAudience(r *Report) {
	n := m.value("audience")
	if n == nil {
		return
	}
	a := m.tree.mapping(n, "an audience", "cell", "id", "campaign", "control", "exclude", "max_size")
	if a == nil {
		return
	}
	a.need("cell", "id", "campaign")
	r.Audience = &Audience{
		Cell:     a.cellName("cell", everything),
		ID:       a.text("id"),
		Campaign: a.text("campaign"),
		Control:  a.control(),
		Exclude:  a.readExclusion(),
		MaxSize:  a.count("max_size", 1, 0),
	}
	a.textSite(a.value("campaign"), everything, func(c *Compiled, t *templates.Text) { c.Campaign = t })
	a.textSite(a.value("control"), everything, func(c *Compiled, t *templates.Text) { c.Control = t })
}

// control reads a share in percent; one that is a template is known only when the report runs.
func (m *mapping) control() string {
	text := strings.TrimSpace(m.text("control"))
	if text == "" || strings.Contains(text, "{{") {
		return text
	}
	share, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(text, "%")), 64)
	if err != nil || !(share >= 0 && share <= maxControl) {
		m.fault("control", "control must be a share between 0 and %d percent", maxControl)
	}
	return text
}

func (m *mapping) readExclusion() Exclusion {
	n := m.value("exclude")
	if n == nil {
		return Exclusion{}
	}
	e := m.tree.mapping(n, "exclude", "contacted_within", "campaigns")
	if e == nil {
		return Exclusion{}
	}
	index := 0
	return Exclusion{
		ContactedWithin: e.duration("contacted_within"),
		Campaigns: e.words("campaigns", func(n *yaml.Node) {
			at := index
			index++
			e.textSite(n, everything, func(c *Compiled, t *templates.Text) {
				c.Excluded[at] = t
			})
		}),
	}
}
