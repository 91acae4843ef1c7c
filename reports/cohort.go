package reports

import (
	"slices"

	"github.com/vitrina-reports/vitrina/templates"
)

func (m *mapping) readCohort(cell *Cell) {
	m.need("provider")
	*cell.Cohort = Cohort{
		Provider:   m.text("provider"),
		ID:         m.text("id"),
		URL:        m.text("url"),
		Properties: m.words("properties", nil),
	}
	if m.value("id") == nil && m.value("url") == nil {
		m.fault("id", "a cohort needs id, or for the provider http a url")
	}
	if slices.Contains(cell.Cohort.Properties, "") {
		m.fault("properties", "a property has an empty name")
	}
	earlier := len(m.tree.doc.Report.Blocks) - 1
	m.textSite(m.value("id"), earlier, func(c *Compiled, t *templates.Text) { c.CohortIDs[cell.Name] = t })
	m.textSite(m.value("url"), earlier, func(c *Compiled, t *templates.Text) { c.CohortURLs[cell.Name] = t })
}
