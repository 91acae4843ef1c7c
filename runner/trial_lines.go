package runner

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/runner/source"
)

// placeLine and placePosition are how sources tell a place in the words of their errors.
var (
	placeLine     = regexp.MustCompile(`\(line (\d+), col \d+\)|at line (\d+), column \d+ of the statement`)
	placePosition = regexp.MustCompile(`failed at position (\d+)\b`)
)

// noteLine remembers the line of the document that a cell's error is about, if the source told one of the statement.
func (x *execution) noteLine(cell *reports.Cell, src source.Source, query source.Query, err error) {
	if x.trial == nil || err == nil {
		return
	}
	previewer, ok := source.As[source.Previewer](src)
	if !ok {
		return
	}
	preview, previewErr := previewer.Preview(query)
	if previewErr != nil {
		return
	}
	if line := statementLine(preview.SQL, err.Error()); line > 0 {
		if line = bodyLine(cell.Body, preview.SQL, line); line > 0 {
			x.trial.lines[cell.Name] = cell.Line + line - 1
		}
	}
}

// statementLine is the line of the statement that the error names, from 1; 0 when it names none.
func statementLine(sql, message string) int {
	if found := placeLine.FindStringSubmatch(message); found != nil {
		line, _ := strconv.Atoi(found[1] + found[2])
		return line
	}
	if found := placePosition.FindStringSubmatch(message); found != nil {
		if at, err := strconv.Atoi(found[1]); err == nil && at >= 1 && at <= len(sql)+1 {
			return 1 + strings.Count(sql[:at-1], "\n")
		}
	}
	return 0
}

var templateAction = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

const (
	// longestAlignment bounds the memory of bodyLine: lines of the one times lines of the other.
	longestAlignment = 4 << 20
	// alignedBytes bounds its work: each line of the statement is compared with each of the body.
	alignedBytes = 256 << 20
)

// bodyLine is the line of a cell's body that a line of its statement was made of, both from 1; 0 when that cannot be told. The lines of
// both are aligned: actions may have left lines out, repeated them, or put others in.
func bodyLine(body, sql string, line int) int {
	from, to := bodyPatterns(body), strings.Split(sql, "\n")
	for i := range to {
		to[i] = evened(to[i])
	}
	if line > len(to) || len(from)*len(to) > longestAlignment || len(from)*len(sql) > alignedBytes {
		return 0
	}
	matched := align(from, to)
	if at := matched[line-1]; at >= 0 {
		return at + 1
	}
	before := -1
	for i := line - 2; i >= 0 && before < 0; i-- {
		before = matched[i]
	}
	next := len(from)
	for _, at := range matched[line:] {
		if at >= 0 {
			next = at
			break
		}
	}
	return between(strings.Split(body, "\n"), before+1, next) + 1
}

// between is the likeliest of the lines from first to before next that gave a line which stands in none of them: that of a snippet.
func between(lines []string, first, next int) int {
	for i := first; i < next; i++ {
		if strings.Contains(lines[i], "{{") && strings.Contains(lines[i], "snippet") {
			return i
		}
	}
	return max(0, min(first, next-1))
}

// bodyPatterns are the pieces of each line that stand in the statement as they are.
func bodyPatterns(body string) [][]string {
	text := templateAction.ReplaceAllStringFunc(body, func(action string) string { return "\x00" + strings.Repeat("\n", strings.Count(action, "\n")) })
	lines := strings.Split(text, "\n")
	patterns := make([][]string, len(lines))
	for i, line := range lines {
		for _, piece := range strings.Split(line, "\x00") {
			if piece = evened(piece); piece != "" {
				patterns[i] = append(patterns[i], piece)
			}
		}
		if len(patterns[i]) == 1 && !strings.Contains(line, "\x00") {
			patterns[i] = append(patterns[i], "") // the whole line
		}
	}
	return patterns
}

// evened is a line with one space for any between its words.
func evened(line string) string { return strings.Join(strings.Fields(line), " ") }

// matches is about a line that is evened.
func matches(pattern []string, line string) bool {
	switch {
	case len(pattern) == 0 || line == "":
		return false
	case len(pattern) == 2 && pattern[1] == "":
		return pattern[0] == line
	}
	for _, piece := range pattern {
		_, rest, found := strings.Cut(line, piece)
		if !found {
			return false
		}
		line = rest
	}
	return true
}

// align finds the longest common sequence of lines: for each line of the statement that of the body, or -1.
func align(from [][]string, to []string) []int {
	same := make([][]bool, len(from))
	longest := make([][]int, len(from)+1)
	longest[len(from)] = make([]int, len(to)+1)
	for i := len(from) - 1; i >= 0; i-- {
		same[i], longest[i] = make([]bool, len(to)), make([]int, len(to)+1)
		for j := len(to) - 1; j >= 0; j-- {
			same[i][j] = matches(from[i], to[j])
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if same[i][j] {
				longest[i][j] = max(longest[i][j], longest[i+1][j+1]+1)
			}
		}
	}
	matched := make([]int, len(to))
	for j := range matched {
		matched[j] = -1
	}
	for i, j := 0, 0; i < len(from) && j < len(to); {
		switch {
		case same[i][j] && longest[i][j] == longest[i+1][j+1]+1:
			matched[j] = i
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return matched
}
