package templates

import (
	"errors"
	"fmt"
	"strings"
	"text/template"

	"github.com/vitrina-reports/vitrina/forms"
)

// Text is a parsed template of prose, a title or a file name. It may be rendered by many at once.
type Text struct {
	source *source
	form   forms.Form
	uses   uses
}

// ParseText reads a text. With problems, all that were found, there is no text.
func ParseText(text string, scope Scope) (*Text, []Problem) {
	src := newSource(text)
	if src.tree == nil {
		return nil, src.sorted()
	}
	used := check(src, scope, false)
	if len(src.problems) > 0 {
		return nil, src.sorted()
	}
	r := &rewriter{form: scope.Form}
	r.list(src.tree.Root)
	return &Text{source: src, form: scope.Form, uses: used}, nil
}

// Fields are the names of the form's fields that the text uses.
func (t *Text) Fields() []string { return sortedKeys(t.uses.fields) }

// Cells are the cells whose results it tells about.
func (t *Text) Cells() []string {
	cells := set{}
	for _, used := range []set{t.uses.rows, t.uses.values} {
		for name := range used {
			cells[name] = true
		}
	}
	return sortedKeys(cells)
}

// Values are the cells whose first row it needs.
func (t *Text) Values() []string { return sortedKeys(t.uses.values) }

// Render writes the text of one run, values as they are: what shows the text must escape it. An error is of code Invalid, or the
// one that Results gave.
func (t *Text) Render(env Env) (string, error) {
	return t.render(env, func(*page) any { return plainText })
}

// render writes what actions yield as show, which knows what stands before it, tells.
func (t *Text) render(env Env, show func(*page) any) (string, error) {
	data, err := env.values(t.form, t.uses.labels, false)
	if err != nil {
		return "", invalid(err)
	}
	work, out := newWork(), &page{}
	functions := work.functions(t.uses.functions, map[string]any{"rows": env.rows, "value": env.value})
	functions[showName] = show(out)
	prose, err := template.New(treeName).Funcs(functions).AddParseTree(treeName, t.source.tree)
	if err == nil {
		err = execute(prose, t.source.text, out, data)
	}
	if err != nil {
		return "", invalid(err)
	}
	return out.String(), nil
}

var errNoResults = errors.New("there are no results here yet")

func (e Env) rows(cell string) (int64, error) {
	if e.Results == nil {
		return 0, errNoResults
	}
	return e.Results.Rows(cell)
}

func (e Env) value(cell, column string) (any, error) {
	if e.Results == nil {
		return nil, errNoResults
	}
	return e.Results.Value(cell, column)
}

// page is a text within bounds.
type page struct{ strings.Builder }

func (p *page) Write(text []byte) (int, error) {
	if p.Len()+len(text) > maxOutput {
		return 0, fmt.Errorf("the text grows beyond %d KiB", maxOutput>>10)
	}
	return p.Builder.Write(text)
}
