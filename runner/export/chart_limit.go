package export

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"
)

// What a chart draws at most. Rows that go beyond it are left out and told: whoever runs a report cannot mend it.
const (
	maxPoints = 10_000
	maxSeries = 100 // Excel draws 255, nobody reads them

	maxLines = 10_000    // series that are summed up to find the largest
	maxCells = 1_000_000 // values held at once
)

// lineLimit is how many lines are drawn, each with all measures.
func (a *aggregation) lineLimit() int { return max(1, maxSeries/len(a.measures)) }

// largest are the lines to draw, in the order they first appear in.
func (a *aggregation) largest() []int {
	lines := make([]int, max(1, len(a.lines.values)))
	for i := range lines {
		lines[i] = i
	}
	if a.kept != nil {
		lines = slices.DeleteFunc(lines, func(line int) bool { return !a.kept[line] })
	}
	most := a.lineLimit()
	if len(lines) <= most {
		return lines
	}
	totals := a.totals()
	slices.SortStableFunc(lines, func(i, j int) int { return cmp.Compare(totals[j], totals[i]) })
	lines = lines[:most]
	slices.Sort(lines)
	return lines
}

// totals are the sums of each line's first measure. What is far below 0 is large too.
func (a *aggregation) totals() map[int]float64 {
	totals := map[int]float64{}
	for key, cells := range a.cells {
		var value float64
		switch v := cells[0].value(&a.measures[0]).(type) {
		case float64:
			value = v
		case decimal.Decimal:
			value = v.InexactFloat64()
		}
		if value-value == 0 { // neither nan nor inf
			totals[key.line] += math.Abs(value)
		}
	}
	return totals
}

// prune gives up all lines but the largest so far, and those to come.
func (a *aggregation) prune() {
	kept := map[int]bool{}
	for _, line := range a.largest() {
		kept[line] = true
	}
	for key := range a.cells {
		if !kept[key.line] {
			delete(a.cells, key)
		}
	}
	a.kept, a.lines.most = kept, len(a.lines.values)
}

// notes tell what is left out, each to follow the chart's name.
func (a *aggregation) notes(drawn int) (notes []string) {
	if a.points.left {
		notes = append(notes, fmt.Sprintf("shows the first %d points on %s; there are more", a.spec.Limit, a.spec.X))
	}
	per := len(a.measures)
	switch all := len(a.lines.values); {
	case a.lines.left:
		notes = append(notes, fmt.Sprintf("shows the %d largest of more than %d series", drawn*per, all*per))
	case drawn < all:
		notes = append(notes, fmt.Sprintf("shows the %d largest of %d series", drawn*per, all*per))
	}
	return notes
}
