package runner

import "slices"

// PartKind is what a part of a run shows.
type PartKind string

const (
	TextPart  PartKind = "text"
	TablePart PartKind = "table"
	ChartPart PartKind = "chart"
)

// Part is a piece of what a run shows.
type Part struct {
	Kind PartKind `json:"kind"`
	Name string   `json:"name,omitempty"` // of the cell, or of the chart
	Text string   `json:"text,omitempty"`
	// Constant tells of a text that it stands above the form too, the same whatever is filled in.
	Constant bool `json:"constant,omitempty"`
}

// arrangement collects parts. Their texts together are those that were added, but for blank ones at the end.
type arrangement struct {
	parts []Part
	blank string // what was added since the last part; the next text takes it
}

func (a *arrangement) text(text string, constant bool) {
	text = a.blank + text
	if isBlank(text) {
		a.blank = text
		return
	}
	a.parts, a.blank = append(a.parts, Part{Kind: TextPart, Text: text, Constant: constant}), ""
}

func (a *arrangement) result(kind PartKind, cell string) {
	a.parts = append(a.parts, Part{Kind: kind, Name: cell})
}

// arrange tells where the results that can be looked at stand among the rendered texts, which are parallel to the report's blocks.
func (x *execution) arrange(texts []string) []Part {
	if x.request.Keep.Rows <= 0 {
		return nil
	}
	var all arrangement
	for i, block := range x.request.Report.Report.Blocks {
		switch cell := block.Cell; {
		case cell == nil && i == 0:
			all.opening(openingOf(x.request.Report.Report), texts[i])
		case cell == nil:
			all.text(texts[i], false)
		case cell.Chart != nil:
			all.result(ChartPart, cell.Name)
		case x.shows(cell.Name):
			all.result(TablePart, cell.Name)
		}
	}
	return all.parts
}

// shows tells whether the rows of a cell can be looked at. Those of a run are kept of what its files are made of, and a trial shows what
// a run would.
func (x *execution) shows(cell string) bool {
	if x.trial == nil {
		return x.plan.has(cell)
	}
	for _, export := range x.request.Report.Report.Downloads() {
		if slices.Contains(export.Cells, cell) {
			return true
		}
	}
	return false
}
