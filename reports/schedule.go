package reports

import (
	"strings"
	"time"

	"github.com/robfig/cron/v3"
	"go.yaml.in/yaml/v3"

	"github.com/vitrina-reports/vitrina/forms"
)

// readSchedules reads one schedule or a list of them.
func (m *mapping) readSchedules(r *Report) {
	n := m.value("schedule")
	if n == nil {
		return
	}
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	for _, item := range items {
		s := m.tree.mapping(item, "a schedule", "cron", "timezone", "values", "overlap", "catch_up", "notify")
		if s == nil {
			continue
		}
		s.need("cron")
		r.Schedules = append(r.Schedules, Schedule{
			Cron:     s.cron("cron"),
			Timezone: s.timezone("timezone"),
			Values:   s.fieldValues("values"),
			Overlap:  s.oneOf("overlap", "skip", "skip", "queue"),
			CatchUp:  s.oneOf("catch_up", "one", "none", "one", "all"),
			Notify:   s.readNotify(),
		})
	}
}

// cron reads an expression of five fields. Zones have a key of their own, and @every counts from a start that no record has.
func (m *mapping) cron(key string) string {
	text := strings.TrimSpace(m.text(key))
	if text == "" {
		return ""
	}
	switch {
	case strings.Contains(text, "="):
		m.fault(key, "cron must be five fields; the zone goes to timezone:")
		return ""
	case strings.HasPrefix(text, "@every"):
		m.fault(key, `cron must say when, not how often: "0 * * * *" is every hour on the hour`)
		return ""
	}
	schedule, err := cron.ParseStandard(text)
	if err != nil {
		m.fault(key, `cron does not parse: %v; five fields are minute, hour, day, month, weekday: "0 9 * * 1-5" is 9:00 on workdays`, err)
		return ""
	}
	if schedule.Next(time.Now()).IsZero() {
		m.fault(key, "cron names a time that never comes")
		return ""
	}
	return text
}

// fieldValues reads values by the names of fields.
func (m *mapping) fieldValues(key string) forms.Raw {
	n := m.value(key)
	if n == nil {
		return nil
	}
	v := m.tree.mapping(n, key)
	if v == nil {
		return nil
	}
	values := forms.Raw{}
	for name, node := range v.keys {
		m.tree.doc.mention(mention{target: fieldName, span: m.tree.span(follow(node))})
		values[name] = raw(v.values[name])
	}
	return values
}
