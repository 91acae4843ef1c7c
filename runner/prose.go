package runner

import (
	"context"
	"strings"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/reports"
	"github.com/vitrina-reports/vitrina/templates"
)

// proseTime is how long somebody who opens a form waits for what stands above it.
const proseTime = 10 * time.Second

// Prose is the report's text as it can be told before anything runs, with the values that the request gives; these may be wrong or
// incomplete. Paragraphs that ask for a result are left out, wherever they stand, as are those that use a field which is at fault or
// still to be filled in, and those that cannot be rendered. The rest is as in the text of a run, values as they are, as far
// as there is time and room for it. Without lookUp no source is asked, and what is chosen from a query's options counts as not filled in.
func (r *Runner) Prose(ctx context.Context, request Request, lookUp bool) (string, error) {
	x, err := r.begin(request)
	if err != nil {
		return "", err
	}
	report := x.request.Report.Report
	parts := paragraphs(report)
	env := x.formEnv()
	if !lookUp {
		env.Resolver = forms.WithoutOptions(env.Resolver)
	}
	x.values = forms.Sound(ctx, report.Form, x.request.Values, env, append([]string{report.Title}, parts...)...)
	x.run.Title, _ = x.told(x.request.Report.Title)
	scope := templates.Scope{Form: report.Form}
	for _, cell := range report.Cells() {
		scope.Cells = append(scope.Cells, cell.Name)
	}
	ctx, cancel := context.WithTimeout(ctx, proseTime)
	defer cancel()
	var told []string
	for left := longestText; len(parts) > 0 && ctx.Err() == nil; parts = parts[1:] {
		part := parts[0]
		text, problems := templates.ParseText(part, scope)
		if len(problems) > 0 {
			continue
		}
		rendered, ok := x.told(text)
		if !ok || strings.TrimSpace(rendered) == "" {
			continue
		}
		if left -= len(rendered); left < 0 {
			break
		}
		told = append(told, strings.Trim(rendered, "\r\n"))
	}
	return strings.Join(told, "\n\n"), nil
}

// paragraphs are those of all prose. A heading right above a later cell is the cell's.
func paragraphs(report *reports.Report) []string {
	var all []string
	for i, block := range report.Blocks {
		if block.Cell != nil {
			continue
		}
		parts := templates.Paragraphs(block.Text)
		for i > 0 && i < len(report.Blocks)-1 && len(parts) > 0 && isHeading(parts[len(parts)-1]) {
			parts = parts[:len(parts)-1]
		}
		all = append(all, parts...)
	}
	return all
}

// isHeading is true of blank lines too.
func isHeading(part string) bool {
	part = strings.TrimSpace(part)
	return part == "" || part[0] == '#' && !strings.Contains(part, "\n")
}

// told renders a text that needs no result and has all its values; ok is false for others.
func (x *execution) told(text *templates.Text) (rendered string, ok bool) {
	if len(text.Cells()) > 0 {
		return "", false
	}
	for _, name := range text.Fields() {
		if _, sound := x.values[name]; !sound {
			return "", false
		}
	}
	env := x.env()
	env.Results = nil
	rendered, err := text.Render(env)
	return rendered, err == nil
}
