package forms

import "time"

// jump is a change of the clocks that leaves out the local times from before to after.
type jump struct {
	before, after time.Time // as clocks show them, in UTC fields
}

// instant is the moment at which clocks in the zone show what wall has in its UTC fields. Of two such moments, when clocks are
// set back, it is the earlier. If there is none, because clocks are set forward over it, it is the first moment after the jump.
func instant(wall time.Time, zone *time.Location) (time.Time, *jump) {
	near := onClock(wall, zone)
	start, end := near.ZoneBounds()
	around := []time.Time{near}
	for _, change := range []time.Time{start, end} {
		if !change.IsZero() {
			around = append(around, change.Add(-1), change)
		}
	}
	var found time.Time
	for _, moment := range around {
		_, offset := moment.Zone()
		at := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		if clockOf(at).Equal(wall) && (found.IsZero() || at.Before(found)) {
			found = at
		}
	}
	if !found.IsZero() {
		return found, nil
	}
	return afterJump(wall, start, end)
}

func afterJump(wall, start, end time.Time) (time.Time, *jump) {
	at, gap := end, jumpAt(end)
	if !start.IsZero() {
		if first := jumpAt(start); wall.Before(first.after) && !wall.Before(first.before) {
			at, gap = start, first
		}
	}
	return at, &gap
}

func jumpAt(change time.Time) jump {
	return jump{clockOf(change.Add(-1)).Add(1), clockOf(change)}
}

// clockOf is what clocks in t's zone show, in UTC fields.
func clockOf(t time.Time) time.Time { return onClock(t, time.UTC) }

func onClock(t time.Time, zone *time.Location) time.Time {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	return time.Date(year, month, day, hour, minute, second, t.Nanosecond(), zone)
}
