package runner

import (
	"maps"
	"slices"

	"github.com/vitrina-reports/vitrina/internal/fault"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/templates"
)

const xlsx = "xlsx" // the format that the runner writes itself

// Formats are those an export may have.
var Formats = []string{xlsx, "csv", "parquet", "json"}

// plan says which files a run writes and how each cell's rows get there.
type plan struct {
	exports []planned
	// direct are the cells whose rows only one file needs, in a format that the source can write itself: by cell, the index of the
	// export. Their rows are streamed through; all other cells are spooled.
	direct map[string]int
}

// planned is an export with the parsed template of its name, nil where it has none.
type planned struct {
	reports.Export
	filename *templates.Text
}

// newPlan lays out a run. format, if not empty, is what the person asked for instead of the report's own exports; with keep no rows
// are streamed through.
func newPlan(compiled *reports.Compiled, format string, keep bool) (plan, error) {
	exports, err := wantedExports(compiled, format)
	if err != nil {
		return plan{}, err
	}
	p := plan{exports: exports, direct: map[string]int{}}
	if keep {
		return p, nil
	}
	kept := keptCells(compiled)
	for i, export := range exports {
		if len(export.Cells) != 1 || export.Format == xlsx {
			continue
		}
		cell := export.Cells[0]
		alone := !slices.ContainsFunc(slices.Delete(slices.Clone(exports), i, i+1), func(e planned) bool {
			return slices.Contains(e.Cells, cell)
		})
		if alone && !kept[cell] {
			p.direct[cell] = i
		}
	}
	return p, nil
}

// has tells whether a file is made of the cell.
func (p plan) has(cell string) bool {
	return slices.ContainsFunc(p.exports, func(e planned) bool { return slices.Contains(e.Cells, cell) })
}

// wantedExports are the report's exports, those of the format if it has any, or else its exported cells in that format.
func wantedExports(compiled *reports.Compiled, format string) ([]planned, error) {
	if format != "" && !slices.Contains(Formats, format) {
		return nil, fault.New(fault.Invalid, "There is no format %q; there are xlsx, csv, parquet and json.", format)
	}
	all := make([]planned, 0, len(compiled.Filenames))
	for i, export := range compiled.Report.Downloads() {
		p := planned{Export: export}
		if len(compiled.Report.Exports) > 0 {
			p.filename = compiled.Filenames[i]
		}
		all = append(all, p)
	}
	if format == "" {
		return all, nil
	}
	own := slices.DeleteFunc(slices.Clone(all), func(p planned) bool { return p.Format != format })
	if len(own) > 0 {
		return own, nil
	}
	var wanted []planned
	for _, p := range all {
		same := func(earlier planned) bool { return slices.Equal(earlier.Cells, p.Cells) }
		if !slices.ContainsFunc(wanted, same) {
			wanted = append(wanted, planned{reports.Export{Cells: p.Cells, Format: format}, p.filename})
		}
	}
	return wanted, nil
}

// keptCells are those whose rows are needed for more than files: by later cells, charts and prose.
func keptCells(compiled *reports.Compiled) map[string]bool {
	kept := map[string]bool{}
	for _, sql := range compiled.SQL {
		for _, table := range sql.Tables() {
			kept[table] = true
		}
	}
	for _, cell := range compiled.Report.Cells() {
		if cell.Chart != nil {
			kept[cell.Chart.Cell] = true
		}
	}
	titles := slices.Collect(maps.Values(compiled.ChartTitles))
	for _, text := range slices.Concat(compiled.Texts, compiled.Filenames, titles) {
		if text == nil {
			continue
		}
		for _, cell := range text.Values() {
			kept[cell] = true
		}
	}
	return kept
}
