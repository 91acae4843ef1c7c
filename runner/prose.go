package runner

import (
	"context"
	"strings"
	"time"

	"github.com/vitrina-reports/vitrina/forms"
	"github.com/vitrina-reports/vitrina/templates"
)

// proseTime is how long somebody who opens a form waits for what stands above it.
const proseTime = 10 * time.Second

// Prose is the report's opening as it can be told before anything runs, with the values that the request gives; these may be wrong or
// incomplete. Paragraphs that ask for a result are left out, as are those that use a field which is at fault or still to be filled in,
// those that cannot be rendered, and headings that stand above nothing else. The rest is as in the text of a run, values as they are, as
// far as there is time and room for it. Without lookUp no source is asked, and what is chosen from a query's options counts as not filled in.
func (r *Runner) Prose(ctx context.Context, request Request, lookUp bool) (string, error) {
	x, err := r.begin(request)
	if err != nil {
		return "", err
	}
	report := x.request.Report.Report
	paragraphs := openingOf(report)
	env := x.formEnv()
	if !lookUp {
		env.Resolver = forms.WithoutOptions(env.Resolver)
	}
	x.values = forms.Sound(ctx, report.Form, x.request.Values, env, append([]string{report.Title}, paragraphs...)...)
	x.run.Title, _ = x.told(x.request.Report.Title, (*templates.Text).Render)
	scope := templates.Scope{Form: report.Form}
	for _, cell := range report.Cells() {
		scope.Cells = append(scope.Cells, cell.Name)
	}
	ctx, cancel := context.WithTimeout(ctx, proseTime)
	defer cancel()
	told, stands := make([]string, len(paragraphs)), make([]bool, len(paragraphs))
	for i, left := 0, longestText; i < len(paragraphs) && ctx.Err() == nil; i++ {
		text, problems := templates.ParseText(paragraphs[i], scope)
		if len(problems) > 0 {
			continue
		}
		rendered, ok := x.told(text, (*templates.Text).Markdown)
		if !ok || isBlank(rendered) {
			continue
		}
		if left -= len(rendered); left < 0 {
			break
		}
		told[i], stands[i] = strings.Trim(rendered, "\r\n"), true
	}
	dropBareHeadings(paragraphs, stands)
	var shown []string
	for i, text := range told {
		if stands[i] {
			shown = append(shown, text)
		}
	}
	return strings.Join(shown, "\n\n"), nil
}

// told renders a text that needs no result and has all its values; ok is false for others.
func (x *execution) told(text *templates.Text, render func(*templates.Text, templates.Env) (string, error)) (rendered string, ok bool) {
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
	rendered, err := render(text, env)
	return rendered, err == nil
}
