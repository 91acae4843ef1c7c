package reports

import (
	"math"
	"regexp"
	"strconv"
	"time"
)

var monitorKeys = []string{"cell", "time", "value", "series", "detector", "sensitivity", "direction", "min_value", "lower", "upper",
	"period", "change", "for", "renotify"}

func (m *mapping) readMonitor(r *Report) {
	n := m.value("monitor")
	if n == nil {
		return
	}
	w := m.tree.mapping(n, "a monitor", monitorKeys...)
	if w == nil {
		return
	}
	w.need("cell", "time", "value")
	r.Monitor = &Monitor{
		Cell: w.cellName("cell", everything), Time: w.text("time"), Value: w.text("value"), Series: w.text("series"),
		Detector:    w.oneOf("detector", "seasonal", "threshold", "change", "seasonal"),
		Sensitivity: w.sensitivity(),
		Direction:   w.oneOf("direction", "both", "up", "down", "both"),
		MinValue:    w.number("min_value"),
		Lower:       w.number("lower"), Upper: w.number("upper"),
		Period: w.duration("period"), Change: w.number("change"),
		For:      w.count("for", 1, 1),
		Renotify: w.duration("renotify"),
	}
	w.checkDetector(r.Monitor)
}

// checkDetector sees that each detector has what it needs and nothing of the others.
func (m *mapping) checkDetector(w *Monitor) {
	own := map[string][]string{"threshold": {"lower", "upper"}, "change": {"period", "change"}, "seasonal": {"sensitivity"}}
	for _, detector := range []string{"threshold", "change", "seasonal"} {
		for _, key := range own[detector] {
			if m.value(key) != nil && detector != w.Detector {
				m.fault(key, "%s is for detector: %s; this monitor's is %s", key, detector, w.Detector)
			}
		}
	}
	switch {
	case w.Detector == "threshold" && m.value("lower") == nil && m.value("upper") == nil:
		m.fault("detector", "a threshold needs lower, upper or both")
	case w.Lower != nil && w.Upper != nil && *w.Lower > *w.Upper:
		m.fault("lower", "lower is above upper")
	case w.Detector == "change" && m.value("change") == nil:
		m.fault("detector", "a change needs change: how many percent against the earlier period")
	}
}

func (m *mapping) sensitivity() float64 {
	value := m.number("sensitivity")
	if value == nil {
		return 0
	}
	if *value <= 0 || *value >= 1 {
		m.fault("sensitivity", "sensitivity must be between 0 and 1, such as 0.99")
		return 0
	}
	return *value
}

func (m *mapping) readNotify() []Notify {
	var notify []Notify
	for _, item := range m.list("notify") {
		if n := m.tree.mapping(item, "a message to send", "channel", "to"); n != nil {
			n.need("channel")
			notify = append(notify, Notify{Channel: n.text("channel"), To: n.text("to")})
		}
	}
	return notify
}

var durationForm = regexp.MustCompile(`^([0-9]{1,9})(m|h|d|w)$`)

var durationUnits = map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}

// duration reads a whole number of minutes, hours, days or weeks.
func (m *mapping) duration(key string) time.Duration {
	text := m.text(key)
	if text == "" {
		return 0
	}
	parts := durationForm.FindStringSubmatch(text)
	if parts != nil {
		n, err := strconv.ParseInt(parts[1], 10, 64)
		unit := durationUnits[parts[2]]
		if err == nil && n > 0 && n <= math.MaxInt64/int64(unit) {
			return time.Duration(n) * unit
		}
	}
	m.fault(key, "%s must be a time such as 30m, 6h, 7d or 2w", key)
	return 0
}
